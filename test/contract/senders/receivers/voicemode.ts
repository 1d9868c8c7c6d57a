// The VoiceMode worker: it validates, knows what it has, allows ten events an hour for one id, and keeps 90 days.
import { dayOf, json, jsonOf } from '../receiver.ts'
import type { Answer, Json, Kept, Receiver } from '../receiver.ts'

const day = 86_400_000
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null

interface VoiceModeEvent {
  readonly timestamp: string
  readonly environment: { readonly os: string; readonly version: string; readonly program: string }
  readonly usage: { readonly format: string; readonly level: string; readonly rows: readonly Json[] }
}

export function voicemodeReceiver(now: () => number): Receiver {
  const events = new Map<string, VoiceModeEvent>()
  const taken = new Map<string, number>()
  return {
    answer: (got): Answer => {
      if (!got.path.endsWith('/telemetry') || got.query.size > 0) return json(404, { error: 'Not found' })
      if (got.method !== 'POST') return json(405, { error: 'Method not allowed' })
      const event = jsonOf(got)
      const wrong = event === null ? 'Invalid JSON payload' : whatIsWrong(event, now())
      if (event === null || wrong !== null) return json(400, { error: wrong })
      const id = String(event['event_id'])
      const who = String(event['telemetry_id'])
      if (events.has(id)) return json(200, { status: 'ok', message: 'Event already recorded' })
      const count = taken.get(who) ?? 0
      if (count >= 10)
        return json(
          429,
          { error: 'Rate limit exceeded for telemetry ID', retry_after: 3600 },
          { 'retry-after': '3600' },
        )
      taken.set(who, count + 1)
      events.set(id, event as unknown as VoiceModeEvent)
      return json(200, { status: 'ok', event_id: id })
    },
    rows: () => [...events.values()].flatMap(readEvent),
  }
}

function whatIsWrong(event: Json, now: number): string | null {
  for (const name of ['event_id', 'telemetry_id', 'timestamp'])
    if (typeof event[name] !== 'string' || event[name] === '') return `Invalid or missing ${name}`
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(String(event['telemetry_id'])))
    return 'Invalid or missing telemetry_id'
  const time = Date.parse(String(event['timestamp']))
  if (Number.isNaN(time) || time > now + day || time < now - 90 * day) return 'Invalid or missing timestamp'
  if (!isObject(event['environment'])) return 'Invalid or missing environment'
  if (!isObject(event['usage'])) return 'Invalid or missing usage'
  return typeof event['usage']['total_sessions'] === 'number'
    ? null
    : 'Invalid or missing usage.total_sessions'
}

function readEvent({ timestamp, environment, usage }: VoiceModeEvent): Kept[] {
  const about = { day: dayOf(timestamp), os: environment.os, tool_version: environment.version }
  const { program } = environment
  return usage.rows.map((row) => ({ ...about, program, format: usage.format, level: usage.level, ...row }))
}
