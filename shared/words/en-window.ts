// What the window says, screen by screen. Numbers, dates and sizes come in as text that is already written in the
// person's own way; `count` carries the number beside its text, because the noun's form depends on it.
import { chartWords } from './en-charts.ts'
import { recordWords } from './en-records.ts'
import { formatWords } from './en-formats.ts'
import { dimension, measure } from './en-names.ts'
import { keys, palette } from './en-reach.ts'
import { settings } from './en-settings.ts'
import { community } from './en-community.ts'
import { sharing } from './en-sharing.ts'
import { exportWords } from './en-export.ts'
import { deleting } from './en-deleting.ts'
import { pictures } from './en-pictures.ts'
import { nounsIn } from './plural.ts'
import type { Count, Forms } from './plural.ts'
import type { Reason, Recognition } from '../formats/generic.ts'
import type { TimeEncoding } from '../formats/time.ts'

const { bare, noun } = nounsIn('en')

const event: Forms = { one: 'event', other: 'events' }
const row: Forms = { one: 'row', other: 'rows' }

const inWords = (encoding: TimeEncoding): string => formatWords.encodings[encoding]

/** What a file of an unknown format was taken for, and its correction. */
const takenWords = {
  as: (table: string, column: string, encoding: TimeEncoding) =>
    `Taken for a list of events: the rows of ${table}, timed by ${column} (${inWords(encoding)}).`,
  confidence: {
    sure: 'Sure',
    likely: 'Likely',
    unsure: 'Not sure',
  } satisfies Record<Recognition['confidence'], string>,
  because: (how: string, reasons: readonly Reason[]) =>
    `${how}: ${reasons.map((said) => formatWords.reason(said, inWords)).join('; ')}.`,
  byYou: 'Chosen by you.',
  change: 'Change',
  title: 'What are its events?',
  lead: 'What you choose is remembered for every file with the same tables.',
  table: 'Table',
  rows: (table: string, rows: Count) => `${table} (${noun(rows, row)})`,
  time: 'Time',
  encoding: 'Written as',
  fitting: 'Gives believable times',
  otherwise: 'Gives none here',
  inWords,
  withSpan: (encoding: TimeEncoding, span: string) => `${inWords(encoding)}: ${span}`,
  span: (first: string, last: string) => `First ${first}, last ${last}.`,
  oneMoment: (moment: string) => `All from ${moment}.`,
  noSpan: 'Read like this, the values are no times.',
  ambiguous: (others: readonly TimeEncoding[]) =>
    `The values fit more than one way: they could also be ${others.map(inWords).join(' or ')}.`,
  categories: 'Group by',
  measures: 'Add up',
  none: 'Nothing to choose from.',
  guessedThen: (table: string) =>
    `What to group by and add up in ${table} is guessed first; change it after that.`,
  apply: 'Apply',
  guessAgain: 'Guess again',
  close: 'Close',
}

