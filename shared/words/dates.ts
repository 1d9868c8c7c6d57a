// Days and moments in the chosen zone and the person's own order, the clock always with 24 hours.
import type { Step } from '../viewer/timeline.ts'

export interface Dates {
  /** 20 Nov 2026 */
  day(time: number): string
  /** 20 Nov 2026, 17:15:12 */
  moment(time: number): string
  /** 20 Nov 2026, 17:15:12.345 */
  exact(time: number): string
  /** 21 Oct – 20 Nov 2026 */
  range(first: number, last: number): string
  /** The beginning of a step, as it stands under a bar. */
  tick(time: number, step: Step): string
  /** Nov */
  month(time: number): string
  /** 2026 */
  year(time: number): string
  /** The beginning of a step, in full. */
  step(time: number, step: Step): string
  /** Mon, for 0. */
  weekday(index: number): string
  /** 09:00, for 9. */
  hour(hour: number): string
  /** Two minutes ago, yesterday, and from a month on the day itself. */
  ago(time: number, now: number): string
}

const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

export function createDates(locale: string, timeZone: string, justNow: string): Dates {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone, ...options })
  const formats = {
    day: format({ day: 'numeric', month: 'short', year: 'numeric' }),
    moment: format({ day: 'numeric', month: 'short', year: 'numeric', ...clock, second: '2-digit' }),
    exact: format({
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      ...clock,
      second: '2-digit',
      fractionalSecondDigits: 3,
    }),
    minute: format({ day: 'numeric', month: 'short', year: 'numeric', ...clock }),
    weekday: format({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }),
    shortDay: format({ day: 'numeric', month: 'short' }),
    month: format({ month: 'long', year: 'numeric' }),
    shortMonth: format({ month: 'short' }),
    year: format({ year: 'numeric' }),
    time: format(clock),
    ofWeek: new Intl.DateTimeFormat(locale, { timeZone: 'UTC', weekday: 'short' }),
    ofDay: new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...clock }),
    seconds: format({ ...clock, second: '2-digit' }),
  }
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const isLong = (step: Step): boolean => step === 'day' || step === 'week'

  return {
    day: (time) => formats.day.format(time),
    moment: (time) => formats.moment.format(time),
    exact: (time) => formats.exact.format(time),
    range: (first, last) => {
      if (last - first < minute) return formats.moment.format(first)
      if (last - first < 2 * day) return formats.minute.formatRange(first, last)
      return formats.day.formatRange(first, last)
    },
    month: (time) => formats.shortMonth.format(time),
    year: (time) => formats.year.format(time),
    tick: (time, step) => {
      if (step === 'month' || isLong(step)) return formats.shortDay.format(time)
      return (step === 'second' || step === 'ten seconds' ? formats.seconds : formats.time).format(time)
    },
    step: (time, step) => {
      if (step === 'year' || step === 'century') return formats.year.format(time)
      if (step === 'month') return formats.month.format(time)
      if (isLong(step)) return formats.weekday.format(time)
      return formats.moment.format(time)
    },
    weekday: (index) => formats.ofWeek.format(Date.UTC(2024, 0, 1 + index)), // a Monday
    hour: (hour) => formats.ofDay.format(Date.UTC(2024, 0, 1, hour)),
    ago: (time, now) => {
      const past = now - time
      if (past < minute) return justNow
      if (past < hour) return relative.format(-Math.floor(past / minute), 'minute')
      if (past < day) return relative.format(-Math.floor(past / hour), 'hour')
      if (past < 30 * day) return relative.format(-Math.floor(past / day), 'day')
      return formats.day.format(time)
    },
  }
}
