// The native engine (node:sqlite) behind the interface that the stages of shared/viewer read from.
import { DatabaseSync } from 'node:sqlite'
import type { AppError } from '../../shared/result.ts'
import type { Cell, Sqlite } from '../../shared/viewer/sqlite.ts'

/** Opens for reading, with the guards for a file that may be hostile. */
export function openNative(path: string, options: { readonly writable: boolean }): DatabaseSync {
  const db = new DatabaseSync(path, { readOnly: !options.writable, timeout: 5000, allowExtension: false })
  db.exec('PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0')
  db.enableDefensive(true)
  return db
}

export function nativeSqlite(db: DatabaseSync): Sqlite {
  return {
    *rows(sql, parameters = []) {
      const statement = db.prepare(sql)
      statement.setReturnArrays(true)
      statement.setReadBigInts(true) // a plain read throws for integers over 2^53
      yield* statement.iterate(...parameters) as unknown as Iterable<readonly Cell[]> // a door: file rows
    },
  }
}

/** SQLite's own result codes, where they tell a person something. */
export function explainSqlite(error: unknown, path: string): AppError {
  const code = sqliteCode(error)
  if (code === 5 || code === 6) return { kind: 'file-busy', path }
  if (code === 26) return { kind: 'file-not-sqlite', path }
  if (code === 13) return { kind: 'disk-full', path }
  if (code === 14 || code === 23) return { kind: 'file-forbidden', path }
  if (code === 8) return { kind: 'not-writable', path }
  return { kind: 'file-damaged', path, detail: code === null ? 'unreadable' : `SQLite error ${code}` }
}

/** The primary result code; null when the error did not come from SQLite. */
export function sqliteCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return null
  return error.errcode & 0xff
}
