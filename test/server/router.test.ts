// What the router makes of events on their way on, on the real store in memory and a clock set by hand.
import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { configFrom, usualConfig } from '../../server/config.ts'
import { forwardDue } from '../../server/router/forward.ts'
import type { Forwarding } from '../../server/router/forward.ts'
import { createTotals } from '../../server/totals.ts'
import type { Sealed } from '../../senders/sender.ts'
import { dayAt, dayLength, makeBatch, reportsOf, yesterday } from '../contract/server/batches.ts'
import { appInMemory } from './app-in-memory.ts'

let now: number
beforeEach(() => (now = Date.now()))

interface Carried {
  readonly address: string
  readonly body: Record<string, unknown>
}

function router(targets: readonly object[], answer: (sealed: Sealed) => Promise<Response>) {
  const config = configFrom({ FORWARD_TO: JSON.stringify(targets) })
  if (!config.ok) throw new Error(config.error)
  const { app, store } = appInMemory(() => now, {
    config: { ...usualConfig, forwards: config.value.forwards },
  })
  const carried: Carried[] = []
  const appended: string[] = []
  const totals = createTotals()
  const forwarding: Forwarding = {
    ...{ store, totals, targets: config.value.forwards, clock: () => now, program: '0.1.0' },
    stopped: () => false,
    append: async (path, text) => void appended.push(`${path}: ${text}`),
    carry: async (sealed) => {
      const body = typeof sealed.body === 'string' ? sealed.body : ''
      carried.push({ address: sealed.address, body: JSON.parse(body) as Record<string, unknown> })
      const said = await answer(sealed)
      return { status: said.status, headers: Object.fromEntries(said.headers), body: await said.text() }
    },
  }
  return {
    ...{ carried, appended, store },
    forward: () => forwardDue(forwarding),
    post: async (path: string, body: string): Promise<number> => {
      const headers = { 'content-type': 'application/json' }
      return (await app.request(path, { method: 'POST', headers, body })).status
    },
    waiting: async (): Promise<number> => {
      const done = await store.run([{ sql: 'SELECT seen FROM forwards' }])
      return done.ok ? (done.value[0] ?? []).length : -1
    },
  }
}

const other = { name: 'other', to: 'community', told: { address: 'https://other.example' } }
const agents = (events: readonly object[]): string =>
  JSON.stringify({
    anonymous_id: randomUUID(),
    events: events.map((event) => ({ id: randomUUID(), ...event })),
  })

const down = async (): Promise<Response> => new Response('', { status: 503 })

describe('a batch of daily reports', () => {
  it('goes to another community server as it came, under another id, and its owner can delete it there', async () => {
    const there = appInMemory(() => now)
    const here = router([other], async ({ address, body, headers, method }) =>
      there.app.request(new URL(address).pathname, { method, headers: { ...headers }, body: String(body) }),
    )
    const [anonymousId, batch] = [randomUUID(), makeBatch({ secret: 'a secret of twenty-seven' })]
    expect(await here.post('/api/v1/reports', batch.body)).toBe(200)
    expect(await here.post('/api/v1/reports', makeBatch({ anonymousId }).body)).toBe(200)
    expect(await here.post('/api/v1/reports', makeBatch({ anonymousId }).body)).toBe(200)
    await here.forward()
    await here.forward()
    expect(await here.waiting()).toBe(0)
    expect(here.carried).toHaveLength(3)
    const sent = here.carried.find(({ body }) => body['batch_id'] === batch.id)
    const { anonymous_id: own, ...whole } = JSON.parse(batch.body) as Record<string, unknown>
    expect(sent?.body).toMatchObject(whole)
    expect(sent?.body['anonymous_id']).not.toBe(own)
    // Two batches of one person are one person's there as well, but nobody knows whose.
    const ids = new Set(here.carried.map(({ body }) => body['anonymous_id']))
    expect([ids.size, ids.has(anonymousId)]).toEqual([2, false])
    const count = async (): Promise<unknown> => {
      const done = await there.store.run([{ sql: 'SELECT count(*) AS n FROM seen' }])
      return done.ok && done.value[0]?.[0]?.['n']
    }
    expect(await count()).toBe(3)
    await there.app.request(`/api/v1/batches/${batch.id}/delete`, {
      method: 'POST',
      body: JSON.stringify({ secret: batch.secret }),
    })
    expect(await count()).toBe(2)
  })

  it('that was deleted while it waited is not forwarded', async () => {
    const here = router([other], async () => new Response('{}'))
    const batch = makeBatch({ secret: 'a secret of twenty-seven' })
    await here.post('/api/v1/reports', batch.body)
    await here.post(`/api/v1/batches/${batch.id}/delete`, JSON.stringify({ secret: batch.secret }))
    await here.forward()
    expect([here.carried, await here.waiting()]).toEqual([[], 0])
  })
})

