// What was sent, as it is logged: each attempt and its outcome, the receipts of servers and the keys they are signed
// with, and what erasing the log takes away.

/** One entry of the log, for a list: what happened, when, and its own number. */
export interface LogLine {
  readonly seq: number
  readonly at: string
  readonly entry: LogEntry
}
export type LogEntry =
  | {
      readonly what: 'attempt'
      readonly destination: string
      readonly address: string
      readonly method: string
      /** Of the batch and its part: the same for each attempt at the same bytes. */
      readonly key: string
      /** The reports' days and formats, for whoever reads the log. */
      readonly about: readonly string[]
      /** As previewed, with marks where keys go. */
      readonly body: string
      /** Of the body that is carried, keys put in, before any content coding. */
      readonly bytes: number
      readonly sha256: string
    }
  | {
      readonly what: 'outcome'
      /** The number of the attempt's entry. */
      readonly of: number
      readonly outcome:
        'delivered' | 'duplicate' | 'later' | 'refused' | 'too large' | 'no answer' | 'unclear'
      readonly status: number | null
      /** What the destination answered, or what went wrong. */
      readonly told: string
    }
  | {
      readonly what: 'dropped'
      readonly destination: string
      readonly key: string
      readonly about: readonly string[]
      readonly why: 'full' | 'too old' | 'split' | 'off' | 'changed' | 'withheld'
    }
  | { readonly what: 'on'; readonly level: string }
  | { readonly what: 'off' }
  | { readonly what: 'new id' }
  /** A server's keys, with which its receipts are checked: those that are believed from now on, and those that aren't. */
  | ({ readonly what: 'keys' } & KeysSeen)
  /** A day before sharing was switched on was asked for. */
  | { readonly what: 'earlier'; readonly from: string }
  /** The person erased what stood before, all of it or up to the end of a day. */
  | {
      readonly what: 'erased'
      readonly through: string | null
      /** How many entries were ever erased. */
      readonly entries: number
      /** The hash that the next entry is chained to; null where it is chained to this one. */
      readonly after: string | null
    }

export interface PublicKey {
  readonly id: string
  /** Ed25519, raw, in base64url. */
  readonly key: string
}
/** Of one server. Pinned when they are first seen; a later one is believed where one that is believed has signed it. */
export interface KeysSeen {
  readonly server: string
  readonly accepted: readonly PublicKey[]
  readonly refused: readonly PublicKey[]
}

/** What is wrong with a receipt: its key, its signature, what it is about, or that it can't be read. */
export type ReceiptFault = 'key' | 'signature' | 'batch' | 'bytes' | 'unread'
export interface ReceiptCheck {
  /** The number of the outcome that holds it. */
  readonly entry: number
  /** Of a deletion, not of what was taken in. */
  readonly deletion: boolean
  readonly state: 'verified' | 'missing' | 'wrong' | 'key unknown'
  /** Where it is wrong. */
  readonly fault: ReceiptFault | null
}
/** The log, looked through: its chain of hashes, and the signatures of its receipts. */
export interface LogCheck {
  readonly entries: number
  /** The number of the first entry that isn't as it was written; null where all are. */
  readonly broken: number | null
  /** Of every acknowledgement by a community server. */
  readonly receipts: readonly ReceiptCheck[]
  readonly keys: readonly KeysSeen[]
}

export interface LogPage {
  readonly lines: readonly LogLine[]
  readonly more: boolean
  /** How many entries there are, and how many of them hold the words. */
  readonly entries: number
  readonly found: number
}

/** What erasing the log takes away, or took. */
export interface LogErasure {
  readonly entries: number
  /** Entries with a destination's answer. */
  readonly receipts: number
  /** Reports that can be taken back by proof, and no longer once their secrets are gone. */
  readonly provable: number
  /** Requests in the queue, and deletions not confirmed yet: these stay, with their secrets. */
  readonly waiting: number
  readonly deletions: number
  readonly erased: boolean
}
