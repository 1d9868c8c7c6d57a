// Charts over time: the timeline with what it is divided into or compared with, the calendar, the hours of the week.
import type { Columns } from './columns.ts'
import { outcome } from './events.ts'
import type { ChosenRows, Filter, Selection } from './filter.ts'
import { wordsOf } from './filter.ts'
import { hoursOfWeek, noHour } from './local.ts'
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
import { chooseStep, stepOf, stepStarts } from './timeline.ts'

/** The steps of one timeline, and the step that each row lies in. */
export interface Steps {
  readonly starts: Float64Array
  /** By row; rows without a time, or beyond the steps, have the number of steps. */
  readonly ofRow: Uint16Array
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
  rows: ChosenRows,
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
  const steps = { starts, ofRow: new Uint16Array(columns.time.length) }
  const { count, failed, withOutcome } = countSteps(columns, rows, steps)
  const points = Array.from(starts.subarray(0, -1), (start, i) => {
    const end = starts[i + 1] ?? start
    return {
      start,
      end,
      count: count[i] ?? 0,
      failed: failed[i] ?? 0,
      withOutcome: withOutcome[i] ?? 0,
      partial: now >= start && now < end,
    }
  })
  const series = stack === null ? null : divide(columns, rows, steps, stack)
  const compared = compare && compareWith(columns, selection, compare, steps, step, view, span)
  return { spec: { step, points, series, compare: compared }, steps }
}

function countSteps({ time, outcome: how }: Columns, { count: chosen, list }: ChosenRows, steps: Steps) {
  const { starts, ofRow } = steps
  const last = starts.length - 1
  const count = new Uint32Array(starts.length)
  const failed = new Uint32Array(starts.length)
  const withOutcome = new Uint32Array(starts.length)
  ofRow.fill(last)
  let hint = 0
  for (let i = 0; i < chosen; i++) {
    const row = list === null ? i : (list[i] ?? 0)
    const at = time[row] ?? NaN
    if (at !== at) continue
    hint = stepOf(starts, at, hint)
    ofRow[row] = hint
    count[hint] = (count[hint] ?? 0) + 1
    const ended = how[row]
    if (ended === outcome.failed) failed[hint] = (failed[hint] ?? 0) + 1
    if (ended !== outcome.unknown) withOutcome[hint] = (withOutcome[hint] ?? 0) + 1
  }
  return { count, failed, withOutcome }
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
  const cells = new Uint32Array((wanted.length + 1) * length)
  for (let i = 0; i < count; i++) {
    const row = list === null ? i : (list[i] ?? 0)
    const at = (place[codes[row] ?? 0] ?? 0) * length + (steps.ofRow[row] ?? 0)
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
  const series = compare.values.map((label) => {
    const wanted = words.indexOf(label, 1)
    const counts = new Uint32Array(length)
    let hint = 0
    for (let i = 0; i < rows.count; i++) {
      const row = rows.list === null ? i : (rows.list[i] ?? 0)
      const at = columns.time[row] ?? NaN
      if (codes[row] !== wanted || at !== at) continue
      hint = stepOf(starts, at, hint)
      if (hint < length) counts[hint] = (counts[hint] ?? 0) + 1
    }
    return { label, counts: [...counts] }
  })
  return { starts: null, series }
}

export function countHours(
  { outcome: how }: Columns,
  { count, list }: ChosenRows,
  hour: Uint8Array,
): HoursSpec | null {
  const counts = new Uint32Array(256)
  const failed = new Uint32Array(256)
  for (let i = 0; i < count; i++) {
    const row = list === null ? i : (list[i] ?? 0)
    const at = hour[row] ?? noHour
    counts[at] = (counts[at] ?? 0) + 1
    if (how[row] === outcome.failed) failed[at] = (failed[at] ?? 0) + 1
  }
  if ((counts[noHour] ?? 0) === count) return null
  return { counts: [...counts.subarray(0, hoursOfWeek)], failed: [...failed.subarray(0, hoursOfWeek)] }
}

const daysShown = 53 * 7

/** The days of one year, or of the 53 weeks that end with the newest event's, today's at the latest. */
export function countCalendar(
  columns: Columns,
  selection: Selection,
  { count, list }: ChosenRows,
  { year = null, firstDayOfWeek, zone, now }: View,
): CalendarSpec | null {
  const { local } = selection
  if (local.span === 0) return null
  const today = zone.dayOf(now)
  const end = local.first > today ? local.last : Math.min(local.last, today) // a day far ahead would show nothing else
  const begin = year === null ? weekStart(end, firstDayOfWeek) - daysShown + 7 : newYear(year)
  const days = year === null ? end - begin + 1 : newYear(year + 1) - begin
  const counts = new Uint32Array(days)
  const failed = new Uint32Array(days)
  const { day } = local
  const { outcome: how } = columns
  for (let i = 0; i < count; i++) {
    const row = list === null ? i : (list[i] ?? 0)
    const at = (day[row] ?? 0) - begin
    if (at < 0 || at >= days || local.hour[row] === noHour) continue
    counts[at] = (counts[at] ?? 0) + 1
    if (how[row] === outcome.failed) failed[at] = (failed[at] ?? 0) + 1
  }
  return { first: begin, counts: [...counts], failed: [...failed], years: local.years() }
}

const weekStart = (day: number, firstDayOfWeek: number): number => {
  const past = (day + 4 - firstDayOfWeek) % 7
  return day - (past < 0 ? past + 7 : past)
}
const newYear = (year: number): number => Math.round(new Date(0).setUTCFullYear(year, 0, 1) / 86_400_000)
