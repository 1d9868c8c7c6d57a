// A new SQLite file with the same schema. All of a file is SQLite's own copy of it, without the free pages, in which
// deleted rows may still lie. Of a part, the events that are meant are copied with all that belongs to them, such as
// an execution's matches; tables of which nothing is meant stay empty.
import { DatabaseSync } from 'node:sqlite'
import { setImmediate } from 'node:timers/promises'
import type { AppError, Result } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'
import { ExactReader } from '../../shared/viewer/exact.ts'
import { partsOf } from '../../shared/viewer/parts.ts'
import { relationsOf } from '../../shared/viewer/related.ts'
import { quote, rowidName } from '../../shared/viewer/sqlite.ts'
import type { Cell, Sqlite, Table } from '../../shared/viewer/sqlite.ts'
import { chosenKeys } from '../../shared/viewer/chosen-keys.ts'
import { declaredOf } from '../../shared/writers/declared.ts'
import type { ExportWish, ExportedTable } from '../../shared/export.ts'
import type { JobPort } from '../jobs.ts'
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
  try {
    return ok(
      wanted.wish.which.of === 'all' ? copyAll(file, into) : await copyPart(file, wanted.wish, into, port),
    )
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

const keysAtOnce = 500

/** Indexes, virtual tables, triggers and views, in this order: no trigger may see the rows come. */
const restOfSchema = `SELECT sql FROM sqlite_schema
  WHERE sql IS NOT NULL AND (type <> 'table' OR sql LIKE 'CREATE VIRTUAL%') ORDER BY type`

async function copyPart(
  file: ReadAs,
  { which }: ExportWish,
  into: string,
  port: JobPort,
): Promise<ExportedTable[]> {
  const { db, schema, format } = file
  const parts = partsOf(db, format, schema)
  const total = parts.reduce((sum, part) => sum + part.count(), 0)
  const tables = schema.filter(({ kind }) => kind === 'table')
  const rows = new Map(tables.map((table) => [table.name, 0]))
  const copy = new SqliteWriter(into, pragmasOf(db))
  try {
    for (const table of tables) copy.make(table.name, declaredOf(db, table).sql)
    const add = copying(db, copy, rows)
    for (const { part, keys, looked } of chosenKeys(db, schema, format, which)) {
      const belonging = relationsOf(db, schema, format, part.table).filter(({ table }) =>
        parts.every((other) => other.table !== table),
      )
      for (let at = 0; at < keys.length; at += keysAtOnce) {
        const values = keys.slice(at, at + keysAtOnce)
        const chosen = `${part.key} IN (${values.map(() => '?').join(', ')})`
        add(part.table, 'e', `WHERE ${chosen}`, values)
        for (const { table, on } of belonging)
          add(table, 'r', `JOIN ${quote(part.table.name)} AS e ON (${on}) WHERE ${chosen}`, values)
      }
      port.progress({ phase: 'writing', done: looked, total })
      await setImmediate()
    }
    for (const [sql] of db.rows(restOfSchema)) copy.try(String(sql))
    for (const { name, kind } of schema)
      if (kind === 'virtual') copy.try(`INSERT INTO ${quote(name)} (${quote(name)}) VALUES ('rebuild')`)
    copy.finish()
  } finally {
    copy.close()
  }
  return Array.from(rows, ([name, count]) => ({ name, rows: count }))
}

function pragmasOf(db: Sqlite) {
  const ask = (name: string): Cell => [...db.rows(`PRAGMA ${name}`)][0]?.[0] ?? null
  return {
    encoding: String(ask('encoding')),
    application_id: Number(ask('application_id')) || marks.export, // whoever has a mark of its own keeps it
    user_version: Number(ask('user_version')),
  }
}

function copying(db: Sqlite, copy: SqliteWriter, rows: Map<string, number>) {
  const reader = new ExactReader(db, TextDecoder)
  const known = new Map<Table, { columns: string[]; rowid: string | null }>()
  return (table: Table, as: 'e' | 'r', rest: string, values: readonly Cell[]): void => {
    const { columns, rowid } = known.get(table) ?? {
      columns: declaredOf(db, table).columns.flatMap(({ name, generated }) =>
        generated === true ? [] : [name],
      ),
      rowid: table.withoutRowid ? null : rowidName(table.columns),
    }
    known.set(table, { columns, rowid })
    const names = rowid === null ? columns : [...columns, rowid]
    const also = rowid === null ? [] : [`${as}.${rowid}`]
    let added = 0
    for (const cells of reader.rows({ table, as, columns, also, rest, values }))
      added += copy.add(table.name, names, cells)
    rows.set(table.name, (rows.get(table.name) ?? 0) + added)
  }
}
