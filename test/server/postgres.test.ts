// What only PostgreSQL has: partitions by month, and a view of each day.
import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findPostgres } from '../../scripts/postgres.mjs'
import { migrationsFor } from '../../server/node/migrations.ts'
import type { Store } from '../../server/store.ts'
import { openPostgresStore } from '../../server/stores/postgres.ts'
import { makeBatch } from '../contract/server/batches.ts'
import { startNodeHome } from '../contract/server/node-home.ts'
import { startPostgres } from '../contract/server/postgres.ts'
import { appInMemory } from './app-in-memory.ts'

const program = join(import.meta.dirname, '../../server/node.ts')
const programs = findPostgres()
if (programs === null) describe('Node with PostgreSQL', () => it.skip('is not installed here', () => {}))
else
  describe('PostgreSQL', () => {
    let engine: Awaited<ReturnType<typeof startPostgres>>
    let store: Store
    beforeAll(async () => {
      engine = await startPostgres(programs)
      store = await openPostgresStore(engine.environment['DATABASE_URL'] ?? '', () =>
        migrationsFor('postgres'),
      )
    }, 60_000)
    afterAll(async () => {
      await store.close()
      await engine.close()
    })

    const send = async (time: number): Promise<void> => {
      const { app } = appInMemory(() => time, { store })
      const headers = { 'content-type': 'application/json' }
      const body = makeBatch().body
      expect((await app.request('/api/v1/reports', { method: 'POST', headers, body })).status).toBe(200)
    }
    const partitions = async (): Promise<unknown[]> => {
      const rows = await engine.query(
        "SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'events'::regclass ORDER BY 1",
      )
      return rows.map(({ name }) => name)
    }

    it('keeps events by the month, and forgets a month that is over as a whole', async () => {
      const now = Date.now()
      const month = new Date(now).toISOString().slice(0, 7).replace('-', '_')
      await send(now)
      const [row] = await engine.query('SELECT tableoid::regclass::text AS name FROM events')
      expect(row).toEqual({ name: `events_${month}` })
      const long = Date.UTC(2031, 5, 15)
      await store.tend({ kind: 'night', now: long, before: 0 })
      expect(await partitions()).toEqual(
        expect.arrayContaining([`events_${month}`, 'events_2031_06', 'events_2031_07']),
      )
      await store.tend({ kind: 'night', now: long, before: Date.UTC(2031, 5, 30) })
      const left = await partitions()
      expect(left).toContain('events_2031_06')
      expect(left).not.toContain(`events_${month}`)
      expect(await engine.query('SELECT seen FROM events')).toEqual([])
    })

    it('tells of each day from a view that is made anew every hour, while others read it', async () => {
      await send(Date.now())
      expect(await engine.query('SELECT * FROM daily_stats')).toEqual([])
      const reader = new pg.Client(engine.environment['DATABASE_URL'])
      await reader.connect()
      await reader.query('BEGIN; SELECT * FROM daily_stats')
      await store.tend({ kind: 'hour' })
      await reader.end()
      expect(await engine.query('SELECT door, kind, events, ids FROM daily_stats')).toEqual([
        { door: 'reports', kind: 'smart-agents', events: 1, ids: 1 },
      ])
    })

    it('is put back from a backup as it was, but for what was deleted since', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'sightglass-backup-'))
      const backup = join(folder, 'backup.dump')
      const own = await startPostgres(programs)
      let data = ''
      const home = await startNodeHome((given) => {
        data = given
        return Promise.resolve(own)
      })
      const run = (...words: string[]): void => {
        const { PATH = '' } = process.env // the programs that belong to this server
        const env = { ...process.env, ...own.environment, PATH: `${programs}${delimiter}${PATH}` }
        const done = spawnSync(process.execPath, [program, ...words, '--data', data], {
          env,
          encoding: 'utf8',
        })
        expect([words, done.stderr, done.status]).toEqual([words, '', 0])
      }
      const post = async (path: string, body: string): Promise<number> => {
        const headers = { 'content-type': 'application/json' }
        return (await fetch(`${home.address}${path}`, { method: 'POST', headers, body })).status
      }
      const kept = async () =>
        (await own.query('SELECT seen FROM events ORDER BY seen')).map(({ seen }) => seen)
      try {
        const [one, two, three] = [makeBatch(), makeBatch(), makeBatch()]
        for (const batch of [one, two]) expect(await post('/api/v1/reports', batch.body)).toBe(200)
        run('backup', backup)
        expect(await post('/api/v1/reports', three.body)).toBe(200)
        expect(await post(`/api/v1/batches/${one.id}/delete`, JSON.stringify({ secret: one.secret }))).toBe(
          200,
        )
        run('restore', backup)
        expect(await kept()).toEqual([`reports ${two.id}`])
        expect(await post('/api/v1/reports', one.body)).toBe(410) // nor does it come in again
        expect(await post('/api/v1/reports', three.body)).toBe(200)
        expect(await kept()).toHaveLength(2)
        run('nightly') // partitions and the view are as they must be
        await own.query('REFRESH MATERIALIZED VIEW CONCURRENTLY daily_stats')
      } finally {
        await home.stop()
        await rm(folder, { recursive: true, force: true })
      }
    }, 120_000)
  })
