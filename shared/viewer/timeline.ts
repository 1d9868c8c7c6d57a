// The steps of a timeline: from seconds to centuries, whichever gives a readable number of bars. Days and what is
// longer follow the calendar of the person's zone, so a day may have 23 or 25 hours.
import { dayLength } from './zone.ts'
import type { Zone } from './zone.ts'

export type Step =
  'second' | 'ten seconds' | 'minute' | 'ten minutes' | 'hour' | 'day' | 'week' | 'month' | 'year' | 'century'

const fixedSteps: readonly (readonly [Step, number])[] = [
  ['second', 1000],
  ['ten seconds', 10_000],
  ['minute', 60_000],
  ['ten minutes', 600_000],
  ['hour', 3_600_000],
]
const calendarSteps: readonly (readonly [Step, number])[] = [
  ['day', 1],
  ['week', 7],
  ['month', 30],
  ['year', 365],
]
const mostPoints = 120

/** Whether it begins and ends with local days. */
export const isCalendarStep = (step: Step): boolean =>
  calendarSteps.some(([name]) => name === step) || step === 'century'

/** The finest step that gives a readable number of bars: days as soon as there are three of them. */
export function chooseStep(first: number, last: number): Step {
  const span = last - first
  const short =
    span < 3 * dayLength ? fixedSteps.find(([, length]) => span / length <= mostPoints) : undefined
  const step = short ?? calendarSteps.find(([, days]) => span / (days * dayLength) <= mostPoints)
  return step?.[0] ?? 'century'
}

/** The beginnings of all steps from the one that holds `first` to the one after `last`. */
export function stepStarts(
  step: Step,
  first: number,
  last: number,
  zone: Zone,
  firstDayOfWeek = 1,
): number[] {
  const fixed = fixedSteps.find(([name]) => name === step)
  const starts: number[] = []
  if (fixed) {
    const length = fixed[1]
    const shift = zone.offsetAt(first)
    for (let at = Math.floor((first + shift) / length) * length - shift; ; at += length) {
      starts.push(at)
      if (at > last) return starts
    }
  }
  for (let day = firstDay(step, zone.dayOf(first), firstDayOfWeek); ; day = nextDay(step, day)) {
    const start = zone.startOf(day)
    starts.push(start)
    if (start > last || starts.length > 10_000) return starts
  }
}

function firstDay(step: Step, day: number, firstDayOfWeek: number): number {
  if (step === 'day') return day
  if (step === 'week') return day - mod(day + 4 - firstDayOfWeek, 7) // 1970-01-01 was a Thursday, day 4
  const date = new Date(day * dayLength)
  const year = date.getUTCFullYear()
  if (step === 'month') return dayNumber(year, date.getUTCMonth())
  return dayNumber(step === 'year' ? year : year - mod(year, 100), 0)
}

function nextDay(step: Step, day: number): number {
  if (step === 'day') return day + 1
  if (step === 'week') return day + 7
  const date = new Date(day * dayLength)
  const year = date.getUTCFullYear()
  if (step === 'month') return dayNumber(year, date.getUTCMonth() + 1)
  return dayNumber(year + (step === 'year' ? 1 : 100), 0)
}

/** The day on which a month begins. Date.UTC would take the years 0 to 99 for 1900 to 1999. */
function dayNumber(year: number, month: number): number {
  return Math.round(new Date(0).setUTCFullYear(year, month, 1) / dayLength)
}

const mod = (value: number, by: number): number => ((value % by) + by) % by

/** The step that holds a time. Rows come nearly in order, so the step of the row before is tried first. */
export function stepOf(starts: Float64Array, time: number, hint: number): number {
  if (time >= (starts[hint] ?? Infinity) && time < (starts[hint + 1] ?? Infinity)) return hint
  let low = 0
  let high = starts.length - 1
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((starts[middle] ?? Infinity) <= time) low = middle
    else high = middle
  }
  return low
}
