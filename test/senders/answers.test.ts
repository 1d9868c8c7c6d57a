// What only one destination says or asks for; what all have in common stands in test/contract/senders/.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { senders } from '../../senders/index.ts'
import { keyMark } from '../../senders/sender.ts'
import type { Sender } from '../../senders/sender.ts'
import { authorization } from '../../senders/sigv4.ts'
import { reportFields, rowFields } from '../../shared/sharing/fields.ts'
import { idsOf, reports, rowsOf, yesterdayOnly } from '../contract/senders/sample.ts'

const ids = idsOf('6f1d3c2a-58e4-4b7d-9a11-0c2f6f1b7e55')
const address = 'https://there.example'
const answered = (status: number, value: unknown, headers: Record<string, string> = {}) => ({
  status,
  headers,
  body: typeof value === 'string' ? value : JSON.stringify(value),
})

interface Batch {
  readonly api_key: string
  readonly batch: readonly {
    readonly event: string
    readonly properties: Readonly<Record<string, unknown>>
    readonly distinct_id: string
    readonly timestamp: string
    readonly uuid: string
  }[]
}

describe('PostHog', () => {
  afterEach(() => vi.unstubAllEnvs())
  const told = { address, key: keyMark('key') }
  const batchOf = async (sender: Sender): Promise<Batch> => {
    const [request] = await sender.encode(reports, ids, told)
    return JSON.parse(request?.body ?? '') as Batch
  }

  it('is told of each row to make no person of it and to look no place up, and that last', async () => {
    const { api_key, batch } = await batchOf(senders.posthog)
    expect(api_key).toBe(keyMark('key'))
    for (const { event, properties, distinct_id, timestamp, uuid } of batch) {
      expect(event).toBe('daily_usage')
      expect(distinct_id).toBe(ids.anonymousId)
      expect(timestamp).toMatch(/^2026-11-(19|20)T00:00:00\.000Z$/)
      expect(properties).toMatchObject({ $process_person_profile: false, $ignore_sent_at: true })
      expect(Object.entries(properties).at(-1)).toEqual(['$geoip_disable', true])
      expect(uuid).toMatch(/^[0-9a-f-]{36}$/)
    }
    expect(new Set(batch.map(({ uuid }) => uuid)).size).toBe(rowsOf(reports).length)
  })
  it('gets the same wire whatever mode the environment asks the library for', async () => {
    vi.stubEnv('POSTHOG_CAPTURE_MODE', 'v1')
    const [request] = await senders.posthog.encode(reports, ids, told)
    expect(request?.address).toBe(`${address}/batch/`)
    expect(request?.headers).not.toHaveProperty('authorization')
  })
  it('gets reports at the library’s own address where no other is told', async () => {
    const [request] = await senders.posthog.encode(reports, ids, { key: keyMark('key') })
    expect(request?.address).toBe('https://us.i.posthog.com/batch/')
  })
  it('that drops what is over its quota has not taken it', () => {
    expect(senders.posthog.understand(answered(200, { status: 'Ok', quota_limited: ['events'] })).kind).toBe(
      'later',
    )
    expect(senders.posthog.understand(answered(200, { status: 'Ok' })).kind).toBe('delivered')
  })
  it('gets heartbeats, one a report, as a beacon does', async () => {
    const { batch } = await batchOf(senders['posthog-heartbeat'])
    const beats = await senders.beacon.encode(reports, ids, { address })
    expect(batch.map(({ event }) => event)).toEqual(reports.map(() => 'installation_heartbeat'))
    for (const [i, { body }] of beats.entries()) expect(batch[i]?.properties).toMatchObject(JSON.parse(body))
  })
})

it('a collector that takes a part of a request never gets that request again', () => {
  const understand = (value: unknown) => senders.otlp.understand(answered(200, value)).kind
  expect(understand({})).toBe('delivered')
  expect(understand({ partialSuccess: { rejectedLogRecords: '2', errorMessage: 'too old' } })).toBe('refused')
  expect(understand({ partialSuccess: { rejectedLogRecords: '0', errorMessage: 'a warning' } })).toBe(
    'delivered',
  )
})

