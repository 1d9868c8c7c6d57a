// What waits to be sent, what was sent, and taking it back.
import { nounsIn } from './plural.ts'
import { held } from './en-held.ts'
import { receipts } from './en-receipts.ts'
import type { Count } from './plural.ts'

const { noun } = nounsIn('en')
const report = { one: 'report', other: 'reports' }
const row = { one: 'row', other: 'rows' }

export const sent = {
  waiting: {
    title: 'Waiting to be sent',
    lead: 'These very bytes. For its first hour a report can only be read or taken out.',
    none: 'Nothing waits.',
    of: (about: string, to: string) => `${about} to ${to}`,
    held: (due: string) => `can be taken out; leaves on ${due} at the earliest`,
    due: (due: string) => `leaves on ${due}`,
    again: (attempts: Count, due: string) =>
      `${noun(attempts, { one: 'attempt', other: 'attempts' })}; again on ${due}`,
    refused: 'refused: it is not sent again, unless its destination is saved anew',
    unclear: 'nobody knows whether it arrived: it is not sent again',
    size: (bytes: string, rows: Count) => `${bytes}, ${noun(rows, row)}`,
    show: 'Read',
    hide: 'Close',
    showNamed: (what: string) => `Read the bytes of ${what}`,
    hideNamed: (what: string) => `Close the bytes of ${what}`,
    drop: 'Take out',
    dropNamed: (what: string) => `Take out ${what}; it is not shared`,
    dropped: (what: string) => `${what} was taken out and is not shared.`,
  },
  back: {
    title: 'What was shared',
    none: 'Nothing was ever shared.',
    offer: 'Sharing is off. Shall what was shared be deleted as well?',
    of: (reports: Count, first: string, last: string, to: string) =>
      `${noun(reports, report)} to ${to}, ${first === last ? first : `${first} to ${last}`}`,
    how: {
      proof: (address: string) =>
        `Deleting connects to ${address} and shows the secret of each batch. It is carried out even while sharing is off.`,
      'own file': (address: string) =>
        `It lies in your own file, ${address}. Delete that file to take it back.`,
      'nothing kept': () => 'It keeps nothing, so there is nothing to delete.',
      ask: (address: string) =>
        `Nothing here can delete it: ask whoever runs ${address}, with the ids that the log below holds.`,
    },
    held,
    each: 'Each report',
    some: 'A span of days',
    fromDay: 'From',
    untilDay: 'Until',
    deleteSpan: 'Delete these days',
    one: 'Delete',
    oneNamed: (about: string) => `Delete ${about}`,
    states: {
      none: 'there',
      perhaps: 'perhaps there: it was tried, and never said to have arrived',
      asked: 'deletion asked for',
      refused: (why: string) => `deletion not confirmed yet: ${why}`,
      confirmed: 'deleted, with a receipt',
    },
    delete: 'Delete what was shared…',
    sure: (reports: Count, to: string) => `Ask ${to} to delete ${noun(reports, report)}?`,
    do: (reports: Count) => `Delete ${noun(reports, report)}`,
    leave: 'Leave it there',
    pending: (reports: Count) =>
      `${noun(reports, { one: 'deletion', other: 'deletions' })} asked for and not confirmed yet; kept and tried again until it is.`,
    again: 'Try it now',
    confirmed: (reports: Count) => `${noun(reports, { one: 'deletion', other: 'deletions' })} confirmed.`,
  },
  log: {
    title: 'Everything this program ever sent',
    lead: 'Each attempt is written here before the network is touched, its outcome after, with every byte.',
    none: 'The log is empty: this program has never sent anything.',
    search: 'Search the log',
    noneFits: (typed: string) => `Nothing in the log holds “${typed}”.`,
    count: (shown: string, all: Count) => `${shown} of ${noun(all, { one: 'entry', other: 'entries' })}`,
    whole: (entries: Count) =>
      `The chain of ${noun(entries, { one: 'entry', other: 'entries' })} is whole: none was changed, added or taken out.`,
    broken: (entry: string) =>
      `The chain breaks at entry ${entry}: it, or one before it, is not as it was written.`,
    receipts,
    verify: 'Check again',
    export: 'Export',
    exported: 'The whole log lies in',
    more: 'Show older ones',
    open: 'Bytes',
    openNamed: (seq: string) => `Bytes of entry ${seq}`,
    receiptNamed: (seq: string) => `Its answer, in entry ${seq}`,
    attempt: (about: string, to: string) => `Attempt to send to ${to}: ${about}`,
    nothingAbout: 'a report',
    deletion: 'the wish to delete what was shared',
    question: 'the question what is still there',
    outcome: {
      delivered: 'arrived',
      duplicate: 'had arrived before',
      later: 'not taken now; tried again',
      refused: 'refused',
      'too large': 'too large; tried in parts',
      'no answer': 'no answer; tried again',
      unclear: 'nobody knows whether it arrived',
    },
    of: (seq: string, outcome: string) => `Entry ${seq}: ${outcome}`,
    status: (status: string) => `status ${status}`,
    dropped: (about: string, to: string, why: string) => `Not sent to ${to}: ${about}, ${why}`,
    why: {
      full: 'no room in the queue; made again later',
      'too old': 'too old for it',
      split: 'too large; sent in parts',
      off: 'sharing was switched off',
      changed: 'made anew',
      withheld: 'taken out by you',
    },
    on: (level: string) => `Switched on: ${level}`,
    off: 'Switched off',
    newId: 'Another anonymous id was drawn',
    earlier: (day: string) => `Days from ${day} on were asked for`,
    erased: (entries: Count, through: string | null) =>
      `${noun(entries, { one: 'entry', other: 'entries' })} before this erased by you${through === null ? '' : `, up to ${through}`}`,
    erase: {
      open: 'Erase…',
      title: 'Erase the log',
      through: 'Up to this day (UTC); empty erases all',
      nothing: 'There is no such entry.',
      lost: (entries: Count, receipts: Count) =>
        `${noun(entries, { one: 'entry', other: 'entries' })} would be gone for good, with the bytes that were sent and ${noun(receipts, { one: 'answer', other: 'answers' })} of destinations.`,
      provable: (reports: Count) =>
        `With them go the secrets of ${noun(reports, report)}: these could never be taken back any more. To take them back, do that first, above.`,
      stays: (waiting: Count, deletions: Count) =>
        `What waits stays (${noun(waiting, { one: 'request', other: 'requests' })}), and so do ${noun(deletions, { one: 'deletion', other: 'deletions' })} not confirmed yet.`,
      days: 'That these days were shared stays noted for 28 days, so that nothing is sent twice.',
      do: (entries: Count) => `Erase ${noun(entries, { one: 'entry', other: 'entries' })} for good`,
      leave: 'Keep the log',
      done: (entries: Count) => `${noun(entries, { one: 'entry', other: 'entries' })} erased.`,
    },
    body: 'Bytes that were sent',
    receipt: 'Its answer',
  },
}
