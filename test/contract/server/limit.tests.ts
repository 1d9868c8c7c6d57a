import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { makeBatch } from './batches.ts'
import type { Visit } from './suite.ts'

export function limitTests({ home, post }: Visit): void {
  const send = (body: string): Promise<Response> => post('/api/v1/reports', body)

  describe('B2: a limit', () => {
    it('of 20 lets exactly 20 of 70 through that come at once, and says when to come again', async () => {
      const anonymousId = randomUUID()
      const all = await Promise.all(Array.from({ length: 70 }, () => send(makeBatch({ anonymousId }).body)))
      const statuses = all.map(({ status }) => status)
      expect(statuses.filter((status) => status === 200)).toHaveLength(20)
      expect(statuses.filter((status) => status === 429)).toHaveLength(50)
      const rows = await home().query('SELECT seen FROM events WHERE anonymous_id = ?', anonymousId)
      expect(rows).toHaveLength(20)
      for (const refused of all.filter(({ status }) => status === 429)) {
        const wait = Number(refused.headers.get('retry-after'))
        expect(wait).toBeGreaterThan(0)
        expect(wait).toBeLessThanOrEqual(3600)
        expect(await refused.json()).toMatchObject({ retry_after: wait })
      }
    })

    it('is not touched by copies of what is known, and does not keep them from their answer', async () => {
      const anonymousId = randomUUID()
      const batches = Array.from({ length: 20 }, () => makeBatch({ anonymousId }))
      const first = await Promise.all(batches.map(({ body }) => send(body)))
      expect(new Set(first.map(({ status }) => status))).toEqual(new Set([200]))
      const again = await Promise.all(batches.flatMap(({ body }) => [send(body), send(body)]))
      expect(new Set(again.map(({ status }) => status))).toEqual(new Set([200]))
      expect((await send(makeBatch({ anonymousId }).body)).status).toBe(429)
      const [row] = await home().query('SELECT used FROM limits WHERE name = ?', `reports id ${anonymousId}`)
      expect(row).toEqual({ used: 20 })
    })
  })
}
