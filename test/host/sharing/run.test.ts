// Sharing as a person has it: a machine with files, a clock that is set by hand, and destinations that note what they
// got. Days end, reports are made, wait to be looked at, and leave.
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { copyFile, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'valibot'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createHost } from '../../../host/create-host.ts'
import type { Host } from '../../../host/create-host.ts'
import { directBridge } from '../../../host/direct.ts'
import { lockSending } from '../../../host/sharing/lock.ts'
import { makeRoads } from '../../../host/sharing/roads.ts'
import type { Carrier } from '../../../host/sharing/send.ts'
import type { Answer, Args, CallName, StreamName } from '../../../shared/bridge.ts'
import { Day } from '../../../shared/ids.ts'
import { fail } from '../../../shared/result.ts'
import type { Result } from '../../../shared/result.ts'

import { makeWorld } from '../../world.ts'
import type { World } from '../../world.ts'
import { acknowledge } from './sending.ts'

const hour = 3_600_000
const day = 24 * hour
const noon = Date.parse('2026-11-20T12:00:00Z')
const address = 'https://sharing.example'

interface Went {
  readonly to: string
  readonly address: string
  readonly body: string
}
let world: World
let host: Host
let now: number
let steady: number
let went: Went[]
let carry: Carrier
beforeEach(async () => {
  world = await makeWorld()
  ;[now, steady, went, carry] = [noon, 0, [], acknowledge]
  host = open()
})
afterEach(async () => {
  await host.close()
  await world.remove()
})

function open(environment: Record<string, string> = {}): Host {
  const printed = makeRoads((text) => went.push({ to: 'console', address: 'console:', body: text }))
  return createHost({
    ...world.deps('web'),
    environment,
    now: () => now,
    sharing: {
      clock: { now: () => now, steady: () => steady },
      random: () => 0.5,
      roads: {
        carry: (sender, destination) =>
          sender.name === 'file' || sender.name === 'console'
            ? printed.carry(sender, destination)
            : (sealed, signal) => {
                went.push({ to: destination.name, address: sealed.address, body: String(sealed.body) })
                return carry(sealed, signal)
              },
        ask: () => () => Promise.resolve(fail({ why: 'connection', reached: false, detail: 'ENOTFOUND' })),
      },
    },
  })
}
const pass = (time: number): void => {
  now += time
  steady += time
}

const call = async <K extends CallName>(name: K, args: Args<K>): Promise<Answer<K>> =>
  good(await directBridge(host.rpc).call(name, args))
const stream = async <K extends StreamName>(name: K, args: Args<K>): Promise<Answer<K>> =>
  good(await directBridge(host.rpc).stream(name, args, () => {}))
function good<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`a failure: ${JSON.stringify(result.error)}`)
  return result.value
}
const asked = { path: null, day: null, level: 'detailed', to: null } as const
const look = () => stream('share.now', { to: null })
const plan = () => stream('share.plan', asked)

/** Events of the 18th, 19th and 20th, one every minute. */
async function tick(): Promise<string> {
  const path = await world.makeFile('telemetry.db', 3 * 1440, 'delete', Date.parse('2026-11-18T00:00:00Z'))
  await stream('share.tick', { path, ticked: true })
  return path
}
async function switchOn(level: 'basic' | 'detailed' = 'detailed'): Promise<void> {
  const { seen } = await stream('share.plan', { ...asked, level })
  await stream('share.on', { level, day: null, seen })
}
async function ready(): Promise<void> {
  await call('share.setDestination', { name: 'community', told: { address }, level: null })
  await tick()
  await switchOn()
}
const days = (): string[] =>
  went.flatMap(({ body }) => [...body.matchAll(/"day":"([\d-]+)"/g)].map(([, one]) => one ?? ''))

