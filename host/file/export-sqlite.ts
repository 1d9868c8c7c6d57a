// A new SQLite file with the same schema. All of a file is SQLite's own copy of it, without the free pages, in which
// deleted rows may still lie. Of a part, copy-part.ts copies the events that are meant with all that belongs to them.
import { DatabaseSync } from 'node:sqlite'
import type { AppError, Result } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'
import { quote } from '../../shared/viewer/sqlite.ts'
import type { Cell, Sqlite, Table } from '../../shared/viewer/sqlite.ts'
import type { Which } from '../../shared/viewer/which.ts'
import type { ExportWish, ExportedTable } from '../../shared/export.ts'
import type { JobPort } from '../jobs.ts'
import { copyPart } from './copy-part.ts'
import { beginDatabase } from './draft.ts'
import { explainSqlite, marks, sqliteCode } from './native.ts'
import type { ReadAs } from './read-as.ts'
import { SqliteWriter } from './sqlite-writer.ts'

interface Wanted {
  readonly wish: ExportWish
  readonly path: string
  readonly target: string
}

/** `into` is a path where nothing is yet. */
export async function exportSqlite(
  file: ReadAs,
  wanted: Wanted,
  into: string,
  port: JobPort,
): Promise<Result<ExportedTable[]>> {
  await beginDatabase(into)
  try {
    const { which } = wanted.wish
    return ok(which.of === 'all' ? copyAll(file, into) : await copyChosen(file, which, into, port))
  } catch (error) {
    return fail(explain(error, wanted))
  }
}

/** What SQLite says while it writes is of the file that is written, unless the one that is read is damaged. */
function explain(error: unknown, { path, target }: Wanted): AppError {
  const code = sqliteCode(error)
  if (code === 13) return { kind: 'disk-full', path: target }
  if (code === 8 || code === 10 || code === 14) return { kind: 'not-writable', path: target }
  return explainSqlite(error, path)
}

/** One statement of SQLite's, and so of one moment. */
function copyAll({ db, schema, engine }: ReadAs, into: string): ExportedTable[] {
  const count = ({ name }: Table): number =>
    Number([...db.rows(`SELECT count(*) FROM ${quote(name)}`)][0]?.[0])
  const counted = schema
    .filter(({ kind }) => kind === 'table')
    .map((table) => ({ name: table.name, rows: count(table) }))
  if (engine.isTransaction) engine.exec('COMMIT')
  engine.prepare('VACUUM INTO ?').run(into)
  const copy = new DatabaseSync(into)
  copy.exec(`PRAGMA journal_mode = MEMORY; PRAGMA application_id = ${pragmasOf(db).application_id}`)
  copy.close()
  return counted
}

async function copyChosen(file: ReadAs, which: Which, into: string, port: JobPort): Promise<ExportedTable[]> {
  const copy = new SqliteWriter(into, pragmasOf(file.db))
  try {
    return await copyPart(file, which, copy, port)
  } finally {
    copy.close()
  }
}

function pragmasOf(db: Sqlite) {
  const ask = (name: string): Cell => [...db.rows(`PRAGMA ${name}`)][0]?.[0] ?? null
  return {
    encoding: String(ask('encoding')),
    application_id: Number(ask('application_id')) || marks.export, // whoever has a mark of its own keeps it
    user_version: Number(ask('user_version')),
  }
}
