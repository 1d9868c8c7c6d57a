// PostHog, in the words of its own library: posthog-node writes the request, a captured fetch takes it from its
// hands, and from then on it is ours to freeze, show and send. The library itself never opens a connection.
import { reportHeartbeat } from './beacon.ts'
import { beginning, dailyUsage, eventsOf, inBatches } from './daily-usage.ts'
import { answerOf, understandAnswer } from './http.ts'
import type { Ids, Request, Response, Sender, Told } from './sender.ts'

interface Capture {
  readonly event: string
  readonly id: string
  readonly time: string
  readonly properties: Readonly<Record<string, unknown>>
}

/** Where the library itself would send. */
const usualHost = 'https://us.i.posthog.com'

const wanted = [
  { name: 'address', kind: 'address', optional: true },
  { name: 'key', kind: 'key' },
] as const satisfies Sender['needs']

const ownTools = 'https://posthog.com/docs/privacy/data-storage#data-deletion'

export const posthog: Sender = {
  name: 'posthog',
  needs: wanted,
  ownTools,
  delivery: 'at least once',
  daysBack: 28,
  encode: async (reports, ids, told) => {
    const batches = inBatches(eventsOf(reports, ids)).map((events) =>
      events.map(({ id, time, fields }) => ({ event: dailyUsage, id, time, properties: fields })),
    )
    return Promise.all(batches.map((captures) => encodeCaptures(captures, ids, told)))
  },
  understand,
}

/** The same heartbeat that a beacon gets, one event a report. */
export const posthogHeartbeat: Sender = {
  name: 'posthog-heartbeat',
  needs: wanted,
  ownTools,
  delivery: 'at least once',
  daysBack: 28,
  encode: async (reports, ids, told) => {
    const captures = reports.map((report) => ({
      event: 'installation_heartbeat',
      id: ids.idOf(`${report.format} ${report.day}`),
      time: beginning(report.day),
      properties: reportHeartbeat(report, ids),
    }))
    return [await encodeCaptures(captures, ids, told)]
  },
  understand,
}

async function encodeCaptures(captures: readonly Capture[], ids: Ids, told: Told): Promise<Request> {
  const { PostHog } = await import('posthog-node/edge') // loaded by those who send to PostHog only
  const requests: Request[] = []
  const client = new PostHog(told['key'] ?? '', {
    host: told['address'] ?? usualHost,
    flushAt: captures.length + 1, // all in one request, by our own flush
    maxBatchSize: captures.length + 1,
    flushInterval: 0,
    fetchRetryCount: 0,
    disableCompression: true, // what is shown is the body before any coding
    disableGeoip: true,
    fetch: (address, { headers, body }) => {
      if (typeof body === 'string')
        requests.push({
          address,
          method: 'POST',
          headers: lowerCased(headers),
          body,
          events: captures.length,
        })
      return Promise.resolve({
        status: 200,
        text: () => Promise.resolve('{}'),
        json: () => Promise.resolve({}),
      })
    },
  })
  // An environment can switch the library to another wire, on which the key would stand in a header.
  Reflect.set(client, 'captureMode', 'v0')
  for (const { event, id, time, properties } of captures)
    client.capture({
      distinctId: ids.anonymousId,
      event,
      uuid: id,
      timestamp: new Date(time),
      disableGeoip: true, // the library writes `$geoip_disable` after everything else
      properties: { ...properties, $process_person_profile: false, $ignore_sent_at: true },
    })
  await client.flush()
  const [request, ...more] = requests
  if (request === undefined || more.length > 0) throw new Error('posthog-node did not write one request')
  return request
}

const lowerCased = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))

/** It says `Ok` also while it drops what is over the project's quota; that is no delivery. */
function understand(response: Response) {
  const limited = answerOf(response)?.['quota_limited']
  if (response.status === 200 && Array.isArray(limited) && limited.length > 0)
    return { kind: 'later', after: '3600' } as const
  return understandAnswer(response, ({ status }) => status === 'Ok' || status === 1)
}
