// Looks for what changed when rows have been at rest for a while, a piece at a time, so that whatever is asked
// meanwhile waits for a piece at most. Other rows end it; rows that are only added don't, because of the day that is
// not over nothing is told.
import type { Charts } from '../../shared/viewer/charts.ts'
import type { Columns } from '../../shared/viewer/columns.ts'
import type { Filter } from '../../shared/viewer/filter.ts'
import { searchChanges } from '../../shared/viewer/insights.ts'
import type { Change } from '../../shared/viewer/insights.ts'
import type { Zone } from '../../shared/viewer/zone.ts'

/** Milliseconds. A piece is begun before they are over, and takes a few more. */
const atOnce = 8

interface Asked {
  readonly filter: Filter
  readonly zone: Zone
  readonly now: number
}

export class Finder {
  readonly #columns: Columns
  readonly #charts: Charts
  readonly #tell: (changes: readonly Change[], filter: Filter) => void
  #waiting: ReturnType<typeof setTimeout> | null = null

  constructor(columns: Columns, charts: Charts, tell: (changes: readonly Change[], filter: Filter) => void) {
    this.#columns = columns
    this.#charts = charts
    this.#tell = tell
  }

  stop(): void {
    if (this.#waiting !== null) clearTimeout(this.#waiting)
    this.#waiting = null
  }

  begin(asked: Asked, rest: number): void {
    this.stop()
    this.#waiting = setTimeout(() => {
      const { count, list } = this.#charts.chosen
      const rows = { count, list: list?.slice(0, count) ?? null } // the charts will fill theirs anew
      this.#goOn(searchChanges(this.#columns, rows, asked), asked.filter)
    }, rest)
  }

  #goOn(running: ReturnType<typeof searchChanges>, filter: Filter): void {
    this.#waiting = null
    const until = performance.now() + atOnce
    let step = running.next()
    while (step.done !== true && performance.now() < until) step = running.next()
    if (step.done === true) this.#tell(step.value, filter)
    else this.#waiting = setTimeout(() => this.#goOn(running, filter))
  }
}
