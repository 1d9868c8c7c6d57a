// The community server over real HTTP, with its real SQLite file.
import { createHash, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { senders } from '../../senders/index.ts'
import { createApp, usualConfig } from '../../server/app.ts'
import { startServer } from '../../server/node.ts'
import type { RunningServer } from '../../server/node.ts'
import type { Store } from '../../server/store.ts'
import { smartAgents } from '../../shared/formats/smart-agents.ts'
import { anonymize } from '../../shared/sharing/anonymize.ts'
import { dayFigures, utcDay } from '../../shared/sharing/report.ts'
import { encodeBatch } from '../../shared/sharing/wire.ts'
import { fail } from '../../shared/result.ts'
import { columnsOf } from '../shared/sharing/columns.ts'

const dayLength = 86_400_000
const yesterday = Date.now() - dayLength

function outboundOf(time: number, count = 3) {
  const event = {
    time,
    kind: 'agent_execution',
    failed: false,
    duration: 1500,
    dimensions: { agent: 'debugger' },
  }
  const columns = columnsOf(
    smartAgents,
    Array.from({ length: count }, () => event),
  )
  const about = { level: 'detailed', version: '0.1.0', platform: 'linux' } as const
  return anonymize(dayFigures(columns, 'smart-agents', [utcDay(time)]), about)
}
const newIds = () => ({
  batchId: randomUUID(),
  anonymousId: randomUUID(),
  secretHash: createHash('sha256').update(randomUUID()).digest('hex'),
})
async function encode(ids = newIds(), time = yesterday, count = 3) {
  const all = { ...ids, idOf: () => ids.batchId }
  const [request] = await senders.community.encode(outboundOf(time, count), all, { address: server.address })
  if (request === undefined) throw new Error('nothing was encoded')
  return request
}

let folder: string
let server: RunningServer
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sightglass-server-'))
  server = await startServer({ port: 0, host: '127.0.0.1', data: folder })
})
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

