// How long something goes on, from how fast it went so far. Nothing is said of the first second: the beginning of
// a reading is faster or slower than the rest of it.
import type { Progress } from '../shared/bridge.ts'

const silence = 1000
const least = 1000

export class Pace {
  #phase: Progress['phase'] | null = null
  #began = 0
  #doneThen = 0

  /** Milliseconds, in whole seconds; null where nothing sensible can be said yet. */
  left({ phase, done, total }: Progress, now: number): number | null {
    if (phase !== this.#phase || done < this.#doneThen) {
      this.#phase = phase
      this.#began = now
      this.#doneThen = done
    }
    const spent = now - this.#began
    const gone = done - this.#doneThen
    if (spent < silence || gone <= 0 || done >= total) return null
    return Math.max(least, Math.ceil((spent * (total - done)) / gone / 1000) * 1000)
  }
}
