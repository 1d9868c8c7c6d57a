// When things happen. A working life is drawn as a weight for each half hour: growth over the months, working
// days and their hours, a holiday, days that are busier than others. Moments are then drawn from it in order,
// without keeping or sorting them: the next of n sorted random numbers follows from the one before it.
import type { Random } from './random.ts'

export const day = 86_400_000
const slot = 1_800_000
const slotsOfDay = day / slot

/** Days that a number of events stretches over: three weeks for 200, four hundred days from 5,000 on. */
export function spanOf(events: number): number {
  const shape = Math.log(400 / 21) / Math.log(5000 / 200)
  return Math.min(400, Math.max(2, Math.round(21 * (events / 200) ** shape)))
}

/** Sunday first, as getUTCDay counts. */
const weekdays = [0.16, 1, 1.15, 1.2, 1.1, 0.8, 0.22]
/** Half-hour shares of a day: two rises, a lunch, a little in the evening. By UTC, which fits a European day. */
const hours = [
  0.03, 0.01, 0, 0, 0, 0.02, 0.12, 0.45, 1, 1.5, 1.6, 1.2, 0.65, 1.15, 1.55, 1.5, 1.2, 0.7, 0.35, 0.25, 0.3,
  0.28, 0.15, 0.07,
]

/**
 * Gives `count` moments in order, the last of them before `until`. The troubled day is a busy one: what fails is
 * tried again.
 */
export function* moments(random: Random, count: number, until: number, troubled: number): Generator<number> {
  const start = Math.floor(until / day - spanOf(count)) * day
  const sums = summedWeights(random, start, until, troubled)
  const total = sums[sums.length - 1] ?? 0
  let at = 0
  let index = 0
  let last = start
  for (let left = count; left > 0; left--) {
    at = 1 - (1 - at) * (1 - random.next()) ** (1 / left)
    const sought = at * total
    while (index < sums.length - 1 && (sums[index] ?? Infinity) <= sought) index++
    const before = sums[index - 1] ?? 0
    const weight = (sums[index] ?? before) - before
    const within = weight > 0 ? (sought - before) / weight : 0
    const end = Math.min(start + (index + 1) * slot, until)
    last = Math.max(last, Math.min(Math.floor(start + index * slot + within * slot), end - 1))
    yield last
  }
}

function summedWeights(random: Random, start: number, until: number, troubled: number): Float64Array {
  const sums = new Float64Array(Math.ceil((until - start) / slot))
  let busy = 1
  let sum = 0
  for (let i = 0; i < sums.length; i++) {
    const time = start + i * slot
    if (i % slotsOfDay === 0) {
      busy = Math.exp(random.normal() * 0.3) * (random.chance(isWeekend(time) ? 0.6 : 0.05) ? 0.02 : 1)
      if (time === troubled) busy = 1.8
    }
    const date = new Date(time)
    const growth = 0.3 + 0.7 / (1 + Math.exp(-7 * ((time - start) / (until - start) - 0.45)))
    const rhythm = (weekdays[date.getUTCDay()] ?? 0) * (hours[date.getUTCHours()] ?? 0)
    sum += growth * rhythm * busy * (isHoliday(date) ? 0.15 : 1) * Math.exp(random.normal() * 0.5)
    sums[i] = sum
  }
  if (sum === 0) for (let i = 0; i < sums.length; i++) sums[i] = i + 1 // a span of nights only: spread evenly
  return sums
}

const isWeekend = (time: number): boolean => [0, 6].includes(new Date(time).getUTCDay())

function isHoliday(date: Date): boolean {
  const [month, dayOfMonth] = [date.getUTCMonth(), date.getUTCDate()]
  if (month === 11) return dayOfMonth >= 23
  if (month === 0) return dayOfMonth <= 2
  return month === 7 && dayOfMonth >= 3 && dayOfMonth <= 16
}
