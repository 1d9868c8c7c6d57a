// What every destination is to the program: what it needs to be told, how it writes reports as requests, and what
// its answers mean. A sender opens no connection itself: whoever carries a request (fetch in the host, a sink for the
// console, a captured wire in a test) comes in, so what was previewed is what is carried.
// A sender that encodes never sees a key either. Where one belongs it writes the mark it was told, and the host puts
// the key there in the moment of sending: so neither a preview, nor the queue, nor the log can hold one.
import type { Outbound } from '../shared/sharing/anonymize.ts'
import type { BatchIds } from '../shared/sharing/wire.ts'

/** What is frozen, shown and kept: one request, as it will be carried. */
export interface Request {
  readonly address: string
  readonly method: 'POST' | 'PUT'
  readonly headers: Readonly<Record<string, string>>
  /** Before any content coding. Where it holds a key, it is JSON. */
  readonly body: string
  /** Rows of reports in it; limits count these. */
  readonly events: number
}

/** What goes over the wire: the keys put in, signed, compressed where the destination wants it so. */
export interface Sealed {
  readonly address: string
  readonly method: 'POST' | 'PUT'
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array<ArrayBuffer>
}

export interface Response {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export type Outcome =
  /** The destination has it; the receipt is its own answer. */
  | {
      readonly kind: 'delivered'
      readonly receipt: string
      /** The batch that it names, where it names one: of another than was sent, it says nothing of this. */
      readonly batch?: string
    }
  /** It had it already, from an attempt whose answer was lost. */
  | { readonly kind: 'duplicate'; readonly receipt: string }
  /** Try again, after what it asked for in seconds or a date, if it did. */
  | { readonly kind: 'later'; readonly after: string | null }
  /** It will never take this. */
  | { readonly kind: 'refused'; readonly status: number; readonly reason: string }
  /** Too large: try smaller parts. */
  | { readonly kind: 'too large' }
  /** It has acted, and tells how it went at another address, to be asked with GET; never a reason to send again. */
  | { readonly kind: 'elsewhere'; readonly address: string }

/** Something a destination must be told before it can be used. */
export interface Need {
  readonly name: string
  /** An address is checked before use; a key lies in the key store; a word stands in the settings; a path is whole. */
  readonly kind: 'address' | 'key' | 'word' | 'path'
  readonly optional?: true
}

/** By the name of a need. For encode, a key is a mark that stands for it; for seal, the key itself. */
export type Told = Readonly<Record<string, string>>

export interface Ids extends BatchIds {
  /** The same UUID for the same part of this batch each time: an event's own id, or a request's of several. */
  idOf(part: string): string
}

/**
 * What a lost answer leaves: nothing, for a destination that knows what it has; perhaps a second copy, where it is
 * sent again; perhaps none, where it is not.
 */
export type Delivery = 'exactly once' | 'at least once' | 'at most once'

export interface Sender {
  readonly name: string
  readonly needs: readonly Need[]
  readonly delivery: Delivery
  /** How many days back it takes reports: 1 is yesterday only. The program itself goes back 28. */
  readonly daysBack: number
  /** One request, or several where the destination takes less at once; the same input gives the same bytes. */
  encode(reports: Outbound, ids: Ids, told: Told): Promise<readonly Request[]>
  /** What can only be known in the moment of sending: a signature, its time. Keys are in the request already. */
  seal?(request: Request, keys: Told, now: number): Promise<Sealed>
  understand(response: Response): Outcome
  /** Its maker's page on deleting what it has, where that is its own tools' work and not ours. */
  readonly ownTools?: string
  /** Takes a batch back, where the destination deletes on proof; its answer is understood like any other. */
  forget?(batch: SentBatch): Request
  /** Where it tells on the same proof what it still has. */
  readonly holding?: Holding
}

/** Asking a destination which batches it still has. */
export interface Holding {
  /** How many one request asks for. */
  readonly most: number
  /** Where it is asked of what was sent to an address. */
  address(sentTo: string): string
  /** All were sent to one address. */
  ask(batches: readonly SentBatch[]): Request
  /** By batch that is there the SHA-256 of its body; null where that is no answer to this question. */
  understand(response: Response, batches: readonly SentBatch[]): ReadonlyMap<string, string> | null
}

export interface SentBatch {
  /** Where it was sent. */
  readonly address: string
  readonly batchId: string
  readonly secret: string
}

/** Fails when nothing came back: a time-out, a lost connection. It follows no redirect. */
export type Carry = (sealed: Sealed) => Promise<Response>

/** Stands where a key belongs, until the moment of sending; no report can hold such a character. */
export const keyMark = (need: string): string => `•${need}•`

/** What HTTP itself means by a status, for senders whose destination means nothing else. */
export function understandHttp({ status, headers, body }: Response): Outcome {
  if (status >= 200 && status < 300) return { kind: 'delivered', receipt: body }
  if (status === 413) return { kind: 'too large' }
  if (status === 429 || (status >= 502 && status <= 504))
    return { kind: 'later', after: headers['retry-after'] ?? null }
  return { kind: 'refused', status, reason: body.slice(0, 500) }
}
