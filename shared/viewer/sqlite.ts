// Stage 1: what the stages after it need of a SQLite engine, and no more, so that sql.js in the window and
// the native engine in the host are read by the same code.

export type Cell = null | number | bigint | string | Uint8Array
export type Row = readonly Cell[]

export interface Sqlite {
  /** Runs one statement and gives its rows one by one. Leaving the loop early ends the statement. */
  rows(sql: string, parameters?: readonly Cell[]): Iterable<Row>
}

export interface Table {
  readonly name: string
  readonly kind: 'table' | 'view' | 'virtual'
  readonly columns: readonly string[]
  readonly withoutRowid: boolean
}
export type Schema = readonly Table[]

const kinds: Readonly<Record<string, Table['kind']>> = { table: 'table', view: 'view', virtual: 'virtual' }

/** Lists tables with their columns. Views are listed by name only: asking for their columns would run them. */
export function readSchema(db: Sqlite): Schema {
  const tables: Table[] = []
  for (const [name, type, withoutRowid] of db.rows(
    `SELECT name, type, wr FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`,
  )) {
    const kind = kinds[String(type)]
    if (kind === undefined) continue // shadow tables belong to their virtual table
    const columns =
      kind === 'view'
        ? []
        : [...db.rows('SELECT name FROM pragma_table_xinfo(?)', [String(name)])].map(([column]) =>
            String(column),
          )
    tables.push({ name: String(name), kind, columns, withoutRowid: Number(withoutRowid) === 1 })
  }
  return tables
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
