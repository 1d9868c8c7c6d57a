// Sample data, for whoever wants to look around first: the host writes a file of it, and a page without one makes its
// own.
import type { Bridge, Progress } from '../shared/bridge.ts'
import type { Result } from '../shared/result.ts'
import { ok } from '../shared/result.ts'
import type { SampleWish } from '../shared/sample/smart-agents.ts'

export const sampleEvents = 5000
const seed = 7

export class Sample {
  readonly #bridge: Bridge
  /** How far writing it is; null when it isn't being written. */
  progress = $state.raw<Progress | null>(null)
  #abort: AbortController | null = null

  constructor(bridge: Bridge) {
    this.#bridge = bridge
  }

  /** For a page that makes it by itself. */
  wish(): SampleWish {
    return { events: sampleEvents, seed, until: Date.now() }
  }

  /** The path of the written file. */
  async write(): Promise<Result<string>> {
    const abort = (this.#abort = new AbortController())
    this.progress = { phase: 'writing', done: 0, total: sampleEvents }
    const made = await this.#bridge.stream(
      'files.sample',
      { format: 'smart-agents', events: sampleEvents, seed, until: null, out: null, overwrite: true },
      (progress) => {
        if (this.#abort === abort) this.progress = progress
      },
      abort.signal,
    )
    if (this.#abort === abort) this.progress = null
    return made.ok ? ok(made.value.path) : made
  }

  cancel(): void {
    this.#abort?.abort()
  }
}
