// The native engine (node:sqlite) behind the interface that the stages of shared/viewer read from.
import { DatabaseSync } from 'node:sqlite'
import type { StatementSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import type { AppError } from '../../shared/result.ts'
import { nameDamage } from '../../shared/viewer/damage.ts'
import type { Cell, Sqlite } from '../../shared/viewer/sqlite.ts'

/** With what starting a child takes besides, a locked file is told of within five seconds. */
export const lockPatience = 3000
/** A few bytes of a hostile file can ask for a value of a gigabyte. */
const limits = { length: 100_000_000 }

/** Opens for reading, with the guards for a file that may be hostile. */
export function openNative(path: string, { writable }: { readonly writable: boolean }): DatabaseSync {
  const db = new DatabaseSync(writable ? path : withoutTraces(path), {
    readOnly: !writable,
    timeout: lockPatience,
    allowExtension: false,
    limits,
  })
  guard(db)
  return db
}

/** SQLite can give its image as bytes since Node 24.18. */
export const canSerialize = (): boolean => typeof DatabaseSync.prototype.serialize === 'function'

/** Stands in the header of a file that this program made up, or wrote out of another: "SGSM", "SGEX". */
export const marks = { sample: 0x5347_534d, export: 0x5347_4558 } as const
export type Mark = keyof typeof marks

/** Null for a file that a person's own tool wrote. */
export function markOf(db: DatabaseSync): Mark | null {
  const found = db.prepare('PRAGMA application_id').get()?.['application_id']
  if (found === marks.sample) return 'sample'
  return found === marks.export ? 'export' : null
}

/** The image of a database in memory, under the same guards. */
export function openImage(image: Uint8Array): DatabaseSync {
  const db = new DatabaseSync(':memory:', { allowExtension: false, limits })
  // The rows of a -wal are in the image already; marked as in WAL mode, it would want that file.
  if (image.length >= 100) image[18] = image[19] = 1
  db.deserialize(image)
  guard(db)
  return db
}

function guard(db: DatabaseSync): void {
  db.exec('PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0')
  db.enableDefensive(true)
}

/** Told so, SQLite neither makes a -shm nor writes into the one that is there, not even into a stale one. */
function withoutTraces(path: string): string | URL {
  const url = pathToFileURL(path)
  if (url.host !== '') return path // a share of a Windows network: SQLite knows no such address
  url.searchParams.set('readonly_shm', '1')
  return url
}

export function nativeSqlite(db: DatabaseSync): Sqlite {
  return {
    wholeText: true,
    rows: (sql, parameters = []) =>
      ofArrays(db, sql).iterate(...parameters) as unknown as Iterable<readonly Cell[]>, // a door: file rows
    prepare(sql) {
      const statement = ofArrays(db, sql)
      return (parameters) => statement.all(...parameters) as unknown as Cell[][] // a door: file rows
    },
  }
}

function ofArrays(db: DatabaseSync, sql: string): StatementSync {
  const statement = db.prepare(sql)
  statement.setReturnArrays(true)
  statement.setReadBigInts(true) // a plain read throws for integers over 2^53
  return statement
}

/** SQLite's own result codes, where they tell a person something. What is not of its making is a bug of ours. */
export function explainSqlite(error: unknown, path: string): AppError {
  const code = sqliteCode(error)
  if (code === null && !isTooMuch(error)) throw error
  if (code === 5 || code === 6) return { kind: 'file-busy', path }
  if (code === 26) return { kind: 'file-not-sqlite', path }
  if (code === 13) return { kind: 'disk-full', path }
  if (code === 14 || code === 23) return { kind: 'file-forbidden', path }
  if (code === 8) return { kind: 'not-writable', path }
  return { kind: 'file-damaged', path, detail: nameDamage(error) }
}

/** A value, or an image, that Node has no room for. */
const isTooMuch = (error: unknown): boolean =>
  error instanceof RangeError ||
  (error instanceof Error && 'code' in error && error.code === 'ERR_STRING_TOO_LONG')

/** The primary result code; null when the error did not come from SQLite. */
export function sqliteCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return null
  return error.errcode & 0xff
}
