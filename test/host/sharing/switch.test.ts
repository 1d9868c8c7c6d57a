// Switching on and off: what is made, what is taken away, and what happens to a request that is under way.
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, readdirSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { carryHttp } from '../../../host/sharing/carry.ts'
import { Database } from '../../../host/sharing/database.ts'
import { Frozen } from '../../../host/sharing/freeze.ts'
import { drawIds } from '../../../host/sharing/ids.ts'
import { Log } from '../../../host/sharing/log.ts'
import { Outbox } from '../../../host/sharing/outbox.ts'
import { Pace, usualLimits } from '../../../host/sharing/pace.ts'
import { sendDue } from '../../../host/sharing/send.ts'
import { Switch } from '../../../host/sharing/switch.ts'
import { senders } from '../../../senders/index.ts'
import { makeWorld } from '../../world.ts'
import type { World } from '../../world.ts'
import { consent, day, reportsOf, start } from './sending.ts'

let world: World
let now = start
beforeEach(async () => {
  world = await makeWorld()
  now = start
})
afterEach(() => world.remove())
const make = (environment: Record<string, string> = {}) =>
  new Switch(world.deps('web').paths, environment, () => now)
const stored = async (): Promise<unknown> =>
  JSON.parse(await readFile(join(world.data, 'sharing.json'), 'utf8'))
const idOf = (reported: string): string => {
  const db = new Database(world.data)
  const id = make().anonymousId(db, reported)
  db.close()
  return id
}

describe('switching on', () => {
  it('counts from that moment, and a change of level doesn’t change since when', async () => {
    expect(await make().on('basic')).toEqual({
      ok: true,
      value: { level: 'basic', since: '2026-11-20T10:00:00.000Z' },
    })
    now += day
    await make().on('detailed')
    expect(await stored()).toEqual({ level: 'detailed', since: '2026-11-20T10:00:00.000Z' })
  })

  it('draws an id for 28 days, the same ones for everybody; off and on again draws another, and a new day to count from', async () => {
    await make().on('detailed')
    const first = idOf('2026-11-20')
    expect([idOf('2026-11-19'), idOf('2026-12-16')]).toEqual([first, first])
    now = Date.parse('2026-12-17T10:00:00Z') // the 20804th day: 743 times 28
    const second = idOf('2026-12-17')
    expect(second).not.toBe(first)
    expect(idOf('2026-12-16'), 'a late report of a day before').toBe(first)
    await make().off()
    await make().on('detailed')
    expect(idOf('2026-12-17')).not.toBe(second)
    expect(await stored()).toMatchObject({ since: '2026-12-17T10:00:00.000Z' })
  })

  for (const [by, forbid] of [
    ['DO_NOT_TRACK', () => Promise.resolve({ DO_NOT_TRACK: '1' })],
    ['SIGHTGLASS_SHARING', () => Promise.resolve({ SIGHTGLASS_SHARING: 'off' })],
    ['policy', () => writeFile(world.deps('web').paths.policy, '{"sharing":"never"}').then(() => ({}))],
  ] as const)
    it(`does nothing where ${by} forbids it, not even make a folder`, async () => {
      expect(await make({ ...(await forbid()) }).on('basic')).toEqual({
        ok: false,
        error: { kind: 'share-forced-off', by },
      })
      expect(() => readdirSync(world.data)).toThrow('ENOENT')
    })
})