describe('a day’s report', () => {
  it('is made at a later look where its file could not be read at the first', async () => {
    await call('share.setDestination', { name: 'community', told: { address }, level: null })
    const path = await tick()
    await switchOn()
    const next = async () => (await call('share.status', {})).next
    expect(await next()).toMatchObject({ to: ['community'] })
    await stream('share.tick', { path, ticked: false })
    expect(await next(), 'no file is ticked').toBeNull()
    await stream('share.tick', { path, ticked: true })
    pass(day)
    await rename(path, `${path}.away`)
    expect(await look()).toMatchObject({ made: 0 })
    await rename(`${path}.away`, path)
    expect(await look()).toMatchObject({ made: 1 })
  })

  it('is made when its day has ended, can be looked at for an hour, and leaves within the day after', async () => {
    await ready()
    expect(await look()).toMatchObject({ made: 0, delivered: 0, waiting: 0 })
    pass(12 * hour + 60_000) // a minute into the 21st
    expect(await look()).toMatchObject({ made: 1, delivered: 0, waiting: 1 })
    const [item] = await call('share.queue', {})
    expect(item).toMatchObject({ about: ['smart-agents 2026-11-20'], held: true, to: 'community' })
    pass(59 * 60_000)
    expect(await look()).toMatchObject({ delivered: 0 })
    pass(60_000)
    expect(await look()).toMatchObject({ delivered: 1, waiting: 0 })
    expect(days()).toEqual(['2026-11-20'])
  })

  it('left to itself leaves at a moment drawn at random in the day after', async () => {
    await ready()
    pass(13 * hour)
    await stream('share.earlier', { from: parse(Day, '2026-11-20') })
    const [item] = await call('share.queue', {})
    expect(item?.due).toBe('2026-11-21T12:00:00.000Z') // half of a day: the chance was set to that
  })

  it('is the very bytes that stood in the preview', async () => {
    await ready()
    pass(12 * hour + 60_000)
    await look()
    const [item] = await call('share.queue', {})
    const [shown] = await call('share.item', { batch: item?.batch ?? '' })
    pass(hour)
    await look()
    expect(went.map(({ body }) => sha256(body))).toEqual([shown?.sha256])
  })

  it('never tells of a day before sharing was switched on, unless that was asked for', async () => {
    await ready()
    pass(day)
    await look()
    pass(hour)
    await look()
    expect(days()).toEqual(['2026-11-20'])
    await stream('share.earlier', { from: parse(Day, '2026-11-18') })
    pass(hour)
    await look()
    expect(days().sort()).toEqual(['2026-11-18', '2026-11-19', '2026-11-20'])
  })

  it('to another address it doesn’t go by itself, and what was made for the one before goes nowhere', async () => {
    await ready()
    pass(12 * hour + 60_000)
    await look()
    const told = { address: `${address}/other` }
    await call('share.setDestination', { name: 'community', told, level: null })
    expect(await call('share.queue', {})).toEqual([])
    expect(await look()).toMatchObject({ made: 0 })
    await stream('share.earlier', { from: parse(Day, '2026-11-20') })
    const [item] = await call('share.queue', {})
    expect(item?.address).toBe(`${told.address}/api/v1/reports`)
    expect(went).toEqual([])
  })

  it('is not made again when the person took it out', async () => {
    await ready()
    pass(12 * hour + 60_000)
    await look()
    const [item] = await call('share.queue', {})
    await call('share.drop', { batch: item?.batch ?? '' })
    expect(await look()).toMatchObject({ made: 0, waiting: 0 })
    await host.close()
    host = open()
    expect(await look()).toMatchObject({ made: 0, waiting: 0 })
  })

  it('is a few kilobytes at most, on a day with all that the lists know', async () => {
    await ready()
    const { requests } = await plan()
    expect(requests[0]?.bytes).toBe(4096) // whatever the day was like: it ends in spaces
  })
})

describe('only what was ticked and seen', () => {
  it('nothing can be switched on where there is nothing to see', async () => {
    const none = await host.rpc.stream('share.plan', asked, () => {}, new AbortController().signal)
    expect(none).toMatchObject({ error: { kind: 'nothing-to-share' } })
    expect(existsSync(join(world.data, 'sharing.db'))).toBe(false)
  })

  it('a preview of something else switches nothing on', async () => {
    await tick()
    const { seen } = await plan()
    await call('share.setDestination', { name: 'community', told: { address }, level: null })
    const args = { level: 'detailed', day: null, seen }
    const on = await host.rpc.stream('share.on', args, () => {}, new AbortController().signal)
    expect(on).toMatchObject({ error: { kind: 'preview-unseen' } })
    expect((await call('share.status', {})).level).toBe('off')
  })

  it('a second copy of the same file is counted once', async () => {
    const path = await tick()
    const copy = join(world.folder, 'copy.db')
    await copyFile(path, copy)
    const before = await plan()
    await stream('share.tick', { path: copy, ticked: true })
    const after = await plan()
    expect(after.requests[0]?.body).toBe(before.requests[0]?.body)
    expect(after.files.map(({ leftOut }) => leftOut).sort()).toEqual(['copy', null])
  })

  it('two files of one tool are counted together', async () => {
    await tick()
    const other = await world.makeFile('other.db', 30, 'delete', Date.parse('2026-11-19T00:00:30Z'))
    const [before] = (await plan()).lines
    await stream('share.tick', { path: other, ticked: true })
    const [after] = (await plan()).lines
    expect([before?.exact.count, after?.exact.count]).toEqual([1440, 1470])
  })

  it('sample data is refused', async () => {
    const wanted = { format: 'smart-agents', events: 500, seed: 1, until: now, overwrite: false } as const
    const out = join(world.folder, 'sample.db')
    await stream('files.sample', { ...wanted, out })
    const ticked = { path: out, ticked: true }
    const refused = await host.rpc.stream('share.tick', ticked, () => {}, new AbortController().signal)
    expect(refused).toMatchObject({ error: { kind: 'sample-not-shared' } })
  })

  it('an export is refused, though nothing it is a copy of is ticked', async () => {
    const path = await world.makeFile('telemetry.db', 30, 'delete', Date.parse('2026-11-19T00:00:30Z'))
    const wish = { which: { of: 'all' }, as: 'sqlite', formulas: 'exact', table: null } as const
    const out = { folder: world.folder, name: 'exported.db' }
    const made = await stream('files.export', { path, wish, gzip: false, out, overwrite: false })
    const ticked = { path: made.path, ticked: true }
    const refused = await host.rpc.stream('share.tick', ticked, () => {}, new AbortController().signal)
    expect(refused).toMatchObject({ error: { kind: 'export-not-shared' } })
  })
})

