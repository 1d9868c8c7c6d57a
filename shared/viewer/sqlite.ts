// Stage 1: what the stages after it need of a SQLite engine, and no more, so that sql.js in the window and
// the native engine in the host are read by the same code.

import type { Decode } from './words.ts'

export type Cell = null | number | bigint | string | Uint8Array
export type Row = readonly Cell[]

export interface Sqlite {
  /** Runs one statement and gives its rows one by one. Leaving the loop early ends the statement. */
  rows(sql: string, parameters?: readonly Cell[]): Iterable<Row>
  /**
   * The same for an engine whose memory can be looked into: where a column has a reader, that gets its text as UTF-8
   * bytes, and what it gives stands in the row. The same array is given for each row, filled anew, and whole numbers
   * that a number holds exactly are numbers.
   */
  rowsRead?<T>(sql: string, readers: readonly (ReadText<T> | null)[]): Iterable<readonly (Cell | T)[]>
  /** Valid UTF-8 comes whole, a NUL within it too, and U+FFFD stands in all that is invalid. */
  readonly wholeText?: true
  /**
   * Of a statement that is run again and again, for few rows: all of them at once, which takes less than one by one.
   * They belong to whoever asked.
   */
  prepare?(sql: string): (parameters: readonly Cell[]) => Cell[][]
}

export type ReadText<T> = (bytes: Uint8Array, start: number, end: number, decode: Decode) => string | T

export interface Table {
  readonly name: string
  readonly kind: 'table' | 'view' | 'virtual'
  readonly columns: readonly string[]
  readonly withoutRowid: boolean
}
export type Schema = readonly Table[]

/**
 * Lists tables with their columns. Views are listed by name only, and nothing is asked here that makes SQLite look
 * into them (pragma_table_list does): sixteen views that each name the one before twice keep it busy for seconds.
 */
export function readSchema(db: Sqlite): Schema {
  const found = [
    ...db.rows(
      `SELECT name, type, sql FROM sqlite_schema
       WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`,
    ),
  ].map(([name, type, sql]) => ({ name: String(name), kind: kindOf(String(type), String(sql)) }))
  const virtual = found.filter(({ kind }) => kind === 'virtual').map(({ name }) => name)
  return found
    .filter(({ name, kind }) => kind !== 'table' || !isShadow(name, virtual))
    .map(({ name, kind }) => {
      const columns = kind === 'view' ? [] : columnsOf(db, name, kind)
      return { name, kind, columns, withoutRowid: kind === 'table' && isWithoutRowid(db, name, columns) }
    })
}

function kindOf(type: string, sql: string): Table['kind'] {
  if (type === 'view') return 'view'
  return /^\s*create\s+virtual\s/i.test(sql) ? 'virtual' : 'table'
}

/** What full-text and spatial indexes keep in tables of their own belongs to them. */
function isShadow(name: string, virtual: readonly string[]): boolean {
  return virtual.some((owner) => name.startsWith(`${owner}_`) && shadows.has(name.slice(owner.length + 1)))
}
const shadows = new Set(
  'data idx content docsize config segments segdir stat node parent rowid map'.split(' '),
)

/** Empty for a virtual table whose module this SQLite doesn't have; the other tables can be read. */
function columnsOf(db: Sqlite, table: string, kind: Table['kind']): string[] {
  try {
    return [...db.rows('SELECT name FROM pragma_table_xinfo(?)', [table])].map(([column]) => String(column))
  } catch (error) {
    if (kind === 'virtual') return []
    throw error
  }
}

function isWithoutRowid(db: Sqlite, table: string, columns: readonly string[]): boolean {
  const rowid = rowidName(columns)
  if (rowid === null) return false
  try {
    Array.from(db.rows(`SELECT ${rowid} FROM ${quote(table)} LIMIT 0`))
    return false
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('no such column')) return true
    throw error
  }
}

/** One of SQLite's three names for the row number, whichever no real column of the table has taken. */
export function rowidName(columns: readonly string[]): string | null {
  const taken = new Set(columns.map((column) => column.toLowerCase()))
  return ['rowid', '_rowid_', 'oid'].find((name) => !taken.has(name)) ?? null
}

/** Even a row without a value takes as many bytes. */
const leastRow = 4

/** How many rows a table can have at most. Where pages of a hostile file name each other over and over, there is no last. */
export function mostRows(db: Sqlite): number {
  const number = (pragma: string): number => Number([...db.rows(`PRAGMA ${pragma}`)][0]?.[0])
  return (number('page_count') * number('page_size')) / leastRow
}

/** An identifier for use in SQL. Names come from the file's schema only, and are quoted even so. */
export const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`

const magic = 'SQLite format 3\0'

export type Header =
  | { readonly kind: 'sqlite'; readonly wal: boolean; readonly pageSize: number }
  | { readonly kind: 'empty' }
  | { readonly kind: 'not-sqlite' }

/** Reads what the first hundred bytes say. An encrypted file looks like any other file that is not SQLite. */
export function readHeader(bytes: Uint8Array): Header {
  if (bytes.length === 0) return { kind: 'empty' }
  if (bytes.length < 100) return { kind: 'not-sqlite' }
  for (let i = 0; i < magic.length; i++) if (bytes[i] !== magic.charCodeAt(i)) return { kind: 'not-sqlite' }
  const size = ((bytes[16] ?? 0) << 8) | (bytes[17] ?? 0)
  const pageSize = size === 1 ? 65536 : size
  if (pageSize < 512 || (pageSize & (pageSize - 1)) !== 0) return { kind: 'not-sqlite' }
  return { kind: 'sqlite', wal: bytes[18] === 2 || bytes[19] === 2, pageSize }
}
