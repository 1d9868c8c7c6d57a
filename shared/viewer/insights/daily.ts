// What each local day holds, counted in two passes over the chosen rows: the material of the change-point test,
// which from here on never looks at a row again. Durations are counted into narrow logarithmic bins, because a
// sort of a million of them would take longer than everything else together.
import type { Columns } from '../columns.ts'
import { outcome } from '../events.ts'
import type { ChosenRows } from '../filter.ts'
import type { Zone } from '../zone.ts'

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
  readonly bins: Uint32Array
  /** For each chosen row the place of its day here; negative where it has none. */
  readonly dayOf: Int32Array
}

/** What is older says nothing about what changed lately. */
const mostDays = 731
/** After so long a break a new life begins: what was before it is neither compared nor counted as days of zero. */
const longestBreak = 60

/** Null where nothing lies before today. Days from today on are left out: today is not over, later is an error. */
export function countDays(columns: Columns, rows: ChosenRows, zone: Zone, today: number): DailyTable | null {
  const placed = placeRows(columns, rows, zone, today)
  if (placed === null) return null
  const { first, days, dayOf } = placed
  const { outcome: how, duration } = columns
  const column = (): Float64Array => new Float64Array(days)
  const [events, judged, failed, timed] = [column(), column(), column(), column()]
  const bins = new Uint32Array(days * binCount)
  for (let i = 0; i < rows.count; i++) {
    const day = dayOf[i] ?? -1
    if (day < 0) continue
    const row = rows.list === null ? i : (rows.list[i] ?? 0)
    events[day] = (events[day] ?? 0) + 1
    const ended = how[row]
    if (ended !== outcome.unknown) judged[day] = (judged[day] ?? 0) + 1
    if (ended === outcome.failed) failed[day] = (failed[day] ?? 0) + 1
    const took = duration[row] ?? NaN
    if (took !== took) continue
    timed[day] = (timed[day] ?? 0) + 1
    const at = day * binCount + binOf(took)
    bins[at] = (bins[at] ?? 0) + 1
  }
  const [median, spread] = [column(), column()]
  for (let day = 0; day < days; day++) {
    const [low = NaN, middle = NaN, high = NaN] = quartiles(bins, day * binCount, timed[day] ?? 0)
    median[day] = middle
    spread[day] = Math.log(high / low) / 1.349 // of a normal distribution, between its quartiles
  }
  return { first, days, events, judged, failed, timed, median, spread, bins, dayOf }
}

const noDay = -0x8000_0000

/** The day of each row, and the days that count: the last stretch without a long break. */
function placeRows({ time }: Columns, rows: ChosenRows, zone: Zone, today: number) {
  const dayOf = new Int32Array(rows.count)
  let day = noDay
  let [from, until] = [Infinity, -Infinity]
  let last = -Infinity
  for (let i = 0; i < rows.count; i++) {
    const at = time[rows.list === null ? i : (rows.list[i] ?? 0)] ?? NaN
    if (!(at >= from && at < until)) {
      day = at === at ? zone.dayOf(at) : noDay
      if (day >= today) day = noDay
      from = day === noDay ? Infinity : zone.startOf(day)
      until = day === noDay ? -Infinity : zone.startOf(day + 1)
      if (day > last) last = day
    }
    dayOf[i] = day
  }
  if (last <= noDay) return null
  const earliest = last - mostDays + 1
  const active = new Uint8Array(mostDays)
  for (const each of dayOf) if (each >= earliest) active[each - earliest] = 1
  let first = last
  for (let each = last; each >= earliest && first - each <= longestBreak; each--)
    if (active[each - earliest] === 1) first = each
  for (let i = 0; i < dayOf.length; i++) dayOf[i] = Math.max(-1, (dayOf[i] ?? noDay) - first)
  return { first, days: last - first + 1, dayOf }
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

function lowerEdge(bin: number): number {
  bits[0] = (bin + lowestBin) << 18
  return real[0] ?? NaN
}

/** By proportion within the bin in which they lie. */
function quartiles(bins: Uint32Array, start: number, total: number): number[] {
  const found: number[] = []
  let seen = 0
  for (let bin = 0; bin < binCount && found.length < 3 && total > 0; bin++) {
    const here = bins[start + bin] ?? 0
    while (here > 0 && found.length < 3) {
      const wanted = ((found.length + 1) * total) / 4
      if (seen + here < wanted) break
      const low = lowerEdge(bin)
      found.push(low + ((lowerEdge(bin + 1) - low) * (wanted - seen)) / here)
    }
    seen += here
  }
  return found
}

/** The exact median of several days: only the bin that holds it has to be looked into. */
export function medianOver(
  { bins, timed, dayOf }: DailyTable,
  days: readonly number[],
  { duration }: Columns,
  rows: ChosenRows,
): number {
  const total = days.reduce((sum, day) => sum + (timed[day] ?? 0), 0)
  const position = Math.max(1, Math.ceil(total / 2)) // as all percentiles of the program: nearest rank
  let [bin, below] = [0, 0]
  for (; bin < binCount; bin++) {
    let here = 0
    for (const day of days) here += bins[day * binCount + bin] ?? 0
    if (below + here >= position) break
    below += here
  }
  const wanted = new Set(days)
  const inBin: number[] = []
  for (let i = 0; i < rows.count; i++) {
    const took = duration[rows.list === null ? i : (rows.list[i] ?? 0)] ?? NaN
    if (took === took && binOf(took) === bin && wanted.has(dayOf[i] ?? -1)) inBin.push(took)
  }
  return Float64Array.from(inBin).sort()[position - below - 1] ?? NaN
}
