// What each local day holds, of all chosen rows or of those of some values, counted in one pass for each: the
// material of the change-point test, which from here on never looks at a row again. Durations are counted into
// narrow logarithmic bins, because a sort of a million of them would take longer than everything else together.
import type { Codes, Columns } from '../columns.ts'
import { outcome } from '../events.ts'
import type { ChosenRows } from '../divided-rows.ts'
import type { Zone } from '../zone.ts'

/** Rows with their days. */
export interface DatedRows {
  readonly rows: ChosenRows
  /** Days since 1970-01-01, and how many there are without a break. */
  readonly first: number
  readonly days: number
  /** For each row how many days after the first it is; negative where it has no day that counts. */
  readonly dayOf: Int32Array
  readonly bins: Bins
}

/** Where the shortest duration lies, and how many bins there are up to the longest. */
interface Bins {
  readonly lowest: number
  readonly count: number
}

/** Days without a break from the first to the last; every array has one entry for each. */
export interface DailyTable {
  /** The first of them, as days since 1970-01-01. */
  readonly first: number
  readonly days: number
  readonly events: Float64Array
  /** Events that tell how they ended, and those that failed. */
  readonly judged: Float64Array
  readonly failed: Float64Array
  /** Events that took some time; their median in milliseconds, and how wide their logarithms spread. */
  readonly timed: Float64Array
  readonly median: Float64Array
  readonly spread: Float64Array
  /** How many durations lie in each bin, day after day. */
  readonly durations: Uint32Array
  readonly bins: Bins
}

/** What is older says nothing about what changed lately. */
const mostDays = 731
/** After so long a break a new life begins: what was before it is neither compared nor counted as days of zero. */
const longestBreak = 60
/** So many rows are looked at in one go; also by an engine that has not compiled the loop yet, that takes milliseconds. */
export const piece = 1 << 14
const fewDays = 1 << 10

export const rowAt = ({ list }: ChosenRows, i: number): number => (list === null ? i : (list[i] ?? 0))

/** Null where nothing lies before today. Days from today on are left out: today is not over, later is an error. */
export function* dateRows(
  columns: Columns,
  rows: ChosenRows,
  zone: Zone,
  today: number,
): Generator<undefined, DatedRows | null> {
  const { time, duration } = columns
  const dayOf = new Int32Array(rows.count)
  let day = noDay
  let [from, until] = [Infinity, -Infinity]
  let last = -Infinity
  const met = new Set<number>()
  let [shortest, longest] = [Infinity, 0]
  for (let i = 0; i < rows.count; i++) {
    if (i % piece === piece - 1) yield
    const row = rowAt(rows, i)
    const at = time[row] ?? NaN
    if (!(at >= from && at < until)) {
      day = at === at ? zone.dayOf(at) : noDay
      if (day >= today) day = noDay
      from = day === noDay ? Infinity : zone.startOf(day)
      until = day === noDay ? -Infinity : zone.startOf(day + 1)
      if (day > last) last = day
      if (day !== noDay) met.add(day)
    }
    dayOf[i] = day
    const took = duration[row] ?? NaN
    if (took > longest) longest = took
    if (took > 0 && took < shortest) shortest = took
  }
  if (last <= noDay) return null
  const earliest = last - mostDays + 1
  const active = Uint8Array.from({ length: mostDays }, (_, place) => (met.has(earliest + place) ? 1 : 0))
  const first = earliest + firstOfLife(active)
  for (let i = 0; i < rows.count; i++) {
    if (i % piece === 0) yield
    const days = (dayOf[i] ?? noDay) - first
    dayOf[i] = days < 0 ? -1 : days
  }
  const lowest = binOf(shortest)
  const bins = { lowest, count: Math.max(0, binOf(longest) - lowest) + 2 }
  return { rows, first, days: last - first + 1, dayOf, bins }
}

const noDay = -0x8000_0000

