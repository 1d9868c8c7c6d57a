// Stage 5: chosen rows become chart specs. Every chart counts the rows that all conditions choose but its own: it
// shows all its values, so that another can be chosen. Percentiles take longer than counts, and come as details.
import type { Columns } from './columns.ts'
import { DurationBins } from './durations.ts'
import { outcome } from './events.ts'
import type { ChosenRows } from './filter.ts'
import { Selection, wordsOf } from './filter.ts'
import type { Found } from './found.ts'
import { noHour } from './local.ts'
import { countCalendar, countHours, countTimeline, mostSeries, spanOf, topCodes } from './over-time.ts'
import type { Steps } from './over-time.ts'
import { nearestRank, Ranks } from './ranks.ts'
import type { Bar, BarsSpec, Details, Figures, Overview, Percentiles, View } from './specs.ts'
import { sumMeasures, sumTallies } from './sums.ts'

export type * from './specs.ts'
export type { Step } from './timeline.ts'

/** Up to here active days are ticked off on a list of all days; a file with a time in the year 200000 has more. */
const mostDays = 1_000_000
const wanted = [0.5, 0.95]

/** Counts charts out of columns, and keeps between two choices what the next can use again. */
export class Charts {
  readonly #columns: Columns
  readonly #selection: Selection
  readonly #bins: DurationBins
  readonly #wordCounts = new Map<string, WordCounts>()
  #ranks: Ranks | null = null
  #newest = -Infinity
  #seen = 0
  /** Of the overview counted last, for its details. */
  #steps: Steps | null = null
  #shown: Overview | null = null

  constructor(columns: Columns, found?: Found) {
    this.#columns = columns
    this.#selection = new Selection(columns, found)
    this.#bins = new DurationBins(columns)
  }

  /** The rows that the charts count, as they were chosen last. */
  get chosen(): ChosenRows {
    return this.#selection.rows()
  }
  isChosen = (row: number): boolean => this.#selection.fails[row] === 0

