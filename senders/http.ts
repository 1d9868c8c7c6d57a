// What many destinations have in common: an address that may be told with or without its path, a JSON body, and an
// answer that is only believed when it is the destination's own.
import { isRecord } from '../shared/plain.ts'
import type { Outbound } from '../shared/sharing/anonymize.ts'
import { eventsOf, inBatches } from './daily-usage.ts'
import type { Event } from './daily-usage.ts'
import { understandHttp } from './sender.ts'
import type { Ids, Outcome, Request, Response, Sender, Told } from './sender.ts'

/** The address that was told, with this path once: people paste either. */
export function endpoint(told: Told, path: string): string {
  const address = (told['address'] ?? '').replace(/\/+$/, '')
  return address.endsWith(path.replace(/\/$/, '')) ? address : `${address}${path}`
}

/** A header for a key that need not be there. */
export const bearer = (told: Told, need = 'key'): Record<string, string> => {
  const key = told[need] ?? ''
  return key === '' ? {} : { authorization: `Bearer ${key}` }
}

/** A server of its own, with a key or without. */
export const addressAndKey: Sender['needs'] = [
  { name: 'address', kind: 'address' },
  { name: 'key', kind: 'key', optional: true },
]

/** All events of a batch to one path, in requests of what one may carry; `valueOf` writes what it holds. */
export const postInBatches = (
  path: string,
  reports: Outbound,
  ids: Ids,
  told: Told,
  valueOf: (events: readonly Event[]) => unknown,
): Promise<Request[]> =>
  Promise.resolve(
    inBatches(eventsOf(reports, ids)).map((events) =>
      postJson({
        address: endpoint(told, path),
        headers: bearer(told),
        value: valueOf(events),
        events: events.length,
      }),
    ),
  )

export interface Posted {
  readonly address: string
  readonly headers?: Readonly<Record<string, string>>
  readonly value: unknown
  readonly events: number
}

export const postJson = ({ address, headers, value, events }: Posted): Request => ({
  address,
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(value),
  events,
})

/** Null for whatever isn't a JSON object: a page of some proxy in between, an empty body. */
export function answerOf({ body }: Response): Readonly<Record<string, unknown>> | null {
  try {
    const answer: unknown = JSON.parse(body)
    return isRecord(answer) ? answer : null
  } catch {
    return null
  }
}

/** Delivered only where the answer says so itself; a 200 of a proxy in between is none. */
export function understandAnswer(
  response: Response,
  says: (answer: Readonly<Record<string, unknown>>) => boolean,
): Outcome {
  const outcome = understandHttp(response)
  if (outcome.kind !== 'delivered') return outcome
  const answer = answerOf(response)
  if (answer === null) return { kind: 'later', after: null }
  return says(answer)
    ? outcome
    : { kind: 'refused', status: response.status, reason: response.body.slice(0, 500) }
}
