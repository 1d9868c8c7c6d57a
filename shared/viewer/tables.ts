// Every chart as a table: what is read aloud, printed, and saved as CSV. Cells keep their numbers; how they are
// written is decided by whoever shows them.
import type { Wording } from '../words/wording.ts'
import { layOut } from './day-lanes.ts'
import { oneLine } from './draw/drawing.ts'
import type {
  BarsSpec,
  CalendarSpec,
  HistogramSpec,
  HoursSpec,
  LanesSpec,
  Percentiles,
  TimelinePoint,
  TimelineSpec,
} from './specs.ts'
import type { TallyFigure } from './sums.ts'
import { dayLength, dayName } from './zone.ts'
import type { Zone } from './zone.ts'

export interface Table {
  readonly title: string
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly Cell[])[]
}
export interface Column {
  readonly name: string
  readonly as: 'text' | 'count' | 'share' | 'milliseconds'
}
/** Null where there is nothing to say. */
export type Cell = string | number | null

const text = (name: string): Column => ({ name, as: 'text' })
const count = (name: string): Column => ({ name, as: 'count' })
const share = (name: string): Column => ({ name, as: 'share' })
const milliseconds = (name: string): Column => ({ name, as: 'milliseconds' })

/** A cell as a person reads it. */
export function cellText(cell: Cell, as: Column['as'], numbers: Wording['numbers']): string {
  if (cell === null) return ''
  if (typeof cell === 'string') return oneLine(cell)
  if (as === 'share') return numbers.share(cell)
  return as === 'milliseconds' ? numbers.duration(cell) : numbers.exact(cell)
}

/** With its names above, for a spreadsheet: numbers stay numbers, and their units stand in the names. */
export function csvRows({ columns, rows }: Table, { words }: Wording): (readonly Cell[])[] {
  const names = columns.map(({ name, as }) =>
    as === 'milliseconds' ? words.report.inMilliseconds(name) : name,
  )
  return [names, ...rows]
}

/** What a value accounts for of all that was asked. */
const rate = (failed: number, of: number): number | null => (of === 0 ? null : failed / of)

/** A moment as the clock on the wall shows it there, in a form that sorts and that spreadsheets know. */
function stamp(time: number, zone: Zone, step: TimelineSpec['step']): string {
  const local = time + zone.offsetAt(time)
  const day = dayName(Math.floor(local / dayLength))
  const clock = new Date(local).toISOString().slice(-13)
  if (step === 'second' || step === 'ten seconds') return `${day} ${clock.slice(0, 8)}`
  return step === 'minute' || step === 'ten minutes' || step === 'hour' ? `${day} ${clock.slice(0, 5)}` : day
}

export function timelineTable(
  spec: TimelineSpec,
  percentiles: readonly Percentiles[] | null,
  { words, zone }: Wording,
): Table {
  const { window, report } = words
  const { points, series, compare, step } = spec
  const named = (label: string | null): string =>
    label === null ? window.overview.points.rest : label || report.blank
  const anyOutcome = points.some(({ withOutcome }) => withOutcome > 0)
  const outcomes = (point: TimelinePoint): Cell[] =>
    anyOutcome ? [point.failed, rate(point.failed, point.withOutcome)] : []
  const starts = compare?.starts ?? null
  return {
    title: window.overview.timeline[step],
    columns: [
      text(window.overview.table.start),
      count(window.overview.table.events),
      ...(anyOutcome ? [count(window.overview.table.failed), share(report.errorRate)] : []),
      ...(percentiles === null ? [] : [milliseconds(report.median), milliseconds(report.p95)]),
      ...(series ?? []).map(({ label }) => count(named(label))),
      ...(starts === null ? [] : [text(report.comparedFrom)]),
      ...(compare?.series ?? []).map(({ label }) => count(label === null ? report.compared : named(label))),
    ],
    rows: points.map((point, i) => [
      stamp(point.start, zone, step),
      point.count,
      ...outcomes(point),
      ...(percentiles === null ? [] : [percentiles[i]?.median ?? null, percentiles[i]?.p95 ?? null]),
      ...(series ?? []).map(({ counts }) => counts[i] ?? null),
      ...(starts === null ? [] : [starts[i] === undefined ? null : stamp(starts[i], zone, step)]),
      ...(compare?.series ?? []).map(({ counts }) => counts[i] ?? null),
    ]),
  }
}

