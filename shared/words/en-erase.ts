// What is said of deleting: what would go, what went, the proof, and what is not finished yet.
import type { EraseNote, ErasePlace, EraseStep, ErasedTable, WhyRemains } from '../erase.ts'

const number = (count: number): string => count.toLocaleString('en')
const plural = (count: number, one: string, many: string): string =>
  `${number(count)} ${count === 1 ? one : many}`

const because: Readonly<Record<ErasedTable['because'], string>> = {
  chosen: 'the events themselves',
  related: 'they belong to these events',
  references: 'they name these events',
  contents: 'what these events say; nothing else points at it',
}

const steps: Readonly<Record<EraseStep, string>> = {
  backup: 'Keeping a backup',
  delete: 'Deleting',
  clean: 'Emptying the log',
  rewrite: 'Rewriting the file without them',
  prove: 'Searching the file for what was deleted',
}

const remains: Readonly<Record<WhyRemains, string>> = {
  held: 'another program has the file open',
  busy: 'another program is writing to the file',
  'no-room': 'the disk has no room to rewrite the file',
  'row-numbers': 'a table in it points at row numbers that rewriting the file would change',
  failed: 'the file could not be rewritten',
}

const places: Readonly<Record<ErasePlace, string>> = {
  rows: 'in rows of the file, which were put back or written again',
  database: 'in free space of the file',
  wal: 'in its log (-wal)',
  journal: 'in its journal',
}

function note(said: EraseNote, size: (bytes: number) => string): string {
  switch (said.note) {
    case 'held':
      return `${said.programs.join(', ')} has the file open: copies of the deleted records may remain in it until it is closed. That is watched, and finished then.`
    case 'row-numbers':
      return `The file can’t be rewritten, because something in it points at row numbers of ${said.table}. Copies that remain are searched for and told.`
    case 'no-room':
      return `The disk has ${size(said.free)} free, and rewriting the file needs ${size(said.needed)}: copies may remain until there is room.`
    case 'full-text':
      return `The full-text index ${said.table} is made anew, so that its words go as well.`
    case 'no-time':
      return `${plural(said.rows, 'of these events has', 'of these events have')} no readable time.`
  }
}

export const erase = {
  because,
  steps,
  remains,
  found: (place: ErasePlace, found: number) => `${number(found)} ${places[place]}`,
  note,
  command: {
    summary: 'Delete records from a file for good. Without --yes it only shows what would go',
    yes: 'do it; nothing is asked again',
    tool: 'the file of this tool, found where it keeps it',
    search: 'only those that contain all these words in any of their text',
    zone: 'the time zone of days, as Europe/Berlin; else the one in the settings',
    json: 'the same as data',
  },
  wereShared: (from: string, until: string) =>
    `Reports of ${from === until ? from : `${from} to ${until}`} were shared, and this doesn’t reach them. To take them back: sightglass share forget --from ${from} --until ${until} --yes`,
  verify: {
    summary: 'Search a file again for what was deleted, by the receipt of the deletion',
    last: 'the newest receipt',
    finish: 'finish deletions of which something remains, where that can be done now',
    json: 'the same as data',
  },
  keep: {
    summary: 'Delete records of a file that are older than so many days, at each start and once a day',
    days: 'show what that would delete now, and switch it on with --yes',
    yes: 'switch it on as shown',
    off: 'switch it off',
    now: 'do it now',
    log: 'tell what it has done',
    json: 'the same as data',
  },
  would: (events: number, path: string) =>
    `${plural(events, 'event', 'events')} would be deleted from ${path}.`,
  nothing: (path: string) =>
    `No event of ${path} fits, so there is nothing to delete. Which values it has: sightglass report ${path}`,
  table: (rows: number, left: number) => `${plural(rows, 'row', 'rows')} of ${number(rows + left)}`,
  span: (first: string, last: string) => (first === last ? `At ${first}.` : `From ${first} to ${last}.`),
  days: (touched: number, emptied: number) =>
    `The charts lose events on ${plural(touched, 'day', 'days')}, all of them on ${number(emptied)}.`,
  kinds: 'By kind',
  sample: 'The newest of them',
  bytes: (size: string) => `About ${size}.`,
  backup: (path: string) => `A backup is kept first, at ${path}.`,
  dry: 'Nothing was deleted. Add --yes to delete them; they can’t be brought back.',
  done: (events: number, rows: number) =>
    rows === events
      ? `${plural(events, 'event was', 'events were')} deleted.`
      : `${plural(events, 'event was', 'events were')} deleted, with what belongs to them ${plural(rows, 'row', 'rows')}.`,
  gone: (cells: number, searched: string) =>
    `Proved gone: ${plural(cells, 'value', 'values')} of them searched for in ${searched} of free space, log and journal, none found.`,
  proved: (found: number, cells: number) =>
    `${number(found)} of ${plural(cells, 'value', 'values')} searched for are still there.`,
  traceable: (traceable: number, rows: number) =>
    `${number(traceable)} of ${plural(rows, 'row', 'rows')} held something that no remaining row contains.`,
  noReceipts: 'Nothing was deleted yet, so there is no receipt.',
  receiptOf: (when: string, rows: number, path: string) =>
    `${when}  ${plural(rows, 'row', 'rows')} of ${path}`,
  noPending: 'No deletion is unfinished.',
  finished: (path: string) => `${path}: finished, nothing remains.`,
  unfinished: (path: string, size: string, why: string) => `${path}: ${size} remain, because ${why}.`,
  noRules: 'No file has its records deleted by age.',
  rule: (path: string, days: number) => `${path}: the last ${plural(days, 'day', 'days')} are kept.`,
  noRule: (path: string) => `${path}: all records are kept.`,
  ruleDry: (days: number) =>
    `Nothing was deleted or switched on. Add --yes to keep the last ${plural(days, 'day', 'days')} only, from now on.`,
  ruleSet: (path: string, days: number) =>
    `From now on ${path} keeps the last ${plural(days, 'day', 'days')} only. Sightglass does it at each start and once a day while it runs; keep --now does it at once.`,
  noLog: 'It has not done anything yet.',
  didKeep: (when: string, rows: number, path: string) =>
    `${when}  ${plural(rows, 'row', 'rows')} deleted from ${path}`,
  didNot: (when: string, path: string, failure: string) =>
    `${when}  nothing deleted from ${path}: ${failure}`,
  left: (size: string, why: string) =>
    `Remains: ${size}, because ${why}. It is finished as soon as that can be done.`,
  leftForGood: (size: string, why: string) => `Remains: ${size}, because ${why}.`,
  kept: (path: string) => `The backup: ${path}`,
  receipt: (path: string) => `The receipt: ${path}`,
}

/** Why a file, or a part of it, can't be deleted from, to follow its path. */
export const notErasable = {
  'read-only': () => 'may not be written',
  text: () => 'is a log of text, and only SQLite files can be deleted from',
  view: (detail: string) => `shows ${detail} by a view, which holds no rows itself`,
  virtual: (detail: string) => `keeps ${detail} in a virtual table`,
  trigger: (detail: string) =>
    `has a trigger, ${detail}, that would do more than delete these rows, or refuse it`,
  'points-back': (detail: string) => `has rows in ${detail} that would have to be changed, not deleted`,
  'no-key': (detail: string) => `has rows in ${detail} that no key tells apart for certain`,
  damaged: () => 'is damaged, and deleting could make it worse',
  'other-names': () => 'has a second name (a hard link), under which a tool may be writing to it',
  recount: () => 'did not come out as counted: something in it deletes or writes more than was asked',
}