  overview(view: View): Overview {
    const columns = this.#columns
    const selection = this.#selection
    selection.apply(view.filter, view.zone)
    const chosen = selection.rows()
    const newest = this.#findNewest()
    const figures = this.#figures(chosen)
    const overRange = selection.rows(selection.without('range'))
    const around = overRange === chosen ? figures : this.#ends(overRange)
    const timeline = countTimeline(columns, selection, overRange, view, around)
    const span = spanOf(figures, view.filter, view.now)
    const past = pastOf(view)
    const before = past && this.#past(past)
    this.#steps = timeline?.steps ?? null
    return (this.#shown = {
      figures,
      before: before && this.#figures(before),
      past,
      newest: newest === -Infinity ? null : newest,
      whole: { ...selection.local.whole(), durations: this.#bins.different() },
      days: span && view.zone.dayOf(span.last) - view.zone.dayOf(span.first) + 1,
      timeline: timeline?.spec ?? null,
      kinds: this.#bars('kind'),
      dimensions: columns.dimensions.map(({ name }) => this.#bars(name)).filter((spec) => spec.values > 0),
      tallies: sumTallies(columns, selection.fails),
      measures: sumMeasures(columns, chosen),
      measuresBefore: before === null ? [] : sumMeasures(columns, before),
      hours: countHours(columns, selection.rows(selection.without('hours')), selection.local.hour),
      calendar: countCalendar(columns, selection, selection.rows(selection.without('period', 'range')), view),
      durations: this.#bins.count(selection.rows(selection.without('duration'))),
    })
  }

  /** Both at once, where nobody waits for the counts alone. */
  complete(view: View): { readonly overview: Overview; readonly details: Details } {
    const overview = this.overview(view)
    const running = this.details(view)
    for (let step = running.next(); ; step = running.next())
      if (step.done === true && step.value !== null) return { overview, details: step.value }
  }

  /** Percentiles of the overview counted last. It pauses where something more urgent may go first. */
  *details(view: View): Generator<undefined, Details | null, undefined> {
    const { duration, rows } = this.#columns
    const selection = this.#selection
    const shown = this.#shown
    if (shown === null) return null
    if (this.#ranks?.rows !== rows) this.#ranks = new Ranks(duration, rows)
    yield
    const ranks = this.#ranks
    ranks.choose(selection.fails)
    const [median = null, p95 = null] = ranks.of(selection.asked(), wanted)
    const past = pastOf(view)
    const before = past && this.#percentilesOf(this.#past(past))
    yield
    const steps = this.#steps
    let timeline: Percentiles[] | null = null
    if (steps !== null && shown.timeline !== null) {
      const asked = selection.asked(selection.without('range'))
      const [medians, highs] = ranks.ofGroups(null, steps.ofRow, steps.starts.length, asked, wanted)
      timeline = shown.timeline.points.map((_, i) => ({
        median: medians?.[i] ?? null,
        p95: highs?.[i] ?? null,
      }))
    }
    const medians: Record<string, readonly (number | null)[]> = {}
    for (const { name, bars } of [shown.kinds, ...shown.dimensions]) {
      yield
      const { words, codes } = wordsOf(this.#columns, name)
      const asked = selection.asked(selection.withoutDimension(name))
      const [found] = ranks.ofGroups(name, codes, words.length, asked, [0.5])
      const codeOf = new Map(words.map((word, code) => [word, code]))
      medians[name] = bars.map(({ label }) => found?.[codeOf.get(label) ?? 0] ?? null)
    }
    return { figures: { median, p95 }, before, timeline, medians }
  }

  #percentilesOf({ count, list }: ChosenRows): Percentiles {
    const { duration } = this.#columns
    const values = new Float64Array(count)
    let present = 0
    for (let i = 0; i < count; i++) {
      const value = duration[list === null ? i : (list[i] ?? 0)] ?? NaN
      if (value === value) values[present++] = value
    }
    const sorted = values.subarray(0, present).sort()
    return { median: nearestRank(sorted, 0.5), p95: nearestRank(sorted, 0.95) }
  }

  #findNewest(): number {
    const { rows, time } = this.#columns
    for (; this.#seen < rows; this.#seen++) {
      const at = time[this.#seen] ?? NaN
      if (at > this.#newest) this.#newest = at
    }
    return this.#newest
  }

  #ends({ count, list }: ChosenRows): Pick<Figures, 'first' | 'last'> {
    const { time } = this.#columns
    let first = Infinity
    let last = -Infinity
    for (let i = 0; i < count; i++) {
      const at = time[list === null ? i : (list[i] ?? 0)] ?? NaN
      if (at < first) first = at
      if (at > last) last = at
    }
    return { first: first === Infinity ? null : first, last: last === -Infinity ? null : last }
  }

  /** Of the period before, the rows that every other condition chooses. */
  #past({ from, to }: Past): ChosenRows {
    const { time } = this.#columns
    const { count, list } = this.#selection.rows(this.#selection.without('period', 'range'))
    const found = new Uint32Array(count)
    let length = 0
    for (let i = 0; i < count; i++) {
      const row = list === null ? i : (list[i] ?? 0)
      const at = time[row] ?? NaN
      if (at >= from && at < to) found[length++] = row
    }
    return { count: length, list: found }
  }

  #figures({ count: events, list }: ChosenRows): Figures {
    const { time, duration, outcome: how, format } = this.#columns
    const { day: days, hour, first: firstDay, span } = this.#selection.local
    const active = span <= mostDays ? new Uint8Array(span) : new Set<number>()
    let first = Infinity
    let last = -Infinity
    let withTime = 0
    let failed = 0
    let unknown = 0
    let withDuration = 0
    for (let i = 0; i < events; i++) {
      const row = list === null ? i : (list[i] ?? 0)
      const at = time[row] ?? NaN
      if (at < first) first = at
      if (at > last) last = at
      if (hour[row] !== noHour) {
        withTime++
        if (active instanceof Set) active.add(days[row] ?? 0)
        else active[(days[row] ?? 0) - firstDay] = 1
      }
      const ended = how[row]
      if (ended === outcome.failed) failed++
      else if (ended === outcome.unknown) unknown++
      const took = duration[row] ?? NaN
      if (took === took) withDuration++
    }
    return {
      events,
      first: first === Infinity ? null : first,
      last: last === -Infinity ? null : last,
      withoutTime: events - withTime,
      ...(active instanceof Set ? runsOf([...active].sort((a, b) => a - b)) : runsOf(ticked(active))),
      failed: format.events.outcome === null && format.events.failedKinds.length === 0 ? null : failed,
      withOutcome: events - unknown,
      withDuration,
    }
  }

