// What the application needs kept, whatever keeps it. Each home (SQLite, later D1 and PostgreSQL) implements this.
import type { Batch } from '../shared/sharing/wire.ts'
import type { Result } from '../shared/result.ts'

export interface TakenBatch {
  readonly batch: Batch
  /** Of the body as it was received, in hex: tells a repetition from another body under the same id. */
  readonly sha256: string
  /** Milliseconds since 1970. */
  readonly received: number
}

export type Taken =
  /** Now it is there, whether this copy brought it or one before; `received` is the first one's. */
  | { readonly kind: 'kept'; readonly received: number }
  /** The same id came before with another body. */
  | { readonly kind: 'different' }

export interface StoreHealth {
  readonly batches: number
  readonly duplicates: number
}

/** The store can't take anything now, a full disk for instance; what it accepted before is safe. */
export type StoreFailure = 'unavailable'

export interface Store {
  /** Answers only when the batch is on disk. */
  take(taken: TakenBatch): Promise<Result<Taken, StoreFailure>>
  health(): Promise<Result<StoreHealth, StoreFailure>>
  close(): Promise<void>
}
