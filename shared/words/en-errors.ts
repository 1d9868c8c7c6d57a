// The sentence for each failure: what happened, to what, what is safe, and what to do.
import { notErasable } from './en-erase.ts'
import { shareErrors } from './en-share-errors.ts'
import type { Explain } from './explain.ts'

const nothingChanged = 'Nothing was changed.'

export const errors: Explain = {
  'file-missing': ({ path }) => `There is no file at ${path}. Check the path, or choose another file.`,
  'file-is-folder': ({ path }) => `${path} is a folder. Choose the telemetry file inside it.`,
  'file-is-special': ({ path }) => `${path} is not an ordinary file. Choose a telemetry file.`,
  'file-empty': ({ path }) => `${path} is empty: no tool has written to it yet. ${nothingChanged}`,
  'file-forbidden': ({ path }) =>
    `This account may not read ${path}. ${nothingChanged} Ask its owner, or choose another file.`,
  'file-not-sqlite': ({ path }) =>
    `${path} is encrypted or not a SQLite database, and no log of a tool that this program knows. ${nothingChanged} Choose another file.`,
  'file-busy': ({ path }) =>
    `${path} is locked by another program, or written too fast to read one moment of it. ${nothingChanged} Try again in a few seconds.`,
  'file-changed': ({ path }) => `${path} changed while it was read. Open it again, or drop it again.`,
  'file-damaged': ({ path, detail }) =>
    `${path} is damaged and could not be read: ${damageOf(detail)}. ${nothingChanged} Open a backup of it, or another file.`,
  'file-cut-short': ({ path, size, expected }) =>
    `${path} is cut short: only ${count(size)} of ${count(expected)} bytes are there. ${nothingChanged} If it is a copy, copy it again.`,
  'wal-foreign': ({ path }) =>
    `${path}-wal does not belong to ${path}: read together, they would show wrong figures. ${nothingChanged} Put its own -wal beside it, or open a copy of it in another folder.`,
  'wal-missing': ({ path }) =>
    `The rows of ${path} may lie in ${path}-wal, which was not given. Drop both files together.`,
  'journal-hot': ({ path }) =>
    `${path}-journal holds a transaction that was never finished. Open ${path} by its path, where it can be taken back in a copy.`,
  'file-unknown': ({ path }) =>
    `${path} is a SQLite database, but holds no table with times that this program can read. ${nothingChanged} Choose another file.`,
  'schema-too-large': ({ path, columns, limit }) =>
    `The tables of ${path} have ${columns} columns; this program looks through up to ${limit}. ${nothingChanged}`,
  'file-too-large': ({ path, size, limit }) =>
    `${path} has ${megabytes(size)}; this program reads up to ${megabytes(limit)} on this machine. ${nothingChanged}`,
  'file-exists': ({ path }) => `${path} is there already. Choose another name, or allow overwriting.`,
  'not-erasable': ({ path, why, detail }) =>
    `Nothing was deleted: ${path} ${notErasable[why](detail)}.${why === 'read-only' ? ' Allow writing to it and to its folder, or ask its owner.' : ''}`,
  'erase-stale': ({ path, why }) =>
    why === 'replaced'
      ? `${path} is another file than the one that was looked at. Nothing was deleted. Look at it anew.`
      : `Something in ${path} has changed since the preview. Nothing was deleted. Look at the preview anew.`,
  'erase-unknown': () =>
    'This preview is too old, or was used already. Nothing was deleted. Look at it anew.',
  'keep-unset': ({ path }) =>
    `No number of days is set for which ${path} keeps its records. Nothing was deleted.`,
  'receipt-broken': ({ path }) => `${path} is no receipt of this program, or not whole.`,
  'same-file': ({ path }) => `${path} is the file itself, or belongs to it. Choose another name.`,
  'name-unfit': ({ name }) =>
    `${name} can't be the name of a file on every system. Leave out slashes, colons and the like.`,
  'table-unknown': ({ table, known }) => `The file has no table named ${table}. It has: ${known.join(', ')}.`,
  'not-an-export': ({ path, line }) =>
    `${path} is not an export of this program in JSON or JSON Lines: line ${count(line)} doesn't fit. Nothing was written.`,
  'disk-full': ({ path }) =>
    `The disk is full: ${path} could not be written. What was there before is as it was.`,
  'not-writable': ({ path }) => `${path} can't be written. Choose another place.`,
  'folder-missing': ({ path }) => `There is no folder ${path}. Make it, or choose another place.`,
  'dimension-unknown': ({ dimension, known }) =>
    `The file tells no ${dimension} of its events. It tells: ${known.join(', ')}.`,
  'unknown-method': ({ method }) => `This program has no method named ${method}.`,
  'bad-call': ({ method, issue }) => `${method} was called wrongly: ${issue}.`,
  'bytes-unknown': () => 'The opened file was closed meanwhile. Open it again.',
  'format-not-shared': ({ format }) =>
    `Files of ${format} can't be shared: there is no list of fields for them.`,
  'day-not-over': ({ day }) => `${day} has not ended yet in UTC. A report is made for whole days only.`,
  'day-empty': ({ day, path }) =>
    day === null ? `${path} has no events before today, in UTC.` : `${path} has no events on ${day}, in UTC.`,
  ...shareErrors,
  cancelled: () => `Cancelled. ${nothingChanged}`,
  stopped: () => `Reading was stopped because it did not end by itself. ${nothingChanged}`,
  disconnected: () =>
    'This window has lost its program. Start Sightglass again, or press Enter in its terminal for a fresh address.',
  unexpected: ({ where }) => `Something in the program broke (${where}). ${nothingChanged} Please report it.`,
}

/** What a file suffers from, by the word in `detail`. */
const damage: Readonly<Record<string, string>> = {
  unreadable: 'SQLite gives up on it',
  pages: 'its pages contradict each other',
  schema: 'the list of its tables is malformed',
  cell: 'it holds a value that is larger than 100 MB',
  disk: 'the disk did not give what was asked of it',
  memory: 'reading it takes more memory than there is',
  wal: 'its -wal is of a version that nobody knows',
}

function damageOf(detail: string): string {
  const module = /^module (\w+)$/.exec(detail)?.[1]
  if (module !== undefined)
    return `a table in it needs ${module}, a part of SQLite that this program does not have`
  return damage[detail] ?? detail
}

const count = (bytes: number): string => bytes.toLocaleString('en')

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1_000_000).toLocaleString('en')} MB`
}
