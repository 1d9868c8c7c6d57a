// Plausible's events endpoint: one event a request, for a site it knows; what it doesn't count it drops with a 202.
import { json, jsonOf } from '../receiver.ts'
import type { Kept, Receiver } from '../receiver.ts'

export function plausibleReceiver(site: string): Receiver {
  const events: Kept[] = []
  return {
    answer: (got) => {
      if (got.path !== '/api/event') return { status: 404 }
      if (got.method !== 'POST') return { status: 405 }
      const body = jsonOf(got)
      const said = ['name', 'url', 'domain'].every(
        (name) => typeof body?.[name] === 'string' && body[name] !== '',
      )
      if (body === null || !said) return json(400, { errors: { event_name: ["can't be blank"] } })
      const props = Object.entries((body['props'] ?? {}) as Record<string, unknown>)
      if (props.length > 30 || props.some(([key, value]) => key.length > 300 || String(value).length > 2000))
        return json(400, { errors: { props: ['are too many or too long'] } })
      if ((got.headers['user-agent'] ?? '') === '' || body['domain'] !== site)
        return { status: 202, headers: { 'x-plausible-dropped': '1' }, body: 'ok' }
      events.push(Object.fromEntries(props))
      return { status: 202, body: 'ok' }
    },
    rows: () => events,
  }
}
