// What the application does where its surroundings fail it, and what it writes down about that.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { usualConfig } from '../../server/config.ts'
import { fail } from '../../shared/result.ts'
import type { Store } from '../../server/store.ts'
import { sqliteDialect } from '../../server/store.ts'
import { makeBatch } from '../contract/server/batches.ts'
import { appInMemory } from './app-in-memory.ts'

const report = () => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: makeBatch().body,
})
const storeThat = (run: Store['run']): Store => ({
  dialect: sqliteDialect,
  recoverable: 0,
  run,
  tend: async () => {},
  close: async () => {},
})

describe('a store that can’t take anything', () => {
  it('is answered "later", never "taken"', async () => {
    const { app } = appInMemory(Date.now, { store: storeThat(async () => fail('unavailable')) })
    const response = await app.request('/api/v1/reports', report())
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '60'])
    expect((await app.request('/api/v1/telemetry/health')).status).toBe(503)
  })

  it('that breaks is told as broken, and the log names the kind of error without its message', async () => {
    const { app, lines } = appInMemory(Date.now, {
      store: storeThat(() => Promise.reject(new TypeError('about 203.0.113.9'))),
    })
    const response = await app.request('/api/v1/reports', report())
    expect(response.status).toBe(500)
    expect(lines).toMatchObject([{ door: 'reports', status: 500, error: 'TypeError' }])
    expect(`${JSON.stringify(lines)}${await response.text()}`).not.toContain('203.0.113.9')
  })
})

it('a body that does not come is given up', async () => {
  const never = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new Uint8Array(1)),
  })
  const { app } = appInMemory(Date.now, { config: { ...usualConfig, slowestBody: 50 } })
  const sent = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: never,
    duplex: 'half',
  }
  expect((await app.request('/api/v1/reports', sent)).status).toBe(408)
})

it.each(['alerts.yml', 'grafana.json'])('%s asks for figures that the server tells', async (name) => {
  const adminKey = 'a key for this test'
  const { app } = appInMemory(Date.now, { config: { ...usualConfig, adminKey } })
  await app.request('/api/v1/reports', report())
  const metrics = await app.request('/metrics', { headers: { 'x-api-key': adminKey } })
  const told = new Set([...(await metrics.text()).matchAll(/^sightglass_\w+/gm)].map(([figure]) => figure))
  const file = readFileSync(join(import.meta.dirname, '../../docs/monitoring', name), 'utf8')
  const asked = new Set([...file.matchAll(/sightglass_\w+/g)].map(([figure]) => figure))
  expect([...asked].filter((figure) => !told.has(figure))).toEqual([])
  expect(asked).toContain('sightglass_forwards_failed')
})
