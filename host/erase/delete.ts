// Deletes the rows of a plan from the real file in one transaction, if they are still as they were at the preview.
// Whatever doesn't add up before its end takes all of it back.
import { dirname } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import type { Failure, Result } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'
import { quote, readSchema } from '../../shared/viewer/sqlite.ts'
import type { Schema } from '../../shared/viewer/sqlite.ts'
import { explainSqlite, nativeSqlite, sqliteCode } from '../file/native.ts'
import { readContents } from './contents.ts'
import { bindDependents } from './dependents.ts'
import { identify } from './identity.ts'
import { Picks, keysOf } from './picks.ts'
import type { ErasePlan } from './plan.ts'
import { freeIn, openToWrite } from './rewrite.ts'
import type { TraceMaker } from './traces.ts'

export interface DeletedTable {
  readonly table: string
  readonly rows: number
  readonly left: number
}

/** SQLite makes its -shm of such a size. */
const leastRoom = 1 << 16

export async function deletePlanned(
  plan: ErasePlan,
  place: string,
  patience: number,
  traces: TraceMaker,
  /** What must be on the disk before the rows go. */
  beforeCommit: (rows: number) => Promise<Result<null>>,
): Promise<Result<DeletedTable[]>> {
  const { path } = plan
  let db: DatabaseSync | null = null
  try {
    db = openToWrite(place, patience)
    db.exec('BEGIN IMMEDIATE')
    const now = await identify(db, place)
    const { device, inode, schema } = plan.identity
    if (now.device !== device || now.inode !== inode)
      return fail({ kind: 'erase-stale', path, why: 'replaced' })
    if (now.schema !== schema) return fail({ kind: 'erase-stale', path, why: 'changed' })
    const done = deleteRows(db, plan, traces)
    if (!done.ok) return done
    const ready = await beforeCommit(done.value.reduce((all, { rows }) => all + rows, 0))
    if (!ready.ok) return ready
    db.exec('COMMIT')
    return done
  } catch (error) {
    return fail((await isFull(error, place)) ? { kind: 'disk-full', path } : explainSqlite(error, path))
  } finally {
    if (db?.isTransaction === true) db.exec('ROLLBACK')
    db?.close()
  }
}

/** Where there is no room for the -shm, SQLite speaks of a disk that can't be read or written. */
async function isFull(error: unknown, place: string): Promise<boolean> {
  return sqliteCode(error) === 10 && (await freeIn(dirname(place))) < leastRoom
}

function deleteRows(db: DatabaseSync, plan: ErasePlan, traces: TraceMaker): Result<DeletedTable[]> {
  const { path } = plan
  const changed: Failure = fail({ kind: 'erase-stale', path, why: 'changed' })
  const schema = readSchema(nativeSqlite(db))
  const before = countAll(db, schema)
  const picks: Picks[] = []
  for (const planned of plan.tables) {
    const table = schema.find(({ name }) => name === planned.table)
    if (table === undefined) return changed
    const pick = new Picks(db, table, planned.because, picks.length)
    pick.add(keysOf(planned))
    const { rows, digest } = readContents(db, pick, (cells) => traces.row(cells))
    if (rows !== pick.count() || digest !== planned.digest) return changed
    picks.push(pick)
  }
  if (hasNewDependents(db, schema, plan, picks)) return changed
  for (const pick of picks) if (pick.delete() !== pick.count()) return unfinished(path)
  for (const index of plan.fullText)
    db.exec(`INSERT INTO main.${quote(index)} (${quote(index)}) VALUES ('rebuild')`)
  dropSamples(db, plan)
  const after = countAll(db, schema)
  const gone = new Map(picks.map((pick) => [pick.table.name, pick.count()]))
  for (const [table, rows] of before)
    if (after.get(table) !== rows - (gone.get(table) ?? 0)) return unfinished(path)
  if (picks.some((pick) => pick.countThere() > 0)) return unfinished(path)
  return ok(
    picks.toReversed().map((pick) => ({
      table: pick.table.name,
      rows: pick.count(),
      left: after.get(pick.table.name) ?? 0,
    })),
  )
}

/** A tool's ANALYZE may have kept whole values of deleted rows as samples; the next one takes new ones. */
function dropSamples(db: DatabaseSync, plan: ErasePlan): void {
  const samples = nativeSqlite(db).rows(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name IN ('sqlite_stat3', 'sqlite_stat4')",
  )
  for (const [name] of [...samples]) {
    const drop = db.prepare(`DELETE FROM main.${quote(String(name))} WHERE tbl = ? COLLATE NOCASE`)
    for (const { table } of plan.tables) drop.run(table)
  }
}

/** Counted again, it isn't what it should be: something in the file did more, or less, than was asked. */
const unfinished = (path: string): Failure => fail({ kind: 'not-erasable', path, why: 'recount', detail: '' })

/** Rows that a tool has added to a record since then would be left without it. */
function hasNewDependents(
  db: DatabaseSync,
  schema: Schema,
  plan: ErasePlan,
  picks: readonly Picks[],
): boolean {
  const counts = picks.map((pick) => pick.count())
  const chosen = plan.eventTables.flatMap((name) => picks.find(({ table }) => table.name === name) ?? [])
  const bound = bindDependents(db, schema, plan.format, chosen, picks)
  return bound.picks.length > picks.length || picks.some((pick, i) => pick.count() !== counts[i])
}

function countAll(db: DatabaseSync, schema: Schema): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { name, kind } of schema) {
    if (kind !== 'table') continue
    const [row] = nativeSqlite(db).rows(`SELECT count(*) FROM main.${quote(name)}`)
    counts.set(name, Number(row?.[0]))
  }
  return counts
}
