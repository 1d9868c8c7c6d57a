// A day of a thousand people on a clock set by hand: each report becomes due at a moment of its own, a tenth of the
// answers is lost on the way back, and what was lost is sent again an hour later.
import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { makeBatch, reportsOf } from '../contract/server/batches.ts'
import { appInMemory } from './app-in-memory.ts'

const midnight = Date.UTC(2026, 10, 21)
const hour = 3_600_000

it('a thousand people report a day: each counts once, and nobody is held up', async () => {
  let now = midnight
  const address = (n: number): string => `10.${n % 7}.${n >> 4}.9` // some share a network
  let sender = 0
  const { app, store, lines } = appInMemory(() => now, { addressOf: () => address(sender) })
  const reports = reportsOf(midnight - 12 * hour)
  const due = Array.from({ length: 1000 }, (_, n) => ({
    at: midnight + ((n * 7919) % 1000) * 86_400,
    sender: n,
    body: makeBatch({ reports, anonymousId: randomUUID() }).body,
    lost: n % 10 === 0,
  }))
  const sent = [...due, ...due.filter(({ lost }) => lost).map((one) => ({ ...one, at: one.at + hour }))]
  for (const one of sent.toSorted((a, b) => a.at - b.at)) {
    now = one.at
    sender = one.sender
    const headers = { 'content-type': 'application/json' }
    expect((await app.request('/api/v1/reports', { method: 'POST', headers, body: one.body })).status).toBe(
      200,
    )
  }
  const counted = await store.run([
    { sql: 'SELECT count(*) AS batches, sum(duplicates) AS copies FROM seen' },
    { sql: 'SELECT count(DISTINCT anonymous_id) AS ids, count(*) AS events FROM events' },
  ])
  expect(counted).toEqual({
    ok: true,
    value: [[{ batches: 1000, copies: 100 }], [{ ids: 1000, events: 1000 }]],
  })
  expect(lines).toHaveLength(1100)
  expect(JSON.stringify(lines)).not.toMatch(/10\.\d+\.\d+\.9|[0-9a-f]{8}-[0-9a-f]{4}/)
})
