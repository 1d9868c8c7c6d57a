// Charts over time: the timeline with what it is divided into or compared with, the calendar, the hours of the week.
import type { Columns } from './columns.ts'
import { outcome } from './events.ts'
import type { ChosenRows } from './divided-rows.ts'
import type { Filter } from './filter.ts'
import type { Selection } from './selection.ts'
import { wordsOf } from './filter.ts'
import { countAt } from './counts.ts'
import type { Counts } from './counts.ts'
import { hoursOfWeek, noHour } from './local.ts'
import type { LocalTimes } from './local.ts'
import type {
  CalendarSpec,
  Compare,
  CompareSpec,
  Figures,
  HoursSpec,
  Series,
  TimelineSpec,
  View,
} from './specs.ts'
import { chooseStep, isCalendarStep, stepOf, stepStarts } from './timeline.ts'
import type { Step } from './timeline.ts'
import type { Zone } from './zone.ts'

/** The steps of one timeline. */
export interface Steps {
  /** The same for the same steps. */
  readonly name: string
  readonly starts: Float64Array
  /** By row; rows without a time, or beyond the steps, have the number of steps. */
  readonly ofRow: () => Uint16Array
}

interface Span {
  readonly first: number
  readonly last: number
}

/** From the period's beginning to its end, or to now, where it has none; else from the first event to the last. */
export function spanOf(
  { first, last }: Pick<Figures, 'first' | 'last'>,
  { since, until }: Filter,
  now: number,
): Span | null {
  if (first === null || last === null) return null
  const end = since === null && until === null ? last : Math.max(last, until === null ? now : until - 1)
  return { first: since === null ? first : Math.min(first, since), last: end }
}

export function countTimeline(
  columns: Columns,
  selection: Selection,
  counts: Counts,
  view: View,
  around: Pick<Figures, 'first' | 'last'>,
): { readonly spec: TimelineSpec; readonly steps: Steps } | null {
  const { zone, now, firstDayOfWeek, filter, stack = null, compare = null } = view
  const span = spanOf(around, filter, now)
  const { first, last } = around
  if (span === null || first === null || last === null) return null
  if (stepStarts(chooseStep(first, last), first, last, zone).length < 3) return null // first step, end: one bar
  const step = chooseStep(span.first, span.last)
  const starts = Float64Array.from(stepStarts(step, span.first, span.last, zone, firstDayOfWeek))
  const name = [zone.name, step, starts[0], starts.length].join(' ')
  const steps = { name, starts, ofRow: once(() => stepsOfRows(columns, selection.local, starts, step, zone)) }
  const conditions = selection.without('range')
  const found = isCalendarStep(step)
    ? sumDays(counts.hourly(conditions).days, selection.local, starts, zone)
    : counts.ofRows(steps.ofRow(), starts.length + 1, selection.rows(conditions))
  const points = Array.from(starts.subarray(0, -1), (start, i) => {
    const end = starts[i + 1] ?? start
    const failed = found[(i << 2) | outcome.failed] ?? 0
    return {
      start,
      end,
      count: countAt(found, i),
      failed,
      withOutcome: failed + (found[(i << 2) | outcome.ok] ?? 0),
      partial: now >= start && now < end,
    }
  })
  const series = stack === null ? null : divide(columns, selection.rows(conditions), steps, stack)
  const compared = compare && compareWith(columns, selection, compare, steps, step, view, span)
  return { spec: { step, points, series, compare: compared }, steps }
}

function once<T>(work: () => T): () => T {
  let done: T | null = null
  return () => (done ??= work())
}

/** For each day its step; days begin and end where steps do. */
function stepOfDay(local: LocalTimes, starts: Float64Array, zone: Zone): number[] {
  const firstDays = Float64Array.from(starts, (start) => zone.dayOf(start))
  return local.days.map((day) => {
    if (!(day >= (firstDays[0] ?? NaN) && day < (firstDays.at(-1) ?? NaN))) return starts.length - 1
    return stepOf(firstDays, day, 0)
  })
}

function sumDays(days: Uint32Array, local: LocalTimes, starts: Float64Array, zone: Zone): Uint32Array {
  const sums = new Uint32Array(starts.length * 4)
  stepOfDay(local, starts, zone).forEach((step, place) => {
    for (let how = 0; how < 4; how++) {
      const at = (step << 2) | how
      sums[at] = (sums[at] ?? 0) + (days[(place << 2) | how] ?? 0)
    }
  })
  return sums
}

function stepsOfRows(
  { rows, time }: Columns,
  local: LocalTimes,
  starts: Float64Array,
  step: Step,
  zone: Zone,
): Uint16Array {
  const ofRow = new Uint16Array(rows)
  if (isCalendarStep(step)) {
    const ofDay = Uint16Array.from(stepOfDay(local, starts, zone))
    const { dayPlace } = local
    for (let row = 0; row < rows; row++) ofRow[row] = ofDay[dayPlace[row] ?? 0] ?? 0
    return ofRow
  }
  const none = starts.length - 1
  const end = starts[none] ?? -Infinity
  const begin = starts[0] ?? Infinity
  let hint = 0
  for (let row = 0; row < rows; row++) {
    const at = time[row] ?? NaN
    if (!(at >= begin && at < end)) ofRow[row] = none
    else ofRow[row] = hint = stepOf(starts, at, hint)
  }
  return ofRow
}

/** So many values have a series, and so many a colour of their own. */
export const mostSeries = 8

