// Stage 5: chosen rows become chart specs: plain data that Chart.js, a terminal or an SVG can draw alike.
import type { Codes, Columns } from './columns.ts'
import { noValue } from './columns.ts'
import { outcome } from './events.ts'
import { dayLength } from './zone.ts'
import type { Zone } from './zone.ts'

export interface Figures {
  readonly events: number
  readonly first: number | null
  readonly last: number | null
  /** Events whose row holds no readable time; they are counted but are on no timeline. */
  readonly withoutTime: number
  readonly activeDays: number
  /** Null where the format tells no outcome. */
  readonly failed: number | null
  readonly withOutcome: number
  readonly median: number | null
  readonly p95: number | null
}

export type Step = 'second' | 'ten seconds' | 'minute' | 'ten minutes' | 'hour' | 'day' | 'week' | 'month'

export interface TimelineSpec {
  readonly step: Step
  /** Steps without a break, first to last; `partial` is the step that is still running. */
  readonly points: readonly {
    readonly start: number
    readonly end: number
    readonly count: number
    readonly failed: number
    readonly partial: boolean
  }[]
}

export interface BarsSpec {
  readonly name: string
  readonly bars: readonly Bar[]
  /** Rows that have a value here, and how many different values there are. */
  readonly total: number
  readonly values: number
}

export interface Bar {
  readonly label: string
  readonly count: number
  readonly failed: number
  readonly withOutcome: number
}

/** What the charts stand in, besides the rows: the period asked for, which may be longer than its events. */
export interface Frame {
  readonly since: number | null
  readonly until: number | null
  /** 1 Monday … 7 Sunday: where weekly bars begin. */
  readonly firstDayOfWeek: number
}
const anyFrame: Frame = { since: null, until: null, firstDayOfWeek: 1 }

export interface Overview {
  readonly figures: Figures
  /** Of all rows, chosen or not: what a period that holds nothing can point to. */
  readonly newest: number | null
  /** Local days from the period's first to its last; null where no event has a time. */
  readonly days: number | null
  /** Null where everything lies within one step: a single bar says nothing. */
  readonly timeline: TimelineSpec | null
  readonly kinds: BarsSpec
  readonly dimensions: readonly BarsSpec[]
}

export function overview(
  columns: Columns,
  chosen: Uint8Array,
  zone: Zone,
  now: number,
  frame: Frame = anyFrame,
): Overview {
  const figures = countFigures(columns, chosen, zone)
  const span = spanOf(figures, frame, now)
  return {
    figures,
    newest: newestOf(columns),
    days: span && zone.dayOf(span.last) - zone.dayOf(span.first) + 1,
    timeline: span && timeline(columns, chosen, zone, now, figures, span, frame.firstDayOfWeek),
    kinds: bars('kind', columns, chosen, columns.kind, columns.kinds),
    dimensions: columns.dimensions
      .map(({ name, codes, words }) => bars(name, columns, chosen, codes, words))
      .filter((spec) => spec.values > 0),
  }
}

interface Span {
  readonly first: number
  readonly last: number
}

/** From the period's beginning to its end, or to now, where it has none; else from the first event to the last. */
function spanOf({ first, last }: Figures, { since, until }: Frame, now: number): Span | null {
  if (first === null || last === null) return null
  const end = since === null && until === null ? last : Math.max(last, until === null ? now : until - 1)
  return { first: since === null ? first : Math.min(first, since), last: end }
}

function newestOf({ rows, time }: Columns): number | null {
  let newest = -Infinity
  for (let i = 0; i < rows; i++) {
    const at = time[i] ?? NaN
    if (at > newest) newest = at
  }
  return newest === -Infinity ? null : newest
}

function countFigures(columns: Columns, chosen: Uint8Array, zone: Zone): Figures {
  let events = 0
  let first = Infinity
  let last = -Infinity
  let withoutTime = 0
  let failed = 0
  let withOutcome = 0
  const days = new Set<number>()
  const durations = new Float64Array(columns.rows)
  let durationCount = 0
  for (let i = 0; i < chosen.length; i++) {
    if (chosen[i] === 0) continue
    events++
    const time = columns.time[i] ?? NaN
    if (Number.isNaN(time)) withoutTime++
    else {
      if (time < first) first = time
      if (time > last) last = time
      days.add(zone.dayOf(time))
    }
    const how = columns.outcome[i]
    if (how !== outcome.unknown) withOutcome++
    if (how === outcome.failed) failed++
    const duration = columns.duration[i] ?? NaN
    if (!Number.isNaN(duration)) durations[durationCount++] = duration
  }
  const sorted = durations.subarray(0, durationCount).sort()
  return {
    events,
    first: first === Infinity ? null : first,
    last: last === -Infinity ? null : last,
    withoutTime,
    activeDays: days.size,
    failed:
      columns.format.events.outcome === null && columns.format.events.failedKinds.length === 0
        ? null
        : failed,
    withOutcome,
    median: nearestRank(sorted, 0.5),
    p95: nearestRank(sorted, 0.95),
  }
}

