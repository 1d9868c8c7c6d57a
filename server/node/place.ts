// Where a server's data lies: a folder, and PostgreSQL where an address names one.
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { runDaily } from '../daily.ts'
import type { Daily } from '../daily.ts'
import { deleteOnProof } from '../forget.ts'
import type { Store } from '../store.ts'
import { openSqliteAside } from '../stores/sqlite-aside.ts'
import { dayOf } from '../totals.ts'
import { dayKeysIn } from './day-keys.ts'
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

export function placeAt(folder: string, databaseUrl: string | undefined): Place {
  const data = resolve(folder)
  return {
    data,
    databaseUrl: databaseUrl === undefined || databaseUrl === '' ? null : databaseUrl,
    store: join(data, 'sightglass-server.db'),
    dayKeys: join(data, 'day-keys.json'),
    signingKeys: join(data, 'signing-keys.json'),
    journal: join(data, 'deletions.jsonl'),
  }
}

/** PostgreSQL's library is loaded only where it is used. */
export async function openStore(place: Place): Promise<Store> {
  mkdirSync(place.data, { recursive: true, mode: 0o700 })
  if (place.databaseUrl === null) return openSqliteAside(place.store, migrationsFor('sqlite'))
  const { openPostgresStore } = await import('../stores/postgres.ts')
  return openPostgresStore(place.databaseUrl, (timescale) => migrationsFor('postgres', timescale))
}

/** What was deleted stays so, also where somebody has put back a store of before. */
export async function deleteAgain(store: Store, { journal }: Place): Promise<void> {
  const deletions = readJournal(journal)
  if (deletions.length > 0) await deleteOnProof(store, deletions)
}

export async function nightly(daily: Daily, place: Place): Promise<void> {
  const now = daily.clock()
  await dayKeysIn(place.dayKeys).tidy(dayOf(now))
  await deleteAgain(daily.store, place)
  const done = await runDaily(daily)
  if (!done.ok) throw new Error(done.error)
  pruneJournal(place.journal, now)
}
