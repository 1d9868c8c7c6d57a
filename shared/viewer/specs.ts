// What a chart shows, as plain data: Chart.js, an SVG, a terminal and a table draw from the same.
import type { Filter } from './filter.ts'
import type { MeasureFigure, TallyFigure } from './sums.ts'
import type { Step } from './timeline.ts'
import type { Zone } from './zone.ts'

/** What the charts are counted of and stand in, besides the rows. */
export interface View {
  readonly filter: Filter
  readonly zone: Zone
  readonly now: number
  /** 1 Monday … 7 Sunday: where weekly bars begin. */
  readonly firstDayOfWeek: number
  /** The dimension whose values the timeline is divided into. */
  readonly stack?: string | null
  readonly compare?: Compare | null
  /** Of the calendar; without one it shows the year that ends with the newest event. */
  readonly year?: number | null
  /** The day shown event by event, as days since 1970-01-01; without one it is the newest. */
  readonly day?: number | null
}

/** What is laid over the timeline: a period of the same length, or two values of one dimension. */
export type Compare =
  | { readonly with: 'period'; readonly since: number }
  | { readonly with: 'values'; readonly dimension: string; readonly values: readonly string[] }

/** Counts come first; percentiles, which take longer, follow as Details. */
export interface Overview {
  readonly figures: Figures
  /** The same of the period before, equally long; null where the period has no beginning. */
  readonly before: Figures | null
  /** When the period before began, and its end, exclusive. */
  readonly past: { readonly from: number; readonly to: number } | null
  /** Of all rows, chosen or not: what a period that holds nothing can point to. */
  readonly newest: number | null
  readonly whole: Whole
  /** Local days from the period's first to its last; null where no event has a time. */
  readonly days: number | null
  /** Null where everything lies within one step: a single bar says nothing. */
  readonly timeline: TimelineSpec | null
  readonly kinds: BarsSpec
  readonly dimensions: readonly BarsSpec[]
  readonly tallies: readonly TallyFigure[]
  readonly measures: readonly MeasureFigure[]
  /** The measures' sums in the period before, by name. */
  readonly measuresBefore: readonly MeasureFigure[]
  /** Null where no event has a time. */
  readonly hours: HoursSpec | null
  readonly calendar: CalendarSpec | null
  /** Null where no event has a duration. */
  readonly durations: HistogramSpec | null
}

/** What all rows have, chosen or not. By this, and not by what is chosen, a chart earns its place: so none of them
 *  comes and goes under the hand. */
export interface Whole {
  /** Local days; null where no event has a time. */
  readonly first: number | null
  readonly last: number | null
  /** Days on which there is any event. */
  readonly activeDays: number
  /** How many bars of the histogram hold any. */
  readonly durations: number
}

export interface Figures {
  readonly events: number
  readonly first: number | null
  readonly last: number | null
  /** Events whose row holds no readable time; they are counted but are on no timeline. */
  readonly withoutTime: number
  readonly activeDays: number
  /** The longest run of active days without a break. */
  readonly streak: number
  /** Null where the format tells no outcome. */
  readonly failed: number | null
  readonly withOutcome: number
  readonly withDuration: number
}

export interface TimelineSpec {
  readonly step: Step
  /** Steps without a break, first to last; `partial` is the step that is still running. */
  readonly points: readonly TimelinePoint[]
  /** The counts of the points once more, by the values of a dimension; null where it is not divided. */
  readonly series: readonly Series[] | null
  readonly compare: CompareSpec | null
}

export interface TimelinePoint {
  readonly start: number
  readonly end: number
  readonly count: number
  readonly failed: number
  readonly withOutcome: number
  readonly partial: boolean
}

export interface Series {
  /** Null is all the values that have no series of their own. */
  readonly label: string | null
  readonly counts: readonly number[]
}

/** Lines over the timeline's own points, the n-th at the n-th. */
export interface CompareSpec {
  /** When the other period's steps begin; null where two values of the same time are compared. */
  readonly starts: readonly number[] | null
  readonly series: readonly Series[]
}

export interface BarsSpec {
  readonly name: string
  readonly bars: readonly Bar[]
  /** Rows that have a value here, and how many different values there are. */
  readonly total: number
  readonly values: number
  /** The most frequent values of all rows, chosen or not: each keeps its colour wherever it stands. */
  readonly top: readonly string[]
}

export interface Bar {
  readonly label: string
  readonly count: number
  readonly failed: number
  readonly withOutcome: number
}

/** By the hours since Monday's local midnight, 168 of each. */
export interface HoursSpec {
  readonly counts: readonly number[]
  readonly failed: readonly number[]
}

export interface CalendarSpec {
  /** The first day shown, as days since 1970-01-01; the counts are those of the days from it on. */
  readonly first: number
  readonly counts: readonly number[]
  readonly failed: readonly number[]
  /** The years in which there is any event, chosen or not. */
  readonly years: readonly number[]
}

export interface HistogramSpec {
  /** In milliseconds: bar n lies between edge n and edge n + 1. */
  readonly edges: readonly number[]
  readonly counts: readonly number[]
  readonly failed: readonly number[]
}

export interface Percentiles {
  readonly median: number | null
  readonly p95: number | null
}

/** Exact percentiles of what an overview counts. */
export interface Details {
  readonly figures: Percentiles
  readonly before: Percentiles | null
  /** Of the timeline's points, one each. */
  readonly timeline: readonly Percentiles[] | null
  /** Of each dimension's bars, in their order; `kind` is among them. */
  readonly medians: Readonly<Record<string, readonly (number | null)[]>>
  /** Null where no event tells how long it took. */
  readonly lanes: LanesSpec | null
}

/** One day, event by event. */
export interface LanesSpec {
  /** The dimension whose values have a lane each. */
  readonly name: string
  readonly day: number
  readonly lanes: readonly Lane[]
  /** Events of the day that have no bar, because there are too many; they are shorter than all that have one. */
  readonly rest: number
  /** The nearest days that have any. */
  readonly previous: number | null
  readonly next: number | null
}

export interface Lane {
  /** Null is all the values that have no lane of their own. */
  readonly label: string | null
  readonly tracks: number
  readonly bars: readonly LaneBar[]
}

export interface LaneBar {
  readonly from: number
  readonly to: number
  readonly failed: boolean
  /** How far down it stands in its lane, where others run at the same time. */
  readonly track: number
}