/** The place of the first day after the last long break. */
function firstOfLife(active: ArrayLike<number>): number {
  let first = active.length - 1
  for (let day = first; day >= 0 && first - day <= longestBreak; day--)
    if ((active[day] ?? 0) > 0) first = day
  return first
}

/** Which of several tables a row belongs to, by its code in one dimension; negative for none. */
export interface Division {
  readonly codes: Codes
  readonly tableOf: Int32Array
  readonly tables: number
}

/** One table for each part of a division; undivided, one of all. */
export function* countDays(
  columns: Columns,
  dated: DatedRows,
  division: Division | null = null,
): Generator<undefined, DailyTable[]> {
  const { rows, days, bins } = dated
  const tables = division?.tables ?? 1
  const column = (): Float64Array => new Float64Array(tables * days)
  const [events, judged, failed, timed] = [column(), column(), column(), column()]
  const durations = new Uint32Array(tables * days * bins.count)
  const material = { events, judged, failed, timed, durations }
  for (let from = 0; from < rows.count; from += piece) {
    countRows(material, columns, dated, division, from, Math.min(from + piece, rows.count))
    yield
  }
  const [median, spread] = [column(), column()]
  for (let day = 0; day < tables * days; day++) {
    if (day % fewDays === fewDays - 1) yield
    const counts = durations.subarray(day * bins.count, (day + 1) * bins.count)
    const [low = NaN, middle = NaN, high = NaN] = quartiles(counts, timed[day] ?? 0, bins)
    median[day] = middle
    spread[day] = Math.log(high / low) / 1.349 // of a normal distribution, between its quartiles
  }
  const counted = { events, judged, failed, timed, median, spread }
  return Array.from({ length: tables }, (_, table) => tableOfLife(dated, counted, durations, table))
}

type Material = Pick<DailyTable, 'events' | 'judged' | 'failed' | 'timed' | 'durations'>

function countRows(
  { events, judged, failed, timed, durations }: Material,
  { outcome: how, duration }: Columns,
  { rows, dayOf, days, bins }: DatedRows,
  division: Division | null,
  from: number,
  end: number,
): void {
  for (let i = from; i < end; i++) {
    const row = rowAt(rows, i)
    const table = division === null ? 0 : (division.tableOf[division.codes[row] ?? 0] ?? -1)
    if (table < 0 || (dayOf[i] ?? -1) < 0) continue
    const at = table * days + (dayOf[i] ?? 0)
    events[at] = (events[at] ?? 0) + 1
    const ended = how[row]
    if (ended !== outcome.unknown) judged[at] = (judged[at] ?? 0) + 1
    if (ended === outcome.failed) failed[at] = (failed[at] ?? 0) + 1
    const took = duration[row] ?? NaN
    if (took !== took) continue
    timed[at] = (timed[at] ?? 0) + 1
    const bin = at * bins.count + placeOf(took, bins)
    durations[bin] = (durations[bin] ?? 0) + 1
  }
}

type Counted = Pick<DailyTable, 'events' | 'judged' | 'failed' | 'timed' | 'median' | 'spread'>

/** From the first to the last day that one part has anything, if it has. */
function tableOfLife(dated: DatedRows, counted: Counted, durations: Uint32Array, table: number): DailyTable {
  const { first, days, bins } = dated
  const start = table * days
  let end = days
  while (end > 0 && (counted.events[start + end - 1] ?? 0) === 0) end--
  const begin = Math.max(0, firstOfLife(counted.events.subarray(start, start + end)))
  const cut = (values: Float64Array): Float64Array => values.subarray(start + begin, start + end)
  return {
    first: first + begin,
    days: end - begin,
    events: cut(counted.events),
    judged: cut(counted.judged),
    failed: cut(counted.failed),
    timed: cut(counted.timed),
    median: cut(counted.median),
    spread: cut(counted.spread),
    durations: durations.subarray((start + begin) * bins.count, (start + end) * bins.count),
    bins,
  }
}

