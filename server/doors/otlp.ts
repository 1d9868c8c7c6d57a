// OpenTelemetry's logs over HTTP, as JSON. Its exporters send a request again whose answer was lost, with the same
// bytes: so a record counts by its `event.id`, or by the bytes it came in.
import { isRecord } from '../../shared/plain.ts'
import { server as words } from '../../shared/words/en-server.ts'
import { answer } from '../door.ts'
import type { Answer, Door } from '../door.ts'
import type { KeptEvent, Piece } from '../intake.ts'
import { eventsIn, idsByBody, keep, openedBy, pieceId, recordIn, whenOf } from '../keep.ts'
import { anonymousIdOf } from '../kept.ts'
import { kindOf, knownOf } from '../known.ts'
import { keyIn } from '../operator.ts'

const name = 'otlp'

export const otlp: Door = {
  name,
  method: 'POST',
  paths: ['/v1/logs'],
  body: { largest: 'foreign', gzip: true },
  refusal: statusOf,
  answer: async (call, here) => {
    const type = call.request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
    if (type !== 'application/json') return { status: 415, body: statusOf(415, words.jsonOnly) }
    const key = await openedBy(keyIn(call.request.headers), here)
    if (!key.ok) return inItsWords(key.error)
    const read = recordIn(call)
    const records = read.ok ? eventsIn(recordsIn(read.value)) : read
    if (!records.ok) return inItsWords(records.error)
    const idAt = await idsByBody(call)
    const parts = await Promise.all(
      records.value.map((record, position) => partOf(record, idAt(position), call.now)),
    )
    const done = await keep(call, here, {
      door: name,
      pieces: parts.map(({ piece }) => piece),
      limits: here.limitsOf(name, { network: call.network, key: key.value }, call.now),
      dropped: parts.reduce((sum, { dropped }) => sum + dropped, 0),
    })
    return done.ok ? answer({}) : inItsWords(done.error)
  },
}

/** As gRPC numbers them, which is how this protocol says no. */
const codes: Readonly<Record<number, number>> = { 401: 16, 408: 4, 413: 8, 429: 8, 500: 13, 503: 14 }
const invalid = 3

function statusOf(status: number, error: string): { code: number; message: string } {
  return { code: codes[status] ?? invalid, message: error }
}

function inItsWords(said: Answer): Answer {
  const error = isRecord(said.body) ? String(said.body['error']) : ''
  return { ...said, body: statusOf(said.status, error) }
}

/** Null where it has not the shape of such a request. */
function recordsIn({ resourceLogs }: Readonly<Record<string, unknown>>): unknown {
  const scopes = listsIn(resourceLogs, 'scopeLogs')
  return scopes && listsIn(scopes, 'logRecords')
}

function listsIn(within: unknown, list: string): readonly unknown[] | null {
  if (!Array.isArray(within) || !within.every(isRecord)) return null
  const found: unknown[] = within.map((one) => one[list] ?? [])
  return found.every(Array.isArray) ? found.flat() : null
}

async function partOf(
  record: Readonly<Record<string, unknown>>,
  byBytes: string,
  now: number,
): Promise<{ piece: Piece; dropped: number }> {
  const { 'event.id': id, anonymous_id: anonymousId, ...attributes } = attributesOf(record['attributes'])
  const { kept, dropped } = knownOf(attributes)
  const event: KeptEvent = {
    kind: kindOf(record['eventName'] ?? valueOf(record['body'])),
    anonymousId: anonymousIdOf(anonymousId),
    ...whenOf(secondsOf(record['timeUnixNano']), now),
    os: kept['os'] ?? null,
    version: kept['tool_version'] ?? null,
    body: kept,
  }
  return { piece: { id: typeof id === 'string' ? await pieceId(id) : byBytes, events: [event] }, dropped }
}

function attributesOf(list: unknown): Readonly<Record<string, unknown>> {
  if (!Array.isArray(list)) return {}
  const pairs = list.filter(isRecord).map(({ key, value }) => [String(key), valueOf(value)] as const)
  return Object.fromEntries(pairs)
}

const valueOf = (value: unknown): unknown => (isRecord(value) ? Object.values(value)[0] : undefined)

/** Nanoseconds are more than a number holds: a text, in this JSON. */
function secondsOf(nanoseconds: unknown): number | null {
  const seconds = Number(nanoseconds ?? NaN) / 1e9
  return seconds > 0 ? seconds : null
}
