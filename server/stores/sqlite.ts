// Batches in one SQLite file, for one small machine. "Insert or ignore" and the count of changed rows decide
// whether a batch is new: looking first and inserting then would let two copies in. An answer is given only
// after the commit, and a commit waits for the disk (synchronous = full).
import { DatabaseSync } from 'node:sqlite'
import type { Result } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'
import type { Store, StoreFailure, Taken, TakenBatch } from '../store.ts'

const tables = `
  CREATE TABLE IF NOT EXISTS batches (
    id TEXT PRIMARY KEY,
    anonymous_id TEXT NOT NULL,
    secret_hash TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    received INTEGER NOT NULL,
    duplicates INTEGER NOT NULL DEFAULT 0,
    last_seen INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS reports (
    batch_id TEXT NOT NULL REFERENCES batches (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    format TEXT NOT NULL,
    day TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (batch_id, position)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS reports_by_day ON reports (day, format);
`

export function openSqliteStore(path: string): Store {
  const db = new DatabaseSync(path, { timeout: 5000, enableForeignKeyConstraints: true })
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON')
  db.exec(tables)
  const insertBatch = db.prepare(
    `INSERT INTO batches (id, anonymous_id, secret_hash, sha256, received, last_seen)
     VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
  )
  const insertReport = db.prepare('INSERT INTO reports VALUES (?, ?, ?, ?, ?)')
  const countAgain = db.prepare(
    'UPDATE batches SET duplicates = duplicates + 1, last_seen = ? WHERE id = ? AND sha256 = ? RETURNING received',
  )
  const countAll = db.prepare('SELECT count(*) AS batches, total(duplicates) AS duplicates FROM batches')

  const take = ({ batch, sha256, received }: TakenBatch): Taken => {
    const { batch_id: id, anonymous_id: anonymousId, secret_hash: secretHash, reports } = batch
    if (insertBatch.run(id, anonymousId, secretHash, sha256, received, received).changes === 1) {
      for (const [position, report] of reports.entries())
        insertReport.run(id, position, report.format, report.day, JSON.stringify(report))
      return { kind: 'kept', received }
    }
    const known = countAgain.get(received, id, sha256)
    return known === undefined ? { kind: 'different' } : { kind: 'kept', received: Number(known['received']) }
  }
  return {
    take: (taken) => answer(() => inTransaction(db, () => take(taken))),
    health: () =>
      answer(() => {
        const row = countAll.get()
        return { batches: Number(row?.['batches']), duplicates: Number(row?.['duplicates']) }
      }),
    close: async () => db.close(),
  }
}

function inTransaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    db.exec('COMMIT')
    return result
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK')
    throw error
  }
}

/** SQLite's own refusals (full, busy, read-only, broken disk) are expected; anything else is a bug. */
async function answer<T>(work: () => T): Promise<Result<T, StoreFailure>> {
  try {
    return ok(work())
  } catch (error) {
    if (error instanceof Error && 'errcode' in error) return fail('unavailable')
    throw error
  }
}
