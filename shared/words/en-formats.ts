// What is said of how a file was read: of a guess how sure it is, and why.
import type { Reason, Recognition } from '../formats/generic.ts'
import type { TimeEncoding } from '../formats/time.ts'

const plural = (count: number, one: string, more: string): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : more}`

const confidence = {
  sure: 'sure',
  likely: 'likely',
  unsure: 'unsure',
} satisfies Record<Recognition['confidence'], string>

/** The ways of writing a moment, as one would tell somebody who has a column of them before their eyes. */
const encodings = {
  iso: 'text like 2026-11-20T12:34:56Z',
  seconds: 'seconds since 1970',
  milliseconds: 'milliseconds since 1970',
  microseconds: 'microseconds since 1970',
  nanoseconds: 'nanoseconds since 1970',
  mixed: 'several units since 1970, told apart by their size',
  webkit: 'microseconds since 1601',
  filetime: 'tenths of microseconds since 1601',
  ticks: 'tenths of microseconds since year 1',
  cocoa: 'seconds since 2001',
  'cocoa-nanoseconds': 'nanoseconds since 2001',
  gps: 'seconds since 1980, as satellites count',
  julian: 'Julian days',
  ole: 'days since the end of 1899',
  'date-number': 'numbers like 20261120',
  compact: 'text like 20261120T123456Z',
  mail: 'text like Fri, 20 Nov 2026 12:34:56 +0000',
  'month-first': 'text like 11/20/2026, the month first',
  'day-first': 'text like 20/11/2026, the day first',
  uuid7: 'UUIDs of version 7',
  ulid: 'ULIDs',
} satisfies Record<TimeEncoding, string>

/** `encoding` names one: on the command line as it is typed there, in the window in words. */
function reason(said: Reason, encoding: (name: TimeEncoding) => string = (name) => name): string {
  switch (said.kind) {
    case 'only-table':
      return 'it is the only table with a time'
    case 'best-table':
      return 'no other table looks as much like a list of events'
    case 'close-tables':
      return `the table ${said.other} looks nearly as much like a list of events`
    case 'time-fits':
      return 'the name and the values of the column say time'
    case 'time-unnamed':
      return 'the values of the column could be times, but nothing else says so'
    case 'time-ambiguous':
      return `the values of the column could also be ${said.others.map(encoding).join(' or ')}`
    case 'time-mixed':
      return 'the column holds times in several units, told apart by their size'
    case 'time-without-zone':
      return 'its times say no zone and are read as UTC'
    case 'duration-unit-guessed':
      return 'the unit of the durations is taken from the unit of the times'
    case 'chosen':
      return 'you chose it'
  }
}

export const formatWords = {
  confidence,
  encodings,
  reason,
  guessed: ({ choice, confidence: how, reasons }: Recognition): string =>
    `Read as the table ${choice.table} with its time in ${choice.time} (${choice.encoding}): ${confidence[how]}, because ${reasons.map((said) => reason(said)).join('; ')}.`,
  withoutTime: (count: number): string => `${plural(count, 'event has', 'events have')} no readable time`,
  unreadable: (count: number): string => `${plural(count, 'line', 'lines')} could not be read as a record`,
}
