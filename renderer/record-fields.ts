// The fields of a record as the inspector lists them.
import { outcome } from '../shared/viewer/events.ts'
import type { Field, RelatedRows } from '../shared/viewer/asks.ts'
import type { ListedRow } from '../shared/viewer/listing.ts'
import { parseTree } from './json-tree.ts'
import type { Program } from './program.svelte.ts'
import { columnTitle, sayCell } from './record-cells.ts'
import type { Column } from './record-columns.ts'

export interface EventField {
  readonly column: Column
  readonly title: string
  readonly text: string
  /** The name in filters, and the value there; null where it can't be chosen. */
  readonly chooses: { readonly dimension: string; readonly value: string } | null
}

export const isSensitiveField = ({ reader }: Program, { table, column }: Field): boolean =>
  reader.recognised?.format.sensitive.includes(`${table}.${column}`) ?? false

/** JSON to be opened up, which needs room. */
export const isTree = ({ value }: Field): boolean => value.is === 'text' && parseTree(value.text) !== null

/** What the record is as an event, as far as it tells. */
export function eventFields(program: Program, row: ListedRow): EventField[] {
  return program.records.columns.all
    .filter(({ kind }) => kind !== 'raw')
    .map((column) => {
      const { text } = column.kind === 'time' ? { text: '' } : sayCell(program, row, column, undefined)
      return { column, title: columnTitle(program, column), text, chooses: choosing(column, row) }
    })
    .filter(({ column, text }) => column.kind === 'time' || text !== '')
}

function choosing(column: Column, row: ListedRow): EventField['chooses'] {
  if (column.kind === 'kind') return { dimension: 'kind', value: row.kind }
  const value = column.kind === 'dimension' ? (row.dimensions[column.index] ?? null) : null
  return value === null ? null : { dimension: column.name, value }
}

export const hasFailed = (row: ListedRow): boolean => row.outcome === outcome.failed

export function relationTitle({ words, numbers }: Program, { name, table, rows }: RelatedRows): string {
  const said = words.records.inspector
  const count = numbers.count(rows.length)
  return name === 'matches' || name === 'calls' ? said.relations[name](count) : said.pointing(table, count)
}
