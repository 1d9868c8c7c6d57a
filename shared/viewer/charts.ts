// Stage 5: chosen rows become chart specs: plain data that Chart.js, a terminal or an SVG can draw alike.
import type { Codes, Columns } from './columns.ts'
import { outcome } from './events.ts'
import type { Filter } from './filter.ts'
import { Selection, wordsOf } from './filter.ts'
import { nearestRank, noRank, Ranks } from './ranks.ts'
import { sumMeasures, sumTallies } from './sums.ts'
import type { MeasureFigure, TallyFigure } from './sums.ts'
import { chooseStep, stepOf, stepStarts } from './timeline.ts'
import type { Step } from './timeline.ts'
import type { Zone } from './zone.ts'

export type { Step } from './timeline.ts'

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

/** What the charts are drawn of and stand in, besides the rows. */
export interface View {
  readonly filter: Filter
  readonly zone: Zone
  readonly now: number
  /** 1 Monday … 7 Sunday: where weekly bars begin. */
  readonly firstDayOfWeek: number
}

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
  readonly tallies: readonly TallyFigure[]
  readonly measures: readonly MeasureFigure[]
}

/** Up to here active days are ticked off on a list of all days; a file with a time in the year 200000 has more. */
const mostDays = 1_000_000

/** Counts charts out of columns, and keeps between two choices what the next can use again. */
export class Charts {
  readonly #columns: Columns
  readonly #selection: Selection
  readonly #days = new DayColumn()
  readonly #wordCounts = new Map<string, WordCounts>()
  #ranks: Ranks | null = null
  #newest = -Infinity
  #seen = 0

  constructor(columns: Columns) {
    this.#columns = columns
    this.#selection = new Selection(columns)
  }

  /** Worth its time once no more rows are expected soon: percentiles then cost a count instead of a sort. */
  settle(): void {
    if (this.#ranks?.ofRow.length !== this.#columns.rows)
      this.#ranks = new Ranks(this.#columns.duration, this.#columns.rows)
  }

  overview(view: View): Overview {
    const { filter, zone } = view
    this.#selection.apply(filter)
    const newest = this.#findNewest()
    const figures = this.#figures(zone)
    const span = spanOf(figures, filter, view.now)
    return {
      figures,
      newest: newest === -Infinity ? null : newest,
      days: span && zone.dayOf(span.last) - zone.dayOf(span.first) + 1,
      timeline: span && this.#timeline(view, figures, span),
      kinds: this.#bars('kind'),
      dimensions: this.#columns.dimensions
        .map(({ name }) => this.#bars(name))
        .filter((spec) => spec.values > 0),
      tallies: sumTallies(this.#columns, this.#selection.fails),
      measures: sumMeasures(this.#columns, this.#selection.rows()),
    }
  }

  #findNewest(): number {
    const { rows, time } = this.#columns
    for (; this.#seen < rows; this.#seen++) {
      const at = time[this.#seen] ?? NaN
      if (at > this.#newest) this.#newest = at
    }
    return this.#newest
  }

  #figures(zone: Zone): Figures {
    const { time, outcome: how, format } = this.#columns
    const { count: events, list } = this.#selection.rows()
    const { first: firstDay, days } = this.#days.of(this.#columns, zone)
    const active = this.#days.span <= mostDays ? new Uint8Array(this.#days.span) : new Set<number>()
    let first = Infinity
    let last = -Infinity
    let withTime = 0
    let failed = 0
    let unknown = 0
    for (let i = 0; i < events; i++) {
      const row = list === null ? i : (list[i] ?? 0)
      const at = time[row] ?? NaN
      if (at < first) first = at
      if (at > last) last = at
      if (at === at) {
        withTime++
        if (active instanceof Set) active.add(days[row] ?? 0)
        else active[(days[row] ?? 0) - firstDay] = 1
      }
      const ended = how[row]
      if (ended === outcome.failed) failed++
      else if (ended === outcome.unknown) unknown++
    }
    const [median = null, p95 = null] = this.#percentiles([0.5, 0.95])
    return {
      events,
      first: first === Infinity ? null : first,
      last: last === -Infinity ? null : last,
      withoutTime: events - withTime,
      activeDays: active instanceof Set ? active.size : active.reduce((sum, day) => sum + day, 0),
      failed: format.events.outcome === null && format.events.failedKinds.length === 0 ? null : failed,
      withOutcome: events - unknown,
      median,
      p95,
    }
  }

  #percentiles(wanted: readonly number[]): (number | null)[] {
    const { rows, duration } = this.#columns
    const { count, list } = this.#selection.rows()
    const ranks = this.#ranks
    let chosen = 0
    if (ranks === null || ranks.ofRow.length !== rows) {
      const values = new Float64Array(count)
      for (let i = 0; i < count; i++) {
        const value = duration[list === null ? i : (list[i] ?? 0)] ?? NaN
        if (value === value) values[chosen++] = value
      }
      const sorted = values.subarray(0, chosen).sort()
      return wanted.map((p) => nearestRank(sorted, p))
    }
    const counts = new Uint32Array(ranks.values.length)
    const { ofRow } = ranks
    for (let i = 0; i < count; i++) {
      const rank = ofRow[list === null ? i : (list[i] ?? 0)] ?? noRank
      if (rank === noRank) continue
      counts[rank] = (counts[rank] ?? 0) + 1
      chosen++
    }
    return ranks.percentiles(counts, chosen, wanted)
  }

  #timeline({ zone, now, firstDayOfWeek }: View, { first, last }: Figures, span: Span): TimelineSpec | null {
    if (first === null || last === null) return null
    if (stepStarts(chooseStep(first, last), first, last, zone).length < 3) return null // first step, end: one bar
    const step = chooseStep(span.first, span.last)
    const starts = Float64Array.from(stepStarts(step, span.first, span.last, zone, firstDayOfWeek))
    const count = new Uint32Array(starts.length)
    const failed = new Uint32Array(starts.length)
    const { time, outcome: how } = this.#columns
    const { count: chosen, list } = this.#selection.rows()
    let hint = 0
    for (let i = 0; i < chosen; i++) {
      const row = list === null ? i : (list[i] ?? 0)
      const at = time[row] ?? NaN
      if (at !== at) continue
      hint = stepOf(starts, at, hint)
      count[hint] = (count[hint] ?? 0) + 1
      if (how[row] === outcome.failed) failed[hint] = (failed[hint] ?? 0) + 1
    }
    const points = Array.from(starts.subarray(0, -1), (start, i) => {
      const end = starts[i + 1] ?? start
      return { start, end, count: count[i] ?? 0, failed: failed[i] ?? 0, partial: now >= start && now < end }
    })
    return { step, points }
  }

  /** All values of a dimension, whatever is chosen in it; every other condition holds. */
  #bars(name: string): BarsSpec {
    const { words, codes } = wordsOf(this.#columns, name)
    if (words.length === 1) return { name, bars: [], total: 0, values: 0 }
    const counts = this.#countWords(name, words, codes)
    const bars: Bar[] = []
    let total = 0
    for (let code = 1; code < words.length; code++) {
      const at = code << 2
      const failed = counts[at | outcome.failed] ?? 0
      const withOutcome = failed + (counts[at | outcome.ok] ?? 0)
      const count = withOutcome + (counts[at | outcome.unknown] ?? 0)
      if (count === 0) continue
      total += count
      bars.push({ label: words[code] ?? '', count, failed, withOutcome })
    }
    bars.sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1))
    return { name, bars, total, values: bars.length }
  }