  /** All values of a dimension, whatever is chosen in it; every other condition holds. */
  #bars(name: string): BarsSpec {
    const { words } = wordsOf(this.#columns, name)
    if (words.length === 1) return { name, bars: [], total: 0, values: 0, top: [] }
    const ofAll = this.#countAll(name)
    const counts = this.#countWords(name, ofAll)
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
    const sizes = Uint32Array.from(words, (_, code) => sizeOf(ofAll, code))
    const top = topCodes(sizes, mostSeries).map((code) => words[code] ?? '')
    return { name, bars, total, values: bars.length, top }
  }

  /** At four times a word's code: its rows by outcome. Over all rows they are kept, and only added to. */
  #countAll(name: string): Uint32Array {
    const { rows, outcome: how } = this.#columns
    const { words, codes } = wordsOf(this.#columns, name)
    const before = this.#wordCounts.get(name)
    if (before?.rows === rows) return before.counts
    const counts = new Uint32Array(words.length * 4)
    if (before !== undefined) counts.set(before.counts)
    for (let row = before?.rows ?? 0; row < rows; row++) {
      const at = ((codes[row] ?? 0) << 2) | (how[row] ?? 0)
      counts[at] = (counts[at] ?? 0) + 1
    }
    this.#wordCounts.set(name, { rows, counts })
    return counts
  }

  #countWords(name: string, ofAll: Uint32Array): Uint32Array {
    const { outcome: how } = this.#columns
    const { codes } = wordsOf(this.#columns, name)
    const { count, list } = this.#selection.rows(this.#selection.withoutDimension(name))
    if (list === null) return ofAll
    const counts = new Uint32Array(ofAll.length)
    for (let i = 0; i < count; i++) {
      const row = list[i] ?? 0
      const at = ((codes[row] ?? 0) << 2) | (how[row] ?? 0)
      counts[at] = (counts[at] ?? 0) + 1
    }
    return counts
  }
}

/** How often each word stands with each outcome, in the rows counted so far. */
interface WordCounts {
  readonly rows: number
  readonly counts: Uint32Array
}

const sizeOf = (counts: Uint32Array, code: number): number =>
  (counts[code << 2] ?? 0) + (counts[(code << 2) | 1] ?? 0) + (counts[(code << 2) | 2] ?? 0)

interface Past {
  readonly from: number
  /** Exclusive. */
  readonly to: number
}

/**
 * The same so many local days earlier that both do not overlap; a period that is still running is compared with as
 * much of the one before as it has had so far. Of a stretch chosen in it, the stretch before.
 */
function pastOf({ filter: { since, until, range }, zone, now }: View): Past | null {
  const from = range !== null && !range.not ? range.from : since
  const to = range !== null && !range.not ? range.to : (until ?? now + 1)
  if (from === null || to <= from) return null
  const days = zone.dayOf(to - 1) - zone.dayOf(from) + 1
  const earlier = (time: number): number => {
    const day = zone.dayOf(time)
    return zone.startOf(day - days) + (time - zone.startOf(day))
  }
  return { from: earlier(from), to: earlier(to) }
}

function* ticked(days: Uint8Array): Generator<number> {
  for (let day = days.indexOf(1); day >= 0; day = days.indexOf(1, day + 1)) yield day
}

/** How many days there are, and how many at most follow each other; the days ascend. */
function runsOf(days: Iterable<number>): Pick<Figures, 'activeDays' | 'streak'> {
  let activeDays = 0
  let streak = 0
  let run = 0
  let before = NaN
  for (const day of days) {
    activeDays++
    run = day === before + 1 ? run + 1 : 1
    if (run > streak) streak = run
    before = day
  }
  return { activeDays, streak }
}
