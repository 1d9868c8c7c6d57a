// What every destination is to the program: what it needs to be told, how it writes reports as a request, and
// what its answers mean. A sender opens no connection itself: whoever carries the request (fetch in the host, a
// sink for the console, a captured wire in a test) comes in, so what was previewed is what is carried.
import type { Outbound } from '../shared/sharing/anonymize.ts'
import type { BatchIds } from '../shared/sharing/wire.ts'

export interface Request {
  readonly address: string
  readonly method: 'POST' | 'PUT'
  readonly headers: Readonly<Record<string, string>>
  /** Before any content coding. */
  readonly body: string
}

export interface Response {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export type Outcome =
  /** The destination has it; the receipt is its own answer. */
  | { readonly kind: 'delivered'; readonly receipt: string }
  /** Try again, after what it asked for in seconds or a date, if it did. */
  | { readonly kind: 'later'; readonly after: string | null }
  /** It will never take this. */
  | { readonly kind: 'refused'; readonly status: number; readonly reason: string }
  /** Too large: try smaller parts. */
  | { readonly kind: 'too large' }

/** Something a destination must be told before it can be used. */
export interface Need {
  readonly name: string
  readonly kind: 'address' | 'key'
}

export interface Sender {
  readonly name: string
  readonly needs: readonly Need[]
  encode(reports: Outbound, ids: BatchIds, told: Readonly<Record<string, string>>): Request
  understand(response: Response): Outcome
}

export type Carry = (request: Request) => Promise<Response>

/** What HTTP itself means by a status, for senders whose destination means nothing else. */
export function understandHttp({ status, headers, body }: Response): Outcome {
  if (status >= 200 && status < 300) return { kind: 'delivered', receipt: body }
  if (status === 413) return { kind: 'too large' }
  if (status === 429 || (status >= 502 && status <= 504))
    return { kind: 'later', after: headers['retry-after'] ?? null }
  return { kind: 'refused', status, reason: body.slice(0, 500) }
}
