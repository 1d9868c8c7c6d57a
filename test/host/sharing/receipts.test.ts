// Receipts against the project's own server: signed, pinned, and checked again by whoever reads the log. The server is
// the real one, with its keys in its folder; what is changed here is changed in the log's own file.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { parse } from 'valibot'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { databasePath } from '../../../host/sharing/database.ts'
import type { Host } from '../../../host/create-host.ts'
import { createHost } from '../../../host/create-host.ts'
import { startServer } from '../../../server/node/start.ts'
import type { RunningServer } from '../../../server/node/start.ts'
import { usualConfig } from '../../../server/config.ts'
import { placeAt } from '../../../server/node/place.ts'
import { rotateKeys } from '../../../server/node/signing.ts'
import { Day } from '../../../shared/ids.ts'
import type { LogCheck } from '../../../shared/share-log.ts'
import type { Result } from '../../../shared/result.ts'
import { makeWorld } from '../../world.ts'
import type { World } from '../../world.ts'

const hour = 3_600_000
const day = 24 * hour

let world: World
let server: RunningServer
let host: Host
let now: number
beforeEach(async () => {
  world = await makeWorld()
  now = Math.floor(Date.now() / day) * day + day / 2
  server = await serve()
  host = createHost({ ...world.deps('command line'), now: () => now })
})
afterEach(async () => {
  await host.close()
  await server.close()
  await world.remove()
})

const place = () => placeAt(join(world.folder, 'server'), undefined)
const serve = (port = 0): Promise<RunningServer> =>
  startServer({ port, host: '127.0.0.1', place: place(), config: usualConfig, clock: () => now })

/** The server again, at the same address, after something was done to its folder. */
async function serverAfter(act: () => unknown): Promise<void> {
  const port = Number(new URL(server.address).port)
  await server.close()
  await act()
  server = await serve(port)
}

