// F12: the disk is full at each write of a deletion, and of the settings. A small disk in memory is filled until so many
// pages are left, one more each time; the deletion is done or refused with its reason, and nothing is ever lost.
import {
  copyFileSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { createHost } from '../../host/create-host.ts'
import type { Host } from '../../host/create-host.ts'
import { directBridge } from '../../host/direct.ts'
import { forkChild } from '../../host/process.ts'
import { tell } from '../figures.ts'
import { mountSmallDisk } from '../small-disk.ts'
import { ask, erase, good, isSound, matching, sql } from '../host/erase/erasing.ts'

const long = process.env['SIGHTGLASS_LONG'] !== undefined
const folder = mkdtempSync(join(tmpdir(), 'sightglass-full-'))
const mounted = mountSmallDisk(folder, 3)
const disk = mounted?.path ?? ''
afterAll(() => {
  mounted?.remove()
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
})

const page = 4096
const path = join(disk, 'events.db')
const whole = join(folder, 'whole.db')
const events = 1200
const first = 400
const values = Array.from({ length: events }, (_, i) => {
  const time = new Date(Date.UTC(2026, 10, 1) + i * 60_000).toISOString()
  return `('event ${i} of these', 'agent_execution', '{"success":true,"note":"${String(i).repeat(40)}"}', '${time}')`
})
const until = Date.UTC(2026, 10, 1) + first * 60_000

/** Leaves so many pages free. */
function fill(pages: number): void {
  const { bavail } = statfsSync(disk)
  writeFileSync(join(disk, 'filler'), Buffer.alloc(Math.max(0, (bavail - pages) * page), 1))
}

function hostWith(data: string): Host {
  const paths = { data, temporary: join(folder, 'temporary'), home: folder, policy: join(folder, 'none') }
  return createHost({
    print: () => {},
    info: { version: '0', releases: '', host: 'command line', platform: process.platform },
    paths,
    startChild: forkChild,
    environment: {},
    now: Date.now,
    zone: 'UTC',
    memory: 1e9,
  })
}
function makeWhole(journal: 'DELETE' | 'WAL'): void {
  rmSync(whole, { force: true })
  sql(
    whole,
    `PRAGMA journal_mode = ${journal}; CREATE TABLE telemetry_events (id TEXT PRIMARY KEY, event_type TEXT,
     event_data TEXT, timestamp TEXT); INSERT INTO telemetry_events VALUES ${values.join(', ')}`,
  )
}
function clear(): void {
  for (const name of ['', '-wal', '-shm', '-journal', '-data'])
    rmSync(`${path}${name}`, { recursive: true, force: true })
  rmSync(join(disk, 'filler'), { force: true })
}
const countLeft = (): number => Number(ask(path, 'SELECT count(*) FROM telemetry_events')[0])

it('the file that is tried is sound, and has more events than are deleted', () => {
  makeWhole('WAL')
  expect(isSound(whole)).toBe(true)
  expect(Number(ask(whole, 'SELECT count(*) FROM telemetry_events')[0])).toBeGreaterThan(first)
})

/** A disk of its own, where the system lets anybody make one; elsewhere there is nothing to try. */
if (mounted !== null) describe('F12: a full disk', tryFullDisk)

function tryFullDisk(): void {
  const here = 'on the same disk'
  const elsewhere = 'on another'
  for (const [journal, places] of [
    ['DELETE', long ? [here, elsewhere] : [elsewhere]],
    ['WAL', long ? [here, elsewhere] : [here]],
  ] as const)
    for (const receipts of places)
      it(`loses nothing at any write of a deletion (${journal}, receipts ${receipts})`, async () => {
        makeWhole(journal)
        const seen: Record<string, number> = {}
        const steps = long ? 160 : 9
        for (let step = 0; step < steps; step++) {
          clear()
          copyFileSync(whole, path)
          const host = hostWith(receipts === elsewhere ? join(folder, 'data') : `${path}-data`)
          fill(step === steps - 1 ? 560 : long ? step : Math.round(step ** 2 * 2)) // at last enough
          const done = await erase(host, path, matching({ until }))
          await host.close()
          rmSync(join(disk, 'filler'), { force: true })
          const left = countLeft()
          const said = done.ok ? (done.value.remains?.why ?? 'erased') : done.error.kind
          seen[said] = (seen[said] ?? 0) + 1
          expect(left).toBe(done.ok ? events - first : events)
          expect(isSound(path)).toBe(true)
          expect(['erased', 'no-room', 'held', 'failed', 'disk-full']).toContain(said)
        }
        tell(`F12 delete ${journal}, receipts ${receipts}: ${JSON.stringify(seen)}`)
        expect(seen['disk-full'] ?? 0).toBeGreaterThan(0)
        expect(seen['erased'] ?? 0).toBeGreaterThan(0)
      }, 600_000)

  it('is no hindrance any more once it has room: neither for the backup that was wished for, nor for the key', async () => {
    clear()
    makeWhole('WAL')
    copyFileSync(whole, path)
    const host = hostWith(join(disk, 'own'))
    const bridge = directBridge(host.rpc)
    good(await bridge.call('settings.set', { change: { keepBackup: true } }))
    for (const pages of [0, 1, 2, 6, 20]) {
      fill(pages)
      expect(await erase(host, path, matching({ until }))).toMatchObject({ error: { kind: 'disk-full' } })
      rmSync(join(disk, 'filler'))
      expect(countLeft()).toBe(events)
      expect(readdirSync(disk).filter((name) => /backup|part/.test(name))).toEqual([])
    }
    const done = good(await erase(host, path, matching({ until })))
    expect(done).toMatchObject({ rows: first, remains: null, proof: { found: 0 } })
    expect(ask(done.backup ?? '', 'SELECT count(*) FROM telemetry_events')).toEqual([events])
    await host.close()
    rmSync(done.backup ?? '')
    rmSync(join(disk, 'own'), { recursive: true })
  })

  it('keeps the settings as they were, and says that the disk is full', async () => {
    clear()
    const data = join(disk, 'own')
    const host = hostWith(data)
    const bridge = directBridge(host.rpc)
    good(await bridge.call('settings.set', { change: { theme: 'dark' } }))
    const before = readFileSync(join(data, 'settings.json'), 'utf8')
    fill(0)
    const refused = await bridge.call('settings.set', { change: { theme: 'light' } })
    expect(refused).toMatchObject({ ok: false, error: { kind: 'disk-full' } })
    expect(readFileSync(join(data, 'settings.json'), 'utf8')).toBe(before)
    expect(good(await bridge.call('settings.get', {})).theme).toBe('dark')
    await host.close()
  })
}
