// What the commands of sharing say.
import { destinationWords } from './en-destinations.ts'
import { held } from './en-held.ts'
import { receipts } from './en-receipts.ts'
import { sent } from './en-sent.ts'

const plural = (count: number, one: string, many: string): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`
const asData = 'the same as data'

export const share = {
  commands: {
    status: { summary: 'Tell whether sharing is on, since when, and where reports go', json: asData },
    on: {
      summary: 'Show all that would leave, to whom and when, and switch sharing on after a yes',
      level:
        'basic: one kind of event a day, which is meant if nothing is said; detailed: all kinds, and their dimensions',
      day: 'the whole UTC day that is shown, else the last one that has events',
      hash: 'for scripts: the hash that the preview ended with. It covers the report and where it goes, not the ids, which are drawn when something is sent',
    },
    off: { summary: 'Switch sharing off: what is under way is broken off, the queue is emptied' },
    to: {
      summary: 'List destinations; or set one, by its name and its address or path',
      set: 'whatever else it must be told: key=…, or key=@FILE to read it from a file',
      level: 'never more than this to it: basic or detailed',
      force: 'let the given key take the place of a sealed one',
      remove: 'take it off the list, with its keys and what waits for it',
      json: asData,
    },
    files: {
      summary: 'List files whose days may be shared, and those that could be',
      tick: 'share the days of this file',
      untick: 'share nothing of this file any more',
      json: asData,
    },
    preview: {
      summary: 'Show the very bytes that a day would send: of the ticked files, or of FILE; nothing is sent',
      day: 'a whole UTC day, else the last one that has events: 2026-11-20',
      level: 'basic or detailed, else the one that is on, or detailed',
      to: 'the destination whose bytes are shown, else all that are set, or community',
      json: asData,
    },
    queue: {
      summary: 'List what waits to be sent; look at it, or take it out',
      show: 'print the very bytes of this one',
      drop: 'take this one out; its days are not shared',
      json: asData,
    },
    now: {
      summary: 'Send now what has been in the preview for an hour, and make the reports of days that ended',
      to: 'to this destination alone; none sends nothing and makes nothing',
      earlier: 'share also days from this one on that lie before sharing was switched on',
      json: asData,
    },
    newId: { summary: 'Draw another anonymous id' },
    log: {
      summary: 'Print all that was ever sent, and what came of it, newest first',
      limit: 'how many entries, 20 if not said',
      before: 'entries before this number',
      verify: 'check that no entry was changed, taken out or put in between',
      out: 'write all of it to a file that the viewer opens',
      force: 'replace OUT if it is there',
      erase: 'erase it for good, all of it or up to a day; says first what is lost, and asks',
      through: 'with --erase: the last day to go, in UTC; later ones stay',
      yes: 'with --erase: erase without asking',
      json: asData,
    },
    forget: {
      summary: 'Tell what was shared, and ask for its deletion',
      batch: 'this one alone, by the id that is listed',
      from: 'reports of this day and later ones alone',
      until: 'reports up to this day alone',
      to: 'with this destination alone',
      yes: 'ask for it now; without this it is only told what would be asked of whom',
      json: asData,
    },
    held: {
      summary: 'Ask what is still there of what was shared, and hold the answer against the log',
      to: 'of this destination alone',
      yes: 'ask now; without this it is only told who would be asked, and where',
      json: asData,
    },
    test: {
      summary: 'Tell what a test of a destination would send, and do it with --yes',
      yes: 'do it',
      json: asData,
    },
  },
  off: 'Sharing is off. Nothing leaves this machine.',
  offBut: 'Sharing is off. Nothing leaves this machine but the deletions that you asked for.',
  forcedOff: {
    DO_NOT_TRACK: 'The environment has DO_NOT_TRACK set, which keeps it off.',
    SIGHTGLASS_SHARING: 'The environment has SIGHTGLASS_SHARING set, which keeps it off.',
    policy: "The machine's policy file keeps it off.",
  },
  inCI: 'This is a build server: sharing is never switched on here by itself. Set a destination of your own (share to web-hook https://…) and switch on with the hash of a preview.',
  on: (level: string, since: string) => `Sharing is on: ${level}, since ${since}.`,
  nowhere: 'No destination is set, so nothing is sent.',
  to: 'Reports go to',
  states: {
    idle: 'nothing waits',
    waiting: 'reports wait for their moment',
    failing: 'the last attempt failed; it is tried again',
    stuck: 'something was refused, or nobody knows whether it arrived: see share queue',
  },
  delivery: {
    'exactly once': 'a report counts once, also where an answer is lost',
    'at least once': 'a report arrives once, or twice where an answer is lost',
    'at most once': 'a report arrives once, or never where an answer is lost',
  },
  takenBack: {
    proof: 'what it has is deleted by share forget',
    'own file': 'it is your own file: delete it to take it back',
    'nothing kept': 'it keeps nothing',
    ask: 'what it has can’t be deleted from here, only by whoever runs it',
  },
  trouble: destinationWords.trouble,
  next: (earliest: string, latest: string, to: string) =>
    earliest === latest
      ? `The next report leaves on ${earliest} to ${to}.`
      : `The next report leaves between ${earliest} and ${latest} to ${to}.`,
  running: 'Only while the program is open, or by share now: nothing of this program runs by itself.',
  undo: 'share off stops at once and empties the queue; share forget takes back what can be.',
  deletions: (count: number) =>
    `${plural(count, 'deletion', 'deletions')} asked for and not confirmed yet: tried again while the program is open, and by share forget --yes.`,
  notSent: 'Nothing was sent. These are the bytes that would be.',
  ids: 'The ids are zeros here: real ones are drawn at random when something is sent.',
  about: (day: string, level: string) => `${day} (UTC), ${level}`,
  size: (bytes: number) => plural(bytes, 'byte', 'bytes'),
  spaces: (count: number) => `the last ${count} spaces, so that its length tells nothing`,
  yourDay: 'Of your own day it would say',
  line: (subject: string, word: string, count: string) => `${subject} ${word}: ${count} times`,
  lineFailed: (rate: string) => `failed ${rate}`,
  lineMedian: (median: string) => `half of them within ${median}`,
  fields: 'Every field that can leave',
  leaves: (before: string, after: string) => `${before} → ${after}`,
  stays: 'stays here at this level',
  staysAs: (word: string) => `stays here at this level: the report says “${word}”`,
  reasonless: 'nothing of the kind on this day',
  script: 'In a script this switches on what is shown here:',
  hash: (hash: string) => `Hash of this preview: ${hash}`,
  first: (earliest: string, latest: string) =>
    `The first report would leave between ${earliest} and ${latest}, while the program is open or by share now. Each can be looked at and taken out for an hour before it leaves.`,
  ask: 'Switch sharing on? Type yes or no: ',
  yes: 'yes',
  notOn: 'Sharing stays off.',
  noAsk:
    'There is no terminal to ask at. Read what would leave, and switch it on with --i-have-read-the-preview, as share preview shows it at its end.',
  turnedOff: 'Sharing is off. Nothing waits, and the id is forgotten.',
  hadShared: 'Shared before, and still with them:',
  offerForget: 'sightglass share forget takes back what can be.',
  shared: (batches: number, first: string, last: string, to: string, address: string) =>
    `${plural(batches, 'report', 'reports')} of ${first === last ? first : `${first} to ${last}`} with ${to} (${address})`,
  takeBack: {
    proof: 'can be deleted there, by the secret that this program has kept',
    'own file': 'lies in your own file: delete it there',
    'nothing kept': 'was printed and not kept',
    ask: 'can only be deleted by whoever runs it: ask them, naming the ids in share log',
  },
  pending: (count: number) => `${plural(count, 'deletion', 'deletions')} asked for`,
  confirmed: (count: number) => `${plural(count, 'deletion', 'deletions')} confirmed`,
  nothingShared: 'Nothing was ever shared.',
  nothingChosen: 'Nothing that was shared is among what you chose. share forget alone lists it.',
  nobodyHolds: 'Nobody can be asked: nothing was shared with a community server.',
  wouldAsk: 'Nothing was asked yet. With --yes it is asked at these addresses.',
  needs: (name: string, needs: string) => `${name}: ${needs}`,
  known: 'There are (in brackets what may be left out)',
  certificates:
    'Each with an address can also be told authority=PATH and pin=SHA-256, for a server with a certificate of its own.',
  ticked: 'Days of these may be shared',
  notTicked: 'Found, and not shared',
  noFiles: 'No file is ticked, so there is nothing to share: share files --tick PATH.',
  missing: 'not there now',
  queueEmpty: 'Nothing waits.',
  held: 'can be looked at and taken out until then at least',
  queued: (batch: string, about: string, to: string, bytes: string) =>
    `${batch}  ${about} to ${to}, ${bytes}`,
  queuedDue: (due: string) => `not before ${due}`,
  wholeId: (option: string) => `${option} takes a whole id, as share queue and share forget list them.`,
  queueStates: {
    refused: 'refused: it is made again once share to sets the destination anew',
    unclear: 'nobody knows whether it arrived',
  },
  looked: (made: number, delivered: number, waiting: number) =>
    `${plural(made, 'report', 'reports')} made, ${plural(delivered, 'request', 'requests')} delivered, ${waiting.toLocaleString('en')} waiting.`,
  lookedNothing: 'No day since sharing was switched on has ended with events that are not shared yet.',
  nextLook: (at: string) => `The next is due on ${at}.`,
  elsewhere: 'Another window or command of this program is sending just now. This one left it to that.',
  sealedStays: (name: string) =>
    `The key of ${name} is sealed in the system’s key store, and stays. With --force the given key takes its place, in a file that only you can read.`,
  sealedGone: (name: string) => `The sealed key of ${name} is gone.`,
  newId: (until: string) => `A new id was drawn. It is replaced on ${until} at the latest.`,
  deletion: {
    none: 'there',
    perhaps: sent.back.states.perhaps,
    asked: 'deletion asked for',
    refused: 'deletion not confirmed yet',
    confirmed: 'deleted',
  },
  receipts,
  stillThere: held,
  logEmpty: 'Nothing was ever sent, and sharing was never on.',
  logNone: sent.log.noneFits,
  logSound: (entries: number) => `${plural(entries, 'entry', 'entries')}, all as they were written.`,
  logBroken: (entry: number) => `Entry ${entry} is not as it was written, or one before it is gone.`,
  logWritten: (entries: number, path: string) => `${plural(entries, 'entry', 'entries')} in ${path}`,
  logMore: (before: number) => `There is more: --before ${before}`,
  entries: {
    attempt: (bytes: string, to: string, address: string, about: string) =>
      `attempt to send ${bytes} to ${to} (${address}): ${about}`,
    outcome: (of: number, outcome: string, told: string) =>
      `entry ${of}: ${outcome}${told === '' ? '' : ` (${told})`}`,
    outcomes: sent.log.outcome,
    dropped: (about: string, to: string, why: string) => `${about} for ${to} not sent: ${why}`,
    why: sent.log.why,
    deletion: sent.log.deletion,
    question: sent.log.question,
    on: (level: string) => `switched on: ${level}`,
    off: 'switched off',
    erased: (entries: number, through: string | null) =>
      `${plural(entries, 'entry', 'entries')} before this erased by you${through === null ? '' : `, up to ${through}`}`,
    'new id': 'a new id was drawn',
    earlier: (from: string) => `days from ${from} on were asked for`,
  },
  erase: {
    nothing: 'There is no such entry in the log. Nothing is erased.',
    lost: (entries: number, receipts: number) =>
      `${plural(entries, 'entry', 'entries')} of the log would be gone for good, with the bytes that were sent and ${plural(receipts, 'answer', 'answers')} of destinations.`,
    provable: (reports: number) =>
      `With them go the secrets of ${plural(reports, 'report', 'reports')}: these could never be taken back any more. To take them back first: share forget.`,
    stays: (waiting: number, deletions: number) =>
      `What waits stays (${plural(waiting, 'request', 'requests')}), and so do ${plural(deletions, 'deletion', 'deletions')} not confirmed yet.`,
    days: 'That these days were shared stays noted for 28 days, so that nothing is sent twice.',
    ask: 'Erase it? Type yes: ',
    done: (entries: number) => `${plural(entries, 'entry', 'entries')} erased.`,
    stayed: 'Nothing was erased. With --yes it is.',
  },
  test: {
    request: (address: string) =>
      `A test opens a connection to ${address} and asks with GET, without a key, a body or a report. Whether a key is right shows only when a report is sent.`,
    file: (path: string) => `A test looks whether ${path} can be written. It writes nothing.`,
    print: 'This prints on your own screen. There is nothing to test.',
    how: 'Nothing was sent. With --yes it is done.',
    reached: (status: number) => `It answers (status ${status}).`,
    proved: 'Its certificate is good.',
    writable: 'It can be written.',
    redirected: (status: number) =>
      `It answers with a redirect (status ${status}), which this program never follows: set the address it leads to.`,
    name: (detail: string) => `There is no machine of that name (${detail}). Check the address.`,
    refused: (detail: string) =>
      `Nobody answers there (${detail}). Is the server running, and the port right?`,
    certificate: (detail: string) =>
      `It can't prove who it is (${detail}), so nothing was sent. Is its certificate of an authority of your own? Then set authority=PATH.`,
    pin: (detail: string) =>
      `Its key is not the pinned one (${detail}), so nothing was sent. Only where you know that it has a new key, set pin anew.`,
    authority: (detail: string) =>
      `The file that authority names holds no certificate that can be read (${detail}), so nobody was asked. Set authority=PATH to a PEM file.`,
    'time-out': (detail: string) => `It didn't answer in time (${detail}).`,
    lost: (detail: string) => `The connection broke off (${detail}).`,
    'not writable': (detail: string) => `It can't be written (${detail}).`,
  },
}
