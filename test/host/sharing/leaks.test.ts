// P4: five hundred secrets in every column of every format, ten thousand times: none of them is in any address,
// header, body, log, queue or error text, whatever it wears. And three encoders that leak are caught by the same search.
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { allSenders } from '../../../host/sharing/destinations.ts'
import { Frozen } from '../../../host/sharing/freeze.ts'
import { drawIds, exampleIds } from '../../../host/sharing/ids.ts'
import { keyMark } from '../../../senders/sender.ts'
import type { Ids, Request, Sender, Told } from '../../../senders/sender.ts'
import { earlyexit } from '../../../shared/formats/earlyexit.ts'
import type { Format } from '../../../shared/formats/format.ts'
import { smartAgents } from '../../../shared/formats/smart-agents.ts'
import { fail, ok } from '../../../shared/result.ts'
import { anonymize } from '../../../shared/sharing/anonymize.ts'
import type { Outbound } from '../../../shared/sharing/anonymize.ts'
import { sharedFormats } from '../../../shared/sharing/lists/index.ts'
import type { SharedFormat } from '../../../shared/sharing/lists/index.ts'
import { dayFigures, utcDay } from '../../../shared/sharing/report.ts'
import { columnsOf } from '../../shared/sharing/columns.ts'
import type { Told as Event } from '../../shared/sharing/columns.ts'
import { leaksIn, planted, secrets } from '../../shared/sharing/secrets.ts'
import { anonymousId, sharingSide } from './sending.ts'
import type { Side } from './sending.ts'

const runs = 10_000
const time = Date.parse('2026-11-19T12:00:00Z')
const formats: Readonly<Record<SharedFormat, Format>> = { 'smart-agents': smartAgents, earlyexit }
/** Words of the lists among the secrets, so that reports have more to say than `other`. */
const usual = [
  'agent_execution',
  'execution',
  'debugger',
  'openai',
  'gpt-5',
  'TimeoutError',
  '2.0.3',
  'pytest',
]

/** Each column of each event holds a secret or, here and there, a word that may leave. */
function eventsOf(format: SharedFormat, seed: number): Event[] {
  let at = seed >>> 0
  const next = (below: number): number => {
    at = (Math.imul(at, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((at / 2 ** 32) * below)
  }
  const secret = (): string => planted[next(planted.length)] ?? ''
  const text = (): string => (next(4) === 0 ? (usual[next(usual.length)] ?? '') : secret())
  return Array.from({ length: 1 + next(6) }, () => ({
    time: time + next(40_000_000),
    kind: text(),
    failed: next(2) === 0,
    duration: next(100_000),
    dimensions: Object.fromEntries(
      formats[format].events.dimensions.map(({ name }, i) => [name, i === 0 ? secret() : text()]),
    ),
  }))
}

function reportsOf(format: SharedFormat, events: readonly Event[]): Outbound {
  const figures = dayFigures([columnsOf(formats[format], events)], format, [utcDay(time)])
  return anonymize(figures, { level: 'detailed', version: '0.1.0', platform: 'linux' })
}

function toldOf({ needs }: Sender): Told {
  const place = { address: 'https://there.invalid', path: '/there/shared.jsonl', word: 'a-word' }
  return Object.fromEntries(
    needs.map(({ name, kind }) => [name, kind === 'key' ? keyMark(name) : place[kind]]),
  )
}

type Encode = (reports: Outbound, ids: Ids, told: Told) => Promise<readonly Request[]>

/** All of a request that a wire or whoever stands between can see, packed or not. */
async function seenOf(sender: Sender, encode: Encode, reports: Outbound): Promise<string> {
  const requests = await encode(reports, exampleIds, toldOf(sender))
  expect(requests.length).toBeGreaterThan(0)
  const sealed = await Promise.all(requests.map(async (one) => (await sender.seal?.(one, {}, time)) ?? one))
  return [...requests, ...sealed]
    .map(({ address, headers, body }) => {
      const text =
        typeof body === 'string'
          ? body
          : `${gunzipSync(body).toString()}${Buffer.from(body).toString('latin1')}`
      return `${address}\n${decodeURIComponent(address)}\n${JSON.stringify(headers)}\n${text}`
    })
    .join('\n')
}

describe('P4: no secret leaves', () => {
  it('there are five hundred of them, and the search finds each in every clothing', () => {
    expect(new Set(secrets).size).toBe(500)
    for (const one of [...planted, ...secrets]) expect(leaksIn(`before ${one} after`)).not.toEqual([])
    const long = (plain: string): string => Buffer.from(`something ${plain} and more`).toString('base64')
    for (const plain of secrets) expect(leaksIn(long(plain))).not.toEqual([])
    expect(leaksIn('{"kind":"agent_execution","count":"20-49"}')).toEqual([])
  })

  it(`in ${runs} reports of secrets in every column, by every sender in turn`, async () => {
    let turn = 0
    const told = new Map<string, number>()
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...sharedFormats), fc.integer(), async (format, seed) => {
        const events = eventsOf(format, seed)
        expect(leaksIn(JSON.stringify(events))).not.toEqual([]) // there was something to leak
        const reports = reportsOf(format, events)
        expect(reports.flatMap(({ rows }) => rows).length).toBeGreaterThan(0)
        const sender = allSenders[turn++ % allSenders.length]
        if (sender === undefined) throw new Error('no sender')
        told.set(sender.name, (told.get(sender.name) ?? 0) + 1)
        expect(leaksIn(await seenOf(sender, sender.encode, reports))).toEqual([])
      }),
      { numRuns: runs },
    )
    expect(Math.min(...told.values())).toBeGreaterThan(runs / allSenders.length - 2)
    expect(told.size).toBe(allSenders.length)
  }, 120_000)
})