export function barsTable(
  spec: BarsSpec,
  medians: readonly (number | null)[] | null,
  { words }: Wording,
  { title, sums = false }: { readonly title: string; readonly sums?: boolean },
): Table {
  const { overview } = words.window
  const anyOutcome = spec.bars.some(({ withOutcome }) => withOutcome > 0)
  const anyMedian = medians?.some((median) => median !== null) === true
  return {
    title,
    columns: [
      text(title),
      count(sums ? overview.table.sum : overview.table.events),
      share(overview.table.share),
      ...(anyOutcome ? [count(overview.table.failed), share(words.report.errorRate)] : []),
      ...(anyMedian ? [milliseconds(words.report.median)] : []),
    ],
    rows: spec.bars.map((bar, i) => [
      bar.label || words.report.blank,
      bar.count,
      bar.count / Math.max(1, spec.total),
      ...(anyOutcome ? [bar.failed, rate(bar.failed, bar.withOutcome)] : []),
      ...(anyMedian ? [medians[i] ?? null] : []),
    ]),
  }
}

export function hoursTable({ counts, failed }: HoursSpec, { words, dates, firstDayOfWeek }: Wording): Table {
  const { report, window } = words
  const days = Array.from({ length: 7 }, (_, i) => (firstDayOfWeek - 1 + i) % 7)
  return {
    title: window.overview.grids.hours,
    columns: [
      text(report.weekday),
      text(report.hour),
      count(window.overview.table.events),
      count(window.overview.table.failed),
    ],
    rows: days.flatMap((day) =>
      Array.from({ length: 24 }, (_, hour) => {
        const at = day * 24 + hour
        return [dates.weekday(day), dates.hour(hour), counts[at] ?? 0, failed[at] ?? 0]
      }).filter(([, , events]) => events !== 0),
    ),
  }
}

export function calendarTable({ first, counts, failed }: CalendarSpec, { words }: Wording): Table {
  const { report, window } = words
  return {
    title: window.overview.grids.year,
    columns: [text(report.day), count(window.overview.table.events), count(window.overview.table.failed)],
    rows: counts.flatMap((events, i) => (events === 0 ? [] : [[dayName(first + i), events, failed[i] ?? 0]])),
  }
}

export function histogramTable({ edges, counts, failed }: HistogramSpec, { words }: Wording): Table {
  const { report, window } = words
  return {
    title: window.overview.grids.durations,
    columns: [
      milliseconds(report.from),
      milliseconds(report.to),
      count(window.overview.table.events),
      count(window.overview.table.failed),
    ],
    rows: counts.map((events, i) => [edges[i] ?? null, edges[i + 1] ?? null, events, failed[i] ?? 0]),
  }
}

/** Each event of the day with when it began, where the clock on the wall stood then. */
export function lanesTable(spec: LanesSpec, { words, dates, zone }: Wording): Table {
  const { overview, dimension } = words.window
  const { lanes } = overview
  return {
    title: lanes.title(dates.step(zone.startOf(spec.day), 'day')),
    columns: [
      text(lanes.began),
      text(dimension(spec.name)),
      milliseconds(lanes.tookHead),
      text(lanes.failedHead),
    ],
    rows: layOut(spec).bars.map(({ from, to, label, failed }) => [
      stamp(from, zone, 'second'),
      label ?? lanes.other,
      to - from,
      failed ? lanes.failed : '',
    ]),
  }
}

/** Sums of what events count by themselves, as a list of bars. */
export function tallyBars({ name, bars }: TallyFigure): BarsSpec {
  return {
    name,
    bars: bars.map((bar) => ({ ...bar, failed: 0, withOutcome: 0 })),
    total: bars.reduce((sum, { count }) => sum + count, 0),
    values: bars.length,
    top: [],
  }
}
