// VoiceMode's worker, as its clients know it: one summary of use an event, answered in its own words and refused in
// them. A copy of a known event is told so before any limit, and costs nothing.
import { isRecord } from '../../shared/plain.ts'
import type { Result } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'
import { server } from '../../shared/words/en-server.ts'
import { parseJson } from '../body.ts'
import { answer, refuse, tooMany } from '../door.ts'
import type { Door } from '../door.ts'
import { keep, pieceId } from '../keep.ts'
import {
  amount,
  anonymousIdOf,
  group,
  moment,
  oneOf,
  osOf,
  pick,
  tally,
  version,
  versionOf,
  word,
} from '../kept.ts'
import type { Rules } from '../kept.ts'
import { reportRows } from '../known.ts'
import { dayOf } from '../totals.ts'

const words = server.voicemode
const name = 'voicemode'

export const voicemode: Door = {
  name,
  method: 'POST',
  paths: ['/telemetry'],
  body: { largest: 'report', gzip: false },
  cors: true,
  answer: async (call, here) => {
    const sent = parseJson(call.bytes)
    const read = sent.ok ? readPayload(sent.value, call.now) : fail(server.notJson)
    if (!read.ok) return refuse(400, read.error)
    const { eventId, telemetryId, time, payload } = read.value
    const { kept, dropped } = pick(payload, rules)
    const { os, version } = payload.environment
    const event = {
      kind: 'payload',
      anonymousId: telemetryId,
      day: dayOf(time),
      at: time,
      os: osOf(os),
      version: versionOf(version),
      body: kept,
    }
    const id = await pieceId(eventId)
    const { network, now } = call
    const done = await keep(call, here, {
      door: name,
      pieces: [{ id, events: [event] }],
      limits: here.limitsOf(name, { id: telemetryId, network }, now, here.config.voicemode),
      dropped,
      limited: (limited, at) => {
        const error = limited.limit.name.startsWith(`${name} id `) ? words.perId : words.perNetwork
        const said = tooMany(limited, at)
        return { ...said, body: { error, retry_after: Number(said.headers?.['retry-after']) } }
      },
    })
    if (!done.ok) return done.error
    return answer({
      status: 'ok',
      ...(done.value.has(id) ? { event_id: eventId } : { message: words.recorded }),
    })
  },
}

const lengths = oneOf(['<1min', '1-5min', '5-10min', '10-20min', '20-60min', '>60min'])
const exchanges = oneOf(['0', '1-5', '6-10', '11-20', '>20'])

/** Both spellings of two fields: its code's, and its document's. */
const rules: Rules = {
  period_start: moment,
  period_end: moment,
  environment: group({
    os: word,
    version,
    install_method: word,
    installation_method: word,
    mcp_host: word,
    exec_source: word,
    execution_source: word,
    program: version,
  }),
  usage: group({
    total_sessions: amount,
    total_exchanges: amount,
    duration_distribution: tally(lengths),
    exchanges_per_session: tally(exchanges),
    transport_usage: tally(word),
    provider_usage: group({ tts: tally(word), stt: tally(word) }),
    // A daily report of ours.
    format: word,
    level: word,
    rows: reportRows,
  }),
}

interface Payload {
  readonly eventId: string
  readonly telemetryId: string
  readonly time: number
  readonly payload: { readonly environment: Readonly<Record<string, unknown>> }
}

const day = 86_400_000
const longestId = 256

/** The worker's own checks, in its order and words. */
function readPayload(sent: unknown, now: number): Result<Payload, string> {
  if (!isRecord(sent)) return fail(sent === null ? words.noPayload : words.invalid('event_id'))
  const { event_id: eventId, telemetry_id: telemetryId, timestamp, environment, usage } = sent
  if (!isText(eventId) || eventId.length > longestId) return fail(words.invalid('event_id'))
  if (!isText(telemetryId)) return fail(words.invalid('telemetry_id'))
  const id = anonymousIdOf(telemetryId)
  if (id === null) return fail(words.notUuid)
  if (!isText(timestamp)) return fail(words.invalid('timestamp'))
  const time = Date.parse(timestamp)
  if (Number.isNaN(time)) return fail(words.notIso)
  if (time > now + day) return fail(words.ahead)
  if (time < now - 90 * day) return fail(words.old)
  if (!isRecord(environment)) return fail(words.invalid('environment object'))
  for (const field of ['os', 'version'])
    if (!isText(environment[field])) return fail(words.invalid(`environment.${field}`))
  if (!isRecord(usage)) return fail(words.invalid('usage object'))
  if (typeof usage['total_sessions'] !== 'number') return fail(words.invalid('usage.total_sessions'))
  return ok({ eventId, telemetryId: id, time, payload: { ...sent, environment } })
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''