/** The rows of one value, with their days. */
export function* datedOf(
  dated: DatedRows,
  codes: Codes,
  code: number,
  size: number,
): Generator<undefined, DatedRows> {
  const list = new Uint32Array(size)
  const dayOf = new Int32Array(size)
  let filled = 0
  for (let i = 0; i < dated.rows.count; i++) {
    if (i % piece === piece - 1) yield
    const row = rowAt(dated.rows, i)
    if (codes[row] !== code) continue
    list[filled] = row
    dayOf[filled++] = dated.dayOf[i] ?? -1
  }
  return { ...dated, rows: { count: filled, list }, dayOf }
}

// A bin is a float's exponent and the first five bits of its fraction: 32 to an octave, each 2 to 3 % wide.
const real = new Float32Array(1)
const bits = new Uint32Array(real.buffer)
const lowestBin = (127 - 10) * 32 // a microsecond
const binCount = 43 * 32 // up to a hundred days

function binOf(milliseconds: number): number {
  real[0] = milliseconds
  return milliseconds > 0 ? Math.min(binCount - 1, Math.max(0, ((bits[0] ?? 0) >>> 18) - lowestBin)) : 0
}

/** Among the bins that a file needs: first what took no time, then from the shortest duration on. */
const placeOf = (milliseconds: number, { lowest }: Bins): number =>
  milliseconds > 0 ? binOf(milliseconds) - lowest + 1 : 0

/** Where a bin begins; the one for what took no time holds what is shorter than all others. */
function lowerEdge(place: number, { lowest }: Bins): number {
  bits[0] = ((place === 0 ? 0 : lowest + place - 1) + lowestBin) << 18
  return real[0] ?? NaN
}

/** By proportion within the bin in which they lie. */
function quartiles(counts: Uint32Array, total: number, bins: Bins): number[] {
  const found: number[] = []
  let seen = 0
  for (let place = 0; place < counts.length && found.length < 3 && total > 0; place++) {
    const here = counts[place] ?? 0
    while (here > 0 && found.length < 3) {
      const wanted = ((found.length + 1) * total) / 4
      if (seen + here < wanted) break
      const [low, high] = [lowerEdge(place, bins), lowerEdge(place + 1, bins)]
      found.push(low + ((high - low) * (wanted - seen)) / here)
    }
    seen += here
  }
  return found
}

/** The median of several days as near as bins tell it, to one or two percent. */
export function roughMedian({ durations, timed, bins }: DailyTable, days: readonly number[]): number {
  const counts = new Uint32Array(bins.count)
  for (const day of days)
    for (let place = 0; place < bins.count; place++)
      counts[place] = (counts[place] ?? 0) + (durations[day * bins.count + place] ?? 0)
  const total = days.reduce((sum, day) => sum + (timed[day] ?? 0), 0)
  return quartiles(counts, total, bins)[1] ?? NaN
}

/** Their exact median: only the bin that holds it has to be looked into. */
export function* exactMedian(
  { durations, timed, first, bins }: DailyTable,
  days: readonly number[],
  { duration }: Columns,
  { rows, dayOf, ...dated }: DatedRows,
): Generator<undefined, number> {
  const total = days.reduce((sum, day) => sum + (timed[day] ?? 0), 0)
  const position = Math.max(1, Math.ceil(total / 2)) // as all percentiles of the program: nearest rank
  let [place, below] = [0, 0]
  for (; place < bins.count; place++) {
    let here = 0
    for (const day of days) here += durations[day * bins.count + place] ?? 0
    if (below + here >= position) break
    below += here
  }
  const wanted = new Uint8Array(dated.days)
  for (const day of days) wanted[day + first - dated.first] = 1
  const inBin: number[] = []
  for (let i = 0; i < rows.count; i++) {
    if (i % piece === piece - 1) yield
    if (wanted[dayOf[i] ?? -1] !== 1) continue
    const took = duration[rowAt(rows, i)] ?? NaN
    if (took === took && placeOf(took, bins) === place) inBin.push(took)
  }
  return Float64Array.from(inBin).sort()[position - below - 1] ?? NaN
}
