// Where reports can go and where they do, what a destination must be told, and what came of a test of one. Keys are never
// part of it, only whether there is one.
import type { AppError, Unreachable } from './result.ts'
import type { Level } from './sharing/consent.ts'

/** What a kind of destination must be told. */
export interface NeedFact {
  readonly name: string
  readonly kind: 'address' | 'key' | 'word' | 'path'
  readonly optional: boolean
}

/** Needs of servers with a certificate of their own, which few are. */
export const ofCertificates: ReadonlySet<string> = new Set(['authority', 'pin'])

/** What a lost answer leaves: nothing, perhaps a second copy, or perhaps none. */
export type Delivery = 'exactly once' | 'at least once' | 'at most once'

export interface KnownDestination {
  readonly name: string
  readonly needs: readonly NeedFact[]
  readonly delivery: Delivery
  /** How many days back it takes reports: 1 is yesterday only. */
  readonly daysBack: number
  /** How what it has can be taken back: by proof, over the network; by deleting one's own file; by asking whoever runs it. */
  readonly takeBack: TakeBack
  /** Its maker's page on deleting what it has; null where there is none to name. */
  readonly ownTools: string | null
}
export type TakeBack = 'proof' | 'own file' | 'nothing kept' | 'ask'

export interface DestinationState extends KnownDestination {
  /** Null: the level that is on. Never more than that. */
  readonly level: Level | null
  /** By need: the text, or dots where it is a key. What isn't told is missing. */
  readonly told: Readonly<Record<string, string>>
  /** Where reports go, as one address or path. */
  readonly address: string
  /** Set by the person, or by variables of the environment. */
  readonly from: 'person' | 'environment'
  /** It became a destination then; days before are not sent to it unless they are asked for. Null: not noted. */
  readonly since: string | null
  readonly state: 'idle' | 'waiting' | 'failing' | 'stuck'
  /** Requests in the queue. */
  readonly waiting: number
  readonly lastError: string | null
  /** When the next request to it is due. */
  readonly nextDue: string | null
  /** The last day that it has or that waits for it; its position. */
  readonly through: string | null
}

export interface Destinations {
  readonly set: readonly DestinationState[]
  /** Every kind there is, also those that are set. */
  readonly known: readonly KnownDestination[]
  /** Set once, but their keys can't be opened here: they count as not set. */
  readonly sealed: readonly SealedKey[]
}
export type SealedKey = Extract<AppError, { kind: 'key-sealed' }>

/** What a test will do, said before it does it; a test with no `address` does nothing else. */
export interface TestPlan {
  readonly to: string
  readonly address: string
  /** A connection and one request without body, key or report; or a look whether the file can be written. */
  readonly how: 'request' | 'file' | 'print'
}
export interface Unreached {
  readonly is: Unreachable
  readonly detail: string
}
export interface Tested extends TestPlan {
  readonly result:
    | { readonly is: 'reached'; readonly status: number }
    | { readonly is: 'writable' }
    | { readonly is: 'redirected'; readonly status: number }
    | Unreached
    | { readonly is: 'not writable'; readonly detail: string }
}
