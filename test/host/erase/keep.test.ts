// Retention, and deleting by the command line.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createHost } from '../../../host/create-host.ts'
import type { Host } from '../../../host/create-host.ts'
import { directBridge } from '../../../host/direct.ts'
import { sightglass } from '../command-line.ts'
import { eventually, makeWorld } from '../../world.ts'
import type { World } from '../../world.ts'
import { ask, good } from './erasing.ts'

let world: World
beforeAll(async () => void (world = await makeWorld()))
afterAll(() => world.remove())

/** One event a day at noon, the last one on 30 November. */
async function makeDays(name: string): Promise<string> {
  const path = await world.makeFile(name, 30)
  const db = new DatabaseSync(path)
  db.exec("UPDATE telemetry_events SET timestamp = printf('2026-11-%02dT12:00:00.000Z', rowid)")
  db.close()
  return path
}
const evening = Date.UTC(2026, 10, 30, 20)
const hostAt = (now: () => number): Host => createHost({ ...world.deps('web'), now })
const rows = (path: string) => ask(path, 'SELECT min(rowid), count(*) FROM telemetry_events')

it('keeps the last days of a file at each start and once a day, and logs what it did', async () => {
  const path = await makeDays('keep.db')
  let now = evening
  const first = hostAt(() => now)
  const bridge = directBridge(first.rpc)
  const seen = good(await bridge.stream('keep.preview', { path, days: 10 }, () => {}))
  expect(seen.preview).toMatchObject({ events: 20, eventsLeft: 10 })
  expect(rows(path)).toEqual([1, 30])
  const rule = { days: 10, consent: seen.consent }
  good(await bridge.call('keep.set', { path, rule }))
  expect(await bridge.call('keep.set', { path, rule })).toMatchObject({ error: { kind: 'erase-unknown' } })
  await first.close()
  const next = hostAt(() => now)
  next.tend()
  await eventually(() => rows(path)[1] === 10, 30_000)
  await next.close()
  expect(rows(path)).toEqual([21, 10])
  now += 2 * 86_400_000
  const later = hostAt(() => now)
  const entry = good(await directBridge(later.rpc).stream('keep.run', { path }, () => {}))
  expect(entry).toMatchObject({ rows: 2, remains: null, failed: null })
  expect(rows(path)).toEqual([23, 8])
  const { log } = good(await directBridge(later.rpc).call('keep.get', {}))
  expect(log.map((one) => one.rows)).toEqual([2, 20])
  await later.close()
}, 60_000)

it('a command shows what would go and deletes nothing, until it is told yes', async () => {
  const path = await makeDays('dry.db')
  const place = { data: join(world.folder, 'own'), home: world.home }
  const dry = await sightglass(['delete', path, '--until', '2026-11-20'], place)
  expect(dry).toMatchObject({ code: 0, err: '' })
  expect(dry.out).toMatch(/^20 events would be deleted/)
  expect(dry.out).toContain('Nothing was deleted.')
  expect(rows(path)).toEqual([1, 30])
  const before = await readFile(path)
  const done = await sightglass(['delete', path, '--until', '2026-11-20', '--yes', '--json'], place)
  expect(JSON.parse(done.out)).toMatchObject({
    deleted: true,
    events: 20,
    remains: null,
    proof: { found: 0 },
  })
  expect(rows(path)).toEqual([21, 10])
  const again = await sightglass(['verify-erased', path, '--json'], place)
  expect(again.code).toBe(0)
  expect(JSON.parse(again.out)).toMatchObject({ path, proof: { rows: 20, found: 0 } })
  const none = await sightglass(['delete', path, '--until', '2026-11-20', '--yes'], place)
  expect(none).toMatchObject({ code: 0, out: expect.stringContaining('nothing to delete') })
  await writeFile(path, before) // as a backup of everything would bring it back
  const back = await sightglass(['verify-erased', path], place)
  expect(back).toMatchObject({ code: 1, out: expect.stringContaining('in rows of the file') })
}, 60_000)
