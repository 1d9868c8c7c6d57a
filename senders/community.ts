import { encodeBatch } from '../shared/sharing/wire.ts'
import { understandHttp } from './sender.ts'
import type { Sender } from './sender.ts'

/** Our own server, and the wire that every preview shows. */
export const community: Sender = {
  name: 'community',
  needs: [{ name: 'address', kind: 'address' }],
  encode: (reports, ids, told) => ({
    address: `${(told['address'] ?? '').replace(/\/+$/, '')}/api/v1/reports`,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: encodeBatch(reports, ids),
  }),
  understand: understandHttp,
}
