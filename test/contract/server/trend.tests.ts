import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { encodeBatch } from '../../../shared/sharing/wire.ts'
import { dayAt, dayLength, sha256 } from './batches.ts'
import type { Visit } from './suite.ts'

/** Ten days ago lies in a week that is over for two days at least. */
const day = (): string => dayAt(Date.now() - 10 * dayLength)

export function trendTests({ home, post, get }: Visit): void {
  const report = (reason: string) => ({
    format: 'earlyexit',
    day: day(),
    level: 'detailed',
    tool_version: 'unknown',
    os: 'linux',
    program: '0.1',
    rows: [
      { kind: 'execution', count: '10-19', error_rate: '5-10%', median: '1-2 s', p95: '5-10 s' },
      { exit_reason: reason, count: '10-19', median: '1-2 s' },
    ],
  })
  const send = (reason: string): Promise<Response> => {
    const ids = { batchId: randomUUID(), anonymousId: randomUUID(), secretHash: sha256(randomUUID()) }
    return post('/api/v1/reports', encodeBatch([report(reason)] as never, ids))
  }

  describe('the trends', () => {
    it('are made by the nightly run, for everybody, and are the same figures on every engine', async () => {
      const reasons = [...Array<string>(30).fill('completed'), ...Array<string>(25).fill('timeout'), 'stuck']
      for (const answer of await Promise.all(reasons.map(send))) expect(answer.status).toBe(200)
      await home().nightly()
      const response = await get('/trends.json')
      expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([200, '*'])
      const file = (await response.json()) as {
        threshold: number
        known_weaknesses: string[]
        weeks: { from: string; to: string; tables: { format: string; subject: string }[] }[]
      }
      expect([file.threshold, file.known_weaknesses.length > 3]).toEqual([20, true])
      const week = file.weeks.find(({ from, to }) => from <= day() && day() <= to)
      const those = week?.tables.filter(({ format }) => format === 'earlyexit') ?? []
      expect(those.toSorted((a, b) => a.subject.localeCompare(b.subject))).toEqual([
        {
          format: 'earlyexit',
          subject: 'exit_reason',
          contributors: 50,
          cells: [
            { word: 'completed', contributors: 30, share: 54, median: '1-2 s' },
            { word: 'other', contributors: 20, share: 46, median: '1-2 s' },
          ],
        },
        {
          format: 'earlyexit',
          subject: 'kind',
          contributors: 50,
          cells: [
            {
              word: 'execution',
              contributors: 50,
              share: 100,
              error_rate: '5-10%',
              median: '1-2 s',
              p95: '5-10 s',
            },
          ],
        },
        {
          format: 'earlyexit',
          subject: 'os',
          contributors: 50,
          cells: [{ word: 'linux', contributors: 50, share: 100 }],
        },
        {
          format: 'earlyexit',
          subject: 'tool_version',
          contributors: 50,
          cells: [{ word: 'unknown', contributors: 50, share: 100 }],
        },
      ])
    })

    it('are asked for again without being sent again', async () => {
      const etag = (await get('/trends.json')).headers.get('etag') ?? ''
      expect(etag).toMatch(/^"[0-9a-f]{32}"$/)
      const again = await get('/trends.json', { 'if-none-match': etag })
      expect([again.status, await again.text()]).toEqual([304, ''])
    })
  })
}
