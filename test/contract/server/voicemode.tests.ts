import { readFileSync } from 'node:fs'
import { createHash, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { countOf, storedOf } from './stored.ts'
import type { Visit } from './suite.ts'

/** As VoiceMode 7.0.1 wrote it; its document spells two fields otherwise. */
function payload({
  telemetryId = randomUUID(),
  eventId = randomUUID().replaceAll('-', '').slice(0, 16),
  time = Date.now(),
}: { telemetryId?: string; eventId?: string; time?: number } = {}) {
  return {
    event_id: eventId,
    telemetry_id: telemetryId,
    timestamp: new Date(time).toISOString().replace('Z', '452+00:00'),
    environment: {
      os: 'Linux',
      install_method: 'pip',
      mcp_host: 'claude-code',
      exec_source: 'cli',
      version: '7.0.1',
    },
    usage: {
      total_sessions: 5,
      total_exchanges: 98,
      duration_distribution: { '<1min': 1, '1-5min': 2, '20-60min': 2 },
      exchanges_per_session: { '1-5': 1, '>20': 4 },
      transport_usage: { local: 5 },
      provider_usage: { tts: { openai: 4, kokoro: 5 }, stt: { 'whisper-local': 5 } },
    },
  }
}

const fixtures = process.env['SIGHTGLASS_FIXTURES']
interface Exchange {
  readonly url: string
  readonly headers: Record<string, string>
  readonly body: ReturnType<typeof payload>
  readonly status: number
  readonly response: string
}

export function voicemodeTests({ home, post }: Visit): void {
  const send = (body: unknown): Promise<Response> => post('/telemetry', JSON.stringify(body))

  describe('VoiceMode’s worker', () => {
    it('takes a summary, tells a copy from it, and keeps both spellings of its fields', async () => {
      const sent = payload()
      const first = await send(sent)
      expect([first.status, await first.json()]).toEqual([200, { status: 'ok', event_id: sent.event_id }])
      const again = await send(sent)
      expect([again.status, await again.json()]).toEqual([
        200,
        { status: 'ok', message: 'Event already recorded' },
      ])
      const documented = payload({ telemetryId: sent.telemetry_id })
      const { install_method: _a, exec_source: _b, ...environment } = documented.environment
      const spelled = { ...environment, installation_method: 'uv', execution_source: 'mcp' }
      expect((await send({ ...documented, environment: spelled })).status).toBe(200)
      const [one, other, ...more] = await storedOf(home(), sent.telemetry_id)
      expect(more).toEqual([])
      expect(one).toMatchObject({ os: 'linux', version: '7.0.1', day: sent.timestamp.slice(0, 10) })
      expect(one?.body).toEqual({ environment: sent.environment, usage: sent.usage })
      expect(other?.body).toMatchObject({ environment: spelled })
    })

    it('is open to pages of every origin, as its protocol says', async () => {
      const response = await fetch(`${home().address}/telemetry`, {
        method: 'OPTIONS',
        headers: { origin: 'https://a.example', 'access-control-request-method': 'POST' },
      })
      expect(response.status).toBe(204)
      const said = ['origin', 'methods', 'headers', 'max-age'].map((name) =>
        response.headers.get(`access-control-${name === 'max-age' ? '' : 'allow-'}${name}`),
      )
      expect(said).toEqual(['*', 'POST, OPTIONS', 'Content-Type', '86400'])
      expect((await send({})).headers.get('access-control-allow-origin')).toBe('*')
    })

    const day = 86_400_000
    const wrong: readonly (readonly [string, (good: ReturnType<typeof payload>) => unknown])[] = [
      ['Missing payload', () => null],
      ['Invalid or missing event_id', ({ event_id: _, ...rest }) => rest],
      ['Invalid or missing event_id', (good) => ({ ...good, event_id: 7 })],
      ['Invalid or missing telemetry_id', (good) => ({ ...good, telemetry_id: '' })],
      ['Invalid telemetry_id format (must be UUID)', (good) => ({ ...good, telemetry_id: 'ada' })],
      ['Invalid or missing timestamp', ({ timestamp: _, ...rest }) => rest],
      ['Invalid timestamp format (must be ISO 8601)', (good) => ({ ...good, timestamp: 'yesterday' })],
      ['Timestamp too far in the future', () => payload({ time: Date.now() + 1.1 * day })],
      ['Timestamp too old (max 90 days)', () => payload({ time: Date.now() - 90.1 * day })],
      ['Invalid or missing environment object', (good) => ({ ...good, environment: 'Linux' })],
      ['Invalid or missing environment.os', (good) => ({ ...good, environment: { version: '1' } })],
      ['Invalid or missing environment.version', (good) => ({ ...good, environment: { os: 'Linux' } })],
      ['Invalid or missing usage object', ({ usage: _, ...rest }) => rest],
      ['Invalid or missing usage.total_sessions', (good) => ({ ...good, usage: { total_sessions: '5' } })],
    ]
    it.each(wrong)('says "%s" and stores nothing', async (error, make) => {
      const before = await countOf(home(), 'voicemode')
      const response = await send(make(payload()))
      expect([response.status, await response.json()]).toEqual([400, { error }])
      expect(await countOf(home(), 'voicemode')).toBe(before)
    })

    it('keeps no free text, whatever stands where a word is expected', async () => {
      const sent = payload()
      const secret = 'ada@example.org /home/ada sk-ant-api03-0123456789'
      const usage = { ...sent.usage, transport_usage: { [secret]: 2 }, note: secret }
      const environment = { ...sent.environment, mcp_host: secret, hostname: secret, os: secret }
      expect((await send({ ...sent, note: secret, environment, usage })).status).toBe(200)
      const [kept] = await storedOf(home(), sent.telemetry_id)
      expect(JSON.stringify(kept)).not.toMatch(/ada|sk-ant/)
      expect(kept?.body).toMatchObject({
        environment: { mcp_host: 'other', os: 'other' },
        usage: { transport_usage: { other: 2 } },
      })
    })

    it('B1: counts an event once when 100 copies come at the same moment', async () => {
      const sent = payload()
      const answers = await Promise.all(Array.from({ length: 100 }, () => send(sent)))
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
      const bodies = await Promise.all(answers.map((answer) => answer.json() as Promise<object>))
      expect(bodies.filter((body) => 'event_id' in body)).toHaveLength(1)
      expect(bodies.filter((body) => 'message' in body)).toHaveLength(99)
      expect(await storedOf(home(), sent.telemetry_id)).toHaveLength(1)
    })

    it('B2: lets exactly 10 of 60 through for an id, says how long its hour lasts, and knows copies beyond it', async () => {
      const telemetryId = randomUUID()
      const sent = Array.from({ length: 60 }, () => payload({ telemetryId }))
      const answers = await Promise.all(sent.map(send))
      const taken = sent.filter((_, at) => answers[at]?.status === 200)
      expect(taken).toHaveLength(10)
      for (const refused of answers.filter(({ status }) => status !== 200)) {
        expect(refused.status).toBe(429)
        const left = 3600 - (Math.floor(Date.now() / 1000) % 3600)
        const { error, retry_after: wait } = (await refused.json()) as { error: string; retry_after: number }
        expect(error).toBe('Rate limit exceeded for telemetry ID')
        expect(refused.headers.get('retry-after')).toBe(String(wait))
        expect(Math.abs(wait - left)).toBeLessThan(60) // the end of the hour, not an hour from now
      }
      const again = await send(taken[0])
      expect([again.status, await again.json()]).toEqual([
        200,
        { status: 'ok', message: 'Event already recorded' },
      ])
    })

    it('answers well and keeps nothing where a client asks to leave no trace', async () => {
      const sent = payload()
      const json = { 'content-type': 'application/json' }
      for (const asks of [{ dnt: '1' }, { 'sec-gpc': '1' }]) {
        const response = await post('/telemetry', JSON.stringify(sent), { ...json, ...asks })
        expect([response.status, await response.json()]).toEqual([
          200,
          { status: 'ok', event_id: sent.event_id },
        ])
      }
      expect(await storedOf(home(), sent.telemetry_id)).toEqual([])
    })

    if (fixtures !== undefined)
      it('answers a captured exchange as the worker did', async () => {
        const exchange = JSON.parse(
          readFileSync(join(fixtures, 'wire/voicemode-worker-exchange.json'), 'utf8'),
        ) as Exchange[]
        const telemetryId = randomUUID() // so that each home, and each run, meets it for the first time
        const later = Date.now() - Date.parse(exchange.at(-1)?.body.timestamp ?? '')
        for (const { url, body, status, response } of exchange) {
          const eventId = createHash('sha256')
            .update(`${telemetryId} ${body.event_id}`)
            .digest('hex')
            .slice(0, 16)
          const timestamp = new Date(Date.parse(body.timestamp) + later).toISOString()
          const sent = { ...body, event_id: eventId, telemetry_id: telemetryId, timestamp }
          const answer = await post(url, JSON.stringify(sent))
          const expected = JSON.parse(response.replaceAll(body.event_id, eventId)) as Record<string, unknown>
          if ('retry_after' in expected) expected['retry_after'] = expect.any(Number) // theirs never ends
          expect([answer.status, await answer.json()]).toEqual([status, expected])
        }
      })

    it('B2: lets exactly 100 through in an hour for a network', async () => {
      const [row] = await home().query("SELECT used FROM limits WHERE name LIKE 'voicemode network %'")
      const left = 100 - Number(row?.['used'])
      expect(left).toBeGreaterThan(0)
      // A connection that was kept open may close in the very moment in which it is used: then the event is sent again.
      const sendAgain = (sent: unknown): Promise<Response> => send(sent).catch(() => send(sent))
      const answers = await Promise.all(Array.from({ length: left + 50 }, () => sendAgain(payload())))
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(left)
      const refused = answers.find(({ status }) => status === 429)
      expect(await refused?.json()).toMatchObject({ error: 'Rate limit exceeded for IP address' })
    })
  })
}
