// A random tool's life with a database in WAL mode: one or two connections that write, roll back, drop, vacuum and
// checkpoint. The same seed gives the same statements.
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { openWal, takePair } from './wal-files.ts'
import type { Pair } from './wal-files.ts'

export type Random = () => number
export const random = (seed: number): Random => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
export function pick<T>(from: readonly T[], next: Random): T {
  const chosen = from[Math.floor(next() * from.length)]
  if (chosen === undefined) throw new Error('nothing to pick from')
  return chosen
}

const fill = (table: string, rows: number, bytes: number): string =>
  `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows})
   INSERT OR IGNORE INTO "${table}" (a, b) SELECT hex(randomblob(8)), hex(randomblob(${bytes})) FROM n`

type Step = (table: string, k: number) => string
const withTable: readonly Step[] = [
  (table, k) => fill(table, 1 + (k % 60), k % 700),
  (table, k) => fill(table, 1 + (k % 9), k % 50),
  (table, k) => `UPDATE "${table}" SET b = hex(randomblob(${k % 300})) WHERE abs(random()) % 3 = 0`,
  (table) => `UPDATE "${table}" SET b = b || 'x' WHERE abs(random()) % 9 = 0`,
  (table) => `DELETE FROM "${table}" WHERE abs(random()) % 2 = 0`,
  (table, k) => (k % 3 === 0 ? `DROP TABLE "${table}"` : 'SELECT 1'),
  (table, k) => `CREATE INDEX IF NOT EXISTS i${k} ON "${table}" (b)`,
  (table) => `BEGIN; ${fill(table, 50, 300)}; ROLLBACK`,
  // Too big for the cache: pages of a transaction that never commits are written to the log.
  (table) => `PRAGMA cache_size = 3; BEGIN; ${fill(table, 300, 700)}; ROLLBACK; PRAGMA cache_size = 2000`,
  (table) =>
    `BEGIN; CREATE TABLE x AS SELECT * FROM "${table}"; INSERT INTO x SELECT * FROM x; DROP TABLE x; COMMIT`,
]
const always: readonly Step[] = [
  (_table, k) => `CREATE TABLE t${k} (id INTEGER PRIMARY KEY, a, b)`,
  (_table, k) => `CREATE TABLE w${k} (a TEXT PRIMARY KEY, b) WITHOUT ROWID`,
  () => 'PRAGMA wal_checkpoint(PASSIVE)',
  () => 'PRAGMA wal_checkpoint(RESTART)',
  () => 'PRAGMA wal_checkpoint(TRUNCATE)',
  () => 'VACUUM',
  () => 'PRAGMA incremental_vacuum(3)',
  (_table, k) => `PRAGMA user_version = ${k}`,
  () => 'ANALYZE',
]

/** Gives the pair of files after every step. */
export function* work(folder: string, seed: number, steps: number): Generator<Pair> {
  const next = random(seed)
  const path = join(folder, `work-${seed}.db`)
  const first = openWal(path, {
    pageSize: pick([512, 1024, 4096, 4096, 65_536], next),
    vacuum: pick(['none', 'none', 'full', 'incremental'], next),
  })
  const connections = next() < 0.5 ? [first] : [first, new DatabaseSync(path)]
  try {
    for (const connection of connections)
      connection.exec('PRAGMA wal_autocheckpoint = 0; PRAGMA synchronous = OFF')
    for (let step = 0; step < steps; step++) {
      const connection = pick(connections, next)
      const tables = connection
        .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB '[tw]*'`)
        .all()
        .map(({ name }) => String(name))
      const table = tables.length > 0 ? pick(tables, next) : null
      const make = pick(table === null || next() < 0.45 ? always : withTable, next)
      try {
        connection.exec(make(table ?? '', Math.floor(next() * 1000)))
      } catch {
        // A checkpoint that finds the other connection busy, a name that is taken: a tool meets those too.
        if (connection.isTransaction) connection.exec('ROLLBACK')
      }
      yield takePair(path)
    }
  } finally {
    for (const connection of connections) connection.close()
  }
}
