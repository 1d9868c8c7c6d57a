// What is due by itself while the program runs: retention, at its start and once a day, and deletions of which
// something remains, as soon as nobody else has the file open. One thing at a time, and never in a command's way.
import type { Erasing } from './erasing.ts'
import { holdersOf } from './holders.ts'
import type { Keeper } from './keep.ts'

const firstAfter = 3000
const lookEvery = 15_000
/** Where it isn't told who has a file open, or a first attempt failed, not so often. */
const attemptEvery = 300_000

export class Tending {
  readonly #erasing: Erasing
  readonly #keeper: Keeper
  readonly #stop = new AbortController()
  readonly #attempted = new Map<string, number>()
  #timer: ReturnType<typeof setTimeout> | null = null
  #work: Promise<void> = Promise.resolve()

  constructor(erasing: Erasing, keeper: Keeper) {
    this.#erasing = erasing
    this.#keeper = keeper
  }

  begin(): void {
    this.#later(firstAfter, 'start')
  }

  async end(): Promise<void> {
    this.#stop.abort()
    if (this.#timer !== null) clearTimeout(this.#timer)
    await this.#work
  }

  #later(after: number, when: 'start' | 'day'): void {
    this.#timer = setTimeout(() => {
      this.#work = this.#look(when).finally(() => {
        if (!this.#stop.signal.aborted) this.#later(lookEvery, 'day')
      })
    }, after)
    this.#timer.unref()
  }

  async #look(when: 'start' | 'day'): Promise<void> {
    for (const path of new Set((await this.#erasing.pending()).map((entry) => entry.path)))
      if (this.#mayFinish(path)) await this.#erasing.finish(path, () => {}, this.#stop.signal)
    await this.#keeper.runDue(when, this.#stop.signal)
  }

  #mayFinish(path: string): boolean {
    const now = Date.now()
    if (this.#stop.signal.aborted || holdersOf(path).length > 0) return false
    const before = this.#attempted.get(path)
    if (before !== undefined && now - before < attemptEvery) return false
    this.#attempted.set(path, now)
    return true
  }
}
