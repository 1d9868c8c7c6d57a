// What the charts of the Overview say. Numbers, dates and sizes come in as text that is already written.
import { changeWords } from './en-changes.ts'
import type { Like } from './like.ts'
import { nounsIn } from './plural.ts'
import type { Count, Forms } from './plural.ts'

const { bare, noun } = nounsIn('en')

const event: Forms = { one: 'event', other: 'events' }
const day: Forms = { one: 'day', other: 'days' }

/** A figure beside the same one of the period before. */
const change = {
  up: (by: string) => `▲ ${by}`,
  down: (by: string) => `▼ ${by}`,
  same: '=',
  /** In full. `by` is a percentage, or how many times as much. */
  more: (by: string, before: string) => `${by} more than the ${before} of the period before`,
  less: (by: string, before: string) => `${by} less than the ${before} of the period before`,
  times: (by: string, before: string) => `${by} the ${before} of the period before`,
  morePoints: (by: string, before: string) => `${by} points more than the ${before} of the period before`,
  lessPoints: (by: string, before: string) => `${by} points less than the ${before} of the period before`,
  asBefore: (before: string) => `as in the period before: ${before}`,
  against: (span: string) => `Changes are against ${span}.`,
}

const bars = {
  value: 'Value',
  count: 'Events',
  share: 'Share',
  errors: 'Errors',
  median: 'Median',
  sortBy: (column: string) => `Sort by ${column.toLowerCase()}`,
  search: (list: string) => `Search ${list.toLowerCase()}`,
  find: 'Search',
  others: (values: Count) => noun(values, { one: 'other value', other: 'other values' }),
  next: (values: Count) => `Show ${noun(values, { one: 'more value', other: 'more values' })}`,
  noneFound: 'No value is like that.',
  errorsSay: (share: string) => `error rate ${share}`,
  medianSay: (duration: string) => `median ${duration}`,
  divide: (list: string) => `Divide the timeline by ${list.toLowerCase()}`,
}

const timeline = {
  /** What kind of thing it is, as a screen reader says it. */
  kind: 'chart',
  keys: 'Colours',
  help: 'Left and right arrow keys walk along the bars, with Shift they choose a stretch, Enter chooses one.',
  events: (count: Count) => bare(count.of, event),
  failed: 'failed',
  rest: 'all other',
  errors: 'error rate',
  median: 'median duration',
  p95: '95th percentile',
  withOutcome: 'tell their outcome',
  soFar: (step: string) => `${step}, so far`,
  other: (day: string) => `from ${day}`,
  divide: 'Divide by',
  line: 'Line',
  compare: 'Compare with',
  lines: { none: 'none', errors: 'error rate', median: 'median duration', p95: '95th percentile' },
  nothing: 'nothing',
  before: 'the period before',
  days: 'the days from…',
  values: 'two values…',
  from: 'First day to compare with',
  dimension: 'Values of',
  one: 'First value',
  two: 'Second value',
}

/** Days of a year, hours of the week, and durations. */
const grids = {
  help: 'Arrow keys walk from cell to cell, with Shift they choose a stretch, Enter chooses one.',
  /** Of one cell or bar. */
  tell: (
    title: string,
    numbers: { count(of: number): Count; share(part: number): string },
    count: number,
    failed: number,
  ) => {
    const counted = numbers.count(count)
    const rows = [{ label: bare(count, event), value: counted.text }]
    if (failed > 0) {
      rows.push({ label: timeline.failed, value: numbers.count(failed).text })
      rows.push({ label: 'of them failed', value: numbers.share(failed / count) })
    }
    return { title, rows }
  },
  hours: 'Hours of the week',
  hour: 'Hour',
  hoursSay: (hour: string, count: Count) =>
    count.of === 0
      ? 'Hours of the week, none with events'
      : `Hours of the week, most on ${hour}: ${noun(count, event)}`,
  durations: 'Durations',
  took: 'Took',
  between: (from: string, to: string) => `${from} to ${to}`,
  longer: (from: string) => `longer than ${from}`,
  median: (duration: string) => `median ${duration}`,
  p95: (duration: string) => `95% within ${duration}`,
  year: 'Days of the year',
  years: 'Year',
  lastYear: 'Last 12 months',
  day: 'Day',
  yearSay: (day: string, count: Count) =>
    count.of === 0
      ? 'Days of the year, none with events'
      : `Days of the year, most on ${day}: ${noun(count, event)}`,
  noDurations: 'None of what is chosen tells how long it took.',
}

/** One day, event by event. */
const lanes = {
  title: (day: string) => `What ran when: ${day}`,
  say: (day: string, bars: Count) => `What ran when on ${day}, ${noun(bars, event)}`,
  help: 'Left and right arrow keys walk from event to event, up and down from lane to lane, Enter chooses one.',
  rest: (events: Count) => `${noun(events, { one: 'shorter event', other: 'shorter events' })} not drawn`,
  previous: '← Day before',
  next: 'Day after →',
  none: 'On this day nothing of what is chosen tells how long it took.',
  other: 'all other',
  began: 'Began',
  took: 'duration',
  tookHead: 'Took',
  failed: 'failed',
  failedHead: 'Outcome',
}

export const chartWords = {
  none: '–',
  addFilter: '+ Filter',
  onlyFailed: 'Failed only',
  nothingChosen: 'No event is like what is chosen',
  change,
  streak: (days: string) => `, ${days} in a row`,
  streakExact: (days: Count) => `the longest run without a break: ${noun(days, day)}`,
  bars,
  points: timeline,
  changes: changeWords,
  grids,
  lanes,
}
export type ChartWords = Like<typeof chartWords>
