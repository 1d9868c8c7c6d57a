import { isRecord } from '../shared/plain.ts'
import { encodeBatch } from '../shared/sharing/wire.ts'
import { endpoint } from './http.ts'
import { understandHttp } from './sender.ts'
import type { Outcome, Response, Sender } from './sender.ts'

/** Our own server, and the wire that every preview shows. */
export const community: Sender = {
  name: 'community',
  needs: [{ name: 'address', kind: 'address' }],
  delivery: 'exactly once',
  daysBack: 28,
  encode: (reports, ids, told) =>
    Promise.resolve([
      {
        address: endpoint(told, '/api/v1/reports'),
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: encodeBatch(reports, ids),
        events: reports.reduce((sum, { rows }) => sum + rows.length, 0),
      },
    ]),
  understand,
  forget: ({ address, batchId, secret }) => ({
    address: address.replace(/\/reports$/, `/batches/${batchId}/delete`),
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ secret }),
    events: 0,
  }),
}

/** Only the server's own words are a receipt: a page of some proxy in between is none, whatever its status. */
function understand(response: Response): Outcome {
  const outcome = understandHttp(response)
  if (outcome.kind !== 'delivered') return outcome
  return confirms(response.body) ? outcome : { kind: 'later', after: null }
}

function confirms(body: string): boolean {
  try {
    const answer: unknown = JSON.parse(body)
    return isRecord(answer) && answer['status'] === 'ok' && typeof answer['batch_id'] === 'string'
  } catch {
    return false
  }
}
