// The three things that are watched, each with its scale: events a day as logarithms, because a rise by half is as
// much on a quiet day as on a busy one; failures as the arcsine that makes their chance even; medians of durations
// as logarithms.
import { roughMedian } from './daily.ts'
import type { DailyTable } from './daily.ts'
import type { Metric } from './explain.ts'

export interface Measure {
  readonly metric: Metric
  /** A day's own figure; NaN where it tells nothing. */
  plain(table: DailyTable, day: number): number
  /** The same on the scale that is looked at. */
  value(table: DailyTable): (day: number) => number
  /** What chance alone would give a day of so many events, where the scale stands at `level`. */
  variance(table: DailyTable): (day: number, level: number) => number
  /** The figure of several days together, as near as tables tell it. */
  over(table: DailyTable, days: readonly number[]): number
  /** Whether there is enough on both sides to speak of. */
  enough(table: DailyTable, before: readonly number[], after: readonly number[]): boolean
  /** How large a change is, in steps that anybody would notice; below `least` it isn't worth a sentence. */
  size(before: number, after: number): number
  readonly least: number
}

const add = (values: Float64Array, days: readonly number[]): number =>
  days.reduce((sum, day) => sum + (values[day] ?? 0), 0)
const ratio = (before: number, after: number, noticed: number): number =>
  Math.abs(Math.log(after / before)) / Math.log(noticed)

const rate: Measure = {
  metric: 'rate',
  plain: ({ events }, day) => events[day] ?? 0,
  value:
    ({ events }) =>
    (day) =>
      Math.log((events[day] ?? 0) + 0.5),
  variance: () => (_day, level) => 1 / (Math.exp(level) + 0.5),
  over: ({ events }, days) => add(events, days) / days.length,
  enough: ({ events }, before, after) => add(events, before) + add(events, after) >= 100,
  size: (before, after) => ratio(before + 0.5, after + 0.5, 1.5),
  least: 0.45, // by a fifth
}

const evenly = (failed: number, judged: number): number =>
  Math.asin(Math.sqrt((failed + 0.375) / (judged + 0.75)))

/**
 * By how much the scale stands too high, on average, on a day of so few events: a day of three of which none failed
 * would else look worse than one of a hundred of which five did, and use that rises like errors that fall.
 */
function excess(judged: number, usual: number): number {
  if (usual > 0.5) return -excess(judged, 1 - usual)
  if (!(usual > 0) || judged * usual > manyFailed) return 0
  let chance = (1 - usual) ** judged
  let mean = 0
  for (let failed = 0; failed <= judged && failed < 4 * manyFailed; failed++) {
    mean += chance * evenly(failed, judged)
    chance *= ((judged - failed) / (failed + 1)) * (usual / (1 - usual))
  }
  return mean - Math.asin(Math.sqrt(usual))
}
const manyFailed = 6

const errorRate: Measure = {
  metric: 'error rate',
  plain: ({ failed, judged }, day) => (failed[day] ?? 0) / (judged[day] ?? 0),
  value: ({ failed, judged }) => {
    const days = [...judged.keys()]
    const usual = add(failed, days) / add(judged, days)
    return (day) => {
      const [bad = 0, all = 0] = [failed[day], judged[day]]
      return all > 0 ? evenly(bad, all) - excess(all, usual) : NaN
    }
  },
  variance:
    ({ judged }) =>
    (day) =>
      1 / (4 * (judged[day] ?? 0) + 2),
  over: ({ failed, judged }, days) => add(failed, days) / add(judged, days),
  enough: ({ failed, judged }, before, after) =>
    Math.min(add(judged, before), add(judged, after)) >= 50 && add(failed, before) + add(failed, after) >= 10,
  size: (before, after) => {
    const points = Math.abs(after - before) / 0.05
    return points > 0.1 && ratio(before, after, 2) > 1 ? Math.max(points, 0.3) : points
  },
  least: 0.3, // 1.5 points, or twice as many of what were few
}

const latency: Measure = {
  metric: 'latency',
  plain: ({ median }, day) => median[day] ?? NaN,
  value:
    ({ median }) =>
    (day) =>
      Math.log(median[day] ?? NaN),
  variance: ({ timed, spread }) => {
    const usual = usualSpread(timed, spread)
    return (day) => (1.2533 * usual) ** 2 / (timed[day] ?? 0) // of a median, of values spread normally
  },
  over: roughMedian,
  enough: ({ timed }, before, after) => Math.min(add(timed, before), add(timed, after)) >= 30,
  size: (before, after) => ratio(before, after, 1.3),
  least: 0.5, // by a seventh
}

function usualSpread(timed: Float64Array, spread: Float64Array): number {
  let [sum, weights] = [0, 0]
  timed.forEach((count, day) => {
    const width = spread[day] ?? NaN
    if (count < 8 || !Number.isFinite(width)) return
    sum += count * width
    weights += count
  })
  return weights > 0 ? sum / weights : 1
}

export const measures = [rate, errorRate, latency]
/** How many events a value has is no news that all rows would hide: values come and go. */
export const measuresOfParts = [errorRate, latency]