describe('several destinations', () => {
  it('each get their own level, and one that fails delays no other', async () => {
    await call('share.setDestination', { name: 'community', told: { address }, level: 'basic' })
    const told = { path: join(world.folder, 'shared.jsonl') }
    await call('share.setDestination', { name: 'file', told, level: null })
    await tick()
    await switchOn()
    carry = () => Promise.resolve(fail({ why: 'time-out', reached: false, detail: 'nothing for 10 s' }))
    pass(12 * hour + 60_000)
    await look()
    pass(hour)
    expect(await look()).toMatchObject({ delivered: 1, waiting: 1 })
    expect(await readFile(told.path, 'utf8')).toContain('"agent":"planner"')
    expect(went.map(({ body }) => body.includes('planner'))).toEqual([false])
    const states = (await call('share.status', {})).destinations.map(({ name, state }) => [name, state])
    expect(states).toEqual([
      ['community', 'failing'],
      ['file', 'idle'],
    ])
  })

  it('a lower level takes back what waits and says more', async () => {
    await ready()
    pass(12 * hour + 60_000)
    await look()
    await call('share.setDestination', { name: 'community', told: { address }, level: 'basic' })
    expect(await call('share.queue', {})).toEqual([])
    await look()
    pass(hour)
    await look()
    expect(went.map(({ body }) => body.includes('planner'))).toEqual([false])
  })

  it('a key is shown as dots, and for another address it must be given anew', async () => {
    const told = { address, key: 'a-secret-key-0123' }
    await call('share.setDestination', { name: 'earlyexit', told, level: null })
    const listed = await call('share.setDestination', {
      name: 'earlyexit',
      told: { address },
      level: 'basic',
    })
    expect(listed.set[0]?.told).toEqual({ address, key: '••••••••' })
    expect(JSON.stringify(listed)).not.toContain(told.key)
    const elsewhere = { address: 'https://elsewhere.example' }
    const moved = await call('share.setDestination', { name: 'earlyexit', told: elsewhere, level: null })
    expect(moved.set[0]?.told).toEqual(elsewhere)
  })
})

describe('one sender', () => {
  it('leaves it to another process that is sending', async () => {
    await ready()
    const unlock = lockSending(world.data)
    expect(await look()).toMatchObject({ elsewhere: true })
    unlock?.()
    expect(await look()).toMatchObject({ elsewhere: false })
  })

  it('sends nothing while sharing is off', async () => {
    const refused = await host.rpc.stream('share.now', { to: null }, () => {}, new AbortController().signal)
    expect(refused).toMatchObject({ error: { kind: 'share-off' } })
  })
})

describe('P5: what was shared', () => {
  const deletions = (): Went[] => went.filter(({ address: where }) => where.endsWith('/delete'))

  it('is told when sharing is switched off, and its deletion is carried out although it is off', async () => {
    await ready()
    pass(12 * hour + 60_000)
    await look()
    pass(hour)
    await look()
    const [shared] = await call('share.off', {})
    expect(shared).toMatchObject({ to: 'community', batches: 1, takeBack: 'proof', pending: 0 })
    carry = () => Promise.resolve(fail({ why: 'connection', reached: false, detail: 'ECONNREFUSED' }))
    expect(await call('share.forget', { to: null })).toMatchObject([{ pending: 1, confirmed: 0 }])
    expect((await call('share.status', {})).deletionsPending).toBe(1)
    await host.close()
    host = open()
    pass(hour)
    carry = ({ address: where }) => {
      const batch_id = where.split('/').at(-2)
      const body = JSON.stringify({ status: 'ok', batch_id })
      return Promise.resolve({ ok: true, value: { status: 200, headers: {}, body } })
    }
    expect(await call('share.forget', { to: null })).toMatchObject([{ pending: 0, confirmed: 1 }])
    expect(deletions()).toHaveLength(2)
    const batch = JSON.parse(went[0]?.body ?? '') as { batch_id: string; secret_hash: string }
    expect(deletions()[1]?.address).toBe(`${address}/api/v1/batches/${batch.batch_id}/delete`)
    const { secret } = JSON.parse(deletions()[1]?.body ?? '') as { secret: string }
    expect(sha256(secret)).toBe(batch.secret_hash)
    const log = await call('share.log', { words: '', before: null, most: 100 })
    expect(JSON.stringify(log)).not.toContain(secret)
  })
})

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
