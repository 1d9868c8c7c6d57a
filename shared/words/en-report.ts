// What pictures, their tables and the report page say beyond what the window says as well. Numbers come in written.
import { nounsIn } from './plural.ts'
import type { Count } from './plural.ts'

const words = nounsIn('en')
const noun = (count: Count, one: string, other: string): string => words.noun(count, { one, other })
const events = (count: Count): string => noun(count, 'event', 'events')

export const report = {
  notFailed: 'not failed',
  blank: '(blank)',
  nothing: 'Nothing to show.',
  comparedWith: (span: string) => `compared: ${span}`,
  compared: 'Compared',
  comparedFrom: 'Compared from',
  moreValues: (values: Count, rest: Count, sums: boolean) =>
    `and ${noun(values, 'more value', 'more values')}, ${sums ? rest.text : events(rest)}`,

  weekday: 'Weekday',
  hour: 'Hour',
  day: 'Day',
  inMilliseconds: (name: string) => `${name} (ms)`,
  from: 'From',
  to: 'To',
  errorRate: 'Error rate',
  median: 'Median',
  p95: '95th percentile',

  timelineSays: (total: Count, span: string, most: string, when: string) =>
    `${events(total)}, ${span}. Most at ${when}: ${most}.`,
  barsSays: (values: Count, first: string, count: string, share: string) =>
    `${noun(values, 'value', 'values')}. The most frequent is ${first}: ${count}, ${share}.`,
  hoursSays: (weekday: string, hour: string, count: Count) =>
    `The busiest hour is ${weekday} ${hour}: ${events(count)}.`,
  calendarSays: (days: Count, busiest: string, count: Count) =>
    `${noun(days, 'day', 'days')} with events. The busiest is ${busiest}: ${events(count)}.`,
  durationsSays: (timed: Count, shortest: string, longest: string) =>
    `${events(timed)} with a duration, from ${shortest} to ${longest}.`,

  /** The page. */
  page: {
    /** Of the page's own file, after the name of the telemetry file. */
    fileName: 'report',
    title: (file: string) => `${file}: usage report`,
    period: 'Period',
    allTime: 'All time',
    allOf: (span: string) => `All time, ${span}`,
    since: (day: string) => `Since ${day}`,
    until: (day: string) => `Until ${day}`,
    zone: 'Time zone',
    chosen: 'Chosen',
    everything: 'Everything',
    format: 'Format',
    made: 'Made',
    madeBy: (when: string, version: string) => `${when}, by Sightglass ${version}`,
    notes: 'Notes',
    figures: 'Figures',
    wasBefore: (figure: string) => `before: ${figure}`,
    over: 'Over time',
    by: 'By what',
    when: 'When and how long',
    table: 'Table',
    tableOf: (title: string) => `Table: ${title}`,
    cut: (shown: string, all: Count) => `The first ${shown} of ${noun(all, 'row', 'rows')}.`,
    foot: 'This page was made on the machine where the file is. It holds no scripts and loads nothing from anywhere.',
  },
}