describe('switching off', () => {
  it('leaves no consent, no id and no queue, and says so in the log', async () => {
    await make().on('basic')
    const id = idOf('2026-11-20')
    const db = new Database(world.data)
    const log = new Log(db, () => now)
    const destination = {
      name: 'community',
      sender: senders.community,
      told: { address: 'https://sharing.example' },
    }
    new Outbox(db, log, () => now).keep(consent, await Frozen.of(reportsOf(1), destination, drawIds(id)), now)
    await make().off()
    expect(await make().consent()).toBeNull()
    expect(new Outbox(db, log, () => now).list()).toEqual([])
    expect(log.read('', 9).map(({ entry }) => entry.what)).toEqual(['dropped', 'off', 'on'])
    expect(log.verify().broken).toBeNull()
    db.close()
    for (const name of readdirSync(world.data))
      expect(readFileSync(join(world.data, name)).includes(id), name).toBe(false)
  })

  it('P5: ends consent first, then what is under way, then a full queue and the id', async () => {
    const own = make()
    await own.on('detailed')
    const id = idOf('2026-11-20')
    const db = new Database(world.data)
    const outbox = new Outbox(db, new Log(db, () => now), () => now)
    const destination = {
      name: 'community',
      sender: senders.community,
      told: { address: 'https://sharing.example' },
    }
    for (let back = 500; back > 0; back--)
      outbox.keep(consent, await Frozen.of(reportsOf(back), destination, drawIds(id)), now)
    expect(outbox.size().items).toBe(500)
    const idsKept = () => db.all("SELECT 1 FROM kept WHERE name LIKE 'id %'").length
    const order: unknown[] = []
    const look = () =>
      order.push([readdirSync(world.data).includes('sharing.json'), outbox.size().items, idsKept()])
    const unwatch = own.watch(look)
    await own.off()
    unwatch()
    look()
    expect(order).toEqual([
      [false, 500, 1], // broken off when nobody may send any more, and before the emptying takes its time
      [false, 0, 0],
    ])
    db.close()
  })

  it('is not told of any more by a watch that has ended, even if it was looking just then', async () => {
    const own = make()
    const stop = vi.fn()
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const unwatch = own.watch(stop)
    vi.advanceTimersToNextTimer()
    unwatch()
    vi.useRealTimers()
    await own.consent()
    await new Promise((next) => setImmediate(next))
    expect(stop).not.toHaveBeenCalled()
  })

  it('makes nothing where sharing was never on', async () => {
    await mkdir(world.data)
    await make().off()
    expect(readdirSync(world.data)).toEqual([])
  })

  for (const [who, off] of [
    ['this process', (own: Switch) => own.off()],
    [
      'another process',
      () => {
        const script = `import { Switch } from ${JSON.stringify(join(import.meta.dirname, '../../../host/sharing/switch.ts'))}
          await new Switch(${JSON.stringify(world.deps('web').paths)}, {}, Date.now).off()`
        const done = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
        expect([done.status, done.stderr]).toEqual([0, ''])
        return Promise.resolve()
      },
    ],
  ] as const)
    it(`S7, P5: by ${who} breaks off what is under way, and what waits behind it never goes`, async () => {
      const own = make()
      await own.on('detailed')
      const bodies: string[] = []
      let arrived = (): void => {}
      const under = new Promise<void>((resolve) => (arrived = resolve))
      const server = createServer((request) => {
        request.setEncoding('utf8').on('data', (chunk: string) => bodies.push(chunk))
        request.on('end', () => arrived()) // and never answers
      })
      server.listen(0, '127.0.0.1')
      await once(server, 'listening')
      const closed = new Promise<void>((resolve) =>
        server.on('connection', (socket) => socket.on('close', resolve)),
      )
      const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
      const db = new Database(world.data)
      const clock = { now: () => now, steady: () => performance.now() }
      const outbox = new Outbox(db, new Log(db, clock.now), clock.now)
      const destination = { name: 'community', sender: senders.community, told: { address } }
      for (const back of [2, 1])
        outbox.keep(consent, await Frozen.of(reportsOf(back), destination, drawIds(idOf('2026-11-20'))), now)
      const sent = sendDue({
        outbox,
        pace: new Pace(db, clock, usualLimits),
        clock,
        random: () => 0,
        consent: () => own.consent(),
        destinations: [destination],
        keys: () => Promise.resolve({}),
        carry: () => carryHttp({}, 60_000),
        ask: () => Promise.reject(new Error('not asked')),
        draw: () => drawIds(''),
        watch: (stop) => own.watch(stop),
      })
      await under
      await off(own)
      await closed
      await sent
      expect(bodies).toHaveLength(1)
      expect(outbox.list()).toEqual([])
      db.close()
      server.close()
    })
})