describe('what waits', () => {
  it('is tried again later and later, and never lost', async () => {
    let answer = down
    const here = router([other], () => answer())
    await here.post('/api/v1/reports', makeBatch().body)
    const tried: number[] = []
    for (let minute = 0; minute < 64; minute++) {
      const before = here.carried.length
      await here.forward()
      if (here.carried.length > before) tried.push(minute)
      now += 60_000
    }
    expect(tried).toEqual([0, 1, 3, 7, 15, 31, 63])
    answer = async () => new Response(JSON.stringify({ status: 'ok', batch_id: 'x' }))
    now += dayLength
    await here.forward()
    expect(await here.waiting()).toBe(0)
    expect(new Set(here.carried.map(({ body }) => JSON.stringify(body))).size).toBe(1) // always the same bytes
  })

  it('is tried once a round where its destination is down, however much it is', async () => {
    const here = router([other], down)
    for (let n = 0; n < 30; n++) await here.post('/api/v1/reports', makeBatch().body)
    await here.forward()
    expect(here.carried.length).toBeLessThanOrEqual(8)
    expect(await here.waiting()).toBe(30)
  })

  it('for one destination keeps no other waiting', async () => {
    const hog = { name: 'hog', to: 'otlp', told: { address: 'https://dead.example' } }
    const here = router([hog, other], async ({ address }) =>
      address.includes('dead')
        ? Promise.reject(new Error('no answer'))
        : new Response('{"status":"ok","batch_id":""}'),
    )
    await here.post('/api/v1/reports', makeBatch().body)
    await here.forward()
    expect(here.carried.map(({ address }) => new URL(address).hostname).toSorted()).toEqual([
      'dead.example',
      'other.example',
    ])
    expect(await here.waiting()).toBe(1)
  })

  it('is given up when it is refused, and forgotten with what it is of', async () => {
    const here = router([other], async () => new Response('no', { status: 400 }))
    await here.post('/api/v1/reports', makeBatch().body)
    await here.forward()
    expect(await here.waiting()).toBe(0)
  })
})

describe('events of other protocols', () => {
  const file = { name: 'file', to: 'file', told: { path: '/somewhere/usage.jsonl' } }

  it('become daily reports: ranges and closed words, and nothing else', async () => {
    const here = router([file], down)
    await here.post(
      '/api/v1/telemetry/batch',
      agents([
        {
          event: 'agent_execution',
          agent_type: 'my-own-agent',
          success: false,
          duration_ms: 1500,
          sdk_version: '2.1.7',
          os_platform: 'darwin',
          cost: 0.5,
        },
      ]),
    )
    await here.forward()
    const about = {
      format: 'smart-agents',
      day: dayAt(now),
      level: 'detailed',
      tool_version: '2.1',
      os: 'macos',
      program: '0.1',
    }
    const cell = { count: '1-4', error_rate: '50-100%', median: '1-2 s', p95: '1-2 s' }
    const rows = [
      { kind: 'agent_execution', ...cell },
      { agent: 'other', ...cell },
    ]
    const [line = ''] = here.appended
    expect(line.startsWith('/somewhere/usage.jsonl: ')).toBe(true)
    expect(JSON.parse(line.slice(line.indexOf('{')))).toEqual({ ...about, rows })
    expect(await here.waiting()).toBe(0)
  })

  it('are summed over all who sent them, once their day is over', async () => {
    const here = router([{ ...file, sums: true }], down)
    for (let n = 1; n <= 40; n++)
      await here.post(
        '/api/v1/telemetry/batch',
        agents([
          {
            event: 'agent_execution',
            agent_type: 'planner',
            success: n > 4,
            duration_ms: n === 40 ? 60_000 : 30,
          },
        ]),
      )
    await here.post('/api/v1/reports', makeBatch({ reports: reportsOf(yesterday(), 60, 'planner') }).body)
    await here.forward()
    expect(here.appended).toEqual([])
    const day = dayAt(now)
    now += dayLength
    await here.forward()
    await here.forward()
    expect(here.appended).toHaveLength(1)
    const [text = ''] = here.appended
    const lines = text
      .slice(text.indexOf('{'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { day: string; rows: Record<string, string>[] })
    const today = lines.find((line) => line.day === day)
    // 40 runs, 4 of them failed, all but one in 30 ms.
    expect(today?.rows.find((row) => row['agent'] === 'planner')).toEqual({
      agent: 'planner',
      count: '20-49',
      error_rate: '10-20%',
      median: '20-50 ms',
      p95: '20-50 ms',
    })
    // A report says "50 to 99": it counts as 50.
    const before = lines.find((line) => line.day === dayAt(yesterday()))
    expect(before?.rows.find((row) => row['agent'] === 'planner')).toMatchObject({ count: '50-99' })
    expect(await here.waiting()).toBe(0)
  })

  it('without words of a shared format are no reports: nothing is sent, and nothing waits', async () => {
    const here = router([file], down)
    await here.post(
      '/capture/',
      JSON.stringify({ api_key: 'a', event: 'clicked', distinct_id: randomUUID() }),
    )
    await here.post('/beacon', JSON.stringify({ installation_id: randomUUID(), version: '1.0.0' }))
    await here.forward()
    expect([here.appended, await here.waiting()]).toEqual([[], 0])
  })
})
