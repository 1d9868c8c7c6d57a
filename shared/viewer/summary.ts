// What `sightglass report` says of a file, as data. The names of its first fields are a contract with scripts.
import type { Bar, Details, Overview } from './charts.ts'
import type { Columns } from './columns.ts'
import type { Change } from './insights.ts'
import type { MeasureFigure } from './sums.ts'

export interface Summary {
  readonly format: string
  readonly file: string
  readonly events: number
  /** UTC to the second, what is finer cut off: 2026-11-20T16:15:12Z. */
  readonly first: string | null
  readonly last: string | null
  readonly kinds: Readonly<Record<string, number>>
  /** Null where the format tells no outcome. */
  readonly failed: number | null
  /** Of so many events it is known whether they failed: what the error rate is a part of. */
  readonly withOutcome: number
  readonly warnings: readonly string[]
  readonly zone: string
  readonly activeDays: number
  /** Milliseconds, nearest rank. */
  readonly medianDuration: number | null
  readonly p95Duration: number | null
  readonly timeline: {
    readonly step: string
    readonly points: readonly { readonly start: string; readonly count: number; readonly failed: number }[]
  } | null
  readonly dimensions: readonly {
    readonly name: string
    readonly values: number
    readonly top: readonly Bar[]
  }[]
  /** Sums of what the events count by themselves. */
  readonly tallies: readonly { readonly name: string; readonly counts: Readonly<Record<string, number>> }[]
  readonly measures: readonly MeasureFigure[]
  /** The most important first. */
  readonly changes: readonly Change[]
}

interface Counted {
  readonly overview: Overview
  readonly details: Details
  readonly changes: readonly Change[]
}

/** All charts of a file, counted where no window is. */
export interface FileOverview {
  readonly format: string
  /** Its name without the folders around it. */
  readonly file: string
  readonly zone: string
  readonly warnings: readonly string[]
  /** Of each dimension's bars the first thousand at most; its spec tells how many values there are. */
  readonly overview: Overview
  readonly details: Details
  readonly changes: readonly Change[]
}

const topValues = 10

export function summarize(
  columns: Columns,
  { overview: view, details, changes }: Counted,
  file: string,
  zone: string,
  warnings: string[],
): Summary {
  const { figures, timeline } = view
  return {
    format: columns.format.name,
    file,
    events: figures.events,
    first: isoSecond(figures.first),
    last: isoSecond(figures.last),
    kinds: Object.fromEntries(view.kinds.bars.map((bar) => [bar.label, bar.count])),
    failed: figures.failed,
    withOutcome: figures.withOutcome,
    warnings,
    zone,
    activeDays: figures.activeDays,
    medianDuration: details.figures.median,
    p95Duration: details.figures.p95,
    timeline: timeline && {
      step: timeline.step,
      points: timeline.points.map(({ start, count, failed }) => ({
        start: isoSecond(start) ?? '',
        count,
        failed,
      })),
    },
    dimensions: view.dimensions.map(({ name, values, bars }) => ({
      name,
      values,
      top: bars.slice(0, topValues),
    })),
    tallies: view.tallies.map(({ name, bars }) => ({
      name,
      counts: Object.fromEntries(bars.map(({ label, count }) => [label, count])),
    })),
    measures: view.measures,
    changes,
  }
}

function isoSecond(time: number | null): string | null {
  if (time === null || !(Math.abs(time) <= 8.64e15)) return null
  return `${new Date(Math.floor(time / 1000) * 1000).toISOString().slice(0, -5)}Z`
}
