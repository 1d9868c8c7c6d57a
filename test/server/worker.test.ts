// What only the Worker has: KV before its database, and points for Cloudflare's Analytics Engine.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { pointsIn } from '../../server/edge/analytics.ts'
import type { Dataset } from '../../server/edge/analytics.ts'
import { importDayKey } from '../../server/network.ts'
import { makeBatch } from '../contract/server/batches.ts'
import type { RunningHome } from '../contract/server/home.ts'
import { startWorkerHome } from '../contract/server/worker-home.ts'
import { appInMemory } from './app-in-memory.ts'

let home: RunningHome
beforeAll(async () => void (home = await startWorkerHome()), 60_000)
afterAll(() => home.stop(), 60_000)

const trends = async () => {
  const response = await fetch(`${home.address}/trends.json`)
  return { status: response.status, text: await response.text(), etag: response.headers.get('etag') }
}

it('the trends are read from the database once, until the nightly run makes them anew', async () => {
  expect((await trends()).status).toBe(404) // and that there are none is not kept
  await home.nightly()
  const first = await trends()
  expect([first.status, JSON.parse(first.text)]).toMatchObject([200, { version: 1 }])
  await home.query("UPDATE documents SET body = '{}' WHERE name = 'trends'")
  expect(await trends()).toEqual(first)
  const known = await fetch(`${home.address}/trends.json`, { headers: { 'if-none-match': first.etag ?? '' } })
  expect(known.status).toBe(304)
  await home.nightly()
  const second = await trends()
  expect(JSON.parse(second.text)).toMatchObject({ version: 1 })
  expect(second.text).not.toBe(first.text) // it says when it was made
})

it('a point is written for what is new, once, without an id that outlives its day', async () => {
  const written: Parameters<Dataset['writeDataPoint']>[0][] = []
  const dataset: Dataset = { writeDataPoint: (point) => written.push(point) }
  const keyOf = (day: string) => importDayKey(new TextEncoder().encode(day))
  let now = Date.now()
  const points = pointsIn(dataset, { keyOf, tidy: async () => {} })
  const { app } = appInMemory(() => now, { points })
  const headers = { 'content-type': 'application/json' }
  const send = async (batch: ReturnType<typeof makeBatch>) =>
    (await app.request('/api/v1/reports', { method: 'POST', headers, body: batch.body })).status
  const anonymousId = '11111111-1111-4111-8111-111111111111'
  const [batch, sameDay] = [makeBatch({ anonymousId }), makeBatch({ anonymousId })]
  for (const one of [batch, batch, sameDay]) expect(await send(one)).toBe(200)
  expect(written).toHaveLength(2)
  const [first, second] = written
  const day = new Date(now).toISOString().slice(0, 10)
  expect(first).toMatchObject({
    blobs: ['reports', 'smart-agents', 'linux', expect.any(String), day],
    doubles: [1],
  })
  expect(second?.indexes).toEqual(first?.indexes)
  now += 86_400_000
  expect(await send(makeBatch({ anonymousId }))).toBe(200)
  expect(written[2]?.indexes).not.toEqual(first?.indexes)
  expect(JSON.stringify(written)).not.toContain(anonymousId)
})
