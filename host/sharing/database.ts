// The program's own SQLite file for sharing: the queue, which days were shared, the log, the anonymous id. It is
// made when sharing is switched on, and not before. Every step is one transaction that is on the disk when it ends.
import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { StatementSync } from 'node:sqlite'
import type { Request } from '../../senders/sender.ts'
import type { LogEntry } from '../../shared/share-log.ts'

const schema = `
CREATE TABLE IF NOT EXISTS batch (
  id TEXT PRIMARY KEY, destination TEXT NOT NULL, address TEXT NOT NULL, anonymous_id TEXT NOT NULL, secret TEXT NOT NULL,
  reports TEXT NOT NULL, frozen_at INTEGER NOT NULL, due INTEGER NOT NULL, delivered INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE IF NOT EXISTS item (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, batch TEXT NOT NULL REFERENCES batch (id), part INTEGER NOT NULL,
  destination TEXT NOT NULL, request TEXT NOT NULL, bytes INTEGER NOT NULL, events INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0, next INTEGER NOT NULL, last_error TEXT,
  state TEXT NOT NULL DEFAULT 'waiting', attempt INTEGER, UNIQUE (batch, part)
) STRICT;
CREATE TABLE IF NOT EXISTS day (
  destination TEXT NOT NULL, format TEXT NOT NULL, day TEXT NOT NULL, batch TEXT NOT NULL,
  PRIMARY KEY (destination, format, day)
) STRICT;
CREATE INDEX IF NOT EXISTS day_of_batch ON day (batch);
CREATE TABLE IF NOT EXISTS deletion (
  batch TEXT PRIMARY KEY REFERENCES batch (id), asked INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
  next INTEGER NOT NULL, last_error TEXT, confirmed INTEGER
) STRICT;
CREATE TABLE IF NOT EXISTS sent (destination TEXT NOT NULL, at INTEGER NOT NULL, events INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS log (seq INTEGER PRIMARY KEY AUTOINCREMENT, entry TEXT NOT NULL, hash TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
`

export const databasePath = (folder: string): string => join(folder, 'sharing.db')

/** What stands in a row of it: its columns are ours, and strict. */
export type Kept = Readonly<Record<string, string | number | null>>

export class Database {
  readonly #db: DatabaseSync
  /** Each is written somewhere in this room, so they stay few. */
  readonly #statements = new Map<string, StatementSync>()

  constructor(folder: string) {
    const path = databasePath(folder)
    closeSync(openSync(path, 'a', 0o600)) // SQLite gives its -wal and -shm the same rights
    this.#db = new DatabaseSync(path, { timeout: 5000 })
    this.#db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON')
    this.#db.exec(schema)
  }

  all(sql: string, ...given: readonly (string | number | null)[]): Kept[] {
    return this.#statement(sql).all(...given) as Kept[] // a door: strict tables of our own
  }
  first(sql: string, ...given: readonly (string | number | null)[]): Kept | null {
    return this.all(sql, ...given)[0] ?? null
  }
  /** What is kept by a name; null where nothing is. */
  kept(name: string): string | null {
    const row = this.first('SELECT value FROM kept WHERE name = ?', name)
    return row === null ? null : text(row, 'value')
  }
  keep(name: string, value: string): void {
    this.run(
      'INSERT INTO kept VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
      ...[name, value],
    )
  }
  /** How many rows it changed, and the number of the last one it added. */
  run(sql: string, ...given: readonly (string | number | null)[]): { changes: number; last: number } {
    const { changes, lastInsertRowid } = this.#statement(sql).run(...given)
    return { changes: Number(changes), last: Number(lastInsertRowid) }
  }
  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql) ?? this.#db.prepare(sql)
    this.#statements.set(sql, known)
    return known
  }
  /** All or nothing, on the disk when it returns. Inside another it is part of that. */
  whole<T>(act: () => T): T {
    if (this.#db.isTransaction) return act()
    this.#db.exec('BEGIN IMMEDIATE')
    try {
      const made = act()
      this.#db.exec('COMMIT')
      return made
    } catch (error) {
      this.#undo()
      throw error
    }
  }
  /** SQLite has taken some back by itself already, as on a full disk. */
  #undo(): void {
    if (this.#db.isTransaction) this.#db.exec('ROLLBACK')
  }
  /** What was deleted is in no page and no journal any more. */
  scrub(): void {
    this.#db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  }
  /** Writes the file anew, so that no page has more in it than its rows. False where others are still reading it. */
  rewrite(): boolean {
    this.#db.exec('VACUUM')
    return this.first('PRAGMA wal_checkpoint(TRUNCATE)')?.['busy'] === 0
  }
  close(): void {
    this.#db.close()
  }
}

export const text = (row: Kept | null, name: string): string => String(row?.[name] ?? '')
export const number = (row: Kept | null, name: string): number => Number(row?.[name] ?? 0)
/** What this program wrote into these cells, and nobody else. */
export const requestIn = (row: Kept): Request => JSON.parse(text(row, 'request')) as Request
export const entryIn = (row: Kept): LogEntry & { readonly at: string } =>
  JSON.parse(text(row, 'entry')) as LogEntry & { readonly at: string }
