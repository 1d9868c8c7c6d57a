// Other projects' own clients, unmodified, against these doors.
import { randomUUID } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-http'
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs'
import { PostHog } from 'posthog-node'
import { describe, expect, it } from 'vitest'
import { countOf, storedOf } from './stored.ts'
import type { Visit } from './suite.ts'

const json = { 'content-type': 'application/json' }
const known = { agent_type: 'debugger', error_type: 'TimeoutError', os_platform: 'darwin' }
const unknown = { file: '/home/ada/project', note: 'Dear Ada', duration_ms: 1234, nested: { a: 1 } }
const kept = { agent: 'debugger', error_type: 'TimeoutError', os: 'macos' }

export function clientTests({ home, post }: Visit): void {
  describe('PostHog’s own library', () => {
    it('sends here, in as many requests as it likes, and each event is kept once', async () => {
      const [id, uuid] = [randomUUID(), randomUUID()]
      const client = new PostHog('phc_any', { host: home().address, flushAt: 10, fetchRetryCount: 0 })
      const failed: unknown[] = []
      client.on('error', (error: unknown) => failed.push(error))
      for (let n = 0; n < 25; n++)
        client.capture({ distinctId: id, event: 'agent_execution', properties: { ...known, ...unknown } })
      for (let n = 0; n < 3; n++) client.capture({ distinctId: id, event: 'Ada clicked', uuid })
      client.capture({ distinctId: 'ada@example.org', event: 'agent_execution' })
      await client.shutdown()
      expect(failed).toEqual([])
      const stored = await storedOf(home(), id)
      expect(stored.filter(({ kind }) => kind === 'agent_execution').map(({ body }) => body)).toEqual(
        Array.from({ length: 25 }, () => kept),
      )
      expect(stored.filter(({ kind }) => kind === 'other')).toHaveLength(1)
      const [anybody] = await home().query("SELECT count(*) AS n FROM events WHERE anonymous_id LIKE '%@%'")
      expect(Number(anybody?.['n'])).toBe(0)
    })

    it('leaves nothing where it asks to', async () => {
      const id = randomUUID()
      const client = new PostHog('phc_any', {
        host: home().address,
        fetch: async (url, options) =>
          fetch(url, { ...options, headers: { ...options.headers, 'sec-gpc': '1' } }),
      })
      client.capture({ distinctId: id, event: 'agent_execution' })
      await client.shutdown()
      expect(await storedOf(home(), id)).toEqual([])
    })
  })

  describe('PostHog’s capture', () => {
    const event = (more: object = {}) => ({
      event: 'agent_execution',
      distinct_id: randomUUID(),
      uuid: randomUUID(),
      properties: known,
      timestamp: '2026-01-02T03:04:05.678Z',
      ...more,
    })

    it.each(['/batch/', '/batch', '/capture/', '/capture', '/i/v0/e/', '/i/v0/e'])(
      'is at %s',
      async (path) => {
        const one = event()
        const body = { api_key: 'phc_any', ...(path.startsWith('/batch') ? { batch: [one] } : one) }
        const copies = await Promise.all(
          Array.from({ length: 20 }, () =>
            post(path, gzipSync(JSON.stringify(body)), { ...json, 'content-encoding': 'gzip' }),
          ),
        )
        expect(new Set(copies.map(({ status }) => status))).toEqual(new Set([200]))
        expect(await copies[0]?.json()).toEqual({ status: 'Ok' })
        const stored = await storedOf(home(), one.distinct_id)
        expect(stored).toMatchObject([
          { kind: 'agent_execution', day: '2026-01-02', os: 'macos', body: kept },
        ])
        // As its library for pages packs it: without a word about it in the headers.
        const packed = event()
        const text = gzipSync(JSON.stringify({ ...packed, api_key: 'phc_any' }))
        expect(
          (await post(`${path}?compression=gzip-js`, text, { 'content-type': 'text/plain' })).status,
        ).toBe(200)
        expect(await storedOf(home(), packed.distinct_id)).toHaveLength(1)
      },
    )

    it('takes nothing of a batch in which one event is none, and asks for a key', async () => {
      const before = await countOf(home(), 'posthog')
      const batch = (events: readonly object[], key: object = { api_key: 'phc_any' }): Promise<Response> =>
        post('/batch/', JSON.stringify({ ...key, batch: events }))
      expect((await batch([event(), event({ event: '' })])).status).toBe(400)
      expect((await batch([event(), event({ distinct_id: undefined })])).status).toBe(400)
      expect((await batch([event()], {})).status).toBe(401)
      expect((await batch(Array.from({ length: 1001 }, () => event()))).status).toBe(413)
      expect(await countOf(home(), 'posthog')).toBe(before)
    })

    it('gives a retried request without ids its second answer, and counts it once', async () => {
      const { uuid: _, ...one } = event()
      const body = JSON.stringify({ api_key: 'phc_any', batch: [one, { ...one, event: 'error' }] })
      for (let n = 0; n < 3; n++) expect((await post('/batch/', body)).status).toBe(200)
      expect(await storedOf(home(), one.distinct_id)).toHaveLength(2)
    })
  })

  describe('OpenTelemetry’s own exporter', () => {
    it('sends here, and of each record stays what the list of fields knows', async () => {
      const id = randomUUID()
      for (const compression of ['none', 'gzip']) {
        const exporter = new OTLPLogExporter({
          url: `${home().address}/v1/logs`,
          ...({ compression } as object),
        })
        const provider = new LoggerProvider({ processors: [new BatchLogRecordProcessor({ exporter })] })
        const logger = provider.getLogger('test')
        for (let n = 0; n < 5; n++)
          logger.emit({
            timestamp: Date.now(),
            body: 'agent_execution',
            attributes: { anonymous_id: id, ...known, file: unknown.file, note: unknown.note, n },
          })
        await provider.shutdown()
      }
      const stored = await storedOf(home(), id)
      expect(stored.map(({ kind, body }) => ({ kind, body }))).toEqual(
        Array.from({ length: 10 }, () => ({ kind: 'agent_execution', body: kept })),
      )
    })

    it('is answered in its own words, and a request sent again counts once', async () => {
      const id = randomUUID()
      const attribute = (key: string, stringValue: string) => ({ key, value: { stringValue } })
      const record = {
        timeUnixNano: '1795190548767000000',
        body: { stringValue: 'execution' },
        attributes: [attribute('anonymous_id', id), attribute('exit_reason', 'timeout')],
      }
      const body = JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords: [record, record] }] }] })
      const answers = await Promise.all(Array.from({ length: 50 }, () => post('/v1/logs', body)))
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
      expect(await answers[0]?.json()).toEqual({})
      expect(await storedOf(home(), id)).toMatchObject([
        { kind: 'execution', day: '2026-11-20', body: { exit_reason: 'timeout' } },
        { kind: 'execution', day: '2026-11-20', body: { exit_reason: 'timeout' } },
      ])
      const asked = await post('/v1/logs', body.replaceAll(id, randomUUID()), { ...json, dnt: '1' })
      expect([asked.status, await asked.json()]).toEqual([200, {}])
      const wrong = await post('/v1/logs', '{"resourceLogs": 1}')
      expect([wrong.status, await wrong.json()]).toMatchObject([400, { code: 3 }])
      const proto = await post('/v1/logs', new Uint8Array([1]), { 'content-type': 'application/x-protobuf' })
      expect(proto.status).toBe(415)
    })
  })
}
