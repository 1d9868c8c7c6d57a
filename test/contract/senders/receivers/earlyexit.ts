// The events endpoint of the earlyexit document, with either way to show a key.
import { dayOf, json, jsonOf } from '../receiver.ts'
import type { Json, Receiver } from '../receiver.ts'

export function earlyexitReceiver(key: string): Receiver {
  const events: Json[] = []
  return {
    answer: (got) => {
      if (got.path !== '/api/v1/events') return json(404, { status: 'error' })
      if (got.method !== 'POST') return json(405, { status: 'error' })
      if (got.headers['authorization'] !== `Bearer ${key}` && got.headers['x-api-key'] !== key)
        return json(401, { status: 'error', error: 'invalid API key' })
      const body = jsonOf(got)
      if (
        body?.['api_version'] !== '1.0' ||
        !Array.isArray(body['events']) ||
        typeof body['client'] !== 'object'
      )
        return json(400, { status: 'error', error: 'api_version, events and client are required' })
      const batch = body['events'] as Json[]
      if (!batch.every((one) => typeof one['type'] === 'string' && typeof one['data'] === 'object'))
        return json(400, { status: 'error', error: 'an event lacks its type or data' })
      events.push(...batch.map((one) => one['data'] as Json))
      return json(200, { status: 'ok', received: batch.length, warnings: [] })
    },
    rows: () => events.map(({ id: _id, timestamp, ...fields }) => ({ day: dayOf(timestamp), ...fields })),
  }
}
