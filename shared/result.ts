// Expected failures are values. Every one that a person can meet is a member of AppError, so that the
// words for it (words/en.ts) and the screens that show it are checked by the compiler. Exceptions are bugs.

import type { TrendsRefusal } from './community/trends.ts'
import type { ReleaseFault } from './releases.ts'
import type { Forbidder } from './sharing/consent.ts'

export type Result<T, E = AppError> = { readonly ok: true; readonly value: T } | Failure<E>
export interface Failure<E = AppError> {
  readonly ok: false
  readonly error: E
}

export type AddressFault = 'not-an-address' | 'user-info' | 'not-https' | 'fragment' | 'query'

/** Why nothing came back over the net. */
export type Unreachable = 'name' | 'refused' | 'certificate' | 'pin' | 'authority' | 'time-out' | 'lost'

/** An address that was asked and gave nothing. */
export interface Unread {
  readonly address: string
  readonly why: Unreachable
  readonly detail: string
}

export type AppError =
  | { readonly kind: 'file-missing'; readonly path: string }
  | { readonly kind: 'file-is-folder'; readonly path: string }
  | { readonly kind: 'file-is-special'; readonly path: string }
  | { readonly kind: 'file-empty'; readonly path: string }
  | { readonly kind: 'file-forbidden'; readonly path: string }
  | { readonly kind: 'file-not-sqlite'; readonly path: string }
  | { readonly kind: 'file-busy'; readonly path: string }
  | { readonly kind: 'file-changed'; readonly path: string }
  | { readonly kind: 'file-damaged'; readonly path: string; readonly detail: string }
  | {
      readonly kind: 'file-cut-short'
      readonly path: string
      readonly size: number
      readonly expected: number
    }
  | { readonly kind: 'wal-foreign'; readonly path: string }
  | { readonly kind: 'wal-missing'; readonly path: string }
  | { readonly kind: 'journal-hot'; readonly path: string }
  | { readonly kind: 'file-unknown'; readonly path: string; readonly tables: readonly string[] }
  | {
      readonly kind: 'schema-too-large'
      readonly path: string
      readonly columns: number
      readonly limit: number
    }
  | { readonly kind: 'file-too-large'; readonly path: string; readonly size: number; readonly limit: number }
  | { readonly kind: 'file-exists'; readonly path: string }
  | {
      readonly kind: 'not-erasable'
      readonly path: string
      readonly why:
        | 'read-only'
        | 'text'
        | 'view'
        | 'virtual'
        | 'trigger'
        | 'points-back'
        | 'no-key'
        | 'damaged'
        | 'other-names'
        | 'recount'
      /** The table or trigger that is in the way; else empty. */
      readonly detail: string
    }
  /** Between its preview and the deletion; nothing was deleted. */
  | { readonly kind: 'erase-stale'; readonly path: string; readonly why: 'replaced' | 'changed' }
  | { readonly kind: 'erase-unknown' }
  /** No retention is set for it. */
  | { readonly kind: 'keep-unset'; readonly path: string }
  | { readonly kind: 'receipt-broken'; readonly path: string }
  | { readonly kind: 'same-file'; readonly path: string }
  | { readonly kind: 'name-unfit'; readonly name: string }
  | { readonly kind: 'table-unknown'; readonly table: string; readonly known: readonly string[] }
  | { readonly kind: 'not-an-export'; readonly path: string; readonly line: number }
  | { readonly kind: 'disk-full'; readonly path: string }
  | { readonly kind: 'not-writable'; readonly path: string }
  | { readonly kind: 'folder-missing'; readonly path: string }
  | { readonly kind: 'dimension-unknown'; readonly dimension: string; readonly known: readonly string[] }
  | { readonly kind: 'unknown-method'; readonly method: string }
  | { readonly kind: 'bad-call'; readonly method: string; readonly issue: string }
  | { readonly kind: 'bytes-unknown'; readonly id: string }
  | { readonly kind: 'format-not-shared'; readonly format: string }
  | { readonly kind: 'day-not-over'; readonly day: string }
  | { readonly kind: 'day-empty'; readonly day: string | null; readonly path: string }
  | { readonly kind: 'share-off' }
  | { readonly kind: 'share-forced-off'; readonly by: Forbidder }
  /** Nobody has seen what would leave: there is no preview with this hash. */
  | { readonly kind: 'preview-unseen' }
  /** No file is ticked, or none of them has a whole day. */
  | { readonly kind: 'nothing-to-share' }
  | { readonly kind: 'sample-not-shared'; readonly path: string }
  | { readonly kind: 'export-not-shared'; readonly path: string }
  | { readonly kind: 'batch-unknown'; readonly batch: string }
  | { readonly kind: 'destination-unknown'; readonly known: readonly string[] }
  | { readonly kind: 'destination-unset'; readonly name: string }
  /** Its key lies in the system's key store, which this program has no part in or which can't open it any more. */
  | {
      readonly kind: 'key-sealed'
      readonly name: string
      readonly why: 'elsewhere' | 'not opened'
      /** The variable of the environment that can have the key instead. */
      readonly variable: string | null
    }
  | { readonly kind: 'need-unknown'; readonly need: string; readonly known: readonly string[] }
  | { readonly kind: 'need-missing'; readonly need: string }
  | { readonly kind: 'path-not-whole'; readonly need: string }
  | { readonly kind: 'bad-address'; readonly need: string; readonly why: AddressFault }
  /** A header and JSON hold it: letters, digits and signs of ASCII, without spaces. */
  | { readonly kind: 'bad-key'; readonly need: string }
  | { readonly kind: 'address-changed'; readonly address: string }
  | ({ readonly kind: 'trends-refused' } & TrendsRefusal)
  | ({ readonly kind: 'trends-unreached' } & Unread)
  | { readonly kind: 'trends-not-given'; readonly address: string; readonly status: number }
  /** Asked what it still has of what was shared. */
  | ({ readonly kind: 'held-unreached' } & Unread)
  | { readonly kind: 'held-not-told'; readonly address: string; readonly status: number }
  | ({ readonly kind: 'release-unreached' } & Unread)
  | { readonly kind: 'release-not-given'; readonly address: string; readonly status: number }
  | { readonly kind: 'release-refused'; readonly address: string; readonly fault: ReleaseFault }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'stopped'; readonly what: string }
  | { readonly kind: 'disconnected' }
  | { readonly kind: 'unexpected'; readonly where: string }

export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value })
export const fail = <E = AppError>(error: E): Failure<E> => ({ ok: false, error })
