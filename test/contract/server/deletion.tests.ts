import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { dayLength, makeBatch, reportsOf } from './batches.ts'
import type { Batch } from './batches.ts'
import type { Visit } from './suite.ts'

export function deletionTests({ home, post }: Visit): void {
  const send = (body: string): Promise<Response> => post('/api/v1/reports', body)
  const forget = (id: string, secret: string): Promise<Response> =>
    post(`/api/v1/batches/${id}/delete`, JSON.stringify({ secret }))
  const rowsOf = async ({ id }: Batch): Promise<number> =>
    (await home().query('SELECT seen FROM events WHERE seen = ?', `reports ${id}`)).length
  /** An answer without what differs between any two: its time and its signature. */
  const shapeOf = async (response: Response, id: string) => ({
    status: response.status,
    headers: [...response.headers.keys()].toSorted(),
    body: (await response.text())
      .replaceAll(id, 'ID')
      .replaceAll(/"\d{4}-[^"]*Z"|\\"\d{4}-[^"]*Z\\"/g, 'TIME')
      .replace(/"signature":"[^"]*"/, 'SIGNATURE'),
  })

  describe('B6: deletion on proof', () => {
    it('takes out the batch whose secret is shown, and no other', async () => {
      const [mine, other] = [makeBatch(), makeBatch()]
      for (const { body } of [mine, other]) expect((await send(body)).status).toBe(200)
      const response = await forget(mine.id, mine.secret)
      expect(response.status).toBe(200)
      const answer = (await response.json()) as { receipt: { signed: string } }
      const signed = JSON.parse(answer.receipt.signed) as Record<string, string>
      const { batch_id: id, deleted = '', recoverable_until: until } = signed
      expect(id).toBe(mine.id)
      expect(until && (Date.parse(until) - Date.parse(deleted)) / dayLength).toBe(home().daysRecoverable)
      expect([await rowsOf(mine), await rowsOf(other)]).toEqual([0, 1])
    })

    it('answers alike whether the batch is there, was deleted, never was, or is another’s', async () => {
      const [mine, other] = [makeBatch(), makeBatch()]
      for (const { body } of [mine, other]) await send(body)
      const never = randomUUID()
      const answers = [
        await shapeOf(await forget(mine.id, mine.secret), mine.id),
        await shapeOf(await forget(mine.id, mine.secret), mine.id),
        await shapeOf(await forget(other.id, randomUUID()), other.id),
        await shapeOf(await forget(never, randomUUID()), never),
      ]
      expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1)
      expect(await rowsOf(other)).toBe(1)
    })

    it('holds against a copy that comes after it', async () => {
      const batch = makeBatch()
      await send(batch.body)
      await forget(batch.id, batch.secret)
      expect((await send(batch.body)).status).toBe(410)
      const early = makeBatch()
      await forget(early.id, early.secret) // before the batch itself has arrived
      expect((await send(early.body)).status).toBe(410)
      expect([await rowsOf(batch), await rowsOf(early)]).toEqual([0, 0])
    })

    it('is not the only right it gives: on the same proof a batch is listed and exported', async () => {
      const [mine, gone] = [makeBatch(), makeBatch()]
      await send(mine.body)
      await send(mine.body)
      const batches = [mine, gone].map(({ id, secret }) => ({ batch_id: id, secret }))
      const listed = await (await post('/api/v1/batches/list', JSON.stringify({ batches }))).json()
      expect(listed).toMatchObject({
        batches: [{ batch_id: mine.id, sha256: mine.sha256, copies: 2, reports: 1 }],
      })
      const exported = (secret: string) =>
        post(`/api/v1/batches/${mine.id}/export`, JSON.stringify({ secret })).then((answer) => answer.json())
      expect(await exported(mine.secret)).toMatchObject({ batches: [{ reports: [reportsOf()[0]] }] })
      expect(await exported(randomUUID())).toEqual({ status: 'ok', batches: [] })
    })
  })

  describe('B5: the nightly run', () => {
    it('forgets what is older than 90 days and nothing younger, also when it is run twice', async () => {
      const [old, young] = [makeBatch(), makeBatch()]
      for (const { body } of [old, young]) await send(body)
      const age = async ({ id }: Batch, days: number) => {
        const received = Math.floor(Date.now() / dayLength) * dayLength - days * dayLength
        await home().query('UPDATE seen SET received = ? WHERE id = ?', received, `reports ${id}`)
      }
      await age(old, 90.5)
      await age(young, 89.5)
      const many = Date.now() - 91 * dayLength
      await home().query(
        `WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 2500)
        INSERT INTO seen (id, door, received, intake, last_seen)
        SELECT 'old ' || n, 'test', CAST(? AS BIGINT), 1, 1 FROM n`,
        many,
      )
      await home().nightly()
      expect([await rowsOf(old), await rowsOf(young)]).toEqual([0, 1])
      expect(await home().query("SELECT id FROM seen WHERE door = 'test'")).toEqual([])
      await home().nightly()
      expect(await rowsOf(young)).toBe(1)
      const day = new Date(many).toISOString().slice(0, 10)
      const [total] = await home().query(
        "SELECT n FROM totals WHERE door = 'test' AND what = 'taken' AND day = ?",
        day,
      )
      expect(total).toEqual({ n: 2500 }) // it was counted before it was forgotten
    })
  })
}
