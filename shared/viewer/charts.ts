// Stage 5: chosen rows become chart specs. Every chart counts the rows that all conditions choose but its own: it
// shows all its values, so that another can be chosen. Percentiles take longer than counts, and come as details.
import type { Columns } from './columns.ts'
import { countAt, Counts } from './counts.ts'
import { binPlaces, drawHistogram, DurationBins, noBin } from './durations.ts'
import { outcome } from './events.ts'
import type { ChosenRows } from './divided-rows.ts'
import { countLanes } from './lanes.ts'
import { wordsOf } from './filter.ts'
import { Selection } from './selection.ts'
import { everyCondition } from './slots.ts'
import type { Found } from './found.ts'
import { countTimeline, drawCalendar, drawHours, mostSeries, spanOf, topCodes } from './over-time.ts'
import type { Steps } from './over-time.ts'
import { Ranks } from './ranks.ts'
import type { Bar, BarsSpec, Details, Figures, Overview, Percentiles, View } from './specs.ts'
import { Shapes, binsName, valuesName } from './shapes.ts'
import { Sums } from './sums.ts'

export type * from './specs.ts'
export type { Step } from './timeline.ts'

const wanted = [0.5, 0.95]

/** Counts charts out of columns, and keeps between two choices what the next can use again. */
export class Charts {
  readonly #columns: Columns
  readonly #shapes: Shapes
  readonly #selection: Selection
  readonly #bins: DurationBins
  readonly #counts: Counts
  readonly #sums: Sums
  #ranks: Ranks | null = null
  #newest = -Infinity
  #seen = 0
  /** Of the overview counted last, for its details. */
  #steps: Steps | null = null
  #shown: Overview | null = null

  constructor(columns: Columns, found?: Found) {
    this.#columns = columns
    this.#bins = new DurationBins(columns)
    this.#shapes = new Shapes(columns, this.#bins)
    this.#selection = new Selection(columns, found, this.#shapes)
    this.#counts = new Counts(columns, this.#selection, this.#shapes)
    this.#sums = new Sums(columns, this.#selection, this.#shapes)
  }