/** The value at position ceil(p·n) of the sorted values: always one that really occurred. */
export function nearestRank(sorted: Float64Array, p: number): number | null {
  return sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)] ?? null
}

const fixedSteps: readonly (readonly [Step, number])[] = [
  ['second', 1000],
  ['ten seconds', 10_000],
  ['minute', 60_000],
  ['ten minutes', 600_000],
  ['hour', 3_600_000],
]
const mostPoints = 120

/** The finest step that gives a readable number of bars: days as soon as there are three of them. */
export function chooseStep(first: number, last: number): Step {
  const span = last - first
  if (span < 3 * dayLength) {
    const fine = fixedSteps.find(([, length]) => span / length <= mostPoints)
    if (fine) return fine[0]
  }
  if (span <= mostPoints * dayLength) return 'day'
  return span <= mostPoints * 7 * dayLength ? 'week' : 'month'
}

function timeline(
  columns: Columns,
  chosen: Uint8Array,
  zone: Zone,
  now: number,
  { first, last }: Figures,
  span: Span,
  firstDayOfWeek: number,
): TimelineSpec | null {
  if (first === null || last === null) return null
  if (stepStarts(chooseStep(first, last), first, last, zone).length < 3) return null // first step, end: one bar
  const step = chooseStep(span.first, span.last)
  const starts = stepStarts(step, span.first, span.last, zone, firstDayOfWeek)
  const count = new Float64Array(starts.length)
  const failed = new Float64Array(starts.length)
  let hint = 0
  for (let i = 0; i < chosen.length; i++) {
    if (chosen[i] === 0) continue
    const time = columns.time[i] ?? NaN
    if (Number.isNaN(time)) continue
    hint = stepOf(starts, time, hint)
    count[hint] = (count[hint] ?? 0) + 1
    if (columns.outcome[i] === outcome.failed) failed[hint] = (failed[hint] ?? 0) + 1
  }
  const points = starts.slice(0, -1).map((start, i) => {
    const end = starts[i + 1] ?? start
    return { start, end, count: count[i] ?? 0, failed: failed[i] ?? 0, partial: now >= start && now < end }
  })
  return { step, points }
}

/** The beginnings of all steps from the one that holds `first` to the one after `last`. */
export function stepStarts(
  step: Step,
  first: number,
  last: number,
  zone: Zone,
  firstDayOfWeek = 1,
): number[] {
  const fixed = fixedSteps.find(([name]) => name === step)
  const starts: number[] = []
  if (fixed) {
    const length = fixed[1]
    const shift = zone.offsetAt(first)
    for (let at = Math.floor((first + shift) / length) * length - shift; ; at += length) {
      starts.push(at)
      if (at > last) return starts
    }
  }
  for (let day = firstDay(step, zone.dayOf(first), firstDayOfWeek); ; day = nextDay(step, day)) {
    const start = zone.startOf(day)
    starts.push(start)
    if (start > last) return starts
  }
}

function firstDay(step: Step, day: number, firstDayOfWeek: number): number {
  if (step === 'week') return day - mod(day + 4 - firstDayOfWeek, 7) // 1970-01-01 was a Thursday, day 4
  if (step === 'month') {
    const date = new Date(day * dayLength)
    return day - (date.getUTCDate() - 1)
  }
  return day
}

function nextDay(step: Step, day: number): number {
  if (step === 'week') return day + 7
  if (step === 'month') {
    const date = new Date(day * dayLength)
    return Math.round(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) / dayLength)
  }
  return day + 1
}

const mod = (value: number, by: number): number => ((value % by) + by) % by

/** Rows come nearly in order, so the step of the row before is tried first. */
function stepOf(starts: readonly number[], time: number, hint: number): number {
  if (time >= (starts[hint] ?? Infinity) && time < (starts[hint + 1] ?? Infinity)) return hint
  let low = 0
  let high = starts.length - 1
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((starts[middle] ?? Infinity) <= time) low = middle
    else high = middle
  }
  return low
}

function bars(
  name: string,
  columns: Columns,
  chosen: Uint8Array,
  codes: Codes,
  words: readonly string[],
): BarsSpec {
  const count = new Float64Array(words.length)
  const failed = new Float64Array(words.length)
  const withOutcome = new Float64Array(words.length)
  for (let i = 0; i < chosen.length; i++) {
    if (chosen[i] === 0) continue
    const code = codes[i] ?? noValue
    count[code] = (count[code] ?? 0) + 1
    const how = columns.outcome[i]
    if (how === outcome.unknown) continue
    withOutcome[code] = (withOutcome[code] ?? 0) + 1
    if (how === outcome.failed) failed[code] = (failed[code] ?? 0) + 1
  }
  const all: Bar[] = []
  let total = 0
  for (let code = 1; code < words.length; code++) {
    const rows = count[code] ?? 0
    if (rows === 0) continue
    total += rows
    all.push({
      label: words[code] ?? '',
      count: rows,
      failed: failed[code] ?? 0,
      withOutcome: withOutcome[code] ?? 0,
    })
  }
  all.sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1))
  return { name, bars: all, total, values: all.length }
}
