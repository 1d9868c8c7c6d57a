import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { dayAt, dayLength, makeBatch, reportsOf } from './batches.ts'
import { adminKey } from './key.ts'
import type { Visit } from './suite.ts'

type Rows = readonly Readonly<Record<string, unknown>>[]

export function operatorTests({ home, post, get }: Visit): void {
  const key = { authorization: `Bearer ${adminKey}` }
  const ask = async (name: string): Promise<Rows> => {
    const response = await get(`/admin/answers${name}?days=90`, key)
    expect([name, response.status]).toEqual([name, 200])
    return (await response.json()) as Rows
  }
  const report = async (anonymousId: string, daysAgo: number): Promise<void> => {
    const batch = makeBatch({ anonymousId, reports: reportsOf(Date.now() - daysAgo * dayLength) })
    expect((await post('/api/v1/reports', batch.body)).status).toBe(200)
  }

  describe('whoever runs it', () => {
    it('is let in by the key, and nobody else is', async () => {
      const basic = `Basic ${btoa(`operator:${adminKey}`)}`
      for (const headers of [key, { authorization: basic }, { 'x-api-key': adminKey }])
        expect((await get('/admin/answers', headers)).status).toBe(200)
      const wrong = [
        {},
        { authorization: 'Bearer ' },
        { 'x-api-key': `${adminKey}0` },
        { authorization: 'Basic ?' },
      ]
      for (const path of ['/admin', '/admin/answers', '/admin/answers/kinds', '/metrics'])
        for (const headers of wrong) expect((await get(path, headers)).status).toBe(401)
    })

    it('sees a page of tables without a script, in which nothing that was sent is markup', async () => {
      const page = await get('/admin', key)
      expect(page.headers.get('content-security-policy')).toBe("default-src 'none'; style-src 'self'")
      const html = await page.text()
      expect(html).toContain('<h2>Anonymous ids by day</h2>')
      expect(html).not.toMatch(/<script|javascript:| on\w+=/i)
      const week = await (await get('/admin?days=7', key)).text() // another span, and its links lead to the same
      expect(week).toContain('The last 7 days.')
      expect(week).toContain('<a href="/admin?days=90">90</a>')
      expect(week).toContain('<a href="/admin/answers/sessions-per-id?days=7&amp;as=csv">CSV</a>')
      expect(week).not.toMatch(/answers\/[\w-]+(?!\?days=7)["?]/)
      expect((await get('/admin/answers/kinds?days=400', key)).status).toBe(400)
      expect((await get('/admin/style.css')).headers.get('content-type')).toMatch(/^text\/css/)
    })

    it('gets an answer to each question, the same on every engine', async () => {
      const [ada, bob] = [randomUUID(), randomUUID()]
      for (const daysAgo of [70, 69, 63, 42]) await report(ada, daysAgo)
      for (const daysAgo of [70, 63]) await report(bob, daysAgo)
      const day = dayAt(Date.now() - 70 * dayLength)
      const names = (await ask('')).map(({ name }) => String(name))
      expect(names.length).toBeGreaterThanOrEqual(12)
      const answers = new Map<string, Rows>()
      for (const name of names) answers.set(name, await ask(`/${name}`))
      const on = (name: string, column = 'day') => answers.get(name)?.find((row) => row[column] === day)
      expect(on('daily-active')).toEqual({ day, ids: 2, events: 2 })
      expect(await home().nightly()).toBeUndefined()
      const kinds = answers.get('kinds')?.find(({ kind }) => kind === 'smart-agents')
      const [counted] = await home().query(
        "SELECT count(*) AS events, count(DISTINCT anonymous_id) AS ids FROM events WHERE kind = 'smart-agents'",
      )
      expect(kinds).toMatchObject(counted ?? { events: 'some' })
      expect(answers.get('systems')).toContainEqual(expect.objectContaining({ door: 'reports', os: 'linux' }))
      expect(answers.get('agents')).toContainEqual(expect.objectContaining({ agent: 'debugger' }))
      expect(answers.get('errors')).toContainEqual(
        expect.objectContaining({ kind: 'agent_execution', error_rate: 'none' }),
      )
    })

    it('gets the answers that VoiceMode’s document asked for', async () => {
      const now = Date.now()
      for (const [n, tts] of ['openai', 'kokoro', 'kokoro'].entries()) {
        const payload = {
          event_id: `question ${n} ${now}`,
          telemetry_id: `00000000-0000-4000-8000-00000000000${n % 2}`,
          timestamp: new Date(now).toISOString(),
          environment: { os: 'Linux', version: '7.0.1' },
          usage: { total_sessions: 2 + n, provider_usage: { tts: { [tts]: 5 }, stt: {} } },
        }
        expect((await post('/telemetry', JSON.stringify(payload))).status).toBe(200)
      }
      const [whole] = await home().query(
        "SELECT count(DISTINCT anonymous_id) AS ids, count(*) AS n FROM events WHERE door = 'voicemode'",
      )
      const [average] = await ask('/sessions-per-id')
      expect(average?.['ids']).toBe(whole?.['ids'])
      const providers = await ask('/speech-providers')
      expect(providers).toContainEqual(expect.objectContaining({ tts: '{"kokoro":5}', events: 2 }))
      const bySystem = await ask('/sessions-by-system')
      expect(Number(bySystem.find(({ os }) => os === 'linux')?.['sessions'])).toBeGreaterThanOrEqual(9)
    })

    it('sees who came back, as percentages would be worked out from', async () => {
      const day = dayAt(Date.now() - 55 * dayLength)
      const ids = Array.from({ length: 4 }, () => randomUUID())
      for (const id of ids) await report(id, 55)
      for (const id of ids.slice(0, 3)) await report(id, 54)
      for (const id of ids.slice(0, 2)) await report(id, 48)
      await report(ids[0] ?? '', 27)
      const row = (await ask('/retention')).find((one) => one['day'] === day)
      expect(row).toEqual({ day, ids: 4, day_1: 3, day_7: 2, day_28: 1 })
    })

    it('is told how much of a day was a copy, or invalid', async () => {
      const day = dayAt(Date.now() - 20 * dayLength)
      const total = (what: string, n: number): string => `('${day}', 'told', '${what}', ${n}, 0)`
      await home().query(`INSERT INTO totals (day, door, what, n, last_seen) VALUES
        ${[total('taken', 970), total('copies', 20), total('refused 400', 7), total('refused 422', 3), total('refused 429', 5)].join(', ')}`)
      expect((await ask('/refused')).find((row) => row['door'] === 'told')).toEqual({
        ...{ day, door: 'told', taken: 970, copies: 20 },
        ...{ invalid: 10, over_a_limit: 5, invalid_in_1000: 10 },
      })
    })

    it('gets the same as CSV', async () => {
      const csv = await (await get('/admin/answers/systems?as=csv&days=90', key)).text()
      expect(csv.split('\r\n')[0]).toBe('door,os,events,ids')
      expect(csv).toMatch(/^reports,linux,\d+,\d+$/m)
    })

    it('is told by /metrics how the server does, without an id, a network or an address', async () => {
      const anonymousId = randomUUID()
      await report(anonymousId, 3)
      const text = await (await get('/metrics', key)).text()
      expect(text).toMatch(/^sightglass_requests_total\{door="reports",status="200"\} \d+$/m)
      expect(text).toMatch(/^sightglass_request_seconds_count\{door="reports"\} \d+$/m)
      expect(text).toContain('sightglass_store_up 1')
      expect(text).not.toMatch(/[0-9a-f]{8}-|127\.0\.0\.1|[0-9a-f]{32}/)
    })
  })

  it('everybody can read what it did in a month', async () => {
    await report(randomUUID(), 3)
    await post('/api/v1/reports', '{')
    await home().nightly()
    const figures = await (await get('/metrics', key)).text()
    const [, renewed] = /^sightglass_trends_renewed_seconds (\d+)$/m.exec(figures) ?? []
    expect(Math.abs(Number(renewed) - Date.now() / 1000)).toBeLessThan(60)
    const month = dayAt(Date.now()).slice(0, 7)
    const told = (await (await get(`/transparency.json?month=${month}`)).json()) as {
      month: string
      totals: Rows
    }
    expect(told.month).toBe(month)
    expect(told.totals).toContainEqual({ door: 'reports', what: 'taken', n: expect.any(Number) as number })
    const text = await (await get(`/transparency.txt?month=${month}`)).text()
    expect(text).toMatch(/\d+ {2}reports: taken/)
    for (const wrong of ['now', '2026-13'])
      expect((await get(`/transparency.json?month=${wrong}`)).status).toBe(400)
  })
}
