// Erasing, as both sides of the bridge speak of it: what a preview says, what happens while it runs, and the proof.
// Nothing here holds a value of a record but the sample of a preview.
import * as v from 'valibot'
import type { Field } from './viewer/asks.ts'

/** Names one preview, which holds the very rows that it counted: 128 random bits, in hex. */
export const EraseToken = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/), v.brand('EraseToken'))
export type EraseToken = v.InferOutput<typeof EraseToken>

/** How long a confirmed deletion is held back, so that it can be taken back: nothing has happened until then. */
export const heldSeconds = 10

/** Rows of one table that go. */
export interface ErasedTable {
  readonly table: string
  readonly rows: number
  /** How many stay. */
  readonly left: number
  /**
   * The events themselves, rows that belong to them by their format, rows whose foreign key names them, or what they
   * said, at which nothing else points.
   */
  readonly because: 'chosen' | 'related' | 'references' | 'contents'
}

export interface ErasedDay {
  readonly day: string
  readonly erased: number
  readonly left: number
}
export interface ErasedKind {
  readonly kind: string
  readonly erased: number
  readonly left: number
}

/** What a person should know before, in the order of weight. */
export type EraseNote =
  /** Another program has the file open: what can't be overwritten now is finished when it has closed it. */
  | { readonly note: 'held'; readonly programs: readonly string[] }
  /** A table points at row numbers that a rewrite of the file would change, so it isn't rewritten. */
  | { readonly note: 'row-numbers'; readonly table: string }
  /** The disk has no room for a rewrite of the file. */
  | { readonly note: 'no-room'; readonly needed: number; readonly free: number }
  /** This full-text index is made anew, which takes its words out. */
  | { readonly note: 'full-text'; readonly table: string }
  /** So many of the events have no time that can be read. */
  | { readonly note: 'no-time'; readonly rows: number }

export interface ErasePreview {
  /** Null where nothing fits, so that there is nothing to delete. */
  readonly token: EraseToken | null
  readonly path: string
  readonly format: string
  /** Events that go: what a confirmation says. */
  readonly events: number
  readonly eventsLeft: number
  /** All rows that go, dependents included. */
  readonly rows: number
  readonly tables: readonly ErasedTable[]
  /** A few of the events that go, newest first, each with the beginnings of its fields. */
  readonly sample: readonly (readonly Field[])[]
  /** Milliseconds since 1970 of the first and last event that go; null where none has a time. */
  readonly first: number | null
  readonly last: number | null
  readonly days: {
    /** Days that lose events, and those that lose all. */
    readonly touched: number
    readonly emptied: number
    /** Those that lose most, most first; at most thirty. */
    readonly most: readonly ErasedDay[]
  }
  /** Kinds that lose events, most first. */
  readonly kinds: readonly ErasedKind[]
  /** Bytes that the rows take, about. */
  readonly bytes: number
  readonly notes: readonly EraseNote[]
  /** Where a copy is put before, if the setting wants one. */
  readonly backup: string | null
}

export type EraseStep = 'backup' | 'delete' | 'clean' | 'rewrite' | 'prove'

/** While a deletion is `held`, ending the stream takes it back. From the first `step` on it is carried out. */
export type EraseItem =
  { readonly type: 'held'; readonly seconds: number } | { readonly type: 'step'; readonly step: EraseStep }

/** Where a copy lies: in rows that are there (again), or in bytes of these files that no row uses. */
export type ErasePlace = 'rows' | 'database' | 'wal' | 'journal'

/** What was searched for, where, and what was found. */
export interface EraseProof {
  /** Rows that were deleted, and those of them that left something to search for. */
  readonly rows: number
  readonly traceable: number
  /** Cells that no remaining row contains; each was searched for. */
  readonly cells: number
  /** Bytes in which no row lies: free pages, free blocks and gaps of the others, the -wal and the -journal. */
  readonly searched: number
  /** Cells of which a copy is still there. */
  readonly found: number
  readonly places: readonly { readonly place: ErasePlace; readonly found: number }[]
}

/** What is not gone yet: bytes that hold no row now, and may hold what was deleted. It is watched, and finished when it can be. */
export const Remains = v.object({
  bytes: v.number(),
  why: v.picklist(['held', 'busy', 'no-room', 'row-numbers', 'failed']),
})
export type Remains = Readonly<v.InferOutput<typeof Remains>>
export type WhyRemains = Remains['why']

export interface Erased {
  readonly path: string
  readonly events: number
  readonly rows: number
  readonly tables: readonly { readonly table: string; readonly rows: number; readonly left: number }[]
  readonly backup: string | null
  /** Null only where there is a proof that nothing was found. */
  readonly remains: Remains | null
  readonly proof: EraseProof
  /** The file that repeats the proof. */
  readonly receipt: string
}

/** The proof made again, of a receipt. */
export interface Verified {
  readonly path: string
  /** Milliseconds since 1970. */
  readonly erased: number
  readonly proof: EraseProof
}

/** A deletion that is not finished: rows are gone, copies of them may lie in the file. */
export interface PendingErase {
  readonly path: string
  readonly since: number
  readonly remains: Remains
  readonly receipt: string
}

/** What came of an attempt to finish one: null where nothing remains. */
export interface FinishedErase {
  readonly path: string
  readonly remains: Remains | null
  readonly proof: EraseProof | null
}

export interface KeptReceipt {
  readonly receipt: string
  readonly path: string
  readonly erased: number
  readonly rows: number
}

/** Days that a file's records are kept. */
export const KeepDays = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(36_500))

export interface KeepRule {
  readonly path: string
  readonly days: number
  readonly since: number
}
/** What retention did, newest first. */
export interface KeepEntry {
  readonly at: number
  readonly path: string
  readonly days: number
  readonly rows: number
  readonly remains: Remains | null
  /** The kind of failure, where nothing was deleted. */
  readonly failed: string | null
}
/** What a rule for a file would delete now. The consent is what switching it on asks for. */
export interface KeepPreview {
  readonly preview: ErasePreview
  readonly consent: EraseToken
}
export interface Keeping {
  readonly rules: readonly KeepRule[]
  readonly log: readonly KeepEntry[]
}
