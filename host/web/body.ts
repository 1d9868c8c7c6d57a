// The body of a request as JSON, counted while it comes in. What is too large is read to its end without being
// kept, up to a point: a sender that is cut off in the middle of sending never gets to see why.
import type { IncomingMessage } from 'node:http'
import { mostArgumentBytes } from '../rpc.ts'

export type Body =
  | { readonly outcome: 'json'; readonly value: unknown }
  | { readonly outcome: 'too-large' | 'not-json' | 'gone' }

const mostDiscarded = 16 * mostArgumentBytes

export async function readBody(request: IncomingMessage): Promise<Body> {
  const encoding = request.headers['content-encoding']
  if (encoding !== undefined && encoding !== 'identity') return { outcome: 'not-json' }
  if (Number(request.headers['content-length'] ?? 0) > mostDiscarded) return { outcome: 'too-large' }
  const pieces: Buffer[] = []
  let size = 0
  try {
    for await (const piece of request.iterator({ destroyOnReturn: false })) {
      if (!Buffer.isBuffer(piece)) break
      size += piece.length
      if (size > mostDiscarded) break
      if (size <= mostArgumentBytes) pieces.push(piece)
    }
  } catch {
    return { outcome: 'gone' }
  }
  if (size > mostArgumentBytes) return { outcome: 'too-large' }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(pieces))
    const value: unknown = JSON.parse(text)
    return { outcome: 'json', value }
  } catch {
    return { outcome: 'not-json' }
  }
}
