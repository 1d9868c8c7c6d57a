// One suite for every destination, against a receiver on a real socket that answers as the real one does.
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { senders } from '../../../senders/index.ts'
import { keyMark } from '../../../senders/sender.ts'
import type { Outcome, Request, Sender, Told } from '../../../senders/sender.ts'
import type { Outbound } from '../../../shared/sharing/anonymize.ts'
import { send, withKeys } from './carry.ts'
import { listen } from './receiver.ts'
import type { Answer, Got, Listening, Receiver } from './receiver.ts'
import { beaconReceiver } from './receivers/beacon.ts'
import { clickhouseReceiver } from './receivers/clickhouse.ts'
import { communityReceiver } from './receivers/community.ts'
import { earlyexitReceiver } from './receivers/earlyexit.ts'
import { otlpReceiver } from './receivers/otlp.ts'
import { plausibleReceiver } from './receivers/plausible.ts'
import { posthogReceiver } from './receivers/posthog.ts'
import { s3Receiver } from './receivers/s3.ts'
import { smartAgentsReceiver } from './receivers/smart-agents.ts'
import { voicemodeReceiver } from './receivers/voicemode.ts'
import { airtableReceiver, sheetReceiver } from './receivers/web-hook.ts'
import { idsOf, many, marked, now, reports, rowsOf, yesterdayOnly } from './sample.ts'
import { runSheet } from './sheet.ts'

interface Case {
  readonly sender: Sender
  readonly receiver: () => Receiver
  /** After the receiver's own address. */
  readonly path?: string
  readonly told?: Told
  readonly keys?: Told
  readonly reports?: Outbound
  /** A page that some proxy puts before the destination is told apart from it. */
  readonly knowsItsOwn: boolean
  /** The real one says that it has something already. */
  readonly tellsCopies?: true
}

const key = 'a "secret" \\ key'
const plainKey = 'key-Of-Mine-77'
const keys = { key: plainKey }
const awsKeys = { 'access-key': 'AKIDEXAMPLE', 'secret-key': 'wJalrXUtnFEMI' }
const aws = { accessKey: 'AKIDEXAMPLE', secretKey: 'wJalrXUtnFEMI', region: 'eu-central-1' }
const table: Readonly<Record<string, Case>> = {
  community: { sender: senders.community, receiver: () => communityReceiver(now), knowsItsOwn: true },
  posthog: {
    sender: senders.posthog,
    receiver: () => posthogReceiver(key),
    keys: { key },
    knowsItsOwn: true,
  },
  'smart-agents': {
    sender: senders['smart-agents'],
    receiver: () => smartAgentsReceiver(plainKey),
    keys,
    knowsItsOwn: false,
  },
  earlyexit: {
    sender: senders.earlyexit,
    receiver: () => earlyexitReceiver(plainKey),
    keys,
    knowsItsOwn: true,
  },
  voicemode: {
    sender: senders.voicemode,
    receiver: () => voicemodeReceiver(() => now),
    tellsCopies: true,
    knowsItsOwn: true,
  },
  beacon: {
    sender: senders.beacon,
    receiver: beaconReceiver,
    path: '/analytics/beacons',
    knowsItsOwn: false,
  },
  otlp: { sender: senders.otlp, receiver: otlpReceiver, knowsItsOwn: false },
  'web-hook to a sheet': {
    sender: senders['web-hook'],
    receiver: () => {
      const sheet = runSheet(key)
      return sheetReceiver(sheet.run, sheet.rows)
    },
    path: '/macros/s/test/exec',
    keys: { secret: key },
    knowsItsOwn: true,
  },
  'web-hook to Airtable': {
    sender: senders['web-hook'],
    receiver: () => airtableReceiver(plainKey),
    path: '/v0/app1/Usage',
    keys: { token: plainKey },
    knowsItsOwn: true,
  },
  plausible: {
    sender: senders.plausible,
    receiver: () => plausibleReceiver('usage.example'),
    told: { site: 'usage.example' },
    reports: yesterdayOnly,
    knowsItsOwn: true,
  },
  clickhouse: {
    sender: senders.clickhouse,
    receiver: () => clickhouseReceiver('writer', plainKey),
    told: { user: 'writer' },
    keys,
    knowsItsOwn: true,
  },
  s3: {
    sender: senders.s3,
    receiver: () => s3Receiver(aws, () => now),
    tellsCopies: true,
    path: '/telemetry/usage',
    told: { region: aws.region },
    keys: awsKeys,
    knowsItsOwn: true,
  },
}

const ids = idsOf('6f1d3c2a-58e4-4b7d-9a11-0c2f6f1b7e55')

