// What is remembered of files whose format is unknown, by their schema. To forget it is to go back to the guess.
import type { Bridge } from '../shared/bridge.ts'
import type { Choices } from '../shared/formats/recognise.ts'
import type { AppError, Result } from '../shared/result.ts'

export class Corrections {
  readonly #bridge: Bridge
  readonly #forgotten: () => void
  /** Null until they are known. */
  choices = $state.raw<Choices | null>(null)
  error = $state.raw<AppError | null>(null)

  /** `forgotten` is told, so that an open file is guessed anew. */
  constructor(bridge: Bridge, forgotten: () => void) {
    this.#bridge = bridge
    this.#forgotten = forgotten
  }

  async look(): Promise<void> {
    this.#keep(await this.#bridge.call('choices.get', {}))
  }

  async forget(key: string): Promise<void> {
    const kept = await this.#bridge.call('choices.set', { key, choice: null })
    this.#keep(kept)
    if (kept.ok) this.#forgotten()
  }

  #keep(known: Result<Choices>): void {
    this.error = known.ok ? null : known.error
    if (known.ok) this.choices = known.value
  }
}
