// PostHog's capture, as its libraries send: a batch or one event, the project's key in the body, compressed or not.
// Of an event stays what the list of fields knows; of whom it is about, an id that is a UUID.
import { isRecord } from '../../shared/plain.ts'
import type { Result } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'
import { server as words } from '../../shared/words/en-server.ts'
import { parseJson, readBody } from '../body.ts'
import { answer, refuse } from '../door.ts'
import type { Answer, Call, Door, Here } from '../door.ts'
import type { Piece } from '../intake.ts'
import { eventsIn, idsByBody, keep, openedBy, pieceId, whenOf } from '../keep.ts'
import { anonymousIdOf } from '../kept.ts'
import { kindOf, knownOf } from '../known.ts'

const name = 'posthog'

export const posthog: Door = {
  name,
  method: 'POST',
  paths: ['/batch', '/batch/', '/capture', '/capture/', '/i/v0/e', '/i/v0/e/'],
  body: { largest: 'foreign', gzip: true },
  cors: true,
  answer: async (call, here) => {
    const read = await readRequest(call, here)
    if (!read.ok) return read.error
    const { key: shown, events } = read.value
    if (shown === null) return refuse(401, words.wrongField('api_key'))
    const key = await openedBy(shown, here)
    if (!key.ok) return key.error
    const parts = events.map((event) => readEvent(event, call.now))
    const wrong = parts.find((part) => typeof part === 'string')
    if (wrong !== undefined) return refuse(400, words.wrongField(wrong))
    const whole = parts.filter((part) => typeof part !== 'string')
    const idAt = await idsByBody(call)
    const pieces = await Promise.all(whole.map((part, position) => pieceOf(part, idAt(position))))
    const done = await keep(call, here, {
      door: name,
      pieces,
      limits: here.limitsOf(name, { network: call.network, key: key.value }, call.now),
      dropped: whole.reduce((sum, { dropped }) => sum + dropped, 0),
    })
    return done.ok ? answer({ status: 'Ok' }) : done.error
  },
}

type Sent = Readonly<Record<string, unknown>>

async function readRequest(
  { bytes }: Call,
  { config }: Here,
): Promise<Result<{ key: string | null; events: readonly Sent[] }, Answer>> {
  const plain = await unpacked(bytes, config.largestForeign, config.slowestBody)
  if (!plain.ok) return plain
  const sent = parseJson(plain.value)
  if (!sent.ok) return fail(refuse(400, words.notJson))
  const batch = isRecord(sent.value) ? (sent.value['batch'] ?? [sent.value]) : sent.value
  const events = eventsIn(batch)
  if (!events.ok) return events
  const [first] = events.value
  const named = [isRecord(sent.value) ? sent.value : {}, first ?? {}, propertiesOf(first ?? {})]
  const keys = named.flatMap(({ api_key: key, token }) => [key, token])
  const shown = keys.find((one): one is string => typeof one === 'string' && one !== '')
  return ok({ key: shown ?? null, events: events.value })
}

/** Its library for pages compresses without saying so in a header. */
async function unpacked(
  bytes: Uint8Array<ArrayBuffer>,
  largest: number,
  slowest: number,
): Promise<Result<Uint8Array<ArrayBuffer>, Answer>> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return ok(bytes)
  const packed = new Request('http://packed/', {
    method: 'POST',
    headers: { 'content-encoding': 'gzip' },
    body: bytes,
  })
  const read = await readBody(packed, { largest, slowest })
  if (read.ok) return read
  return fail(
    read.error === 'too large' ? refuse(413, words.tooLarge(largest)) : refuse(400, words.brokenBody),
  )
}

const propertiesOf = ({ properties }: Sent): Sent => (isRecord(properties) ? properties : {})

interface Part {
  readonly event: Piece['events'][number]
  readonly uuid: unknown
  readonly dropped: number
}

/** Or the field that is missing: then nothing of the batch is taken. */
function readEvent(sent: Sent, now: number): Part | string {
  const properties = propertiesOf(sent)
  const { event, uuid, timestamp } = sent
  const id = sent['distinct_id'] ?? properties['distinct_id'] ?? properties['$distinct_id']
  if (typeof event !== 'string' || event === '') return 'event'
  if ((typeof id !== 'string' || id === '') && typeof id !== 'number') return 'distinct_id'
  const { kept, dropped } = knownOf(properties)
  return {
    event: {
      kind: kindOf(event),
      anonymousId: anonymousIdOf(id),
      ...whenOf(timestamp, now),
      os: kept['os'] ?? null,
      version: kept['tool_version'] ?? null,
      body: kept,
    },
    uuid: uuid ?? properties['$insert_id'],
    dropped,
  }
}

/** Without an id, an event that says when it was is known by its bytes; one that doesn't is another each time. */
async function pieceOf({ event, uuid }: Part, byBytes: string): Promise<Piece> {
  const own =
    typeof uuid === 'string' ? await pieceId(uuid) : event.at === null ? crypto.randomUUID() : byBytes
  return { id: own, events: [event] }
}