describe.each(Object.entries(table))('%s', (name, one) => {
  const sent = one.reports ?? reports
  let receiver: Listening
  beforeEach(async () => {
    receiver = await listen(one.receiver())
  })
  afterEach(() => receiver.close())

  const encode = (outbound = sent): Promise<readonly Request[]> =>
    one.sender.encode(
      outbound,
      ids,
      marked({ address: `${receiver.address}${one.path ?? ''}`, ...one.told }, one.keys ?? {}, keyMark),
    )
  const sendAll = async (
    requests: readonly Request[],
    secret = one.keys ?? {},
  ): Promise<Outcome['kind'][]> => {
    const kinds: Outcome['kind'][] = []
    for (const request of requests) kinds.push((await send(one.sender, request, secret, now)).kind)
    return kinds
  }

  it('has every row of the reports afterwards, and nothing besides', async () => {
    const requests = await encode()
    expect(new Set(await sendAll(requests))).toEqual(new Set(['delivered']))
    expect(sorted(receiver.rows())).toEqual(sorted(rowsOf(sent)))
    expect(sum(requests)).toBe(rowsOf(sent).length)
  })

  it('carries what was shown, byte for byte, and no key is in what is shown', async () => {
    const requests = await encode()
    for (const secret of Object.values(one.keys ?? {})) {
      const shown = JSON.stringify(requests)
      expect(shown).not.toContain(JSON.stringify(secret).slice(1, -1))
    }
    await sendAll(requests)
    const bodies = receiver.got.filter(({ method }) => method !== 'GET').map(bodyOf)
    expect(bodies).toEqual(requests.map((request) => withKeys(request, one.keys ?? {}).body))
    const again = await encode()
    expect(again.map(withoutTime)).toEqual(requests.map(withoutTime))
  })

  it('is sent again: there is what its promise says of a second copy', async () => {
    const requests = await encode()
    await sendAll(requests)
    const kinds = await sendAll(requests)
    // What is told is the least; the documented script looks for copies as well.
    const copies = one.sender.delivery === 'exactly once' || name === 'web-hook to a sheet' ? 1 : 2
    expect(new Set(kinds)).toEqual(new Set([one.tellsCopies ? 'duplicate' : 'delivered']))
    expect(receiver.rows().length).toBe(copies * rowsOf(sent).length)
  })

  it('asks for patience, refuses, or takes less: each is understood', async () => {
    const [request] = await encode()
    if (request === undefined) throw new Error('nothing was encoded')
    const answered = async (answer: Answer): Promise<Outcome> => {
      receiver.failNext(answer)
      return send(one.sender, request, one.keys ?? {}, now)
    }
    expect(await answered({ status: 429, headers: { 'retry-after': '30' } })).toEqual({
      kind: 'later',
      after: '30',
    })
    for (const status of [502, 503, 504]) expect((await answered({ status })).kind).toBe('later')
    expect((await answered({ status: 413 })).kind).toBe('too large')
    for (const status of [301, 401, 403, 404, 422])
      expect(await answered({ status, body: 'no' })).toMatchObject({ kind: 'refused', status })
    expect(receiver.rows()).toEqual([])
  })

  it('is not mixed up with a page that stands before it', async () => {
    const [request] = await encode()
    if (request === undefined) throw new Error('nothing was encoded')
    receiver.failNext({ status: 200, headers: { 'content-type': 'text/html' }, body: '<html>Sign in</html>' })
    const { kind } = await send(one.sender, request, one.keys ?? {}, now)
    expect(kind === 'delivered').toBe(!one.knowsItsOwn)
  })

  if (one.keys !== undefined)
    it('refuses a wrong key', async () => {
      const wrong = Object.fromEntries(Object.keys(one.keys ?? {}).map((need) => [need, 'wrong']))
      expect(new Set(await sendAll(await encode(), wrong))).toEqual(new Set(['refused']))
      expect(receiver.rows()).toEqual([])
    })

  // Ours is one body, S3 one object a day.
  if (one.sender !== senders.community && one.sender !== senders.s3)
    it('gets no request that is larger than a hundred rows', async () => {
      const requests = await encode(many)
      expect(Math.max(...requests.map(({ events }) => events))).toBeLessThanOrEqual(100)
      expect(sum(requests)).toBe(rowsOf(many).length)
    })
})

const sum = (requests: readonly Request[]): number => requests.reduce((all, { events }) => all + events, 0)
const sorted = (rows: readonly unknown[]): string[] =>
  rows.map((row) => JSON.stringify(Object.entries(row as object).sort(([a], [b]) => (a < b ? -1 : 1)))).sort()
const bodyOf = ({ bytes }: Got): string => (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString('utf8')
/** posthog-node writes when it wrote. */
const withoutTime = ({ body, ...request }: Request) => ({
  ...request,
  body: body.replace(/"sent_at":"[^"]+"/, '"sent_at":""'),
})
