// Where a server's data lies: a folder, and PostgreSQL where an address names one.
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Result } from '../../shared/result.ts'
import { ok } from '../../shared/result.ts'
import { server as words } from '../../shared/words/en-server.ts'
import { runDaily } from '../daily.ts'
import type { Daily } from '../daily.ts'
import { deleteOnProof } from '../forget.ts'
import type { Store, StoreFailure } from '../store.ts'
import { openSqliteAside } from '../stores/sqlite-aside.ts'
import { dayOf } from '../totals.ts'
import { dayKeysIn } from './day-keys.ts'
import { Explained, explaining } from './explained.ts'
import { pruneJournal, readJournal } from './journal.ts'
import { migrationsFor } from './migrations.ts'

export interface Place {
  readonly data: string
  /** Null: the store is a file of the folder. */
  readonly databaseUrl: string | null
  readonly store: string
  readonly dayKeys: string
  readonly signingKeys: string
  readonly journal: string
}

export function placeAt(folder: string, databaseUrl = ''): Place {
  if (databaseUrl !== '' && !/^postgres(ql)?:\/\//.test(databaseUrl))
    throw new Explained(words.badVariable('DATABASE_URL', words.variables.DATABASE_URL))
  const data = resolve(folder)
  return {
    data,
    databaseUrl: databaseUrl === '' ? null : databaseUrl,
    store: join(data, 'sightglass-server.db'),
    dayKeys: join(data, 'day-keys.json'),
    signingKeys: join(data, 'signing-keys.json'),
    journal: join(data, 'deletions.jsonl'),
  }
}

/** PostgreSQL's library is loaded only where it is used. */
export async function openStore({ data, store, databaseUrl }: Place): Promise<Store> {
  mkdirSync(data, { recursive: true, mode: 0o700 })
  if (databaseUrl === null)
    return explaining(
      () => openSqliteAside(store, migrationsFor('sqlite')),
      (why) => words.noStore(store, why),
    )
  const { openPostgresStore } = await import('../stores/postgres.ts')
  return explaining(
    () => openPostgresStore(databaseUrl, (timescale) => migrationsFor('postgres', timescale)),
    words.noDatabase,
  )
}

/** What was deleted stays so, also where somebody has put back a store of before. */
export async function deleteAgain(store: Store, { journal }: Place): Promise<Result<number, StoreFailure>> {
  const deletions = readJournal(journal)
  return deletions.length > 0 ? deleteOnProof(store, deletions) : ok(0)
}

/** What a store gave; where it can't be used, that is told. */
export function given<T>(done: Result<T, unknown>): T {
  if (!done.ok) throw new Explained(words.unavailable)
  return done.value
}

/** What was deleted stands in SQLite's log (-wal) until it is written over: on a quiet server that may be never. */
export function emptyLog({ databaseUrl, store }: Place): void {
  if (databaseUrl !== null) return
  const db = new DatabaseSync(store, { timeout: 5000 })
  try {
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)') // beside a reader it does what it can, and the next night again
  } finally {
    db.close()
  }
}

export async function nightly(daily: Daily, place: Place): Promise<void> {
  const now = daily.clock()
  await dayKeysIn(place.dayKeys).tidy(dayOf(now))
  given(await deleteAgain(daily.store, place)) // nothing is published with what somebody took back
  given(await runDaily(daily))
  emptyLog(place)
  pruneJournal(place.journal, now)
}
