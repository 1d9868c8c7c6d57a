// How many of the chosen rows there are on each local day and in each hour of the week, and how they ended.
//
// Where a choice is told by shapes, the hours of all rows lie sorted by shape, and only those of the shapes that are
// left are counted, or of the others. Else rows are looked at: those that follow each other mostly lie in the same hour,
// and such a run is added up by itself.
import type { Columns } from './columns.ts'
import type { Selection } from './selection.ts'
import type { LeftOfShapes } from './left-of-shapes.ts'
import { noHour, weekdayOf } from './local.ts'
import type { RowList } from './row-list.ts'
import type { Shapes } from './shapes.ts'

/** Counts as counts.ts has them: one for each outcome, at four times a place. */
export interface HourCount {
  /** By place in `local.days`. */
  readonly days: Uint32Array
  /** By hour of the week. */
  readonly hours: Uint32Array
}

const outcomes = 4
const hoursOfDay = 24
/** So many of each outcome can be added up in one number. */
const mostAtOnce = 1023
const weights = Uint32Array.from([1, 1 << 10, 1 << 20, 0])
const mostKept = 6
/** A century. */
const mostDays = 36_525
const noFails = new Uint32Array(0)

export class HourCounts {
  readonly #columns: Columns
  readonly #selection: Selection
  readonly #shapes: Shapes
  readonly #left: LeftOfShapes
  readonly #kept = new Map<string, HourCount>()
  #version = ''
  /** The hours of all rows: those of one shape after those of another. */
  #sorted: Uint32Array | null = null
  /** What all rows of each run add up to, of those that are not too long. */
  #wholeRuns: Uint32Array | null = null
  /** Where those of each shape end. */
  #ends: Uint32Array = new Uint32Array(0)
  /** How many rows there are in each hour, and how they ended. */
  #all = new Uint32Array(0)

  constructor(columns: Columns, selection: Selection, shapes: Shapes, left: LeftOfShapes) {
    this.#columns = columns
    this.#selection = selection
    this.#shapes = shapes
    this.#left = left
  }

  getReady(): void {
    if (this.#canSort) this.#sorted ??= this.#sort()
    this.#wholeRuns ??= this.#addRuns()
  }

  /** Of the rows that fail none of the conditions. */
  of(conditions: number): HourCount {
    const selection = this.#selection
    const version = `${this.#columns.rows} ${selection.local.zone} ${this.#shapes.version}`
    if (this.#version !== version) {
      this.#kept.clear()
      this.#sorted = null
      this.#wholeRuns = null
    }
    this.#version = version
    const state = selection.state(conditions)
    const known = this.#kept.get(state)
    if (known !== undefined) return known
    const asked = selection.asked(conditions)
    const ofShapes = this.#canSort && selection.ofRowsOnly(asked) === 0
    const counts = ofShapes ? this.#ofShapes(asked) : this.#ofRows(asked)
    const [oldest] = this.#kept.keys()
    if (this.#kept.size >= mostKept && oldest !== undefined) this.#kept.delete(oldest)
    this.#kept.set(state, counts)
    return counts
  }

  /** A file can claim a day of its own for each row, and all hours of these would take more room than all rows. */
  get #canSort(): boolean {
    return this.#shapes.count > 0 && this.#selection.local.days.length <= mostDays
  }

  #ofShapes(asked: number): HourCount {
    const sorted = (this.#sorted ??= this.#sort())
    if (asked === 0) return this.#byDayAndHour(this.#all)
    const { rows } = this.#left.of(asked)
    const { failsOfShapes } = this.#selection
    const { outcomes: how, count } = this.#shapes
    const isMost = rows * 2 > this.#columns.rows
    const counts = isMost ? this.#all.slice() : new Uint32Array(this.#all.length)
    const step = isMost ? -1 : 1
    for (let shape = 0, start = 0; shape < count; shape++) {
      const end = this.#ends[shape] ?? 0
      if ((((failsOfShapes[shape] ?? 0) & asked) !== 0) === isMost)
        addHours(counts, sorted, start, end, how[shape] ?? 0, step)
      start = end
    }
    const { places, shapes, ends } = this.#selection.fromCutShapes(asked)
    shapes.forEach((shape, i) =>
      addHoursAt(counts, sorted, places, ends[i - 1] ?? 0, ends[i] ?? 0, how[shape] ?? 0),
    )
    return this.#byDayAndHour(counts)
  }

  #sort(): Uint32Array {
    const { outcome } = this.#columns
    const { days } = this.#selection.local
    const { rows: order, ends } = this.#shapes.inOrder()
    const sorted = new Uint32Array(order.length)
    const all = new Uint32Array(days.length * hoursOfDay * outcomes)
    for (let i = 0; i < order.length; i++) {
      const row = order[i] ?? 0
      const at = this.#hourOf(row)
      sorted[i] = at
      const place = at * outcomes + (outcome[row] ?? 0)
      all[place] = (all[place] ?? 0) + 1
    }
    this.#ends = ends
    this.#all = all
    return sorted
  }

