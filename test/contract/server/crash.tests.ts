import { randomInt, randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { dayAt, dayLength, makeBatch, reportsOf } from './batches.ts'
import type { Visit } from './suite.ts'

export function crashTests({ home, post }: Visit): void {
  const send = (body: string): Promise<Response | null> => post('/api/v1/reports', body).catch(() => null)

  describe('B3: crashes', () => {
    it('what was answered with "ok" is there after a crash', async () => {
      const batches = Array.from({ length: 100 }, () => makeBatch())
      const sending = Promise.all(
        batches.map(async ({ id, body }) => ((await send(body))?.status === 200 ? id : null)),
      )
      await new Promise((resolve) => setTimeout(resolve, randomInt(60)))
      await home().crash()
      const taken = (await sending).filter((id) => id !== null)
      const rows = await home().query("SELECT seen FROM events WHERE door = 'reports'")
      const there = new Set(rows.map((row) => String(row['seen'])))
      expect(taken.filter((id) => !there.has(`reports ${id}`))).toEqual([])
    })

    it('the same stream, with 30 % copies, out of order, through crashes, comes to what was sent', async () => {
      const ids = Array.from({ length: 20 }, () => randomUUID())
      const sent = Array.from({ length: 120 }, (_, n) => {
        const day = Date.now() - (1 + (n % 4)) * dayLength
        const anonymousId = ids[n % ids.length] ?? ''
        return { day: dayAt(day), anonymousId, ...makeBatch({ anonymousId, reports: reportsOf(day, 3 + n) }) }
      })
      let open = shuffled([...sent, ...shuffled(sent).slice(0, 36)])
      for (const at of [40, 90]) {
        const sending = open
          .slice(0, at)
          .map(async (one) => ({ one, status: (await send(one.body))?.status }))
        const crashed = new Promise((resolve) => setTimeout(resolve, randomInt(40))).then(() =>
          home().crash(),
        )
        const lost = (await Promise.all(sending)).filter(({ status }) => status !== 200)
        await crashed
        open = [...open.slice(at), ...lost.map(({ one }) => one)]
      }
      for (const answer of await Promise.all(open.map(({ body }) => send(body))))
        expect(answer?.status).toBe(200)
      const rows = await home().query(
        `SELECT day, count(*) AS events, count(DISTINCT anonymous_id) AS ids FROM events
        WHERE anonymous_id IN (${ids.map((id) => `'${id}'`).join(', ')}) GROUP BY day ORDER BY day`,
      )
      const expected = [...Map.groupBy(sent, ({ day }) => day)]
        .map(([day, those]) => ({
          day,
          events: those.length,
          ids: new Set(those.map((one) => one.anonymousId)).size,
        }))
        .toSorted((a, b) => a.day.localeCompare(b.day))
      expect(rows.map((row) => ({ ...row, events: Number(row['events']), ids: Number(row['ids']) }))).toEqual(
        expected,
      )
    })
  })
}

function shuffled<T>(all: readonly T[]): T[] {
  return all
    .map((one) => ({ one, at: Math.random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ one }) => one)
}
