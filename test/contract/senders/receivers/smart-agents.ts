// The batch endpoint of the Smart Agents document: events and the anonymous id they belong to, behind a key.
import { dayOf, json, jsonOf } from '../receiver.ts'
import type { Json, Receiver } from '../receiver.ts'

export function smartAgentsReceiver(key: string): Receiver {
  const events: Json[] = []
  return {
    answer: (got) => {
      if (got.path !== '/api/v1/telemetry/batch') return json(404, { error: 'not found' })
      if (got.method !== 'POST') return json(405, { error: 'POST only' })
      if (got.headers['authorization'] !== `Bearer ${key}`) return json(401, { error: 'unauthorized' })
      const body = jsonOf(got)
      if (body === null || !Array.isArray(body['events']) || typeof body['anonymous_id'] !== 'string')
        return json(400, { error: 'events and anonymous_id are required' })
      const batch = body['events'] as Json[]
      const whole = batch.every(
        (one) => typeof one['event'] === 'string' && !Number.isNaN(Date.parse(one['timestamp'] as string)),
      )
      if (!whole) return json(400, { error: 'an event lacks its name or its time' })
      events.push(...batch)
      return json(200, { status: 'ok', received: batch.length })
    },
    rows: () =>
      events.map(
        ({ id: _id, event: _event, anonymous_id: _who, timestamp, sdk_version, os_platform, ...fields }) => ({
          day: dayOf(timestamp),
          tool_version: sdk_version,
          os: os_platform,
          ...fields,
        }),
      ),
  }
}
