// Who watches the receivers: each is held against something that isn't this project's, where there is something.
// docs/destinations.md says for each what it was.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-http'
import { LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs'
import { PostHog } from 'posthog-node'
import { afterEach, describe, expect, it } from 'vitest'
import { listen } from './receiver.ts'
import type { Listening, Receiver } from './receiver.ts'
import { airtableReceiver } from './receivers/web-hook.ts'
import { beaconReceiver } from './receivers/beacon.ts'
import { earlyexitReceiver } from './receivers/earlyexit.ts'
import { otlpReceiver } from './receivers/otlp.ts'
import { plausibleReceiver } from './receivers/plausible.ts'
import { posthogReceiver } from './receivers/posthog.ts'
import { whatIsWrong } from './receivers/s3.ts'
import { voicemodeReceiver } from './receivers/voicemode.ts'

let receiver: Listening | undefined
afterEach(() => receiver?.close())
async function open(one: Receiver): Promise<string> {
  receiver = await listen(one)
  return receiver.address
}
const post = (address: string, value: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof value === 'string' ? value : JSON.stringify(value),
  })

const fixtures = process.env['SIGHTGLASS_FIXTURES']
interface Captured {
  readonly url: string
  readonly body: unknown
  readonly status: number
  readonly response: string
}
const read = (name: string): string => readFileSync(join(fixtures ?? '', 'wire', name), 'utf8')
const captured = (name: string): readonly Captured[] => JSON.parse(read(name))

describe('the receiver for PostHog', () => {
  it('takes what the unmodified library sends, packed as it likes', async () => {
    const taken = posthogReceiver('phc_mine')
    const host = await open(taken)
    const client = new PostHog('phc_mine', { host, fetchRetryCount: 0 })
    const uuid = '6f1d3c2a-58e4-4b7d-9a11-0c2f6f1b7e55'
    client.capture({ distinctId: 'someone', event: 'an event', uuid, properties: { count: '1-4' } })
    await client.shutdown()
    expect(receiver?.got[0]?.headers['content-encoding']).toBe('gzip')
    expect(taken.events).toMatchObject([{ event: 'an event', distinct_id: 'someone', uuid }])
    expect(taken.rows()).toMatchObject([{ count: '1-4' }])
  })
  it('refuses another key, and a batch in which one event has no name', async () => {
    const address = `${await open(posthogReceiver('phc_mine'))}/batch/`
    const event = { event: 'an event', distinct_id: 'someone', uuid: '6f1d3c2a-58e4-4b7d-9a11-0c2f6f1b7e55' }
    expect((await post(address, { api_key: 'phc_another', batch: [event] })).status).toBe(401)
    const batch = [event, { ...event, event: '' }]
    expect((await post(address, { api_key: 'phc_mine', batch })).status).toBe(400)
    expect(receiver?.rows()).toEqual([])
  })
  if (fixtures !== undefined)
    it('takes the requests that were captured from it', async () => {
      const host = await open(posthogReceiver('phc_testkey'))
      for (const { url, body } of captured('posthog-node-5.70.0-batch.json'))
        expect(await (await post(`${host}${url}`, body)).json()).toEqual({ status: 'Ok' })
      expect(receiver?.rows()).toHaveLength(2)
    })
})

describe('the receiver for the VoiceMode worker', () => {
  it('answers the example of the worker’s page as the page says', async () => {
    const address = `${await open(voicemodeReceiver(() => Date.parse('2024-12-14T12:00:00Z')))}/telemetry`
    const example = {
      event_id: 'test123',
      telemetry_id: '550e8400-e29b-41d4-a716-446655440000',
      timestamp: '2024-12-14T10:30:00Z',
      environment: { os: 'Linux', version: '1.0.0', installation_method: 'uv' },
      usage: {
        total_sessions: 5,
        duration_distribution: { '1-5min': 3, '5-10min': 2 },
        transport_usage: { local: 4, livekit: 1 },
        provider_usage: { tts: { openai: 2 }, stt: { 'whisper-local': 5 } },
      },
    }
    expect(await (await post(address, example)).json()).toEqual({ status: 'ok', event_id: 'test123' })
    const again = await (await post(address, example)).json()
    expect(again).toEqual({ status: 'ok', message: 'Event already recorded' })
    const wrong = await post(address, { invalid: 'data' })
    expect([wrong.status, await wrong.json()]).toEqual([400, { error: 'Invalid or missing event_id' }])
  })
  if (fixtures !== undefined)
    it('answers every request of the captured exchange as the worker did', async () => {
      const address = await open(voicemodeReceiver(() => Date.parse('2026-11-20T16:06:00Z')))
      for (const { url, body, status, response } of captured('voicemode-worker-exchange.json')) {
        const answer = await post(`${address}${url}`, body)
        expect([answer.status, await answer.json()]).toEqual([status, JSON.parse(response)])
      }
    })
})