export const window = {
  screens: {
    files: 'Files',
    overview: 'Overview',
    records: 'Records',
    sharing: 'Sharing',
    community: 'Community',
    settings: 'Settings',
  },
  goTo: 'Screens',
  justNow: 'just now',
  skip: 'Skip to the screen',

  foot: {
    label: 'State',
    noFile: 'No file open',
    sample: 'Sample data',
    live: 'Live: a tool is writing',
    still: 'Not written to now',
    gone: 'Gone from its place',
    unreadable: 'Can’t be read now',
    reading: 'Being read',
    viewOnly: 'View only: dropped file',
    inPage: 'View only: read in this page',
    alone: 'Nothing leaves this page',
    sharing: {
      off: 'Off: nothing leaves this machine',
      deletions: 'Off: only deletions leave',
      basic: 'Sharing is on: basic',
      detailed: 'Sharing is on: detailed',
    },
    keys: 'Keys',
  },

  files: {
    lead: 'Open a telemetry file to see your usage. Reading never changes it.',
    openLabel: 'Path of a telemetry file',
    placeholder: 'Type a path, or press the down arrow to look through folders',
    open: 'Open',
    choose: 'Choose a file…',
    drop: 'Or drop a file anywhere on this window.',
    dropPage:
      'Or drop a file anywhere on this window: a browser hides its path, so it is read in this page, to view only.',
    dropAlone:
      'Or drop it anywhere on this window, together with its -wal if it has one. It is read in this page, and nowhere else.',
    dropNow: 'Drop the file to open it',
    found: 'Found on this machine',
    foundNothing: (tools: string) =>
      `No file at the places where ${tools} keep theirs. If a tool of yours writes one elsewhere, open it by its path.`,
    recent: 'Opened lately',
    live: 'live',
    gone: 'not there now',
    remove: 'Take off the list',
    removeNamed: (name: string) => `Take ${name} off the list; the file itself stays`,
    sample: 'Look around first',
    sampleLead: (events: Count) =>
      `Sample data is a made-up Smart Agents file of ${noun(events, event)}, written on this machine.`,
    sampleOpen: 'Open sample data',
    sampleMaking: 'sample data',
    folders: 'Files and folders',
    up: 'Folder above',
    folder: 'folder',
    cut: 'The first 2,000 are shown. Type on to narrow the list.',
    noneFits: 'Nothing here begins like that.',
  },

  reading: {
    opening: 'Opening',
    copying: 'Fetching',
    reading: 'Reading',
    writing: 'Writing',
    rows: (done: string, total: Count, share: string) => `${done} of ${noun(total, row)}, ${share}`,
    part: (done: string, total: string, share: string) => `${done} of ${total}, ${share}`,
    left: (time: string) => `${time} left`,
    cancel: 'Cancel',
  },

  failed: {
    another: 'Choose another file',
    again: 'Try again',
    dismiss: 'Dismiss',
    lost: 'The window has lost its program',
    file: 'The file could not be opened',
    cancelled: 'Reading was cancelled',
    cancelledText: 'Nothing is shown of the file, and nothing was changed.',
    sample: 'The sample could not be written',
    setting: 'The setting could not be kept',
    list: 'The list could not be changed',
    picture: 'It could not be saved',
  },

  overview: {
    noFile: 'No file is open',
    noFileLead: 'Choose one of your tools’ files, or look around with sample data.',
    toFiles: 'Go to Files',
    viewOnly: (name: string) =>
      `${name} was dropped on this page and is read here, to view only. To delete from it, open it by its path.`,
    remarks: 'About this file',
    damaged: {
      title: 'Damaged: figures may be incomplete',
      text: (name: string) =>
        `Parts of ${name} contradict each other or can’t be read; the rest is shown. Your file was not changed. Keep a copy of it: sqlite3 with .recover may save more rows.`,
    },
    /** What happened to the file while it was open. */
    gone: {
      title: 'The file is gone',
      text: (name: string) =>
        `${name} is no longer at its place. The charts show what was read before, and follow it no more.`,
    },
    unreadable: {
      title: 'The file can’t be read any more',
      text: (why: string) => `${why} The charts show what was read before, and follow it no more.`,
    },
    replaced: (name: string) => `Another file took the place of ${name}, and is shown now.`,
    truncated: (name: string) =>
      `${name} became smaller: rows were taken out of it, or it was tidied up. It was read anew.`,
    walMissing: (name: string) =>
      `Rows may be missing: the newest ones may lie in ${name}-wal. If it is there, drop both files together.`,
    otherNames: (name: string) =>
      `Rows may be missing: ${name} lies on the disk under a second name as well, and what a tool writes under that one can’t be seen here.`,
    unreadableLines: (lines: Count) =>
      `${noun(lines, { one: 'line', other: 'lines' })} could not be read as a record and ${bare(lines.of, { one: 'is', other: 'are' })} not counted.`,
    lookAgain: 'Look again',
    dismiss: 'Dismiss',
    taken: takenWords,
    ...chartWords,
    chosen: {
      label: 'What is chosen',
      /** Chips: what is chosen, and what is left out. */
      value: (dimension: string, values: string, not: boolean) =>
        `${dimension} ${not ? 'is not' : 'is'} ${values}`,
      or: (values: readonly string[]) =>
        values.length > 3
          ? `${values.slice(0, 2).join(', ')} or ${values.length - 2} others`
          : values.join(' or '),
      failed: (not: boolean) => (not ? 'did not fail' : 'failed'),
      range: (span: string, not: boolean) => (not ? `not ${span}` : span),
      duration: (from: string, to: string, not: boolean) =>
        not ? `not ${from} to ${to}` : `${from} to ${to}`,
      hours: (names: string, not: boolean) => (not ? `not ${names}` : names),
      search: (typed: string) => `contains ${typed}`,
      manyHours: (hours: Count) => `${noun(hours, { one: 'hour', other: 'hours' })} of the week`,
      hour: (weekday: string, hour: string) => `${weekday} ${hour}`,
      turn: (chip: string) => `Turn round: ${chip}`,
      turnHint: 'Click to turn it round',
      remove: (chip: string) => `Take away: ${chip}`,
      zoom: 'Zoom in',
      zoomHint: 'Make this stretch the period',
      clear: 'Clear all',
      hint: 'Click chooses, Ctrl click adds, Shift click leaves out.',
    },
    periodLabel: 'Period',
    pickPeriod: 'Choose days',
    pick: { from: 'From', to: 'To', show: 'Show', first: 'First event', last: 'Last event' },
    spanIn: (span: string, zone: string) => `${span} · ${zone}`,
    periods: { '7d': '7 d', '30d': '30 d', '90d': '90 d', year: 'This year', all: 'All' },
    periodNames: {
      '7d': 'the last 7 days',
      '30d': 'the last 30 days',
      '90d': 'the last 90 days',
      year: 'this year',
      all: 'all time',
    },
    empty: 'The file holds no events yet',
    emptyLead: 'The tool has made its tables but has not written to them.',
    nothingIn: (period: string) => `No events in ${period}`,
    nothingInLead: (last: string) => `The newest event of this file is from ${last}.`,
    showAll: 'Show all',
    figuresLabel: 'Figures',
    sumsLabel: 'Sums',
    figures: {
      events: (count: number) => bare(count, event),
      activeDays: (count: number) => bare(count, { one: 'active day', other: 'active days' }),
      activeOf: (active: string, days: string) => `${active} / ${days}`,
      activeExact: (active: string, days: Count) =>
        `${active} of ${noun(days, { one: 'day', other: 'days' })} had events`,
      errorRate: 'error rate',
      errorExact: (failed: Count, all: string) => `${failed.text} of ${all} that tell their outcome failed`,
      milliseconds: (text: string) => `${text} ms`,
      median: 'median duration',
      p95: '95th percentile',
    },
    withoutTime: (count: Count) =>
      `${noun(count, event)} without a readable time ${bare(count.of, { one: 'is', other: 'are' })} counted, but not on the timeline.`,
    timeline: {
      second: 'Events per second',
      'ten seconds': 'Events per 10 seconds',
      minute: 'Events per minute',
      'ten minutes': 'Events per 10 minutes',
      hour: 'Events per hour',
      day: 'Events per day',
      week: 'Events per week',
      month: 'Events per month',
      year: 'Events per year',
      century: 'Events per century',
    },
    timelineSay: (title: string, bars: Count, period: string) =>
      `${title}, ${noun(bars, { one: 'bar', other: 'bars' })}, ${period}`,
    oneMoment: (count: Count, moment: string) =>
      count.of === 1
        ? `The one event is from ${moment}.`
        : `All ${noun(count, event)} fall within one second, ${moment}.`,
    noTimes: 'No event of this file has a readable time, so there is no timeline.',
    always: 'One value only',
    alwaysSay: (count: Count) => noun(count, event),
    more: (count: Count) => noun(count, { one: 'more value', other: 'more values' }),
    fewer: 'Show fewer',
    bar: (label: string, count: Count, share: string, failed: Count) =>
      `${label}: ${noun(count, event)}, ${share}${failed.of === 0 ? '' : `, ${failed.text} failed`}`,
    sum: (label: string, count: string, share: string) => `${label}: ${count}, ${share}`,
    table: { start: 'From', events: 'Events', sum: 'Count', share: 'Share', failed: 'Failed' },
    asTables: 'As tables',
    asCharts: 'As charts',
  },

  dimension,
  pictures,
  exporting: exportWords,
  deleting,
  records: recordWords,
  measure,

  settings,
  sharing,
  community,
  keys,
  palette,
}
