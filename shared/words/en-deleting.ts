// What the window says while records are deleted: which, what would go, the confirmation, and the proof.
import type { WhyRemains } from '../erase.ts'
import { erase } from './en-erase.ts'
import { nounsIn } from './plural.ts'
import type { Count } from './plural.ts'

const words = nounsIn('en')
const events = (count: Count): string => words.noun(count, { one: 'event', other: 'events' })
const rows = (count: Count): string => words.noun(count, { one: 'row', other: 'rows' })
const days = (count: Count): string => words.noun(count, { one: 'day', other: 'days' })
const values = (count: Count): string => words.noun(count, { one: 'value', other: 'values' })

export const deleting = {
  button: 'Delete…',
  title: 'Delete for good',
  which: 'Which records',
  selected: 'Selected',
  record: 'This record',
  matching: 'What the filters show',
  span: 'Of a span of days',
  all: 'All of the file',
  from: 'From',
  to: 'To, with that day',
  counting: 'Counting what would go',
  cancel: 'Cancel',
  close: 'Close',
  dropped:
    'This file was dropped on the page, which can’t write to it. Open it by its path on the Files screen to delete from it.',
  unreadable: 'Give at least one of the two days.',
  reversed: 'The first of the two days comes after the last.',
  nothing: 'No event fits, so there is nothing to delete.',
  goes: (count: Count) => `${events(count)} would go`,
  stays: (count: Count) => `${events(count)} stay`,
  reach: (first: string, last: string) => `${first} to ${last}`,
  size: (size: string) => `about ${size}`,
  tables: 'Rows by table',
  tableRows: (count: Count, of: string) => `${rows(count)} of ${of}`,
  because: erase.because,
  loses: 'What the charts lose',
  losesDays: (touched: Count, emptied: string) => `Events on ${days(touched)}; ${emptied} of them lose all.`,
  losesOf: (label: string, erased: string, all: string) => `${label}: ${erased} of ${all}`,
  sample: 'The newest of them',
  backup: (path: string) => `A backup is kept first: ${path}`,
  note: erase.note,
  exportFirst: 'Export them first…',
  next: (count: Count) => `Delete ${events(count)}…`,
  sure: (count: Count) => `Delete ${events(count)} for good?`,
  sureText: 'They can’t be brought back, neither here nor from the free space of the file.',
  keep: 'Keep them',
  really: (count: Count) => `Delete ${events(count)}`,
  held: (seconds: Count) =>
    `Nothing has happened yet. They go in ${words.noun(seconds, { one: 'second', other: 'seconds' })}.`,
  takeBack: 'Take it back',
  takenBack: 'Taken back: nothing was deleted.',
  running: 'Closing this doesn’t stop it.',
  steps: erase.steps,
  done: (count: Count) => `${events(count)} ${words.bare(count.of, { one: 'is', other: 'are' })} deleted`,
  proved: 'Proved gone',
  proof: (cells: Count, searched: string) =>
    `${values(cells)} of the deleted rows that stand in no other row were searched for in ${searched} of free space, log and journal. None was found.`,
  notProved: 'Not all gone yet',
  stillThere: (found: string, cells: Count) => `${found} of ${values(cells)} searched for are still there.`,
  found: erase.found,
  traceless: 'The deleted rows held nothing that no other row holds, so there was nothing to search for.',
  traceable: (traceable: string, count: Count) =>
    `${traceable} of ${rows(count)} held something that no remaining row contains.`,
  remains: (size: string, why: WhyRemains) => `Remains: ${size}, because ${erase.remains[why]}.`,
  watched: 'That is watched, and finished as soon as it can be.',
  kept: (path: string) => `Backup: ${path}`,
  receipt: 'Receipt, which repeats the proof',
  shared: {
    title: (from: string, until: string) =>
      from === until ? `${from} was shared` : `Days of ${from} to ${until} were shared`,
    lead: 'Deleting records here doesn’t reach the reports that were sent of their days (UTC). Shall any be taken back?',
    all: 'Choose all',
    none: 'Choose none',
    choose: 'Take back',
    do: (count: Count) => `Take back ${words.noun(count, { one: 'report', other: 'reports' })}`,
  },
  again: 'Delete more',
  anew: 'Look anew',
  manage: {
    none: 'Nothing was deleted yet.',
    search: 'Search again',
    searching: 'Searching',
    entry: (count: Count) => `${rows(count)} deleted`,
    stillGone: (cells: Count) => `Still gone: none of ${values(cells)} was found.`,
    finish: 'Finish now',
    finished: 'Finished: nothing remains.',
    ageFile: (name: string) => `Of ${name}, keep the last`,
    ageDays: 'days',
    ageShow: 'Show what would go',
    ageWould: (count: Count) =>
      `Now ${events(count)} would be deleted, and from then on whatever grows older.`,
    ageOn: 'Switch it on',
    ageOff: 'Switch off',
    ageRule: (count: Count) => `The last ${days(count)} are kept`,
    ageNoFile: 'Open a file to set this for it.',
    log: (count: Count) => `${rows(count)} deleted by age`,
    logFailed: 'Nothing deleted: it failed',
  },
}
