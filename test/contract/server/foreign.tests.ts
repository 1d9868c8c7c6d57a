import { randomUUID } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { countOf, storedBy, storedOf } from './stored.ts'
import type { Visit } from './suite.ts'

const json = { 'content-type': 'application/json' }

export function foreignTests({ home, post }: Visit): void {
  const send = (path: string, body: unknown, headers: Record<string, string> = json): Promise<Response> =>
    post(path, JSON.stringify(body), headers)

  describe('a flat event', () => {
    const flat = () => ({
      event_id: randomUUID(),
      anonymous_id: randomUUID(),
      os: 'Darwin',
      provider: 'openai',
      version: '2.4.1',
      timestamp: new Date().toISOString(),
    })

    it('is "ok" the first time and "duplicate" ever after, also among 100 at once', async () => {
      const sent = flat()
      const answers = await Promise.all(Array.from({ length: 100 }, () => send('/event', sent)))
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
      const said = await Promise.all(answers.map((answer) => answer.json() as Promise<{ status: string }>))
      expect(said.filter(({ status }) => status === 'ok')).toHaveLength(1)
      expect(said.filter(({ status }) => status === 'duplicate')).toHaveLength(99)
      expect(await storedOf(home(), sent.anonymous_id)).toEqual([
        {
          door: 'event',
          kind: 'event',
          day: sent.timestamp.slice(0, 10),
          os: 'macos',
          version: '2.4.1',
          body: { os: 'Darwin', provider: 'openai', version: '2.4.1' },
        },
      ])
    })

    it('B9: without its ids is refused, and nothing is stored', async () => {
      const before = await countOf(home(), 'event')
      const { event_id: _, ...nameless } = flat()
      const wrong = [nameless, { ...flat(), anonymous_id: 'ada@example.org' }, [flat()], 'event', null]
      for (const one of wrong) expect((await send('/event', one)).status).toBe(400)
      expect(await countOf(home(), 'event')).toBe(before)
    })
  })

  describe('a heartbeat', () => {
    it('as Operately sends it is taken at both addresses, and counts once a day', async () => {
      const id = randomUUID()
      const sent = { version: '1.2.3', installation_id: id }
      const answers = await Promise.all(
        Array.from({ length: 100 }, (_, n) => send(n % 2 ? '/beacon' : '/analytics/beacons', sent)),
      )
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
      expect(await storedOf(home(), id)).toMatchObject([
        { door: 'beacon', kind: 'heartbeat', version: '1.2.3', body: { version: '1.2.3' } },
      ])
      expect((await send('/ping', { ...sent, version: '1.2.4' })).status).toBe(200)
      expect(await storedOf(home(), id)).toHaveLength(2)
    })

    it('in full keeps its ranges and closed words, and nothing that is none', async () => {
      const id = randomUUID()
      const kept = {
        version: '1.0.0',
        elixir_version: '1.14.0',
        otp_version: '25.0',
        platform: { os: 'linux', architecture: 'x86_64' },
        deployment_type: 'docker',
        user_count_range: '11-50',
        features_enabled: ['sso', 'ai_features'],
        uptime_days: 30,
        database_type: 'postgresql',
        usage_metrics: { projects_count_range: '1-10', active_users_7d_range: '200+' },
        performance_metrics: { avg_response_time_ms: 150, db_size_range: '1-10GB' },
      }
      const timestamp = new Date(Date.now() - 86_400_000).toISOString()
      const sent = {
        ...kept,
        installation_id: id,
        timestamp,
        hostname: 'ada-pc',
        admin_email: 'ada@example.org',
        usage_metrics: { ...kept.usage_metrics, goals_count_range: 'about 17' },
      }
      expect((await send('/beacon', sent)).status).toBe(200)
      const [found] = await storedOf(home(), id)
      expect(found).toMatchObject({ os: 'linux', day: timestamp.slice(0, 10) })
      expect(found?.body).toEqual(kept)
    })

    it('without a body, without an id, or asked for in another way is refused', async () => {
      const before = await countOf(home(), 'beacon')
      for (const path of ['/beacon', '/analytics/beacons', '/ping']) {
        expect((await post(path, '')).status).toBe(400)
        expect((await send(path, { version: '1.0.0' })).status).toBe(400)
        expect((await fetch(`${home().address}${path}`)).status).toBe(405)
        const put = await fetch(`${home().address}${path}`, { method: 'PUT', body: '{}' })
        expect([put.status, put.headers.get('allow')]).toEqual([405, 'POST'])
      }
      expect(await countOf(home(), 'beacon')).toBe(before)
    })
  })

  describe('Plausible’s events', () => {
    const example = { name: 'pageview', url: 'https://app.example/start', domain: 'app.example' }

    it('are answered with 202, and of them stays what the list of fields knows', async () => {
      const before = (await storedBy(home(), 'plausible')).length
      const props = { agent: 'debugger', error_type: 'MyOwnError', author: 'ada@example.org', count: '5-9' }
      const response = await send('/api/event', { ...example, name: 'agent_execution', props })
      expect([response.status, await response.text()]).toEqual([202, 'ok'])
      // Its script sends text, and its properties as a text in it.
      const script = {
        n: 'pageview',
        u: example.url,
        d: example.domain,
        p: JSON.stringify({ agent: 'planner' }),
      }
      expect((await send('/api/event', script, { 'content-type': 'text/plain' })).status).toBe(202)
      const kept = (await storedBy(home(), 'plausible')).slice(before)
      expect(kept.map(({ kind, body }) => ({ kind, body }))).toEqual([
        { kind: 'agent_execution', body: { agent: 'debugger', error_type: 'other', count: '5-9' } },
        { kind: 'other', body: { agent: 'planner' } },
      ])
    })

    it('without what they must have are refused; those of who asks for no trace are not kept', async () => {
      const before = await countOf(home(), 'plausible')
      for (const field of ['name', 'url', 'domain'] as const)
        expect((await send('/api/event', { ...example, [field]: undefined })).status).toBe(400)
      const asked = await send('/api/event', example, { ...json, dnt: '1' })
      expect(asked.status).toBe(202)
      expect(await countOf(home(), 'plausible')).toBe(before)
    })
  })

  describe('who sent it', () => {
    const person = { mail: 'ada.lovelace@example.org', place: '/home/ada.lovelace', address: '203.0.113.78' }
    const about = { ...person, agent_type: person.mail, properties: person, version: person.address }
    const bodies: Readonly<Record<string, object>> = {
      '/telemetry': { ...about, event_id: person.mail },
      '/event': { ...about, event_id: person.mail, anonymous_id: randomUUID(), provider: person.place },
      '/beacon': { ...about, installation_id: randomUUID(), platform: person.place },
      '/api/v1/telemetry/batch': { events: [{ ...about, id: person.mail, event: person.mail }] },
      '/api/v1/events': { events: [{ type: 'execution', data: { ...about, execution_id: person.mail } }] },
      '/batch/': {
        api_key: person.mail,
        batch: [{ ...about, event: person.mail, distinct_id: person.mail }],
      },
      '/v1/logs': {
        resourceLogs: [{ scopeLogs: [{ logRecords: [{ body: { stringValue: person.mail } }] }] }],
        ...about,
      },
      '/api/event': { ...about, name: person.mail, url: person.place, domain: person.mail, props: about },
    }

    it('no door keeps a name, a place or an address, wherever it stands, and the log has none', async () => {
      const headers = { ...json, 'x-forwarded-for': person.address, referer: `https://${person.mail}/` }
      for (const [path, body] of Object.entries(bodies)) {
        const { status } = await send(path, body, headers)
        expect([path, status]).toEqual([path, { '/telemetry': 400, '/api/event': 202 }[path] ?? 200])
      }
      const traces = await home().traces()
      const words = ['ada.lovelace', person.address]
      const found = words.flatMap((word) => traces.filter(({ bytes }) => Buffer.from(bytes).includes(word)))
      expect(found.map(({ name }) => name)).toEqual([])
    })
  })

  describe('a compressed body of a foreign client', () => {
    const paths = [
      '/batch/',
      '/v1/logs',
      '/api/v1/telemetry/batch',
      '/api/v1/events',
      '/api/event',
      '/beacon',
    ]
    it.each(paths)('I5: is counted after decompression: %s', async (path) => {
      const gzip = { ...json, 'content-encoding': 'gzip' }
      const bomb = gzipSync(Buffer.alloc(30_000_000, ' '), { level: 9 })
      expect(bomb.length).toBeLessThan(60_000)
      expect((await post(path, bomb, gzip)).status).toBe(413)
      expect((await post(path, gzipSync('{}').subarray(0, 12), gzip)).status).toBe(400)
      expect((await post(path, '['.repeat(100_000), json)).status).toBe(400)
    })
  })
}