describe('an encoder that leaks is caught:', () => {
  const [community] = allSenders
  const leaky: Readonly<Record<string, (events: readonly Event[], request: Request) => Request>> = {
    'a word in a header, in base64': ([event], request) => ({
      ...request,
      headers: { ...request.headers, 'x-about': Buffer.from(`agent ${wordOf(event)}`).toString('base64') },
    }),
    'a word in the address, escaped': ([event], request) => ({
      ...request,
      address: `${request.address}?agent=${encodeURIComponent(wordOf(event))}`,
    }),
    'eight characters of a word in the body': ([event], request) => ({
      ...request,
      body: request.body.replace('"reports"', `"${wordOf(event).slice(16, 24)}":1,"reports"`),
    }),
  }
  /** One that isn't coded already: what the encoder does to it is what is looked for. */
  const wordOf = (event: Event | undefined): string => event?.dimensions?.['agent'] ?? ''

  for (const [what, leak] of Object.entries(leaky))
    it(what, async () => {
      if (community === undefined) throw new Error('no sender')
      for (const secret of secrets) {
        const events = [{ time, kind: 'agent_execution', dimensions: { agent: secret } }]
        const reports = reportsOf('smart-agents', events)
        const encode: Encode = async (...given) =>
          (await community.encode(...given)).map((request) => leak(events, request))
        expect(leaksIn(await seenOf(community, encode, reports))).not.toEqual([])
      }
    })
})

describe('P4: nor is one kept', () => {
  let side: Side
  beforeEach(() => (side = sharingSide()))
  afterEach(() => side.remove())

  it('in the queue, the log, its errors, or what a destination answered and was written down', async () => {
    const consent = side.consent
    if (consent === null) throw new Error('no consent')
    for (let seed = 0; seed < 60; seed++) {
      const format = seed % 2 === 0 ? 'smart-agents' : 'earlyexit'
      const reports = reportsOf(format, eventsOf(format, seed))
      const name = `d${seed}`
      const destination = { ...side.destination, name }
      side.outbox.keep(consent, await Frozen.of(reports, destination, drawIds(anonymousId)), side.now)
      side.carry = ({ body }) =>
        Promise.resolve(
          seed % 3 === 0
            ? fail({ why: 'lost', reached: true, detail: 'ECONNRESET' })
            : ok({ status: seed % 3 === 1 ? 200 : 422, headers: {}, body: String(body) }), // it sends all back
        )
      await side.send({ destinations: [destination] })
    }
    const log = side.log.read('', 10_000)
    expect(log.filter(({ entry }) => entry.what === 'outcome')).toHaveLength(60)
    const kept = [
      ...side.db.all('SELECT * FROM log'),
      ...side.db.all('SELECT * FROM item'),
      ...side.db.all('SELECT * FROM batch'),
    ]
    expect(kept.length).toBeGreaterThan(150)
    expect(leaksIn(JSON.stringify([kept, side.outbox.list()]))).toEqual([])
  })
})