  /** At four times a word's code: its rows by outcome. Counts over all rows are kept, and only added to. */
  #countWords(name: string, words: readonly string[], codes: Codes): Uint32Array {
    const { outcome: how } = this.#columns
    const { count, list } = this.#selection.rows(~this.#selection.bitOf(name))
    const before = list === null ? this.#wordCounts.get(name) : undefined
    const counts = new Uint32Array(words.length * 4)
    if (before !== undefined) counts.set(before.counts)
    for (let i = before?.rows ?? 0; i < count; i++) {
      const row = list === null ? i : (list[i] ?? 0)
      const at = ((codes[row] ?? 0) << 2) | (how[row] ?? 0)
      counts[at] = (counts[at] ?? 0) + 1
    }
    if (list === null) this.#wordCounts.set(name, { rows: count, counts })
    return counts
  }
}

/** How often each word stands with each outcome, in the rows counted so far. */
interface WordCounts {
  readonly rows: number
  readonly counts: Uint32Array
}

interface Span {
  readonly first: number
  readonly last: number
}

/** From the period's beginning to its end, or to now, where it has none; else from the first event to the last. */
function spanOf({ first, last }: Figures, { since, until }: Filter, now: number): Span | null {
  if (first === null || last === null) return null
  const end = since === null && until === null ? last : Math.max(last, until === null ? now : until - 1)
  return { first: since === null ? first : Math.min(first, since), last: end }
}

/** The local day of each row, worked out once for each zone and row. */
class DayColumn {
  #zone = ''
  #rows = 0
  #days = new Int32Array(0)
  #first = Infinity
  #last = -Infinity

  get span(): number {
    return this.#last < this.#first ? 0 : this.#last - this.#first + 1
  }

  of({ rows, time }: Columns, zone: Zone): { readonly first: number; readonly days: Int32Array } {
    if (this.#zone !== zone.name) {
      this.#zone = zone.name
      this.#rows = 0
      this.#first = Infinity
      this.#last = -Infinity
    }
    if (this.#days.length < rows) {
      const larger = new Int32Array(Math.max(rows, time.length))
      larger.set(this.#days.subarray(0, this.#rows))
      this.#days = larger
    }
    for (let row = this.#rows; row < rows; row++) {
      const at = time[row] ?? NaN
      if (at !== at) continue
      const day = zone.dayOf(at)
      this.#days[row] = day
      if (day < this.#first) this.#first = day
      if (day > this.#last) this.#last = day
    }
    this.#rows = rows
    return { first: this.#first, days: this.#days }
  }
}
