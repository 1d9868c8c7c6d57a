// Records were deleted here, and reports of their days lie elsewhere: which, and taking back those that the person chooses.
// Nothing is chosen beforehand, and nothing connects before they say so.
import type { AppError } from '../shared/result.ts'
import type { SentReport, Shared } from '../shared/share.ts'
import { sharedIn } from '../shared/share-days.ts'
import type { Reach, SharedDays } from '../shared/share-days.ts'
import type { Program } from './program.svelte.ts'

export class TakingBack {
  readonly #program: Program
  /** Null where none of it was shared. */
  days = $state.raw<SharedDays | null>(null)
  /** Batches. */
  chosen = $state.raw<ReadonlySet<string>>(new Set())
  asking = $state(false)
  error = $state.raw<AppError | null>(null)
  readonly free = $derived(
    (this.days?.shared ?? []).flatMap(({ sent, takeBack }) =>
      takeBack === 'proof' ? sent.filter(({ deletion }) => deletion === 'none') : [],
    ),
  )

  constructor(program: Program) {
    this.#program = program
  }

  async look(reach: Reach): Promise<void> {
    const shared = await this.#program.host.bridge.call('share.sent', {})
    this.days = shared.ok ? sharedIn(shared.value, reach) : null
    this.error = shared.ok ? null : shared.error
  }

  choose(batches: readonly SentReport[], wanted: boolean): void {
    const others = [...this.chosen].filter((one) => batches.every(({ batch }) => batch !== one))
    this.chosen = new Set(wanted ? [...others, ...batches.map(({ batch }) => batch)] : others)
  }

  async run(): Promise<void> {
    const { chosen } = this
    if (this.asking || chosen.size === 0) return
    this.asking = true
    const which = { batches: [...chosen] }
    const asked = await this.#program.host.bridge.call('share.forget', { to: null, which })
    this.asking = false
    this.error = asked.ok ? null : asked.error
    if (!asked.ok) return
    this.chosen = new Set()
    this.#tell(asked.value)
  }

  /** The same reports, with what became of them. */
  #tell(all: readonly Shared[]): void {
    if (this.days === null) return
    const now = new Map(all.flatMap(({ sent }) => sent.map((one) => [one.batch, one] as const)))
    const tell = (one: SentReport): SentReport => now.get(one.batch) ?? one
    this.days = {
      ...this.days,
      shared: this.days.shared.map((one) => ({ ...one, sent: one.sent.map(tell) })),
    }
  }
}
