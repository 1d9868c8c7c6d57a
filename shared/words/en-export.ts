// What the window says while rows are taken out.
import { nounsIn } from './plural.ts'
import type { Count } from './plural.ts'

const words = nounsIn('en')
const rows = (count: Count): string => words.noun(count, { one: 'row', other: 'rows' })

export const exportWords = {
  button: 'Export…',
  title: 'Export',
  which: 'Which rows',
  all: 'All rows of the file',
  matching: 'What the filters show',
  selected: 'Selected',
  given: 'What was to be deleted',
  counted: (name: string, count: string) => `${name} (${count})`,
  format: 'Format',
  formats: { csv: 'CSV', json: 'JSON', jsonl: 'JSON Lines', sqlite: 'SQLite' },
  about: {
    csv: 'The events with every column as it stands in the file, and their time in a form that every program reads.',
    json: 'Tables with their declared types. It can be brought back: sightglass import.',
    jsonl: 'One row a line, tables with their declared types. It can be brought back: sightglass import.',
    sqlite: 'A new database with the same schema. A part of the rows takes along what belongs to them.',
  },
  gzip: 'Pack it (gzip)',
  exact: 'Leave formulas as they are',
  exactWhy: 'Else text that a spreadsheet would run as a formula gets an apostrophe in front.',
  folder: 'Folder',
  name: 'File name',
  start: 'Export',
  replace: 'Replace it',
  cancel: 'Cancel',
  close: 'Close',
  again: 'Export more',
  writing: 'Writing',
  done: (count: Count) => `${rows(count)} written`,
  leftOut: (tables: string) =>
    `Not in it: ${tables}. An export as SQLite takes along what belongs to the events.`,
  lies: (size: string) => `${size} in`,
  saved: 'The browser has put it where its downloads go.',
  page: 'This file was dropped on the page, so the browser saves it where its downloads go.',
  selectedCount: (count: Count) => words.noun(count, { one: 'record selected', other: 'records selected' }),
  most: 'No more can be picked by hand.',
  selectAll: 'Select all',
  clear: 'Select none',
}