  /** The rows that the charts count, as they were chosen last. */
  get chosen(): ChosenRows {
    return this.#selection.rows()
  }
  isChosen = (row: number): boolean => ((this.#selection.fails[row] ?? 0) & this.#selection.asked()) === 0

  overview(view: View): Overview {
    const columns = this.#columns
    const selection = this.#selection
    const counts = this.#counts
    const past = pastOf(view)
    selection.apply(view.filter, view.zone, past)
    const newest = this.#findNewest()
    const figures = this.#figures(everyCondition)
    const overRange = selection.without('range')
    const around = selection.asked(overRange) === selection.asked() ? figures : this.#ends(overRange)
    const timeline = countTimeline(columns, selection, counts, view, around)
    const span = spanOf(figures, view.filter, view.now)
    this.#steps = timeline?.steps ?? null
    return (this.#shown = {
      figures,
      before: past && this.#figures(selection.earlier),
      past,
      newest: newest === -Infinity ? null : newest,
      whole: { ...selection.local.whole(), durations: this.#bins.different() },
      days: span && view.zone.dayOf(span.last) - view.zone.dayOf(span.first) + 1,
      timeline: timeline?.spec ?? null,
      kinds: this.#bars('kind'),
      dimensions: columns.dimensions.map(({ name }) => this.#bars(name)).filter((spec) => spec.values > 0),
      tallies: this.#sums.tallies(),
      measures: this.#sums.measures(),
      measuresBefore: past === null ? [] : this.#sums.measures(selection.earlier),
      hours: drawHours(counts.hourly(selection.without('hours')).hours),
      calendar: drawCalendar(counts.hourly(selection.without('period', 'range')).days, selection.local, view),
      durations: drawHistogram(
        counts.of(binsName, this.#bins.places, binPlaces, selection.without('duration')),
      ),
    })
  }

  /** Rows that are new, while more are still to come: the less is left to do with the last of them. */
  takeIn(view: View): void {
    this.#selection.apply(view.filter, view.zone, pastOf(view))
  }

  /** What the next choice will need anyway, and nobody has to wait for. */
  getReady(): void {
    this.#counts.getReady()
    if (this.#shapes.count > 0) this.#shapes.inOrder()
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
    if (selection.asked(everyCondition | selection.earlier) !== 0) ranks.choose(selection.fails)
    const of = (conditions: number): Percentiles => {
      const [median = null, p95 = null] = ranks.of(selection.asked(conditions), wanted)
      return { median, p95 }
    }
    const figures = of(everyCondition)
    const before = shown.past && of(selection.earlier)
    yield
    const steps = this.#steps
    let timeline: Percentiles[] | null = null
    if (steps !== null && shown.timeline !== null) {
      const asked = selection.asked(selection.without('range'))
      const groups = ranks.group(
        'steps',
        steps.name,
        steps.ofRow,
        steps.starts.length,
        steps.starts.length - 1,
      )
      const [medians, highs] = ranks.ofGroups(groups, asked, wanted)
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
      const places = this.#shapes.column(valuesName(name))?.places
      const groups =
        places === undefined
          ? ranks.group(valuesName(name), '', () => codes, words.length, 0)
          : ranks.groupShapes(valuesName(name), places, this.#shapes, words.length)
      const [found] = ranks.ofGroups(groups, asked, [0.5])
      const codeOf = new Map(words.map((word, code) => [word, code]))
      medians[name] = bars.map(({ label }) => found?.[codeOf.get(label) ?? 0] ?? null)
    }
    yield
    const lanes = countLanes(this.#columns, selection, selection.without('range'), view.day ?? null)
    return { figures, before, timeline, medians, lanes }
  }

  #findNewest(): number {
    const { rows, time } = this.#columns
    for (; this.#seen < rows; this.#seen++) {
      const at = time[this.#seen] ?? NaN
      if (at > this.#newest) this.#newest = at
    }
    return this.#newest
  }

  #ends(conditions: number): Pick<Figures, 'first' | 'last'> {
    const days = this.#counts.hourly(conditions).days
    return this.#selection.ends(conditions, (place) => countAt(days, place) > 0)
  }

  #figures(conditions: number): Figures {
    const { format } = this.#columns
    const { local } = this.#selection
    const bins = this.#counts.of(binsName, this.#bins.places, binPlaces, conditions)
    const days = this.#counts.hourly(conditions).days
    const ended = (how: number): number => bins.reduce((sum, n, at) => sum + ((at & 3) === how ? n : 0), 0)
    const failed = ended(outcome.failed)
    const events = bins.reduce((sum, n) => sum + n, 0)
    return {
      events,
      ...this.#ends(conditions),
      withoutTime: countAt(days, 0),
      ...runsOf(local.days.filter((_, place) => place > 0 && countAt(days, place) > 0)),
      failed: format.events.outcome === null && format.events.failedKinds.length === 0 ? null : failed,
      withOutcome: failed + ended(outcome.ok),
      withDuration: events - countAt(bins, noBin),
    }
  }

  /** All values of a dimension, whatever is chosen in it; every other condition holds. */
  #bars(name: string): BarsSpec {
    const { words } = wordsOf(this.#columns, name)
    if (words.length === 1) return { name, bars: [], total: 0, values: 0, top: [] }
    const { codes } = wordsOf(this.#columns, name)
    const ofAll = this.#counts.of(valuesName(name), codes, words.length, 0, true)
    const counts = this.#counts.of(
      valuesName(name),
      codes,
      words.length,
      this.#selection.withoutDimension(name),
      true,
    )
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
    const sizes = Uint32Array.from(words, (_, code) => countAt(ofAll, code))
    const top = topCodes(sizes, mostSeries).map((code) => words[code] ?? '')
    return { name, bars, total, values: bars.length, top }
  }
}

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

/** How many days there are, and how many at most follow each other. */
function runsOf(found: readonly number[]): Pick<Figures, 'activeDays' | 'streak'> {
  const days = found.toSorted((a, b) => a - b)
  let streak = 0
  let run = 0
  let before = NaN
  for (const day of days) {
    run = day === before + 1 ? run + 1 : 1
    if (run > streak) streak = run
    before = day
  }
  return { activeDays: days.length, streak }
}
