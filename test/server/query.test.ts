// The operator's own SQL, by somebody who means harm or made a mistake, on both engines of the Node homes.
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findPostgres } from '../../scripts/postgres.mjs'
import { openStore, placeAt } from '../../server/node/place.ts'
import type { Place } from '../../server/node/place.ts'
import { queryStore } from '../../server/node/query.ts'
import type { QueryBounds } from '../../server/node/query.ts'
import type { Store } from '../../server/store.ts'
import type { Engine } from '../contract/server/node-home.ts'
import { startPostgres } from '../contract/server/postgres.ts'

interface Case {
  readonly engine: 'SQLite' | 'PostgreSQL'
  /** Each would write, or open the way to it, were it carried out. */
  readonly hostile: (folder: string) => readonly string[]
  readonly endless: readonly string[]
}

const write = `INSERT INTO totals VALUES ('2026-01-01', 'd', 'w', 1, 1)`
const counting = 'WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c)'
const onBoth = [
  write,
  `COMMIT; ${write}`,
  `SELECT 1; COMMIT; ${write}; SELECT 1`,
  `SELECT 1; ${write}`,
  `ROLLBACK; BEGIN; ${write}; COMMIT`,
  'DELETE FROM totals RETURNING day',
  'DROP TABLE totals',
  '',
  ';',
]
const cases: readonly Case[] = [
  {
    engine: 'SQLite',
    hostile: (folder) => [
      ...onBoth,
      `VACUUM INTO '${join(folder, 'made.db')}'`,
      `ATTACH '${join(folder, 'made.db')}' AS made`,
      'PRAGMA user_version = 99',
      'PRAGMA journal_mode = DELETE',
      `SELECT load_extension('${join(folder, 'made.db')}')`,
    ],
    endless: [`${counting} SELECT count(*) FROM c`],
  },
  {
    engine: 'PostgreSQL',
    hostile: (folder) => [
      ...onBoth,
      `WITH gone AS (${write} RETURNING day) SELECT * FROM gone`,
      `SELECT 1 FROM set_config('transaction_read_only', 'off', false)`,
      `SELECT 1) TO STDOUT; COMMIT; ${write}; --`,
      `DO $$ BEGIN COMMIT; ${write}; END $$`,
      'SET TRANSACTION READ WRITE',
      `COPY totals TO '${join(folder, 'made.db')}'`,
      'SELECT 1 INTO made',
    ],
    endless: [
      `${counting} SELECT count(*) FROM c`,
      'SELECT pg_sleep(600)',
      `SELECT set_config('statement_timeout', '0', false), pg_sleep(600)`,
    ],
  },
]

const patient: QueryBounds = { longest: 60_000, mostRows: 100 }

function queryTests({ hostile, endless }: Case, open: (folder: string) => Promise<Engine | null>): void {
  let folder: string
  let engine: Engine | null
  let place: Place
  let store: Store
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sightglass-query-'))
    engine = await open(folder)
    place = placeAt(folder, engine?.environment['DATABASE_URL'])
    store = await openStore(place)
    await store.run([{ sql: `INSERT INTO totals VALUES ('2025-12-31', 'there', 'taken', 7, 1)` }])
  }, 60_000)
  afterAll(async () => {
    await store.close()
    await engine?.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('one that reads is answered, whatever it ends with', async () => {
    const found = [{ door: 'there', n: 7 }]
    for (const end of ['', ';', ' ;\n', ' -- all of them'])
      expect(await queryStore(place, `SELECT door, n FROM totals${end}`, patient)).toEqual(found)
    expect(await queryStore(place, `WITH t AS (SELECT 'a;b' AS x) SELECT x FROM t`, patient)).toEqual([
      { x: 'a;b' },
    ])
  })

  it('none that writes, or that is more than one, is carried out', async () => {
    for (const sql of hostile(folder)) {
      const said = await queryStore(place, sql, patient).then(
        () => 'answered',
        () => 'refused',
      )
      expect([sql, said]).toEqual([sql, 'refused'])
    }
    expect(existsSync(join(folder, 'made.db'))).toBe(false)
    const left = await store.run([{ sql: 'SELECT day, n FROM totals' }])
    expect(left).toMatchObject({ value: [[{ day: '2025-12-31', n: 7 }]] })
  })

  it('of one without end no more rows are read than are shown', async () => {
    const rows = await queryStore(place, `${counting} SELECT n FROM c`, { ...patient, mostRows: 25 })
    expect(rows).toEqual(Array.from({ length: 25 }, (_, index) => ({ n: index + 1 })))
  })

  it('one that takes too long is ended, and the server goes on', async () => {
    for (const sql of endless)
      await expect(queryStore(place, sql, { ...patient, longest: 1000 })).rejects.toThrow(/took more|timeout/)
    expect((await store.run([{ sql: 'SELECT 1 AS one' }])).ok).toBe(true)
  })
}

const programs = findPostgres()
for (const one of cases) {
  const sqlite = one.engine === 'SQLite'
  if (!sqlite && programs === null)
    describe('Node with PostgreSQL', () => it.skip('is not installed here', () => {}))
  else
    describe(`the operator’s own SQL on ${one.engine}`, () =>
      queryTests(one, async () => (sqlite || programs === null ? null : startPostgres(programs))))
}