const post = (body: BodyInit, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
  fetch(`${server.address}/api/v1/reports`, { method: 'POST', headers, body, ...streaming })
const streaming = { duplex: 'half' }
const health = async (): Promise<unknown> => (await fetch(`${server.address}/api/v1/telemetry/health`)).json()

/** What another program sees in the file at this moment. */
function inStore(sql: string, ...values: string[]): Record<string, unknown>[] {
  const db = new DatabaseSync(join(folder, 'sightglass-server.db'), { readOnly: true })
  try {
    return db.prepare(sql).all(...values)
  } finally {
    db.close()
  }
}

describe('a batch that keeps to the list of fields', () => {
  it('is taken in, is on disk when the answer comes, and the answer tells the hash of what came', async () => {
    const ids = newIds()
    const request = await encode(ids)
    const response = await fetch(request.address, request)
    expect(response.status).toBe(200)
    const rows = inStore('SELECT format, day, body FROM reports WHERE batch_id = ?', ids.batchId)
    expect(rows).toEqual([
      {
        format: 'smart-agents',
        day: new Date(yesterday).toISOString().slice(0, 10),
        body: JSON.stringify(outboundOf(yesterday)[0]),
      },
    ])
    const sha256 = createHash('sha256').update(request.body).digest('hex')
    expect(await response.json()).toMatchObject({ status: 'ok', batch_id: ids.batchId, sha256 })
  })

  it('counts once when 100 copies come at the same moment, and all get the same answer', async () => {
    const before = await health()
    const ids = newIds()
    const request = await encode(ids)
    const copies = await Promise.all(Array.from({ length: 100 }, () => fetch(request.address, request)))
    expect(new Set(copies.map(({ status }) => status))).toEqual(new Set([200]))
    expect(new Set(await Promise.all(copies.map((copy) => copy.text()))).size).toBe(1)
    expect(inStore('SELECT duplicates FROM batches WHERE id = ?', ids.batchId)).toEqual([{ duplicates: 99 }])
    expect(inStore('SELECT count(*) AS n FROM reports WHERE batch_id = ?', ids.batchId)).toEqual([{ n: 1 }])
    expect(before).toMatchObject({ status: 'ok' })
  })

  it('is refused when its id came before with another body, and the first stays', async () => {
    const ids = newIds()
    expect((await post((await encode(ids)).body)).status).toBe(200)
    expect((await post((await encode(ids, yesterday, 30)).body)).status).toBe(422)
    const [row] = inStore('SELECT body FROM reports WHERE batch_id = ?', ids.batchId)
    expect(row?.['body']).toContain('"count":"1-4"')
  })
})

describe('what does not keep to it is refused with the reason, and nothing is stored', () => {
  let before: unknown
  beforeEach(async () => (before = await health()))

  const good = (): Record<string, unknown> =>
    JSON.parse(encodeBatch(outboundOf(yesterday), newIds())) as Record<string, unknown>
  const report = () => ({ ...outboundOf(yesterday)[0], rows: [...(outboundOf(yesterday)[0]?.rows ?? [])] })
  const withReport = (change: object) => ({ ...good(), reports: [{ ...report(), ...change }] })
  const withRow = (row: object) => withReport({ rows: [row] })
  const dayAt = (time: number) => new Date(time).toISOString().slice(0, 10)

  const refused: readonly (readonly [string, () => unknown, RegExp])[] = [
    ['a field that is not on the list, in the batch', () => ({ ...good(), name: 'Ada' }), /^name /],
    [
      'a field that is not on the list, in a report',
      () => withReport({ host: 'ada-pc' }),
      /^reports\.0\.host /,
    ],
    [
      'a field that is not on the list, in a row',
      () => withRow({ kind: 'error', count: '1-4', note: 'x' }),
      /note /,
    ],
    ['a field named constructor', () => withReport({ constructor: 'x' }), /constructor /],
    [
      'a prototype',
      (): unknown => JSON.parse(`{"__proto__": {"a": 1}, ${JSON.stringify(good()).slice(1)}`),
      /__proto__ /,
    ],
    ['a word that is not on the list', () => withRow({ agent: 'my-agent', count: '1-4' }), /agent /],
    ['a word of another format', () => withRow({ exit_reason: 'timeout', count: '1-4' }), /exit_reason /],
    ['a number where a range belongs', () => withRow({ kind: 'error', count: 3 }), /count /],
    ['a range that is none', () => withRow({ kind: 'error', count: '3-4' }), /count /],
    ['a row about nothing', () => withRow({ count: '1-4' }), /about exactly one thing/],
    [
      'a row about two things',
      () => withRow({ kind: 'error', agent: 'debugger', count: '1-4' }),
      /exactly one/,
    ],
    [
      'a report that says one thing twice',
      () => withReport({ rows: [report().rows[0], report().rows[0]] }),
      /twice/,
    ],
    ['a basic report with details', () => withReport({ level: 'basic' }), /level keeps back/],
    ['a format that is not shared', () => withReport({ format: 'atuin' }), /not shared/],
    ['a format named constructor', () => withReport({ format: 'constructor' }), /not shared/],
    ['a day that does not exist', () => withReport({ day: '2026-02-31' }), /day /],
    ['a day that has not ended', () => withReport({ day: dayAt(Date.now() + dayLength) }), /whole UTC day/],
    ['a day of long ago', () => withReport({ day: dayAt(Date.now() - 100 * dayLength) }), /last 90 days/],
    [
      'the ids of a preview',
      () => ({ ...good(), batch_id: '00000000-0000-0000-0000-000000000000' }),
      /batch_id /,
    ],
    ['no reports', () => ({ ...good(), reports: [] }), /reports /],
    ['too many reports', () => ({ ...good(), reports: Array.from({ length: 101 }, report) }), /reports /],
    ['another version of the wire', () => ({ ...good(), version: 2 }), /version /],
    ['a list', () => [good()], /./],
    ['nothing', () => null, /./],
  ]
  for (const [what, body, says] of refused)
    it(what, async () => {
      const response = await post(JSON.stringify(body()))
      expect(response.status).toBe(400)
      expect(((await response.json()) as { error: string }).error).toMatch(says)
      expect(await health()).toEqual(before)
    })

  it('a refusal never quotes what was sent', async () => {
    const secret = 'sk-ant-api03-0123456789'
    const response = await post(JSON.stringify(withRow({ agent: secret, count: '1-4' })))
    expect(await response.text()).not.toContain(secret)
  })

  it('what is not JSON, not UTF-8, another type, or compressed', async () => {
    expect((await post('{"version": 1')).status).toBe(400)
    expect((await post(new Uint8Array([0x22, 0xff, 0x22]))).status).toBe(400)
    expect((await post('['.repeat(200_000))).status).toBe(400)
    expect((await post((await encode()).body, { 'content-type': 'text/plain' })).status).toBe(415)
    const gzip = { 'content-type': 'application/json', 'content-encoding': 'gzip' }
    expect((await post((await encode()).body, gzip)).status).toBe(415)
    expect(await health()).toEqual(before)
  })

  it('a body over 256 KB, counted while it comes: the rest is not waited for', async () => {
    expect((await post(' '.repeat(usualConfig.largestBody) + (await encode()).body)).status).toBe(413)
    let given = 0
    const endless = new ReadableStream<Uint8Array>({
      pull: async (controller) => {
        given += 65_536
        await new Promise((resolve) => setTimeout(resolve, 5))
        controller.enqueue(new Uint8Array(65_536))
      },
    })
    expect((await post(endless)).status).toBe(413)
    expect(given).toBeLessThan(8_000_000)
    expect(await health()).toEqual(before)
  })

  it('other ways to ask', async () => {
    const get = await fetch(`${server.address}/api/v1/reports`)
    expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST'])
    expect((await fetch(`${server.address}/nowhere`)).status).toBe(404)
    const home = await fetch(server.address)
    expect(await home.text()).toContain('Sightglass community server')
    expect(home.headers.get('access-control-allow-origin')).toBeNull()
    expect(home.headers.get('x-content-type-options')).toBe('nosniff')
  })
})

it('no address of a sender is in anything the server keeps', async () => {
  const forwarded = { 'content-type': 'application/json', 'x-forwarded-for': '203.0.113.77' }
  expect((await post((await encode()).body, forwarded)).status).toBe(200)
  const files = readdirSync(folder)
  expect(files).toContain('sightglass-server.db-wal')
  for (const file of files) {
    const bytes = readFileSync(join(folder, file))
    for (const address of ['127.0.0.1', '203.0.113.77', '::1'])
      expect(bytes.includes(address), file).toBe(false)
    expect(file === 'sightglass-server.db-shm' || bytes.length > 0).toBe(true)
  }
})

it('a store that can’t take anything answers "later", never "taken"', async () => {
  const full: Store = {
    take: async () => fail('unavailable'),
    health: async () => fail('unavailable'),
    close: async () => {},
  }
  const app = createApp({ store: full, clock: Date.now, config: usualConfig })
  const request = await encode()
  const response = await app.request('/api/v1/reports', request)
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '60'])
  expect((await app.request('/api/v1/telemetry/health')).status).toBe(503)
})

it('what was accepted is there after the server was closed and started again', async () => {
  const data = join(folder, 'again')
  const first = await startServer({ port: 0, host: '127.0.0.1', data })
  const request = await encode()
  const send = (address: string) => fetch(`${address}/api/v1/reports`, request)
  const before = await (await send(first.address)).text()
  await first.close()
  const second = await startServer({ port: 0, host: '127.0.0.1', data })
  expect(await (await send(second.address)).text()).toBe(before)
  await second.close()
})
