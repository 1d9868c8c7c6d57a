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

export interface Overview {
  readonly figures: Figures
  /** Null where everything lies within one step: a single bar says nothing. */
  readonly timeline: TimelineSpec | null
  readonly kinds: BarsSpec
  readonly dimensions: readonly BarsSpec[]
}

export function overview(columns: Columns, chosen: Uint8Array, zone: Zone, now: number): Overview {
  const figures = countFigures(columns, chosen, zone)
  return {
    figures,
    timeline: timeline(columns, chosen, zone, now, figures),
    kinds: bars('kind', columns, chosen, columns.kind, columns.kinds),
    dimensions: columns.dimensions
      .map(({ name, codes, words }) => bars(name, columns, chosen, codes, words))
      .filter((spec) => spec.values > 0),
  }
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
): TimelineSpec | null {
  if (first === null || last === null) return null
  const step = chooseStep(first, last)
  const starts = stepStarts(step, first, last, zone)
  if (starts.length < 3) return null // first step, end: one bar
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
export function stepStarts(step: Step, first: number, last: number, zone: Zone): number[] {
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
  for (let day = firstDay(step, zone.dayOf(first)); ; day = nextDay(step, day)) {
    const start = zone.startOf(day)
    starts.push(start)
    if (start > last) return starts
  }
}

function firstDay(step: Step, day: number): number {
  if (step === 'week') return day - mod(day + 3, 7) // 1970-01-01 was a Thursday; weeks begin on Monday
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