async function good<T>(answer: Result<T> | Promise<Result<T>>): Promise<T> {
  const result = await answer
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
const watching = () => [() => {}, new AbortController().signal] as const
const dayBefore = (days: number) => parse(Day, new Date(now - days * day).toISOString().slice(0, 10))

async function switchOn(): Promise<void> {
  const path = await world.makeFile('own.db', 4 * 1440, 'delete', Math.floor(now / day - 3) * day)
  const { handlers } = host
  await good(handlers['share.tick']({ path, ticked: true }, ...watching()))
  const told = { address: server.address }
  await good(handlers['share.setDestination']({ name: 'community', told, level: null }))
  const asked = { path: null, day: null, level: 'detailed', to: null } as const
  const { seen } = await good(handlers['share.plan'](asked, ...watching()))
  await good(handlers['share.on']({ level: 'detailed', day: null, seen }, ...watching()))
}
async function shareFrom(days: number): Promise<void> {
  await good(host.handlers['share.earlier']({ from: dayBefore(days) }, ...watching()))
  now += 2 * hour
  await good(host.handlers['share.now']({ to: null }, ...watching()))
}
const check = (): Promise<LogCheck> => good(host.handlers['share.verifyLog']({}))
const states = async (): Promise<string[]> => (await check()).receipts.map(({ state }) => state)

/** Behind the program's back, as whoever could write to its folder would. */
function change(sql: string, ...values: string[]): void {
  const db = new DatabaseSync(databasePath(world.data))
  db.prepare(sql).run(...values)
  db.close()
}

describe('a receipt', () => {
  it('is kept for each batch that arrived, and verified with a key that was pinned then', async () => {
    await switchOn()
    await shareFrom(2)
    const found = await check()
    expect(found).toMatchObject({ broken: null, receipts: [{ state: 'verified' }, { state: 'verified' }] })
    const published = (await (await fetch(`${server.address}/.well-known/sightglass-keys`)).json()) as {
      keys: { id: string; key: string }[]
    }
    const [{ id, key } = { id: '', key: '' }] = published.keys
    expect(found.keys).toEqual([{ server: server.address, accepted: [{ id, key }], refused: [] }])
  })

  it('that was taken away is missing, one that was changed is wrong, and either breaks the chain', async () => {
    await switchOn()
    await shareFrom(3)
    const answered = "json_extract(entry, '$.outcome') = 'delivered'"
    const one = (which: string) => `SELECT ${which}(seq) FROM log WHERE ${answered}`
    change(`UPDATE log SET entry = json_set(entry, '$.told', '{"status":"ok"}') WHERE seq = (${one('min')})`)
    const signed = (char: string) => `replace(json_extract(entry, '$.told'), '${char}', 'f')`
    change(
      `UPDATE log SET entry = json_set(entry, '$.told', ${signed('received')}) WHERE seq = (${one('max')})`,
    )
    const { broken, receipts } = await check()
    expect(receipts.map(({ state, fault }) => [state, fault])).toEqual([
      ['missing', null],
      ['verified', null],
      ['wrong', 'signature'],
    ])
    expect(broken).toBe(receipts[0]?.entry)
  })

  it('of another report is wrong, however well it is signed', async () => {
    await switchOn()
    await shareFrom(2)
    const told = (which: string): string =>
      `SELECT json_extract(entry, '$.told') FROM log WHERE json_extract(entry, '$.outcome') = 'delivered' ORDER BY seq ${which} LIMIT 1`
    change(
      `UPDATE log SET entry = json_set(entry, '$.told', (${told('DESC')}))
        WHERE seq = (SELECT min(seq) FROM log WHERE json_extract(entry, '$.outcome') = 'delivered')`,
    )
    expect((await check()).receipts.map(({ fault }) => fault)).toEqual(['batch', null])
  })

  it('whose attempt has other bytes is wrong about them', async () => {
    await switchOn()
    await shareFrom(1)
    change(
      "UPDATE log SET entry = json_set(entry, '$.sha256', ?) WHERE json_extract(entry, '$.what') = 'attempt'",
      'f'.repeat(64),
    )
    expect((await check()).receipts).toMatchObject([{ state: 'wrong', fault: 'bytes' }])
  })
})

describe('a server’s key', () => {
  it('that the one before signed is believed; both verify what they signed', async () => {
    await switchOn()
    await shareFrom(1)
    await serverAfter(() => rotateKeys(place().signingKeys, now))
    await shareFrom(2)
    const { keys } = await check()
    expect(await states()).toEqual(['verified', 'verified'])
    expect(keys[0]?.accepted).toHaveLength(2)
    expect(keys[0]?.refused).toEqual([])
  })

  it('that nobody vouches for is refused, shown, and its receipts with it', async () => {
    await switchOn()
    await shareFrom(1)
    await serverAfterStrangeKey()
    await shareFrom(2)
    const found = await check()
    expect(found.receipts.map(({ state, fault }) => [state, fault])).toEqual([
      ['verified', null],
      ['wrong', 'key'],
    ])
    expect(found.keys[0]?.refused).toHaveLength(1)
    expect(found.broken).toBe(null)
  })
})

async function serverAfterStrangeKey(): Promise<void> {
  const strange = join(world.folder, 'strange.json')
  await rotateKeys(strange, now)
  await serverAfter(() => writeFileSync(place().signingKeys, readFileSync(strange)))
}

describe('a deletion', () => {
  it('is confirmed by its own signed receipt, and verified with the rest', async () => {
    await switchOn()
    await shareFrom(2)
    const [shared] = await good(host.handlers['share.forget']({ to: null }))
    expect(shared).toMatchObject({ pending: 0, confirmed: 2 })
    const { receipts } = await check()
    expect(receipts.map(({ state, deletion }) => [state, deletion])).toEqual([
      ['verified', false],
      ['verified', false],
      ['verified', true],
      ['verified', true],
    ])
  })

  it('is of one report, or of a span of days, where that is wanted; the others stay', async () => {
    await switchOn()
    await shareFrom(3)
    const [all] = await good(host.handlers['share.sent']({}))
    const [newest, , oldest] = all?.sent ?? []
    const which = { batch: newest?.batch ?? '' }
    const [one] = await good(host.handlers['share.forget']({ to: 'community', which }))
    expect(one?.sent.map(({ deletion }) => deletion)).toEqual(['confirmed', 'none', 'none'])
    const day = parse(Day, oldest?.about[0]?.split(' ')[1])
    const span = { from: day, until: day }
    const [two] = await good(host.handlers['share.forget']({ to: null, which: span }))
    expect(two?.sent.map(({ deletion }) => deletion)).toEqual(['confirmed', 'none', 'confirmed'])
  })

  it('whose receipt is signed by a stranger is not believed, and asked for again until it is', async () => {
    await switchOn()
    await shareFrom(1)
    const own = readFileSync(place().signingKeys)
    await serverAfterStrangeKey()
    expect((await good(host.handlers['share.forget']({ to: null })))[0]).toMatchObject({
      pending: 1,
      confirmed: 0,
      sent: [{ deletion: 'refused' }],
    })
    await serverAfter(() => writeFileSync(place().signingKeys, own))
    now += 13 * hour
    await good(host.handlers['share.now']({ to: null }, ...watching()))
    expect((await good(host.handlers['share.sent']({})))[0]).toMatchObject({ pending: 0, confirmed: 1 })
  })
})
