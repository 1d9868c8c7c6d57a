// The nightly run, ended by force in the middle of forgetting, as a machine that is switched off would.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openStore, placeAt } from '../../server/node/place.ts'
import { dayOf, daysBefore } from '../../server/totals.ts'

const program = join(import.meta.dirname, '../../server/node.ts')
let folder: string
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'sightglass-retention-'))))
afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }))

const command = ['nightly', '--data']
const noonOf = (day: string): number => Date.parse(`${day}T12:00:00Z`)

it('what was not yet forgotten when it was killed is forgotten by the next run, and nothing else', async () => {
  const place = placeAt(folder, undefined)
  await (await openStore(place)).close() // makes the tables
  const db = new DatabaseSync(place.store, { timeout: 5000 })
  const today = dayOf(Date.now())
  const [old, young] = [daysBefore(today, 91), daysBefore(today, 2)]
  const add = (name: string, n: number, day: string): void => {
    const numbers = `WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < ${n})`
    db.exec(`INSERT INTO seen (id, door, received, intake, last_seen)
      ${numbers} SELECT '${name} ' || n, 'event', ${noonOf(day)}, 1, ${noonOf(day)} FROM c;
      INSERT INTO events (seen, position, door, kind, day, received, body)
      ${numbers} SELECT '${name} ' || n, 0, 'event', 'event', '${day}', ${noonOf(day)}, '{}' FROM c`)
  }
  add('old', 15_000, old)
  add('young', 500, young)
  const left = (table: string, key: string): number =>
    Number(db.prepare(`SELECT count(*) AS n FROM ${table} WHERE ${key} LIKE 'old %'`).get()?.['n'])

  const child = spawn(process.execPath, [program, ...command, folder], { stdio: 'ignore' })
  const ended = once(child, 'exit')
  while (left('events', 'seen') === 15_000 && child.exitCode === null)
    await new Promise((resolve) => setTimeout(resolve, 2))
  child.kill('SIGKILL')
  await ended
  const halfway = left('events', 'seen')
  expect(halfway).toBeGreaterThan(0)
  expect(halfway).toBeLessThan(15_000)
  expect(left('seen', 'id')).toBe(halfway) // no batch lost its events and stayed, nor the other way round

  expect(spawnSync(process.execPath, [program, ...command, folder]).status).toBe(0)
  expect([left('events', 'seen'), left('seen', 'id')]).toEqual([0, 0])
  expect(db.prepare('SELECT count(*) AS n FROM events').get()).toEqual({ n: 500 })
  expect(db.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' })
  const taken = db.prepare(`SELECT day, n FROM totals WHERE what = 'taken' ORDER BY day`).all()
  expect(taken).toEqual([
    { day: old, n: 15_000 }, // what came in on a day is told as it was, however often forgetting began anew
    { day: young, n: 500 },
  ])
  const forgotten = db.prepare("SELECT n FROM totals WHERE what = 'forgotten'").all()
  expect(forgotten).toEqual([{ n: 15_000 }]) // all that went, also before it was killed
  db.close()
})