describe('the receiver for S3', () => {
  // From "Signature Calculations for the Authorization Header", AWS's documentation of Amazon S3: "Example: PUT Object".
  const keys = {
    accessKey: 'AKIAIOSFODNN7EXAMPLE',
    secretKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    region: 'us-east-1',
  }
  const at = Date.parse('2013-05-24T00:00:00Z')
  const example = {
    method: 'PUT',
    path: '/test%24file.text',
    query: new URLSearchParams(),
    headers: {
      host: 'examplebucket.s3.amazonaws.com',
      date: 'Fri, 24 May 2013 00:00:00 GMT',
      'x-amz-date': '20130524T000000Z',
      'x-amz-storage-class': 'REDUCED_REDUNDANCY',
      'x-amz-content-sha256': '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
      authorization:
        'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class,Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
    },
    bytes: Buffer.from('Welcome to Amazon S3.'),
  }
  it('finds AWS’s own example right', () => {
    expect(whatIsWrong(example, keys, at)).toBe(null)
  })
  it('and everything wrong that is changed in it', () => {
    const changed = { ...example.headers, 'x-amz-storage-class': 'STANDARD' }
    expect(whatIsWrong({ ...example, headers: changed }, keys, at)).toBe('SignatureDoesNotMatch')
    expect(whatIsWrong({ ...example, bytes: Buffer.from('Welcome') }, keys, at)).toBe('BadDigest')
    expect(whatIsWrong({ ...example, path: '/other' }, keys, at)).toBe('SignatureDoesNotMatch')
    expect(whatIsWrong(example, { ...keys, secretKey: 'other' }, at)).toBe('SignatureDoesNotMatch')
    expect(whatIsWrong(example, keys, at + 16 * 60_000)).toBe('RequestTimeTooSkewed')
  })
})

describe('the receiver for OTLP', () => {
  it('takes what the unmodified OpenTelemetry exporter sends', async () => {
    const url = `${await open(otlpReceiver())}/v1/logs`
    const exporter = new OTLPLogExporter({ url })
    const provider = new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter })] })
    provider.getLogger('a tool').emit({
      timestamp: new Date('2026-11-20T00:00:00Z'),
      body: 'daily_usage',
      attributes: { kind: 'execution', count: 12 },
    })
    await provider.forceFlush()
    await provider.shutdown()
    expect(receiver?.got).toHaveLength(1)
    expect(receiver?.rows()).toEqual([{ day: '2026-11-20', kind: 'execution', count: 12 }])
  })
})

describe('the receivers for what is only documented', () => {
  it('earlyexit: the example of its document gets the answer of its document', async () => {
    const example = {
      api_version: '1.0',
      events: [
        {
          type: 'execution',
          data: { execution_id: 'uuid', timestamp: '2025-01-15T10:30:00Z', exit_code: 0 },
        },
        { type: 'match_event', data: { execution_id: 'uuid', match_number: 1, timestamp_offset: 12.5 } },
      ],
      client: { version: '0.0.1', platform: 'darwin', anonymized: true },
    }
    const address = `${await open(earlyexitReceiver('mine'))}/api/v1/events`
    for (const headers of [{ authorization: 'Bearer mine' }, { 'x-api-key': 'mine' }])
      expect(await (await post(address, example, headers)).json()).toEqual({
        status: 'ok',
        received: 2,
        warnings: [],
      })
    expect((await post(address, example)).status).toBe(401)
  })
  it('beacon: it takes the shipped and the planned heartbeat, no empty body and no GET', async () => {
    const address = `${await open(beaconReceiver())}/analytics/beacons`
    const shipped = { version: '1.0.0', installation_id: '550e8400-e29b-41d4-a716-446655440000' }
    const planned = {
      ...shipped,
      platform: { os: 'linux', architecture: 'x86_64' },
      deployment_type: 'docker',
      user_count_range: '1-10',
      timestamp: '2024-01-01T12:00:00Z',
    }
    expect((await post(address, shipped)).status).toBe(200)
    expect((await post(address, planned)).status).toBe(200)
    expect((await post(address, '')).status).toBe(400)
    expect((await fetch(address)).status).toBe(405)
  })
  it('OTLP: it takes a record as the specification maps it to JSON, and rejects one without a time', async () => {
    const address = `${await open(otlpReceiver())}/v1/logs`
    const record = (timeUnixNano: string) => ({
      timeUnixNano,
      severityNumber: 9,
      body: { stringValue: 'execution' },
      attributes: [
        { key: 'exit_code', value: { intValue: '0' } },
        { key: 'total_runtime', value: { doubleValue: 0.41 } },
      ],
    })
    const body = (...logRecords: unknown[]) => ({
      resourceLogs: [{ scopeLogs: [{ scope: {}, logRecords }] }],
    })
    expect(await (await post(address, body(record('1795190548767000000')))).json()).toEqual({})
    expect(await (await post(address, body(record('1795190548767000000'), record('0')))).json()).toEqual({
      partialSuccess: { rejectedLogRecords: '1', errorMessage: 'records without a time' },
    })
    if (fixtures !== undefined)
      expect(await (await post(address, read('otlp-logs-minimal.json'))).json()).toEqual({})
  })
  it('Plausible: the example of its page, and what it drops', async () => {
    const address = `${await open(plausibleReceiver('dummy.site'))}/api/event`
    const example = '{"name":"pageview","url":"http://dummy.site","domain":"dummy.site"}'
    const counted = await post(address, example)
    expect([counted.status, counted.headers.get('x-plausible-dropped')]).toEqual([202, null])
    const dropped = await post(address, example.replaceAll('dummy.site', 'other.site'))
    expect([dropped.status, dropped.headers.get('x-plausible-dropped')]).toEqual([202, '1'])
    expect((await post(address, '{"name":"pageview"}')).status).toBe(400)
    expect(receiver?.rows()).toHaveLength(1)
  })
  it('Airtable: ten records and no more, and nothing but records', async () => {
    const address = `${await open(airtableReceiver('mine'))}/v0/app1/Usage`
    const authorization = 'Bearer mine'
    const records = (count: number) =>
      Array.from({ length: count }, () => ({ fields: { kind: 'execution' } }))
    expect((await post(address, { records: records(10) }, { authorization })).status).toBe(200)
    expect((await post(address, { records: records(11) }, { authorization })).status).toBe(422)
    expect((await post(address, { records: records(1), secret: '' }, { authorization })).status).toBe(422)
  })
})