/** The most frequent of the chosen rows' values; all others, and rows without a value, are one series more. */
function divide(
  columns: Columns,
  { count, list }: ChosenRows,
  steps: Steps,
  dimension: string,
): Series[] | null {
  const { words, codes } = wordsOf(columns, dimension)
  if (words.length === 1) return null
  const totals = new Uint32Array(words.length)
  for (let i = 0; i < count; i++) {
    const code = codes[list === null ? i : (list[i] ?? 0)] ?? 0
    totals[code] = (totals[code] ?? 0) + 1
  }
  const wanted = topCodes(totals, mostSeries)
  const place = new Uint8Array(words.length).fill(wanted.length)
  wanted.forEach((code, i) => (place[code] = i))
  const length = steps.starts.length
  const ofRow = steps.ofRow()
  const cells = new Uint32Array((wanted.length + 1) * length)
  for (let i = 0; i < count; i++) {
    const row = list === null ? i : (list[i] ?? 0)
    const at = (place[codes[row] ?? 0] ?? 0) * length + (ofRow[row] ?? 0)
    cells[at] = (cells[at] ?? 0) + 1
  }
  const series = [...wanted.map((code) => words[code] ?? ''), null].map((label, i) => ({
    label,
    counts: [...cells.subarray(i * length, (i + 1) * length - 1)],
  }))
  return series.filter(({ label, counts }) => label !== null || counts.some((value) => value > 0))
}

/** The codes with the highest counts, the highest first; code 0 is no value. */
export function topCodes(counts: Uint32Array, most: number): number[] {
  const found: number[] = []
  for (let code = 1; code < counts.length; code++) {
    const count = counts[code] ?? 0
    if (count === 0) continue
    let at = found.length
    while (at > 0 && count > (counts[found[at - 1] ?? 0] ?? 0)) at--
    if (at >= most) continue
    found.splice(at, 0, code)
    if (found.length > most) found.pop()
  }
  return found
}

function compareWith(
  columns: Columns,
  selection: Selection,
  compare: Compare,
  { starts }: Steps,
  step: TimelineSpec['step'],
  { zone, firstDayOfWeek, filter }: View,
  span: Span,
): CompareSpec {
  const length = starts.length - 1
  if (compare.with === 'period') {
    const until = compare.since + (filter.until ?? span.last + 1) - span.first
    const other = Float64Array.from(stepStarts(step, compare.since, until, zone, firstDayOfWeek)).subarray(
      0,
      length + 1,
    )
    const rows = selection.rows(selection.without('period', 'range'))
    const last = other.at(-1) ?? compare.since
    const counts = new Uint32Array(length)
    let hint = 0
    for (let i = 0; i < rows.count; i++) {
      const at = columns.time[rows.list === null ? i : (rows.list[i] ?? 0)] ?? NaN
      if (!(at >= compare.since && at < last)) continue
      hint = stepOf(other, at, hint)
      counts[hint] = (counts[hint] ?? 0) + 1
    }
    return { starts: [...other.subarray(0, -1)], series: [{ label: null, counts: [...counts] }] }
  }
  const { words, codes } = wordsOf(columns, compare.dimension)
  const bits = selection.withoutDimension(compare.dimension) & selection.without('range')
  const rows = selection.rows(bits)
  const [begin, end] = [starts[0] ?? Infinity, starts[length] ?? -Infinity]
  const series = compare.values.map((label) => {
    const wanted = words.indexOf(label, 1)
    const counts = new Uint32Array(length)
    let hint = 0
    for (let i = 0; i < rows.count; i++) {
      const row = rows.list === null ? i : (rows.list[i] ?? 0)
      const at = columns.time[row] ?? NaN
      if (codes[row] !== wanted || !(at >= begin && at < end)) continue // others than the chosen ones may lie beyond
      hint = stepOf(starts, at, hint)
      counts[hint] = (counts[hint] ?? 0) + 1
    }
    return { label, counts: [...counts] }
  })
  return { starts: null, series }
}

/** `counts` are those of the hours of the week. */
export function drawHours(counts: Uint32Array): HoursSpec | null {
  const hours = Array.from({ length: hoursOfWeek }, (_, hour) => hour)
  const spec = {
    counts: hours.map((hour) => countAt(counts, hour)),
    failed: hours.map((hour) => counts[(hour << 2) | outcome.failed] ?? 0),
  }
  return spec.counts.every((count) => count === 0) && countAt(counts, noHour) > 0 ? null : spec
}

const daysShown = 53 * 7

/** The days of one year, or of the 53 weeks that end with the newest event's, today's at the latest. */
export function drawCalendar(
  days: Uint32Array,
  local: LocalTimes,
  { year = null, firstDayOfWeek, zone, now }: View,
): CalendarSpec | null {
  if (local.days.length === 1) return null
  const today = zone.dayOf(now)
  const end = local.first > today ? local.last : Math.min(local.last, today) // a day far ahead would show nothing else
  const begin = year === null ? weekStart(end, firstDayOfWeek) - daysShown + 7 : newYear(year)
  const length = year === null ? end - begin + 1 : newYear(year + 1) - begin
  const counts = new Array<number>(length).fill(0)
  const failed = new Array<number>(length).fill(0)
  local.days.forEach((day, place) => {
    const at = day - begin
    if (!(at >= 0 && at < length)) return
    counts[at] = countAt(days, place)
    failed[at] = days[(place << 2) | outcome.failed] ?? 0
  })
  return { first: begin, counts, failed, years: local.years() }
}

const weekStart = (day: number, firstDayOfWeek: number): number => {
  const past = (day + 4 - firstDayOfWeek) % 7
  return day - (past < 0 ? past + 7 : past)
}
const newYear = (year: number): number => Math.round(new Date(0).setUTCFullYear(year, 0, 1) / 86_400_000)
