// What the timeline can be compared with: its own head and the palette offer the same.
import type { BarsSpec, Overview } from '../shared/viewer/charts.ts'
import type { Compare } from '../shared/viewer/specs.ts'
import type { Zone } from '../shared/viewer/zone.ts'
import type { Drawing } from './place.ts'

export const comparisons = ['nothing', 'before', 'days', 'values'] as const
type Comparison = (typeof comparisons)[number]

/** Lists of which two values can be compared, or into whose values the timeline can be divided. */
export const divisible = ({ kinds, dimensions }: Overview): readonly BarsSpec[] =>
  [kinds, ...dimensions].filter(({ top }) => top.length > 1)

export const sinceDay = (day: number, zone: Zone): Compare => ({ with: 'period', since: zone.startOf(day) })

/** The two most frequent values of a list. */
export function valuesOf({ name, top }: BarsSpec): Compare {
  const [one = '', two = one] = top
  return { with: 'values', dimension: name, values: [one, two] }
}

/** What each draws when it is chosen; what this file can't be compared with is missing. */
export function comparisonsOf(
  overview: Overview,
  { stack }: Drawing,
  zone: Zone,
): ReadonlyMap<Comparison, Compare | null> {
  const { past, whole } = overview
  const before = past === null ? null : zone.dayOf(past.from)
  const lists = divisible(overview)
  const list = lists.find(({ name }) => name === stack) ?? lists[0]
  const found = new Map<Comparison, Compare | null>([['nothing', null]])
  if (before !== null) found.set('before', sinceDay(before, zone))
  found.set('days', sinceDay(before === null ? (whole.first ?? 0) : before - 1, zone))
  if (list !== undefined) found.set('values', valuesOf(list))
  return found
}

export function comparisonOf({ compare }: Drawing, { past }: Overview, zone: Zone): Comparison {
  if (compare === null) return 'nothing'
  if (compare.with === 'values') return 'values'
  return past !== null && zone.dayOf(compare.since) === zone.dayOf(past.from) ? 'before' : 'days'
}
