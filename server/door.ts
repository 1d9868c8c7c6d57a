// A door: one protocol's way in or out, one file in doors/ and one line in its table. The application reads and bounds
// bodies, answers preflights, counts and logs; a door says what a request means and what it is answered.
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Result } from '../shared/result.ts'
import { server as words } from '../shared/words/en-server.ts'
import type { Config } from './config.ts'
import type { Deletion } from './forget.ts'
import type { KeptEvent } from './intake.ts'
import type { Limited, Limiter } from './limits.ts'
import { retryAfter } from './limits.ts'
import type { Metrics } from './metrics.ts'
import type { Signer } from './receipts.ts'
import type { Store, StoreFailure } from './store.ts'
import type { Totals } from './totals.ts'

export interface Door {
  /** In logs, limits and totals. */
  readonly name: string
  readonly method: 'GET' | 'POST'
  /** As Hono writes them: `/api/v1/batches/:id/delete`. */
  readonly paths: readonly string[]
  /** What it reads of a body; without it, none is read. */
  readonly body?: BodyRules
  /** Pages of other origins may use it, as its protocol wants. */
  readonly cors?: true
  /** How this protocol says no; without it, `{"error": …}`. */
  refusal?(status: number, error: string): unknown
  answer(call: Call, here: Here): Promise<Answer>
}

export interface BodyRules {
  readonly largest: 'report' | 'foreign'
  /** Whether it may be compressed. */
  readonly gzip: boolean
}

export interface Call {
  readonly request: Request
  readonly query: URLSearchParams
  /** Of the path. */
  readonly params: Readonly<Record<string, string>>
  readonly bytes: Uint8Array<ArrayBuffer>
  /** When it came, in milliseconds since 1970, and that day in UTC. */
  readonly now: number
  readonly day: string
  /** The sender's network under the key of the day. */
  readonly network: string | null
  /** The same for what is kept about one thing alone. */
  networkAbout(about: string): Promise<string | null>
  /** The sender asked not to be tracked: compatible doors answer well and keep nothing. */
  readonly leavesNoTrace: boolean
}

/** What a door may use. */
export interface Here {
  readonly store: Store
  readonly config: Config
  readonly signer: Signer
  /** In hex, by the quickest way that this home knows. */
  readonly sha256: (bytes: Uint8Array<ArrayBuffer>) => string | Promise<string>
  readonly totals: Totals
  readonly journal: Journal
  readonly metrics: Metrics
  readonly nearby: Nearby
  readonly points: Points
  /** The limits of a request, by whom it can be counted. */
  readonly limitsOf: Limiter['limitsOf']
}

type Found = Result<string | null, StoreFailure>
/** What is asked for often, nearer than the store where a home has such a place; null is not kept there. */
export interface Nearby {
  read(name: string, fromStore: () => Promise<Found>): Promise<Found>
  /** It was made anew. */
  forget(name: string): Promise<void>
}

export const nothingNearby: Nearby = { read: (_name, fromStore) => fromStore(), forget: async () => {} }

/** Is told of what was new and is in the store, where a home counts it a second time. */
export interface Points {
  add(taken: {
    readonly door: string
    readonly events: readonly KeptEvent[]
    /** When it came. */
    readonly day: string
  }): Promise<void>
}

export const noPoints: Points = { add: async () => {} }

/** Deletions, kept apart from the store: a restored backup of it is deleted from again by what stands here. */
export interface Journal {
  /** Answers when it is on disk. */
  note(deletion: Deletion): Promise<void>
}

export interface Answer {
  readonly status: ContentfulStatusCode | 304
  /** Sent as JSON, unless it is a text; nothing with a 304. */
  readonly body: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export const answer = (body: unknown, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status: 200,
  body,
  headers,
})

const headersOf: Readonly<Record<number, Readonly<Record<string, string>>>> = { 503: { 'retry-after': '60' } }

export const refuse = (
  status: ContentfulStatusCode,
  error: string,
  headers: Readonly<Record<string, string>> = headersOf[status] ?? {},
): Answer => ({ status, body: { error }, headers })

export const unavailable: Answer = refuse(503, words.unavailable)

/** In seconds, as every client understands it. */
export function tooMany({ limit }: Limited, now: number): Answer {
  const seconds = retryAfter(limit, now)
  return {
    status: 429,
    body: { error: words.tooMany, retry_after: seconds },
    headers: { 'retry-after': String(seconds) },
  }
}
