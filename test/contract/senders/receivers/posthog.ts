// PostHog's capture endpoint: the whole batch is refused when one event lacks its name or its distinct_id.
import { gunzipSync } from 'node:zlib'
import { json, jsonOf } from '../receiver.ts'
import type { Kept, Receiver } from '../receiver.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export interface PostHogEvent {
  readonly event: string
  readonly distinct_id: string
  readonly timestamp: string
  readonly uuid: string
  readonly properties: Record<string, unknown>
}

export function posthogReceiver(token: string): Receiver & { readonly events: readonly PostHogEvent[] } {
  const events: PostHogEvent[] = []
  return {
    events,
    answer: (got) => {
      if (got.path !== '/batch/' && got.path !== '/batch') return { status: 404, body: 'Not Found' }
      if (got.method !== 'POST') return { status: 405 }
      if (got.bytes.length > 20 * 1024 * 1024) return { status: 413 }
      const bytes = got.headers['content-encoding'] === 'gzip' ? gunzipSync(got.bytes) : got.bytes
      const body = jsonOf({ bytes })
      if (body === null || !Array.isArray(body['batch']))
        return { status: 400, body: 'failed to decode request' }
      if (body['api_key'] !== token) return { status: 401, body: 'API key is not valid' }
      const batch = body['batch'] as PostHogEvent[]
      const whole = batch.every((one) => one.event !== '' && one.distinct_id !== '' && uuid.test(one.uuid))
      if (batch.length === 0 || !whole) return { status: 400, body: 'event submitted without a name or id' }
      events.push(...batch)
      return json(200, { status: 'Ok' })
    },
    rows: () => events.map(readEvent),
  }
}

const own = /^\$/

function readEvent({ timestamp, properties }: PostHogEvent): Kept {
  const said = Object.entries(properties).filter(([name]) => !own.test(name))
  return { day: timestamp.slice(0, 10), ...Object.fromEntries(said) }
}
