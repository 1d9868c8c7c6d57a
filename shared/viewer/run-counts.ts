// Counts of rows that follow each other: they mostly lie in the same local hour. What such a run comes to as a whole is
// kept, so that a stretch of time is a few runs, and rows are looked at one by one only at its two ends. The loops are
// functions of their own: the engine compiles small ones quickly, and not again for whoever else calls them.
import type { Columns } from './columns.ts'
import type { LocalTimes } from './local.ts'
import type { Stretch } from './selection.ts'

/** So many counts stand at each place. */
export const outcomes = 4
/** So many of each outcome can be added up in one number. */
const mostAtOnce = 1023
const weights = Uint32Array.from([1, 1 << 10, 1 << 20, 0])

/** Counts as counts.ts has them: one for each outcome, at four times a place. */
export interface HourCount {
  /** By place in `local.days`. */
  readonly days: Uint32Array
  /** By hour of the week. */
  readonly hours: Uint32Array
}

export class RunCounts {
  readonly #columns: Columns
  readonly #local: LocalTimes
  /** Where each run starts, and the last one ends. */
  readonly #starts: Uint32Array
  /** For each run four times the place of its day, and of its hour. */
  readonly #days: Uint32Array
  readonly #hours: Uint32Array
  /** For each run a count for each outcome. */
  readonly #counts: Uint32Array

  constructor(columns: Columns, local: LocalTimes) {
    const { count, rows } = local.runs
    this.#columns = columns
    this.#local = local
    this.#starts = new Uint32Array(count + 1)
    this.#starts.set(rows.subarray(0, count))
    this.#starts[count] = columns.rows
    this.#days = new Uint32Array(count)
    this.#hours = new Uint32Array(count)
    this.#counts = new Uint32Array(count * outcomes)
    for (let run = 0; run < count; run++) {
      const start = rows[run] ?? 0
      this.#days[run] = (local.dayPlace[start] ?? 0) * outcomes
      this.#hours[run] = (local.hour[start] ?? 0) * outcomes
      countOutcomes(this.#counts, run * outcomes, columns.outcome, start, this.#starts[run + 1] ?? 0)
    }
  }

  add(to: HourCount, { start, end, fails, asked }: Stretch): void {
    if (asked === 0) this.#addAll(to, start, end)
    else {
      const from = firstFrom(this.#starts, start + 1) - 1
      const { outcome } = this.#columns
      addPassing(to, fails, asked, outcome, this.#starts, this.#days, this.#hours, from, start, end)
    }
  }

  #addAll(to: HourCount, start: number, end: number): void {
    const starts = this.#starts
    const first = firstFrom(starts, start)
    const last = firstFrom(starts, end + 1) - 1
    if (first >= last) return this.#addRows(to, start, end)
    this.#addRows(to, start, starts[first] ?? 0)
    addRuns(to.days, this.#days, this.#counts, first, last)
    addRuns(to.hours, this.#hours, this.#counts, first, last)
    this.#addRows(to, starts[last] ?? 0, end)
  }

  #addRows(to: HourCount, start: number, end: number): void {
    const { outcome } = this.#columns
    addRows(to.days, this.#local.dayPlace, outcome, start, end)
    addRows(to.hours, this.#local.hour, outcome, start, end)
  }
}

/** The first that starts at a row or after it. */
function firstFrom(starts: Uint32Array, row: number): number {
  let low = 0
  let high = starts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((starts[middle] ?? 0) < row) low = middle + 1
    else high = middle
  }
  return low
}

function countOutcomes(
  counts: Uint32Array,
  at: number,
  outcome: Uint8Array,
  from: number,
  end: number,
): void {
  for (let row = from; row < end; row++) {
    const place = at + (outcome[row] ?? 0)
    counts[place] = (counts[place] ?? 0) + 1
  }
}

function addRuns(
  to: Uint32Array,
  places: Uint32Array,
  counts: Uint32Array,
  first: number,
  last: number,
): void {
  for (let run = first; run < last; run++) addCounts(to, places[run] ?? 0, counts, run * outcomes)
}

function addCounts(to: Uint32Array, place: number, counts: Uint32Array, at: number): void {
  to[place] = (to[place] ?? 0) + (counts[at] ?? 0)
  to[place + 1] = (to[place + 1] ?? 0) + (counts[at + 1] ?? 0)
  to[place + 2] = (to[place + 2] ?? 0) + (counts[at + 2] ?? 0)
}

function addRows(
  to: Uint32Array,
  places: Uint32Array | Uint8Array,
  outcome: Uint8Array,
  start: number,
  end: number,
): void {
  for (let row = start; row < end; row++) {
    const at = (places[row] ?? 0) * outcomes + (outcome[row] ?? 0)
    to[at] = (to[at] ?? 0) + 1
  }
}

/** Of the rows that don't fail, from the run on in which the first of them lies. */
function addPassing(
  to: HourCount,
  fails: Uint32Array,
  asked: number,
  outcome: Uint8Array,
  starts: Uint32Array,
  days: Uint32Array,
  hours: Uint32Array,
  first: number,
  start: number,
  end: number,
): void {
  for (let run = first, from = start; from < end; run++) {
    const stop = Math.min(starts[run + 1] ?? end, end)
    for (; from < stop; from += mostAtOnce) {
      const sum = addUp(fails, asked, outcome, from, Math.min(from + mostAtOnce, stop))
      addSum(to.days, days[run] ?? 0, sum)
      addSum(to.hours, hours[run] ?? 0, sum)
    }
    from = stop
  }
}

function addSum(to: Uint32Array, place: number, sum: number): void {
  to[place] = (to[place] ?? 0) + (sum & 0x3ff)
  to[place + 1] = (to[place + 1] ?? 0) + ((sum >>> 10) & 0x3ff)
  to[place + 2] = (to[place + 2] ?? 0) + ((sum >>> 20) & 0x3ff)
}

/** How many rows pass, ten bits for each outcome. */
function addUp(fails: Uint32Array, asked: number, outcome: Uint8Array, from: number, end: number): number {
  let sum = 0
  for (let row = from; row < end; row++) {
    const failed = (fails[row] ?? 0) & asked
    sum += (weights[outcome[row] ?? 0] ?? 0) & ~((failed | -failed) >> 31)
  }
  return sum
}
