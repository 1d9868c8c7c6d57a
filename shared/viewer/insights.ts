// What changed: days from which on there were lastingly more or fewer events, more or fewer failures, or longer or
// shorter durations, and which value of which dimension accounts for it. Works on the chosen rows: days are counted
// (insights/daily.ts), made comparable (signal.ts), searched for steps (steps.ts), and steps explained
// (explain.ts). How well it finds what is there, and keeps silent where nothing is, its test prints.
import type { View } from './charts.ts'
import type { Columns } from './columns.ts'
import type { ChosenRows, Filter } from './filter.ts'
import { countDays } from './insights/daily.ts'
import type { DailyTable } from './insights/daily.ts'
import { explainStep } from './insights/explain.ts'
import type { Explanation, Metric, Sides } from './insights/explain.ts'
import { toSignal } from './insights/signal.ts'
import { measures } from './insights/measures.ts'
import type { Measure } from './insights/measures.ts'
import { findSteps, shortest } from './insights/steps.ts'
import type { Stretch } from './insights/steps.ts'
import { dayName } from './zone.ts'

export interface Change {
  readonly metric: Metric
  /** The first local day of what is new: 2026-11-20. */
  readonly day: string
  /** By the metric: events a day, the share of failures from 0 to 1, or the median in milliseconds. */
  readonly before: number
  readonly after: number
  /** From 0 to 1: how sure it is that chance alone wouldn't show this. */
  readonly confidence: number
  /** One value for each local day from `from` on, up to the neighbouring steps; null where a day tells nothing. */
  readonly series: { readonly from: string; readonly values: readonly (number | null)[] }
  /** Null where no value accounts for more than half of it. */
  readonly explanation: Explanation | null
  /** What a click chooses: the same rows, from that day on, of that value. */
  readonly filter: Filter
}

const most = 5
/** A side's days that figures and explanations are taken from, where what is there drifts or is long. */
const nearDays = 28
const longestPicture = 120

/**
 * The most important first. Takes about a tenth of a second for a million rows, so it is called when rows
 * have come to rest rather than at each move of a brush.
 */
export function findChanges(
  columns: Columns,
  rows: ChosenRows,
  view: Pick<View, 'filter' | 'zone' | 'now'>,
): Change[] {
  const { zone, now, filter } = view
  const table = countDays(columns, rows, zone, zone.dayOf(now))
  if (table === null || table.days < 2 * shortest) return []
  const found = measures.flatMap((measure) => search(measure, table, columns, rows))
  found.sort((a, b) => b.weight - a.weight || b.day - a.day)
  return found.slice(0, most).map(({ measure, day, sides, from, until, ...change }) => {
    const explanation = explainStep(columns, rows, table, measure.metric, sides)
    const { before, after, confidence } = change
    const values = Array.from({ length: until - from }, (_, i) => {
      const value = measure.plain(table, from + i)
      return Number.isFinite(value) ? value : null
    })
    return {
      metric: measure.metric,
      day: dayName(table.first + day),
      before,
      after,
      confidence,
      series: { from: dayName(table.first + from), values },
      explanation,
      filter: filterOf(filter, zone.startOf(table.first + day), explanation),
    }
  })
}

interface Found {
  readonly measure: Measure
  readonly day: number
  readonly sides: Sides
  readonly before: number
  readonly after: number
  readonly confidence: number
  /** How much it matters among others. */
  readonly weight: number
  /** What its picture shows. */
  readonly from: number
  readonly until: number
}

function search(measure: Measure, table: DailyTable, columns: Columns, rows: ChosenRows): Found[] {
  const weekday = ((table.first % 7) + 7) % 7
  const { days } = table
  const variance = measure.variance(table)
  const signal = toSignal({ weekday, days, value: (day) => measure.value(table, day), variance })
  return findSteps(signal).flatMap(({ before, after, rises, chance }) => {
    const usual = (day: number): boolean => (signal.weight[day] ?? 0) > 0
    const earlier = daysOf(before).filter(usual)
    const later = daysOf(after).filter(usual)
    const [left, right] = [near(earlier, before, -1), near(later, after, 1)]
    if (!measure.enough(table, left, right)) return []
    const [was, is] = [left, right].map((side) => measure.over(table, side, columns, rows))
    if (was === undefined || is === undefined || is > was !== rises) return []
    const size = measure.size(was, is)
    if (!(size >= measure.least)) return []
    return {
      measure,
      day: daysOf(after).find((day) => Number.isFinite(measure.plain(table, day))) ?? after.from,
      sides: { before: earlier.slice(-nearDays), after: later.slice(0, nearDays) },
      before: was,
      after: is,
      confidence: 1 - chance,
      weight: Math.min(size, 4),
      from: Math.max(before.from, after.from - longestPicture),
      until: Math.min(after.until, after.from + longestPicture),
    }
  })
}

const daysOf = ({ from, until }: Stretch): number[] =>
  Array.from({ length: until - from }, (_, i) => from + i)

/** All of a level stretch; of one that drifts, what is near the step. */
const near = (days: readonly number[], { level }: Stretch, side: 1 | -1): readonly number[] =>
  level ? days : side === 1 ? days.slice(0, nearDays) : days.slice(-nearDays)

function filterOf(chosen: Filter, since: number, explanation: Explanation | null): Filter {
  if (explanation === null || explanation.how === 'gone') return { ...chosen, since } // of what is gone, nothing is left
  const { dimension, value } = explanation
  const where = chosen.where.filter((condition) => condition.dimension !== dimension || condition.not)
  return { ...chosen, since, where: [...where, { dimension, values: [value], not: false }] }
}
