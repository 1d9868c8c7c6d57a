// The community server's doors, against what their engine alone can take in the same run: the same rows in transactions
// of 100, by a prepared statement or one statement of many rows. Both sides take turns, and the middle of the ratios
// counts, for a machine is rarely quiet. The time of a deletion is compared by whether there was anything to delete.
import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import { findPostgres } from '../../scripts/postgres.mjs'
import { usualConfig } from '../../server/config.ts'
import { signTextBy } from '../../server/node/digests.ts'
import { migrationsFor } from '../../server/node/migrations.ts'
import { createSigner, makeKeys } from '../../server/receipts.ts'
import type { Store } from '../../server/store.ts'
import { openPostgresStore } from '../../server/stores/postgres.ts'
import { openSqliteAside } from '../../server/stores/sqlite-aside.ts'
import { encodeBatch } from '../../shared/sharing/wire.ts'
import { makeBatch, reportsOf, sha256 } from '../contract/server/batches.ts'
import { startPostgres } from '../contract/server/postgres.ts'
import { appInMemory } from '../server/app-in-memory.ts'
import { median } from './row.ts'
import type { BenchPlace, Measurement, Row } from './row.ts'

const names = {
  sqlite: 'server: taking in, SQLite',
  postgres: 'server: taking in, PostgreSQL',
  deletion: 'server: deleting what is there',
} as const
const rounds = 9
const batches = 60
const size = 100

export const server: Measurement = {
  rows: Object.values(names),
  measure: async (place) => [await sqlite(place), ...(await postgres(place)), await deletion(place)],
}

const unlimited = { ...usualConfig, limits: { id: null, network: null, key: null, all: null } }
const keys = await makeKeys(Date.now())
const signer = await createSigner(keys, signTextBy(keys.private))
const appOn = (store: Store) => appInMemory(Date.now, { store, config: unlimited, signer }).app

function bodies(): { readonly id: string; readonly body: string }[] {
  const [report] = reportsOf()
  if (report === undefined) throw new Error('there is no report')
  const reports = Array.from({ length: size }, () => report)
  return Array.from({ length: batches }, () => {
    const ids = { batchId: randomUUID(), anonymousId: randomUUID(), secretHash: sha256(randomUUID()) }
    return { id: ids.batchId, body: encodeBatch(reports as never, ids) }
  })
}

interface Taken {
  readonly milliseconds: number
  /** Under which ids the batches stand in the store. */
  readonly ids: readonly string[]
}

/** Four at a time, as from several senders. */
async function takeIn(app: ReturnType<typeof appOn>): Promise<Taken> {
  const sent = bodies()
  const began = performance.now()
  const sender = async (first: number): Promise<void> => {
    for (let at = first; at < sent.length; at += 4) {
      const headers = { 'content-type': 'application/json' }
      const { status } = await app.request('/api/v1/reports', {
        method: 'POST',
        headers,
        body: sent[at]?.body ?? '',
      })
      if (status !== 200) throw new Error(`answered ${status}`)
    }
  }
  await Promise.all([0, 1, 2, 3].map(sender))
  return { milliseconds: performance.now() - began, ids: sent.map(({ id }) => `reports ${id}`) }
}

/** The ratio of rates, above 1 where the server were faster than its engine alone. */
function atLeastHalf(name: string, ratios: readonly number[], reference: string): Row {
  const value = median(ratios)
  return {
    name,
    value,
    limit: 0.5,
    unit: 'of its rate',
    ok: value >= 0.5,
    reference: `at least; ${reference}`,
  }
}

