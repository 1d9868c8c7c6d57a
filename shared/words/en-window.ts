// What the window says, screen by screen. Numbers, dates and sizes come in as text that is already written in the
// person's own way; `count` carries the number beside its text, because the noun's form depends on it.

export interface Count {
  readonly of: number
  readonly text: string
}

type Forms = { readonly one: string; readonly other: string }
const rules = new Intl.PluralRules('en')
const noun = (count: Count, forms: Forms): string => `${count.text} ${bare(count.of, forms)}`
const bare = (of: number, forms: Forms): string => (rules.select(of) === 'one' ? forms.one : forms.other)

const event: Forms = { one: 'event', other: 'events' }

/** A dimension's heading. Most are named by the one word that also stands in filters: `--where agent=planner`. */
const dimension = (name: string): string => {
  if (name === 'kind') return 'Kind of event'
  return name === 'os' ? 'Operating system' : name.charAt(0).toUpperCase() + name.slice(1)
}

export const window = {
  screens: { files: 'Files', overview: 'Overview', settings: 'Settings' },
  goTo: 'Screens',
  justNow: 'just now',
  skip: 'Skip to the screen',

  foot: {
    label: 'State',
    noFile: 'No file open',
    sample: 'Sample data',
    live: 'Live: a tool is writing',
    still: 'Not written to now',
    viewOnly: 'View only: dropped file',
    off: 'Off: nothing leaves this machine',
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
    dropNow: 'Drop the file to open it',
    found: 'Found on this machine',
    foundNothing:
      'No file at the places where Smart Agents and earlyexit keep theirs. If a tool of yours writes one elsewhere, open it by its path.',
    recent: 'Opened lately',
    live: 'live',
    gone: 'not there now',
    remove: 'Take off the list',
    removeNamed: (name: string) => `Take ${name} off the list; the file itself stays`,
    sample: 'Look around first',
    sampleLead: (events: Count) =>
      `Sample data is a made-up Smart Agents file of ${noun(events, event)}, written on this machine.`,
    sampleOpen: 'Open sample data',
    sampleMaking: 'Writing sample data',
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
    rows: (done: string, total: Count, share: string) =>
      `${done} of ${noun(total, { one: 'row', other: 'rows' })}, ${share}`,
    part: (done: string, total: string, share: string) => `${done} of ${total}, ${share}`,
    cancel: 'Cancel',
  },

  failed: {
    another: 'Choose another file',
    again: 'Try again',
    dismiss: 'Dismiss',
    lost: 'The window has lost its program',
    file: 'The file could not be opened',
    sample: 'The sample could not be written',
    setting: 'The setting could not be kept',
    list: 'The list could not be changed',
  },

  overview: {
    noFile: 'No file is open',
    noFileLead: 'Choose one of your tools’ files, or look around with sample data.',
    toFiles: 'Go to Files',
    viewOnly: (name: string) =>
      `${name} was dropped on this page and is read here, to view only. To export or erase, open it by its path.`,
    /** What happened to the file while it was open. */
    notices: {
      gone: (name: string) => `${name} is no longer at its place. The charts show what was read before.`,
      unreadable: (why: string) => `${why} The charts show what was read before.`,
      replaced: (name: string) => `${name} was replaced by another file, which is shown now.`,
      truncated: (name: string) => `Rows were taken out of ${name}; it was read anew.`,
      'wal-missing': (name: string) =>
        `If there is a ${name}-wal beside it, the newest rows are in there: drop both files together.`,
    },
    periodLabel: 'Period',
    spanIn: (span: string, zone: string) => `${span} · ${zone}`,
    periods: { '7d': '7 d', '30d': '30 d', '90d': '90 d', '1y': '1 y', all: 'All' },
    periodNames: {
      '7d': 'the last 7 days',
      '30d': 'the last 30 days',
      '90d': 'the last 90 days',
      '1y': 'the last year',
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
    timelineHelp: 'Left and right arrow keys walk along the bars.',
    timelineSay: (title: string, bars: Count, period: string) =>
      `${title}, ${noun(bars, { one: 'bar', other: 'bars' })}, ${period}`,
    pointLines: (count: Count, failed: Count) =>
      failed.of === 0 ? [noun(count, event)] : [noun(count, event), `${failed.text} failed`],
    stillRunning: 'so far',
    oneMoment: (count: Count, moment: string) =>
      count.of === 1
        ? `The one event is from ${moment}.`
        : `All ${noun(count, event)} fall within one second, ${moment}.`,
    noTimes: 'No event of this file has a readable time, so there is no timeline.',
    always: 'One value only',
    alwaysSay: (count: Count) => noun(count, event),
    more: (count: Count) => noun(count, { one: 'more value', other: 'more values' }),
    fewer: 'Show fewer',
    legendFailed: 'failed',
    bar: (label: string, count: Count, share: string, failed: Count) =>
      `${label}: ${noun(count, event)}, ${share}${failed.of === 0 ? '' : `, ${failed.text} failed`}`,
    sum: (label: string, count: string, share: string) => `${label}: ${count}, ${share}`,
    table: { start: 'From', events: 'Events', sum: 'Count', share: 'Share', failed: 'Failed' },
    asTables: 'As tables',
    asCharts: 'As charts',
  },

  dimension,

  settings: {
    lead: 'Every setting works at once and is kept on this machine.',
    reset: 'Reset',
    resetNamed: (name: string) => `Reset ${name.toLowerCase()}`,
    theme: { name: 'Theme', about: 'Light, dark, or as the system has it.' },
    themes: { system: 'System', light: 'Light', dark: 'Dark' },
    timeZone: { name: 'Time zone', about: 'Where days begin and end in every chart.' },
    ownZone: (zone: string) => `This machine’s: ${zone}`,
    firstDayOfWeek: { name: 'First day of the week', about: 'How weeks are counted and calendars drawn.' },
    firstDays: { language: 'As the language has it', 1: 'Monday', 6: 'Saturday', 7: 'Sunday' },
    letterKeys: { name: 'Letter keys', about: 'Single keys such as 1, t and o. Press ? for the whole list.' },
    useLetterKeys: 'Use letter keys',
    about: (name: string, version: string) => `${name} ${version}`,
  },

  keys: {
    title: 'Keys',
    lead: 'Letter keys rest while you type in a field.',
    resting: 'Letter keys are switched off in Settings.',
    close: 'Close',
    goTo: (screen: string) => `Go to ${screen}`,
    open: 'Open a file',
    table: 'Charts as tables, and back',
    help: 'This list',
    escape: 'Close',
    walk: 'Walk along a chart',
  },
}
