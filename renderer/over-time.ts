// What the timeline draws and says: its bars, whole or divided, a line of rates or durations, and what is compared.
import type { BarsSpec, Overview, Percentiles, TimelineSpec } from '../shared/viewer/charts.ts'
import type { Dates } from '../shared/words/dates.ts'
import type { Numbers } from '../shared/words/numbers.ts'
import type { ChartWords } from '../shared/words/en-charts.ts'
import { colourOf } from './bar-list.ts'
import type { BarSeries, LineSeries } from './chart.ts'
import type { Colour } from './chart/colours.ts'
import type { Drawing, Line } from './place.ts'
import type { Told, ToldRow } from './told.ts'

export interface Shown {
  readonly spec: TimelineSpec
  /** Of the points; null while they are on their way. */
  readonly percentiles: readonly Percentiles[] | null
  /** The lists of the dimensions that the timeline is divided into, and of the values compared. */
  readonly divided: BarsSpec | null
  readonly compared: BarsSpec | null
  readonly line: Line
  readonly anyFailed: boolean
}

export interface Said {
  readonly words: ChartWords['points']
  readonly numbers: Numbers
  readonly dates: Dates
  /** A value as it may be shown. */
  readonly name: (dimension: string, label: string) => string
}

/** Percentiles of other steps than those shown would stand in the wrong place. */
export function shownOf(
  overview: Pick<Overview, 'kinds' | 'dimensions'>,
  spec: TimelineSpec,
  { stack, line, compare }: Drawing,
  detailed: { readonly spec: TimelineSpec | null; readonly timeline: readonly Percentiles[] | null } | null,
): Shown {
  const of = (name: string | null): BarsSpec | null =>
    [overview.kinds, ...overview.dimensions].find((one) => one.name === name) ?? null
  const same =
    detailed !== null &&
    detailed.spec?.points.length === spec.points.length &&
    detailed.spec.points[0]?.start === spec.points[0]?.start
  return {
    spec,
    percentiles: same ? detailed.timeline : null,
    divided: spec.series === null ? null : of(stack),
    compared: compare?.with === 'values' ? of(compare.dimension) : null,
    line,
    anyFailed: spec.points.some(({ failed }) => failed > 0),
  }
}

const ofCompared = (shown: Shown): boolean => shown.spec.compare?.starts === null

export function barsOf(shown: Shown): BarSeries[] {
  const { points, series } = shown.spec
  const counts = points.map(({ count }) => count)
  if (ofCompared(shown)) return [{ values: counts, colour: '--heat-1' }]
  if (series !== null)
    return series.map(({ label, counts }) => ({ values: counts, colour: seriesColour(shown, label) }))
  if (!shown.anyFailed) return [{ values: counts, colour: '--bar' }]
  return [
    { values: points.map(({ count, failed }) => count - failed), colour: '--bar' },
    { values: points.map(({ failed }) => failed), colour: '--failed' },
  ]
}

const seriesColour = ({ divided }: Shown, label: string | null): Colour => colourOf(divided?.top ?? [], label)
const comparedColour = ({ compared }: Shown, label: string | null, i: number): Colour => {
  const colour = label === null ? '--ink-2' : colourOf(compared?.top ?? [], label)
  return colour === '--series-rest' && i > 0 ? '--ink-2' : colour
}

/** A rate of nothing is no rate: there is a gap. */
export function lineValues({ spec, percentiles, line }: Shown): readonly (number | null)[] {
  if (line === 'errors')
    return spec.points.map(({ failed, withOutcome }) => (withOutcome === 0 ? null : failed / withOutcome))
  if (line === 'none') return []
  return spec.points.map((_, i) => percentiles?.[i]?.[line] ?? null)
}

export function linesOf(shown: Shown): LineSeries[] {
  const { compare } = shown.spec
  const compared = (compare?.series ?? []).map(({ label, counts }, i) => ({
    values: counts,
    colour: comparedColour(shown, label, i),
    axis: 'count' as const,
    dashed: compare?.starts !== null,
  }))
  if (shown.line === 'none') return compared
  const axis = shown.line === 'errors' ? 'share' : 'duration'
  return [...compared, { values: lineValues(shown), colour: lineColour(shown.line), axis }]
}
const lineColour = (line: Line): Colour => (line === 'errors' ? '--failed' : '--ink')