  /** By day, and hour of the day. */
  #hourOf(row: number): number {
    const { dayPlace, hour } = this.#selection.local
    return (dayPlace[row] ?? 0) * hoursOfDay + ((hour[row] ?? 0) % hoursOfDay)
  }

  #byDayAndHour(counts: Uint32Array): HourCount {
    const { days: known } = this.#selection.local
    const days = new Uint32Array(known.length * outcomes)
    const hours = new Uint32Array((noHour + 1) * outcomes)
    for (let place = 0; place < known.length; place++) {
      const first = place === 0 ? noHour : weekdayOf(known[place] ?? 0) * hoursOfDay
      for (let at = 0; at < hoursOfDay * outcomes; at++) {
        const count = counts[place * hoursOfDay * outcomes + at] ?? 0
        const day = place * outcomes + (at % outcomes)
        const hour = place === 0 ? noHour * outcomes + (at % outcomes) : first * outcomes + at
        days[day] = (days[day] ?? 0) + count
        hours[hour] = (hours[hour] ?? 0) + count
      }
    }
    return { days, hours }
  }

  #endOfRun(run: number): number {
    const { runs } = this.#selection.local
    return run + 1 < runs.count ? (runs.rows[run + 1] ?? 0) : this.#columns.rows
  }

  #addRuns(): Uint32Array {
    const { runs } = this.#selection.local
    const { outcome } = this.#columns
    return Uint32Array.from({ length: runs.count }, (_, run) => {
      const start = runs.rows[run] ?? 0
      return addUp(noFails, 0, outcome, start, Math.min(this.#endOfRun(run), start + mostAtOnce))
    })
  }

  #ofRows(asked: number): HourCount {
    const { local } = this.#selection
    const { outcome } = this.#columns
    const { runs, days: known, dayPlace, hour } = local
    const days = new Uint32Array(known.length * outcomes)
    const hours = new Uint32Array((noHour + 1) * outcomes)
    const wholeRuns = (this.#wholeRuns ??= this.#addRuns())
    for (const stretch of this.#selection.stretches(asked)) {
      for (let run = runAt(runs, stretch.start); run < runs.count; run++) {
        const start = Math.max(stretch.start, runs.rows[run] ?? 0)
        const end = Math.min(stretch.end, this.#endOfRun(run))
        if (start >= end) break
        const day = (dayPlace[start] ?? 0) * outcomes
        const ofWeek = (hour[start] ?? noHour) * outcomes
        const isWhole = stretch.asked === 0 && start === runs.rows[run] && end === this.#endOfRun(run)
        for (let from = start; from < end; from += mostAtOnce) {
          const to = Math.min(from + mostAtOnce, end)
          const sum =
            isWhole && end - start <= mostAtOnce
              ? (wholeRuns[run] ?? 0)
              : addUp(stretch.fails, stretch.asked, outcome, from, to)
          for (let how = 0; how < 3; how++) {
            const count = (sum >>> (10 * how)) & 0x3ff
            days[day + how] = (days[day + how] ?? 0) + count
            hours[ofWeek + how] = (hours[ofWeek + how] ?? 0) + count
          }
        }
      }
    }
    return { days, hours }
  }
}

function addHours(
  counts: Uint32Array,
  hours: Uint32Array,
  start: number,
  end: number,
  how: number,
  step: number,
): void {
  for (let i = start; i < end; i++) {
    const at = (hours[i] ?? 0) * outcomes + how
    counts[at] = (counts[at] ?? 0) + step
  }
}

function addHoursAt(
  counts: Uint32Array,
  hours: Uint32Array,
  places: Uint32Array,
  start: number,
  end: number,
  how: number,
): void {
  for (let i = start; i < end; i++) {
    const at = (hours[places[i] ?? 0] ?? 0) * outcomes + how
    counts[at] = (counts[at] ?? 0) + 1
  }
}

/** The run in which a row lies. */
function runAt({ rows, count }: RowList, row: number): number {
  let low = 0
  let high = count
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((rows[middle] ?? Infinity) <= row) low = middle
    else high = middle
  }
  return low
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
