import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { makeBatch } from './batches.ts'
import type { Visit } from './suite.ts'

export function privacyTests({ home, post }: Visit): void {
  describe('who sent it', () => {
    it('no address is in the store, its journals, beside it, or in what the server says', async () => {
      const forged = {
        'x-forwarded-for': '203.0.113.77',
        'x-real-ip': '203.0.113.77',
        forwarded: 'for=203.0.113.77',
      }
      const json = { 'content-type': 'application/json' }
      expect((await post('/api/v1/reports', makeBatch().body, { ...json, ...forged })).status).toBe(200)
      expect((await post('/api/v1/reports', '{', { ...json, ...forged })).status).toBe(400)
      const traces = await home().traces()
      expect(traces.filter(({ bytes }) => bytes.length > 0).length).toBeGreaterThan(1)
      const found = traces.filter(({ bytes }) => Buffer.from(bytes).includes('203.0.113.77'))
      expect(found.map(({ name }) => name)).toEqual([])
    })

    it('a header that anybody can write changes nothing about whom it is counted to', async () => {
      const [one, two] = [makeBatch(), makeBatch()]
      const json = { 'content-type': 'application/json' }
      await post('/api/v1/reports', one.body, json)
      await post('/api/v1/reports', two.body, {
        ...json,
        'x-forwarded-for': `198.51.100.${1 + (Date.now() % 250)}`,
      })
      const rows = await home().query(
        'SELECT DISTINCT network FROM events WHERE seen IN (?, ?)',
        `reports ${one.id}`,
        `reports ${two.id}`,
      )
      expect(rows).toHaveLength(1)
    })

    it('an id is in no line of the log', async () => {
      const anonymousId = randomUUID()
      const batch = makeBatch({ anonymousId })
      await post('/api/v1/reports', batch.body)
      const said = (await home().traces()).find(({ name }) => name === 'what it said')
      for (const word of [anonymousId, batch.id, batch.secret])
        expect(Buffer.from(said?.bytes ?? []).includes(word)).toBe(false)
    })
  })
}