describe('a web hook', () => {
  const moved = answered(302, '', {
    location: 'https://script.googleusercontent.com/macros/echo?user_content_key=a',
  })
  it('that redirects has written already: it is asked how it went', () => {
    expect(senders['web-hook'].understand(moved)).toEqual({
      kind: 'elsewhere',
      address: 'https://script.googleusercontent.com/macros/echo?user_content_key=a',
    })
  })
  it('is believed by its words, as it can set no status', () => {
    const understand = (value: unknown) => senders['web-hook'].understand(answered(200, value)).kind
    expect(understand({ status: 'ok', received: 3 })).toBe('delivered')
    expect(understand({ status: 'error', error: 'wrong secret' })).toBe('refused')
    expect(understand('<html>Sorry, unable to open the file</html>')).toBe('refused')
  })
})

it('Plausible gets yesterday only, nothing twice, and says what it drops', async () => {
  expect(senders.plausible.daysBack).toBe(1)
  expect(senders.plausible.delivery).toBe('at most once')
  expect(senders.plausible.understand(answered(202, 'ok')).kind).toBe('delivered')
  expect(senders.plausible.understand(answered(202, 'ok', { 'x-plausible-dropped': '1' })).kind).toBe(
    'refused',
  )
  const requests = await senders.plausible.encode(yesterdayOnly, ids, { address, site: 'usage.example' })
  expect(requests.map(({ events }) => events)).toEqual(rowsOf(yesterdayOnly).map(() => 1))
})

it('ClickHouse is asked again when it is only busy', () => {
  const understand = (code: string) =>
    senders.clickhouse.understand(answered(500, 'why', { 'x-clickhouse-exception-code': code })).kind
  for (const code of ['202', '241', '252']) expect(understand(code)).toBe('later')
  for (const code of ['60', '516', '62']) expect(understand(code)).toBe('refused')
  expect(senders.clickhouse.understand(answered(200, 'Code: 241. DB::Exception: Memory limit')).kind).toBe(
    'later',
  )
})

describe('S3', () => {
  it('has an object of this name: that one is ours', () => {
    expect(senders.s3.understand(answered(412, '')).kind).toBe('duplicate')
    for (const status of [409, 500, 503])
      expect(senders.s3.understand(answered(status, '')).kind).toBe('later')
    expect(senders.s3.understand(answered(403, 'SignatureDoesNotMatch')).kind).toBe('refused')
  })
  it('is signed as AWS publishes it', async () => {
    // "Signature Calculations for the Authorization Header", AWS's documentation of Amazon S3: "Example: PUT Object".
    const payloadHash = '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072'
    const signed = await authorization({
      method: 'PUT',
      address: 'https://examplebucket.s3.amazonaws.com/test$file.text',
      headers: {
        date: 'Fri, 24 May 2013 00:00:00 GMT',
        'x-amz-date': '20130524T000000Z',
        'x-amz-storage-class': 'REDUCED_REDUNDANCY',
        'x-amz-content-sha256': payloadHash,
      },
      payloadHash,
      region: 'us-east-1',
      accessKey: 'AKIAIOSFODNN7EXAMPLE',
      secretKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      stamp: '20130524T000000Z',
    })
    expect(signed).toMatch(/Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd$/)
  })
})

it('the VoiceMode worker says in its answer how long to wait, and that it has an event already', () => {
  const understand = (status: number, value: unknown) => senders.voicemode.understand(answered(status, value))
  expect(understand(429, { error: 'Rate limit exceeded', retry_after: 3600 })).toEqual({
    kind: 'later',
    after: '3600',
  })
  expect(understand(200, { status: 'ok', message: 'Event already recorded' }).kind).toBe('duplicate')
})

describe('docs/destinations.md', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/destinations.md'), 'utf8')
  it('tells of every destination what a lost answer leaves', () => {
    const leaves = {
      'exactly once': 'nothing',
      'at least once': 'perhaps a copy',
      'at most once': 'perhaps a gap',
    }
    for (const { name, delivery } of Object.values(senders)) {
      const line = page.split('\n').find((one) => one.includes(`| \`${name}\``))
      expect(line, name).toContain(name === 'console' ? 'nothing' : leaves[delivery])
    }
  })
  it('has a column in each table for everything that a row can say', () => {
    const fields = [...reportFields, ...rowFields].map(({ name }) => name).filter((name) => name !== 'day')
    const tables = page.split('```').filter((_, i) => i % 2 === 1)
    expect(tables).toHaveLength(3)
    for (const table of tables)
      for (const name of fields) expect(table, name).toMatch(new RegExp(`\\b${name}\\b`))
  })
})
