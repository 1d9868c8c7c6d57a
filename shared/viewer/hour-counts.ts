// How many of the chosen rows there are on each local day and in each hour of the week, and how they ended.
//
// Where a choice is told by shapes, the hours of all rows lie sorted by shape, and only those of the shapes that are
// left are counted, or of the others. Else rows are looked at as they follow each other (run-counts.ts).
import type { SomeByShape } from './by-shape.ts'
import type { Columns } from './columns.ts'
import type { Selection } from './selection.ts'
import type { LeftOfShapes } from './left-of-shapes.ts'
import { noHour, weekdayOf } from './local.ts'
import { outcomes, RunCounts } from './run-counts.ts'
import type { HourCount } from './run-counts.ts'
import type { Shapes } from './shapes.ts'

const hoursOfDay = 24
const mostKept = 6
/** A century. */
const mostDays = 36_525

export class HourCounts {
  readonly #columns: Columns
  readonly #selection: Selection
  readonly #shapes: Shapes
  readonly #left: LeftOfShapes
  readonly #kept = new Map<string, HourCount>()
  #version = ''
  /** The hours of all rows: those of one shape after those of another. */
  #sorted: Uint32Array | null = null
  #runs: RunCounts | null = null
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
    this.#runs ??= this.#countRuns()
  }

  /** Of the rows that fail none of the conditions. */
  of(conditions: number): HourCount {
    const selection = this.#selection
    const version = `${this.#columns.rows} ${selection.local.zone} ${this.#shapes.version}`
    if (this.#version !== version) {
      this.#kept.clear()
      this.#sorted = null
      this.#runs = null
    }
    this.#version = version
    const state = selection.state(conditions)
    const known = this.#kept.get(state)
    if (known !== undefined) return known
    const asked = selection.asked(conditions)
    // all rows are quickly counted as they are, and putting them in order is left to a quiet moment
    const ofShapes = asked !== 0 && this.#canSort && selection.ofRowsOnly(asked) === 0
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
    const { rows } = this.#left.of(asked)
    const { failsOfShapes } = this.#selection
    const { outcomes: how, count } = this.#shapes
    const isMost = rows * 2 > this.#columns.rows
    const counts = isMost ? this.#all.slice() : new Uint32Array(this.#all.length)
    addShapes(counts, sorted, this.#ends, how, failsOfShapes, asked, count, isMost)
    addCut(counts, sorted, how, this.#selection.fromCutShapes(asked))
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

  #countRuns(): RunCounts {
    return new RunCounts(this.#columns, this.#selection.local)
  }

  #ofRows(asked: number): HourCount {
    const { local } = this.#selection
    const days = new Uint32Array(local.days.length * outcomes)
    const hours = new Uint32Array((noHour + 1) * outcomes)
    const runs = (this.#runs ??= this.#countRuns())
    for (const stretch of this.#selection.stretches(asked)) runs.add({ days, hours }, stretch)
    return { days, hours }
  }
}

/** Takes those of the shapes that fail away, or adds those of the others. */
function addShapes(
  counts: Uint32Array,
  hours: Uint32Array,
  ends: Uint32Array,
  how: Uint8Array,
  fails: Uint32Array,
  asked: number,
  count: number,
  isMost: boolean,
): void {
  const step = isMost ? -1 : 1
  for (let shape = 0, start = 0; shape < count; shape++) {
    const end = ends[shape] ?? 0
    if ((((fails[shape] ?? 0) & asked) !== 0) === isMost)
      addHours(counts, hours, start, end, how[shape] ?? 0, step)
    start = end
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

function addCut(
  counts: Uint32Array,
  hours: Uint32Array,
  how: Uint8Array,
  { places, shapes, ends }: SomeByShape,
): void {
  for (let i = 0, start = 0; i < shapes.length; i++) {
    const end = ends[i] ?? 0
    addHoursAt(counts, hours, places, start, end, how[shapes[i] ?? 0] ?? 0)
    start = end
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