/** Null for all that has no name of its own. */
const named = ({ name }: Said, of: BarsSpec | null, label: string | null): string | null =>
  label === null || of === null ? label : name(of.name, label)

interface Key {
  readonly label: string
  readonly colour: Colour
  readonly sign: 'box' | 'line' | 'dashes'
}

/** What the colours mean, where there is more than one. */
export function keysOf(shown: Shown, said: Said): readonly Key[] {
  const { words, dates } = said
  const { series, compare } = shown.spec
  const compared = (compare?.series ?? []).map(({ label }, i): Key => ({
    label: named(said, shown.compared, label) ?? words.other(dates.day(compare?.starts?.[0] ?? 0)),
    colour: comparedColour(shown, label, i),
    sign: ofCompared(shown) ? 'line' : 'dashes',
  }))
  if (ofCompared(shown)) return compared
  if (series === null)
    return shown.anyFailed
      ? [{ label: words.failed, colour: '--failed', sign: 'box' }, ...compared]
      : compared
  const parts = series.map(({ label }): Key => ({
    label: named(said, shown.divided, label) ?? words.rest,
    colour: seriesColour(shown, label),
    sign: 'box',
  }))
  return [...parts, ...compared]
}

export function tellPoint(shown: Shown, index: number, said: Said): Told | null {
  const { words, numbers, dates } = said
  const { spec, percentiles } = shown
  const point = spec.points[index]
  if (point === undefined) return null
  const start = dates.step(point.start, spec.step)
  const count = numbers.count(point.count)
  const rows: ToldRow[] = [{ label: words.events(count), value: count.text }]
  const add = (label: string, value: string | null, colour?: Colour): void => {
    if (value !== null) rows.push({ label, value, ...(colour && { colour }) })
  }
  for (const { label, counts } of ofCompared(shown) ? [] : (spec.series ?? []).toReversed())
    if ((counts[index] ?? 0) > 0)
      add(
        named(said, shown.divided, label) ?? words.rest,
        numbers.exact(counts[index] ?? 0),
        seriesColour(shown, label),
      )
  spec.compare?.series.forEach(({ label, counts }, i) => {
    const then = spec.compare?.starts?.[index]
    const name =
      named(said, shown.compared, label) ?? (then === undefined ? null : dates.step(then, spec.step))
    if (name !== null) add(name, numbers.exact(counts[index] ?? 0), comparedColour(shown, label, i))
  })
  if (point.failed > 0) add(words.failed, numbers.exact(point.failed), '--failed')
  if (point.withOutcome > 0 && (point.failed > 0 || shown.line === 'errors')) {
    // else whoever divides one figure by the other gets another rate
    if (point.withOutcome !== point.count) add(words.withOutcome, numbers.exact(point.withOutcome))
    add(words.errors, numbers.share(point.failed / point.withOutcome))
  }
  const { median = null, p95 = null } = percentiles?.[index] ?? {}
  add(words.median, median === null ? null : numbers.duration(median))
  add(words.p95, p95 === null || p95 === median ? null : numbers.duration(p95))
  return { title: point.partial ? words.soFar(start) : start, rows }
}

/** Where a stretch of time lies, counted in points; null where none of it is shown. */
export function stretchOf(
  { points }: TimelineSpec,
  range: { readonly from: number; readonly to: number; readonly not: boolean } | null,
): { from: number; to: number; not: boolean } | null {
  const [first, last] = [points[0], points.at(-1)]
  if (range === null || first === undefined || last === undefined) return null
  if (range.to <= first.start || range.from >= last.end) return null
  const placeOf = (time: number): number => {
    if (time <= first.start) return 0
    const i = points.findIndex(({ end }) => time < end)
    const point = points[i]
    return point === undefined ? points.length : i + (time - point.start) / (point.end - point.start)
  }
  return { from: placeOf(range.from), to: placeOf(range.to), not: range.not }
}