async function sqlite({ folder }: BenchPlace): Promise<Row> {
  const at = join(folder, 'server')
  mkdirSync(at, { recursive: true })
  const store = await openSqliteAside(join(at, 'taken.db'), migrationsFor('sqlite'))
  const app = appOn(store)
  const alone = new DatabaseSync(join(at, 'alone.db'))
  alone.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON')
  for (const sql of migrationsFor('sqlite')) alone.exec(sql)
  const insert = alone.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const insertSeen = alone.prepare('INSERT INTO seen VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
  const read = new DatabaseSync(join(at, 'taken.db'), { readOnly: true })
  const ofBatch = read.prepare('SELECT * FROM events WHERE seen = ?')
  const ratios: number[] = []
  for (let round = 0; round < rounds; round++) {
    const taken = await takeIn(app)
    const rows = taken.ids.flatMap((id) => ofBatch.all(id)).map((row) => Object.values(row))
    if (rows.length !== batches * size) throw new Error(`${rows.length} rows are there`)
    const began = performance.now()
    for (let from = 0; from < rows.length; from += size) {
      alone.exec('BEGIN IMMEDIATE')
      insertSeen.run(randomUUID(), 'reports', sha256(''), sha256(''), from, from, 0, from)
      for (const row of rows.slice(from, from + size)) insert.run(...row)
      alone.exec('COMMIT')
    }
    ratios.push((performance.now() - began) / taken.milliseconds)
  }
  await store.close()
  for (const db of [alone, read]) db.close()
  return atLeastHalf(names.sqlite, ratios, 'node:sqlite alone, the same rows in transactions of 100')
}

async function postgres({ note }: BenchPlace): Promise<Row[]> {
  const programs = findPostgres()
  if (programs === null) {
    note('PostgreSQL is not installed: its row is left out')
    return []
  }
  const engine = await startPostgres(programs, { fsync: 'on' })
  const url = engine.environment['DATABASE_URL'] ?? ''
  const store = await openPostgresStore(url, () => migrationsFor('postgres'))
  const client = new pg.Client(url)
  await client.connect()
  await client.query('CREATE TABLE alone (LIKE events INCLUDING ALL)')
  const ratios: number[] = []
  for (let round = 0; round < rounds; round++) {
    const taken = await takeIn(appOn(store))
    const { rows } = await client.query<unknown[]>({
      text: 'SELECT * FROM events WHERE seen = ANY($1) ORDER BY seen',
      values: [taken.ids],
      rowMode: 'array',
    })
    if (rows.length !== batches * size) throw new Error(`${rows.length} rows are there`)
    const began = performance.now()
    for (let from = 0; from < rows.length; from += size) {
      const some = rows.slice(from, from + size)
      const places = some.map((row, n) => `(${row.map((_, m) => `$${n * row.length + m + 1}`).join(', ')})`)
      await client.query(`INSERT INTO alone VALUES ${places.join(', ')}`, some.flat())
    }
    ratios.push((performance.now() - began) / taken.milliseconds)
  }
  await client.end()
  await store.close()
  await engine.close()
  return [atLeastHalf(names.postgres, ratios, 'pg alone, one statement of the same 100 rows')]
}

async function deletion({ folder }: BenchPlace): Promise<Row> {
  const store = await openSqliteAside(join(folder, 'deletions.db'), migrationsFor('sqlite'))
  const app = appOn(store)
  const post = (path: string, body: string) =>
    app.request(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  const forget = async (id: string, secret: string): Promise<number> => {
    const began = performance.now()
    await post(`/api/v1/batches/${id}/delete`, JSON.stringify({ secret }))
    return performance.now() - began
  }
  const there: number[] = []
  const nowhere: number[] = []
  for (let n = 0; n < 600; n++) {
    const batch = makeBatch()
    await post('/api/v1/reports', batch.body)
    there.push(await forget(batch.id, batch.secret))
    nowhere.push(await forget(randomUUID(), randomUUID()))
  }
  await store.close()
  const value = Math.abs(median(there) / median(nowhere) - 1) * 100
  return {
    name: names.deletion,
    value,
    limit: 5,
    unit: '% apart',
    ok: value <= 5,
    reference: `deleting what is not there, ${median(nowhere).toFixed(2)} ms`,
  }
}
