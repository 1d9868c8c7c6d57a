// Setting a destination: its kind, what it must be told, how much it may get; and a test, which says what it will do
// before it does it. What was typed as a key is gone from here as soon as the host has it.
import type { AppError, Result } from '../../shared/result.ts'
import type {
  DestinationState,
  Destinations,
  KnownDestination,
  TestPlan,
  Tested,
} from '../../shared/share-destinations.ts'
import type { Program } from '../program.svelte.ts'
import type { SharingDesk } from './desk.svelte.ts'

export class DestinationForm {
  readonly #program: Program
  readonly #desk: SharingDesk
  /** Null: none is being set. */
  kind = $state<string | null>(null)
  told = $state<Record<string, string>>({})
  onlyBasic = $state(false)
  saving = false
  /** How often the form was opened or closed. */
  #begun = 0
  error = $state.raw<AppError | null>(null)
  /** What a test of it will do, and then what it found, by the destination's name. */
  tests = $state.raw<ReadonlyMap<string, TestPlan | Tested>>(new Map())
  testing = $state<string | null>(null)

  readonly known = $derived.by<KnownDestination | null>(
    () => this.#desk.destinations?.known.find(({ name }) => name === this.kind) ?? null,
  )
  /** As it is set now; null for a new one. */
  readonly before = $derived.by<DestinationState | null>(
    () => this.#desk.set.find(({ name, from }) => name === this.kind && from === 'person') ?? null,
  )
  /** Kinds that can be added. */
  readonly free = $derived.by(() => {
    const set = this.#desk.set.filter(({ from }) => from === 'person')
    return (this.#desk.destinations?.known ?? []).filter(({ name }) => !set.some((one) => one.name === name))
  })

  constructor(program: Program, desk: SharingDesk) {
    this.#program = program
    this.#desk = desk
  }

  begin(kind: string | null): void {
    this.#begun++
    this.kind = kind
    this.error = null
    const { known, before } = this
    const needs = known?.needs ?? []
    this.told = Object.fromEntries(
      needs.map(({ name, kind: of }) => [name, of === 'key' ? '' : (before?.told[name] ?? '')]),
    )
    this.onlyBasic = before?.level === 'basic'
  }

  /** Whether it was kept, and the form closed. */
  async save(): Promise<boolean> {
    const { kind } = this
    if (kind === null) return false
    const given = Object.entries(this.told).map(([need, value]) => [need, value.trim()] as const)
    const told = Object.fromEntries(given.filter(([, value]) => value !== ''))
    const level = this.onlyBasic ? 'basic' : null
    const { bridge } = this.#program.host
    const begun = this.#begun
    const done = await this.#change(kind, () =>
      bridge.call('share.setDestination', { name: kind, told, level }),
    )
    if (!done || this.#begun !== begun) return false // a quick hand has opened another one meanwhile
    this.begin(null)
    return true
  }

  async remove(name: string): Promise<void> {
    await this.#change(name, () => this.#program.host.bridge.call('share.removeDestination', { name }))
  }

  /** First what it will do; then, for that very address, the doing. */
  async test(name: string): Promise<void> {
    const plan = this.tests.get(name)
    const address = plan === undefined || 'result' in plan ? null : plan.address
    if (this.testing !== null) return
    this.testing = name
    this.error = null
    const said = await this.#program.host.bridge.call('share.test', { name, address })
    this.testing = null
    if (said.ok) this.tests = new Map([...this.tests, [name, said.value]])
    else this.error = said.error
  }

  leaveTest(name: string): void {
    this.tests = new Map([...this.tests].filter(([one]) => one !== name))
  }

  async #change(name: string, ask: () => Promise<Result<Destinations>>): Promise<boolean> {
    if (this.saving) return false
    this.saving = true
    this.error = null
    const done = await ask()
    this.saving = false
    if (done.ok) {
      this.leaveTest(name)
      await this.#desk.takeDestinations(done.value)
    } else this.error = done.error
    return done.ok
  }
}
