// A web hook that writes rows into a sheet or a base: records as Airtable takes them, ten at once. Google's Apps
// Script answers a write with a redirect to where its answer can be read: the write has happened by then, so whatever
// becomes of the answer, nothing is sent again. It reads no headers, so its secret stands in the body.
import { eventsOf, flat, inBatches } from './daily-usage.ts'
import { answerOf, bearer, endpoint, postJson } from './http.ts'
import { understandHttp } from './sender.ts'
import type { Outcome, Response, Sender } from './sender.ts'

const mostRecords = 10

export const webHook: Sender = {
  name: 'web-hook',
  needs: [
    { name: 'address', kind: 'address' },
    { name: 'secret', kind: 'key', optional: true },
    { name: 'token', kind: 'key', optional: true },
  ],
  delivery: 'at most once',
  daysBack: 28,
  encode: (reports, ids, told) =>
    Promise.resolve(
      inBatches(eventsOf(reports, ids), mostRecords).map((events) =>
        postJson({
          address: endpoint(told, ''),
          headers: bearer(told, 'token'),
          value: {
            records: events.map((event) => ({ fields: flat(event) })),
            ...(told['secret'] !== undefined && { secret: told['secret'] }),
          },
          events: events.length,
        }),
      ),
    ),
  understand,
}

function understand(response: Response): Outcome {
  const { status, headers, body } = response
  const address = headers['location']
  if (status === 302 && address !== undefined) return { kind: 'elsewhere', address }
  const outcome = understandHttp(response)
  if (outcome.kind !== 'delivered') return outcome
  const answer = answerOf(response)
  // Apps Script can't set a status: only the words of its answer tell.
  if (answer?.['status'] === 'ok' || Array.isArray(answer?.['records'])) return outcome
  return { kind: 'refused', status, reason: body.slice(0, 500) }
}
