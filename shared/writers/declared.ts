// What a table was declared as.
import type { Sqlite, Table } from '../viewer/sqlite.ts'

export interface DeclaredColumn {
  readonly name: string
  readonly type: string
  /** Worked out of others: it can be read, and not written. */
  readonly generated?: true
}
export interface Declared {
  readonly columns: readonly DeclaredColumn[]
  /** The statement that makes the table. */
  readonly sql: string
}

export function declaredOf(db: Sqlite, { name }: Table): Declared {
  const columns = Array.from(
    db.rows('SELECT name, type, hidden FROM pragma_table_xinfo(?)', [name]),
    ([column, type, hidden]) => ({
      name: String(column),
      type: String(type),
      ...(Number(hidden) > 1 ? { generated: true as const } : {}),
    }),
  )
  const [sql] = db.rows("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?", [name])
  return { columns, sql: String(sql?.[0] ?? '') }
}
