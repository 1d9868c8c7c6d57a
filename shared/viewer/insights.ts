// What changed: days from which on there were lastingly more or fewer events, more or fewer failures, or longer or
// shorter durations, and which value of which dimension accounts for it. Works on the chosen rows: days are counted
// (insights/daily.ts), made comparable (signal.ts), searched for steps (steps.ts), as a whole and in parts
// (parts.ts), and steps explained (explain.ts). How well it finds what is there, and keeps silent where nothing is,
// its test prints.
import type { View } from './charts.ts'
import type { Columns } from './columns.ts'
import type { ChosenRows } from './divided-rows.ts'
import type { Filter } from './filter.ts'
import { countDays, dateRows, exactMedian } from './insights/daily.ts'
import type { DailyTable, DatedRows } from './insights/daily.ts'
import { explainStep } from './insights/explain.ts'
import type { Explanation, Metric, Sides } from './insights/explain.ts'
import { partsOf, strongest } from './insights/parts.ts'
import type { Part } from './insights/parts.ts'
import { toSignal } from './insights/signal.ts'
import { measures, measuresOfParts } from './insights/measures.ts'
import type { Measure } from './insights/measures.ts'
import { alarms, findSteps, shortest } from './insights/steps.ts'
import type { Stretch } from './insights/steps.ts'
import { dayName } from './zone.ts'

export interface Change {
  readonly metric: Metric
  /** The value that the figures are of; null where they are of all chosen rows. */
  readonly part: { readonly dimension: string; readonly value: string } | null
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
/** What happens to one value matters less than the same of all. */
const weightOfPart = 0.7

type Asked = Pick<View, 'filter' | 'zone' | 'now'>

/** The most important first. */
export function findChanges(columns: Columns, rows: ChosenRows, view: Asked): Change[] {
  const running = searchChanges(columns, rows, view)
  for (let step = running.next(); ; step = running.next()) if (step.done === true) return step.value
}

/**
 * The same in pieces of some milliseconds. For a million rows it takes some tenths of a second in all, so it is
 * called when rows have come to rest rather than at each move of a brush, and pauses where something more urgent
 * may go first.
 */
export function* searchChanges(
  columns: Columns,
  rows: ChosenRows,
  { filter, zone, now }: Asked,
): Generator<undefined, Change[]> {
  const dated = yield* dateRows(columns, rows, zone, zone.dayOf(now))
  if (dated === null) return []
  const whole: Found[] = []
  for (const table of yield* countDays(columns, dated))
    for (const measure of measures) {
      yield
      whole.push(...(yield* search(measure, { part: null, columns, table, dated })))
    }
  yield
  const parts = dated.days < 2 * shortest ? [] : yield* partsOf(columns, dated)
  const tests = parts.length * measuresOfParts.length
  const inParts: Found[] = []
  for (const part of parts)
    for (const measure of measuresOfParts) {
      yield
      inParts.push(...(yield* search(measure, { part, columns, table: part.table, dated }, tests)))
    }
  const found = [...whole, ...strongest(whole, inParts, shortest)]
  found.sort((a, b) => b.weight - a.weight || b.onDay - a.onDay)
  const changes: Change[] = []
  for (const one of found.slice(0, most)) {
    const since = zone.startOf(one.onDay)
    changes.push(yield* tell(one, filter, since))
    yield
  }
  return changes
}

function* tell(
  { measure, material, ...found }: Found,
  filter: Filter,
  since: number,
): Generator<undefined, Change> {
  const { columns, table, part } = material
  const { onDay, confidence, sides, from, until } = found
  const dated = part === null ? material.dated : yield* part.dated()
  const explanation = yield* explainStep(columns, dated, table, measure.metric, sides)
  const { before, after } = found
  const exactly = function* ({ days, figure }: Figure) {
    return measure.metric === 'latency' ? yield* exactMedian(table, days, columns, dated) : figure
  }
  const values = Array.from({ length: until - from }, (_, i) => {
    const value = measure.plain(table, from + i)
    return Number.isFinite(value) ? value : null
  })
  return {
    metric: measure.metric,
    part: part && { dimension: part.dimension, value: part.value },
    day: dayName(onDay),
    before: yield* exactly(before),
    after: yield* exactly(after),
    confidence,
    series: { from: dayName(table.first + from), values },
    explanation,
    filter: filterOf(filter, since, part, explanation),
  }
}

/** What is searched: all chosen rows, or those of one value. */
interface Material {
  readonly part: Part | null
  readonly columns: Columns
  readonly table: DailyTable
  /** All chosen rows; those of a part are looked for once there is something to tell. */
  readonly dated: DatedRows
}

interface Figure {
  /** Of the table. */
  readonly days: readonly number[]
  readonly figure: number
}

interface Found {
  readonly measure: Measure
  readonly metric: Metric
  readonly material: Material
  /** Days since 1970-01-01. */
  readonly onDay: number
  readonly rises: boolean
  readonly evidence: number
  readonly sides: Sides
  readonly before: Figure
  readonly after: Figure
  readonly confidence: number
  /** How much it matters among others. */
  readonly weight: number
  /** What its picture shows. */
  readonly from: number
  readonly until: number
}

/** `tests` is how many such searches there are; of so many clean signals together few may show a step. */
function* search(measure: Measure, material: Material, tests = 1): Generator<undefined, Found[]> {
  const { table, part } = material
  if (table.days < 2 * shortest) return []
  const weekday = ((table.first % 7) + 7) % 7
  const { days } = table
  const variance = measure.variance(table)
  const signal = toSignal({ weekday, days, value: measure.value(table), variance })
  yield
  const steps = yield* findSteps(signal, alarms / tests)
  return steps.flatMap(({ before, after, rises, chance, evidence }) => {
    const usual = (day: number): boolean => (signal.weight[day] ?? 0) > 0
    const earlier = daysOf(before).filter(usual)
    const later = daysOf(after).filter(usual)
    const [left, right] = [near(earlier, before, -1), near(later, after, 1)]
    if (!measure.enough(table, left, right)) return []
    const [was, is] = [measure.over(table, left), measure.over(table, right)]
    if (is > was !== rises) return []
    const size = measure.size(was, is)
    if (!(size >= measure.least)) return []
    const day = daysOf(after).find((day) => Number.isFinite(measure.plain(table, day))) ?? after.from
    return {
      ...{ measure, metric: measure.metric, material, rises, evidence },
      onDay: table.first + day,
      sides: { before: earlier.slice(-nearDays), after: later.slice(0, nearDays) },
      before: { days: left, figure: was },
      after: { days: right, figure: is },
      confidence: 1 - Math.min(1, chance * tests),
      weight: Math.min(size, 4) * (part === null ? 1 : weightOfPart),
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

function filterOf(chosen: Filter, since: number, part: Part | null, explanation: Explanation | null): Filter {
  // Of what is gone nothing is left to look at.
  const values = [part, explanation?.how === 'gone' ? null : explanation].filter((value) => value !== null)
  const where = values.map(({ dimension, value }) => ({ dimension, values: [value], not: false }))
  const replaced = (dimension: string): boolean => where.some((own) => own.dimension === dimension)
  const kept = chosen.where.filter(({ dimension, not }) => not || !replaced(dimension))
  return { ...chosen, since, where: [...kept, ...where] }
}
