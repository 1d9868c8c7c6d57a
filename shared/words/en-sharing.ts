// The Sharing screen: whether anything leaves, what it would be, and the choice. What is sent, and where to, stands in
// en-sent.ts and en-destinations.ts.
import { destinationWords } from './en-destinations.ts'
import { sent } from './en-sent.ts'
import { fieldLabels, fieldReasons } from './en-fields.ts'
import { nounsIn } from './plural.ts'
import type { Count } from './plural.ts'

const { noun } = nounsIn('en')
const event = { one: 'event', other: 'events' }

export const sharing = {
  /** What is true now. */
  state: {
    label: 'What is true now',
    off: 'Nothing leaves this machine',
    offBut: 'Nothing leaves this machine but the deletions you asked for',
    offLead: 'Sharing is off, until you switch it on.',
    stopped: (when: string) =>
      `Sharing was switched off on ${when}. What waited was thrown away, and the anonymous id is given up: only the log still shows it.`,
    next: (when: string, to: string) => `Next report on ${when} to ${to}`,
    nextWithin: (span: string, to: string) => `Next report within ${span}, to ${to}`,
    nowhere: 'Sharing is on, but nothing leaves: no destination is set',
    nothingDue: 'Sharing is on; no report waits',
    on: (level: string, since: string) => `Sharing is on, ${level}, since ${since}.`,
    about: (about: string) => `About ${about}; can be read and taken out below.`,
    unmade: 'It is made when its day has ended, and can then be read and taken out here.',
    forcedOff: {
      DO_NOT_TRACK: 'The environment has DO_NOT_TRACK set: sharing is off and can’t be switched on here.',
      SIGHTGLASS_SHARING:
        'The environment has SIGHTGLASS_SHARING set: sharing is off and can’t be switched on here.',
      policy: 'The machine’s policy file says never: sharing is off and can’t be switched on here.',
    },
  },
  /** At most 25 words; a test counts them. */
  sentence:
    'If you switch it on, Sightglass sends one small report a day per tool: rough numbers and listed words, never text, paths, commands or names.',
  levels: { basic: 'basic', detailed: 'detailed' },
  aboutLevels: {
    basic:
      'Basic: of one kind of event a day how many, how many failed, how long they took; which kind is drawn by lot, frequent ones more often.',
    detailed:
      'Detailed: the same for all kinds, and for each agent, tool, model and error that is on the list.',
  },
  ownDay: {
    title: (day: string) => `Your own day, ${day} in UTC, as it would be told`,
    titleSample: (day: string) =>
      `${day} of the sample data, as a day of your own would be told; sample data is never shared`,
    titleOn: (day: string) => `Your last whole day, ${day} in UTC, as days like it are told`,
    /** subject: what the row is about, such as "Agent debugger". */
    line: (subject: string, count: string) => `${subject}: ${count} times`,
    failed: (rate: string) => `${rate} failed`,
    noneFailed: 'none failed',
    took: (median: string, p95: string) => `half within ${median}, nearly all within ${p95}`,
    subject: (field: string, word: string) => `${field} ${word}`,
    others: (field: string) => `${field}: what is on no list, told as “other”`,
    onlyDetailed: 'only if detailed',
    none: 'Open a telemetry file, or tick one below, to see here what your own last day would say.',
    exact: (count: Count) => `exactly ${count.text}, which stays here`,
  },
  facts: {
    what: 'What leaves',
    to: 'To whom',
    when: 'When next',
    undo: 'How to undo',
    off: {
      now: { what: 'Nothing.', to: 'Nobody.', when: 'Never.' },
      deletions: {
        what: 'The deletions you asked for, and nothing else.',
        to: 'Whoever got what is to be deleted.',
        when: 'Now and then, until each is confirmed.',
      },
      what: 'If on: lines like these for each whole day, every byte of which is shown below.',
      toNone: 'If on: only destinations that you set; none is set.',
      toSet: (names: string) => `If on: ${names}, and nobody else.`,
      when: 'If on: each report can be read and taken out for an hour at least before it leaves.',
      whenFirst: (span: string) => `If on: the first within ${span}, readable here for an hour before.`,
      undoShared:
        'What was shared stands below, with the way to delete it. If on again: one press stops it at once.',
      undo: 'Nothing to undo. If on: one press stops it at once, and what was shared can be deleted.',
      undoBut: (names: string) =>
        `Nothing to undo. If on: one press stops it at once. What ${names} got can’t be deleted from here, only by whoever runs it.`,
    },
    on: {
      what: (level: string) =>
        `For each whole day in UTC one report per tool, ${level}; every byte is shown below.`,
      toNone: 'Nobody: no destination is set.',
      whenNone:
        'Nothing waits. A report is made when a day in UTC has ended and a ticked file has events on it.',
      undo: 'Switch off stops at once and throws away what waits; then what was shared can be deleted.',
      undoBut: (names: string) =>
        `Switch off stops at once and throws away what waits. What ${names} got can’t be deleted from here, only by whoever runs it.`,
    },
  },
  actions: {
    off: 'Switch off',
    now: 'Share now',
    aboutNow: 'Sends what has been readable here for an hour, without waiting for its moment.',
    log: 'What did this program ever send?',
    choice: 'To the choice, after every field and byte',
  },
  looked: (delivered: Count, waiting: Count) =>
    `${noun(delivered, { one: 'request', other: 'requests' })} sent, ${waiting.text} waiting.`,
  lookedNext: (when: string) => `The next leaves on ${when} at the earliest.`,
  lookedNothing: 'No day since sharing was switched on has ended with events that are not shared yet.',
  elsewhere: 'Another window or command of Sightglass is sending now; this one left it to that.',
  files: {
    title: 'Files to share from',
    lead: 'Only ticked files feed reports. Sample data, exports and second copies never do.',
    none: 'No telemetry file is known yet. Open one under Files first.',
    gone: 'not there now',
    leftOut: {
      copy: 'a second copy of a file that counts already',
      'not shared': 'no format that can be shared',
      export: 'an export, never shared',
      sample: 'sample data, never shared',
      unreadable: 'could not be read',
    },
    events: (count: Count) => `${noun(count, event)} on that day`,
  },
  earlier: {
    title: 'Earlier days',
    lead: (since: string) => `Days before ${since} are not shared unless you ask for it, up to 28 days back.`,
    label: 'Also share days from',
    ask: 'Make these reports',
    made: (count: Count) =>
      count.of === 0
        ? 'There was nothing to make: no ticked file has events on these days, or they are shared already.'
        : `${noun(count, { one: 'report', other: 'reports' })} made. Each can be read and taken out below for an hour at least.`,
  },
  id: {
    title: 'Anonymous id',
    lead: (drawn: string, replaced: string) =>
      `Drawn at random on ${drawn}, replaced by another on ${replaced}. It ties your reports together, and nothing else.`,
    renew: 'Draw another now',
  },
  fields: {
    title: 'Every field, and what of your file it would say',
    lead: (day: string) =>
      `All that can ever leave; there is no other field. In the middle what stands in your own file on ${day}, at the right what leaves of it.`,
    field: 'Field',
    before: 'In your file',
    after: 'What leaves',
    stays: 'nothing',
    staysBasic: 'nothing: basic leaves it out',
    /** Of a field that every report has. */
    basicSays: (word: string) => `“${word}”: basic tells no more`,
    none: '–',
    from: { basic: 'basic and detailed', detailed: 'only detailed' },
    events: (count: Count) => noun(count, event),
    failed: (failed: string, of: string) => `${failed} of ${of} failed`,
    labels: fieldLabels,
    reasons: fieldReasons,
    lists: 'All words that may leave stand in docs/data-dictionary.md.',
    besides: {
      title: 'What each batch carries besides',
      batch_id: 'Drawn at random for each batch, so that nothing is counted twice.',
      anonymous_id:
        'Of detailed reports drawn at random, replaced every 28 days, on the same days for everybody, and given up when sharing is switched off. Each basic report has one of its own.',
      secret_hash: 'Of a secret that stays here: whoever shows the secret can have the batch deleted.',
      network:
        'Whoever receives it sees the network address it comes from, and “Sightglass” as the name of the program, as with any connection. A community server as this project makes it keeps no address; whether one does is for whoever runs it to say. Other destinations get the same in an envelope of their own: their bytes are shown, too.',
    },
  },
  /** A range as the bytes have it, in words: `20-49`, `under 1%`, `100000 or more`, `none`. */
  range: (word: string) => word.replace(/(\d)-(\d)/, '$1–$2'),
  bytes: {
    title: 'The bytes',
    lead: (day: string) =>
      `What the last whole day, ${day}, would have given: an example, made on this machine just now. Nothing was sent.`,
    ids: 'The ids in it are zeros: real ones are drawn at random when something is sent.',
    show: 'Show it for',
    to: 'As it would go to',
    body: 'Bytes of the report',
    headers: 'Headers',
    laidOut: 'Lay it out for reading (the added spaces are not sent)',
    hash: 'SHA-256',
    spaces: (count: Count) =>
      `${noun(count, { one: 'of them is a space', other: 'of them are spaces' })} at its end, so that its length tells nothing`,
    working: 'Making the report',
    none: 'There is no whole day to show yet',
    again: 'Try again',
  },
  choice: {
    title: 'Your choice',
    lead: 'Nothing is chosen for you. Whatever you choose can be changed here at any time.',
    leave: 'Leave it off',
    on: { basic: 'Switch on basic', detailed: 'Switch on detailed' },
    stays: 'Sharing stays off. Nothing leaves this machine.',
    noFile: 'Tick a file above to make the report first; there is nothing to switch on without one.',
    noDestination: 'Set a destination above first; without one nothing could be sent anywhere.',
    unseen: 'Look at the bytes above first; they could not be made yet.',
    change: { basic: 'Change to basic', detailed: 'Change to detailed' },
    keep: { basic: 'Keep it detailed', detailed: 'Keep it basic' },
  },
  destinations: destinationWords,
  sent,
}
