// What stays of deletions: receipts whose proof can be repeated, those that are not finished yet, and the files whose
// records are deleted by age.
import type {
  ErasePreview,
  EraseToken,
  KeepEntry,
  KeepRule,
  KeptReceipt,
  PendingErase,
} from '../shared/erase.ts'
import type { EraseProof } from '../shared/erase.ts'
import type { AppError, Result } from '../shared/result.ts'
import type { Program } from './program.svelte.ts'

export class Keeping {
  readonly #program: Program
  rules = $state.raw<readonly KeepRule[]>([])
  log = $state.raw<readonly KeepEntry[]>([])
  receipts = $state.raw<readonly KeptReceipt[]>([])
  pending = $state.raw<readonly PendingErase[]>([])
  days = $state<number | null>(90)
  /** What a rule for the open file would delete now; switching it on asks for its consent. */
  shown = $state.raw<{
    readonly preview: ErasePreview
    readonly consent: EraseToken
    readonly days: number
  } | null>(null)
  /** What is being searched or finished, by its receipt or path; `rule` while a rule is looked at. */
  working = $state<string | null>(null)
  /** Proofs made again, by receipt. */
  proofs = $state.raw<ReadonlyMap<string, EraseProof>>(new Map())
  error = $state.raw<AppError | null>(null)

  constructor(program: Program) {
    this.#program = program
  }

  async list(): Promise<void> {
    const { bridge } = this.#program.host
    const [keeping, receipts, pending] = await Promise.all([
      bridge.call('keep.get', {}),
      bridge.call('erase.receipts', {}),
      bridge.call('erase.pending', {}),
    ])
    if (keeping.ok) this.#take(keeping.value)
    if (receipts.ok) this.receipts = receipts.value
    if (pending.ok) this.pending = pending.value
  }

  async look(): Promise<void> {
    const path = this.#program.reader.file?.path ?? null
    const { days } = this
    if (path === null || days === null) return
    const seen = await this.#during('rule', () =>
      this.#program.host.bridge.stream('keep.preview', { path, days }, () => {}),
    )
    if (seen !== null) this.shown = { ...seen, days }
  }

  drop(): void {
    this.shown = null
  }

  async switchOn(): Promise<void> {
    const { shown } = this
    if (shown === null) return
    const { days, consent, preview } = shown
    const rule = { path: preview.path, rule: { days, consent } }
    const set = await this.#during('rule', () => this.#program.host.bridge.call('keep.set', rule))
    this.shown = null
    if (set !== null) this.#take(set)
  }

  async switchOff(path: string): Promise<void> {
    const set = await this.#during(path, () =>
      this.#program.host.bridge.call('keep.set', { path, rule: null }),
    )
    if (set !== null) this.#take(set)
  }

  /** Makes the proof of a receipt again. */
  async search(receipt: string): Promise<void> {
    const { bridge } = this.#program.host
    const found = await this.#during(receipt, () =>
      bridge.stream('erase.verify', { receipt, path: null }, () => {}),
    )
    if (found !== null) this.proofs = new Map([...this.proofs, [receipt, found.proof]])
  }

  async finish(path: string): Promise<void> {
    const { bridge } = this.#program.host
    await this.#during(path, () => bridge.stream('erase.finish', { path }, () => {}))
    await this.list()
  }

  #take({ rules, log }: Pick<Keeping, 'rules' | 'log'>): void {
    this.rules = rules
    this.log = log
  }

  async #during<T>(what: string, work: () => Promise<Result<T>>): Promise<T | null> {
    this.error = null
    this.working = what
    const done = await work()
    this.working = null
    if (done.ok) return done.value
    if (done.error.kind !== 'cancelled') this.error = done.error
    return null
  }
}
