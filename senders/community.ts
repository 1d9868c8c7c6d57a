import { isRecord } from '../shared/plain.ts'
import { encodeBatch } from '../shared/sharing/wire.ts'
import { answerOf, endpoint, postJson } from './http.ts'
import { understandHttp } from './sender.ts'
import type { Holding, Outcome, Response, Sender } from './sender.ts'

const reportsPath = /\/reports$/

const holding: Holding = {
  most: 200,
  address: (sentTo) => sentTo.replace(reportsPath, '/batches/list'),
  ask: (batches) =>
    postJson({
      address: holding.address(batches[0]?.address ?? ''),
      value: { batches: batches.map(({ batchId, secret }) => ({ batch_id: batchId, secret })) },
      events: 0,
    }),
  understand: (response, batches) => {
    const answer = response.status === 200 ? answerOf(response) : null
    const told: unknown = answer?.['status'] === 'ok' ? answer['batches'] : null
    if (!Array.isArray(told)) return null
    const listed: readonly unknown[] = told
    const asked = new Set(batches.map(({ batchId }) => batchId))
    const there = new Map<string, string>()
    for (const one of listed) {
      const [id, hash] = isRecord(one) ? [one['batch_id'], one['sha256']] : []
      // One that wasn't asked for, or is there twice: whoever says so doesn't answer this.
      if (typeof id !== 'string' || typeof hash !== 'string' || !asked.delete(id)) return null
      there.set(id, hash)
    }
    return there
  },
}

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
  forget: ({ address, batchId, secret }) =>
    postJson({
      address: address.replace(reportsPath, `/batches/${batchId}/delete`),
      value: { secret },
      events: 0,
    }),
  holding,
}

/** Only the server's own words are a receipt: a page of some proxy in between is none, whatever its status. */
function understand(response: Response): Outcome {
  const outcome = understandHttp(response)
  if (outcome.kind !== 'delivered') return outcome
  const { status, batch_id: batch } = answerOf(response) ?? {}
  return status === 'ok' && typeof batch === 'string' ? { ...outcome, batch } : { kind: 'later', after: null }
}
