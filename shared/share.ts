// Sharing, as both sides of the bridge speak of it: whether it is on, what would leave and what waits, where to,
// what was sent, and what can be taken back. Keys are never part of it, only whether there is one.
import * as v from 'valibot'
import { Day, Path } from './ids.ts'
import type { AppError } from './result.ts'
import type { Forbidder, Level } from './sharing/consent.ts'
import type { Before } from './sharing/examples.ts'

const Level = v.picklist(['basic', 'detailed'])
export const DestinationName = v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}$/))
/** A batch's id. */
const BatchId = v.pipe(v.string(), v.regex(/^[0-9a-f-]{36}$/))
/** Of what a preview shows: SHA-256, in hex. */
export const SeenHash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))

export interface SharingStatus {
  readonly level: 'off' | Level
  /** Why sharing is off although it isn't the person's setting. */
  readonly forcedOffBy: Forbidder | null
  /** When it was switched on, in UTC; days before are not shared unless they are asked for. */
  readonly since: string | null
  /** On a build server, where nobody reads a screen: sharing is never switched on there without a preview's hash. */
  readonly inCI: boolean
  /** Where reports go. Empty: nothing is sent anywhere. Left empty while sharing is off, see `share.destinations`. */
  readonly destinations: readonly DestinationState[]
  /** Null while sharing is off, or where there is no destination. */
  readonly next: NextReport | null
  /** When the anonymous id was drawn and when it is replaced; null while there is none. */
  readonly id: { readonly drawn: string; readonly replacedOn: string } | null
  /** Deletions that were asked for and aren't confirmed yet. They are carried out whether sharing is on or off. */
  readonly deletionsPending: number
}

/** The soonest that something leaves. `earliest` equals `latest` where the report is made and waits already. */
export interface NextReport {
  readonly earliest: string
  readonly latest: string
  /** Names of destinations. */
  readonly to: readonly string[]
  /** "smart-agents 2026-11-20"; empty where the report is of a day that hasn't ended. */
  readonly about: readonly string[]
}

/** What a kind of destination must be told. */
export interface NeedFact {
  readonly name: string
  readonly kind: 'address' | 'key' | 'word' | 'path'
  readonly optional: boolean
}

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

/** A file on the list of those whose days may be shared. */
export interface ShareFile {
  readonly path: string
  readonly name: string
  /** The tool's name, where the file lies at its place. */
  readonly tool: string | null
  readonly ticked: boolean
  readonly missing: boolean
}

/** What the files that were read gave. */
export interface ReadFile {
  readonly path: string
  readonly title: string
  /** Of the day that is shown. */
  readonly events: number
  /** Null: it is counted. */
  readonly leftOut: 'copy' | 'not shared' | 'sample' | 'unreadable' | null
  /** Made-up data, of which no day is anybody's own. */
  readonly isSample: boolean
}

/** What one row of the report says, and what it was made of. For sentences in a person's own words. */
export interface ExampleLine {
  readonly format: string
  /** `kind`, or the dimension's field: `agent`, `model_family`. */
  readonly subject: string
  /** As it leaves: from a closed list, or `other`. */
  readonly word: string
  readonly count: string
  readonly errorRate: string | null
  readonly median: string | null
  readonly p95: string | null
  /** The figures on this machine, which stay here. Milliseconds. */
  readonly exact: {
    readonly count: number
    readonly failed: number
    readonly withOutcome: number
    readonly median: number | null
    readonly p95: number | null
  }
}

/** One field of the list, with what it is made of in the person's own file. */
export interface ShownField {
  readonly name: string
  readonly level: Level
  /** At the level that is shown. */
  readonly leaves: boolean
  readonly what: 'words' | 'range' | 'day' | 'version'
  /** Why it is asked for, in English. */
  readonly reason: string
  /** Where the closed words come from, for `words`. */
  readonly source: string | null
  /** In the file, and in the report; null where the day has none, or it doesn't leave. */
  readonly before: Before | null
  readonly after: string | null
}

/** One request as it would go to one destination, to the last byte. */
export interface ShownRequest {
  readonly to: string
  readonly address: string
  readonly method: string
  /** Keys are marks in them. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly bytes: number
  readonly sha256: string
  readonly level: Level
}

/** What the day that is shown would give. Making it sends nothing. */
export interface SharePlan {
  readonly day: string
  readonly level: Level
  /** What `share on` asks for: it covers the reports and where they go, not the ids, which are drawn when sent. */
  readonly seen: string
  readonly files: readonly ReadFile[]
  /** At most five, those that say most first. */
  readonly lines: readonly ExampleLine[]
  readonly fields: readonly ShownField[]
  readonly requests: readonly ShownRequest[]
  /** Ids in the bodies are zeros: real ones are drawn at random when something is sent. */
  readonly idsAreExamples: boolean
  /** When the first report would leave if sharing were switched on now. */
  readonly first: { readonly earliest: string; readonly latest: string }
  readonly sent: false
}

export const PlanArgs = v.strictObject({
  /** Null: the files that are ticked. */
  path: v.nullable(v.pipe(v.string(), v.minLength(1), v.maxLength(4096))),
  /** A whole UTC day; null means the last one that has events. */
  day: v.nullable(Day),
  /** Null means the level that is on, or while sharing is off the one that shows the most. */
  level: v.nullable(Level),
  /** Null: all that are set; where none is, as our own server would get it. */
  to: v.nullable(DestinationName),
})

/** What waits to be sent. */
export interface QueueItem {
  readonly batch: string
  readonly to: string
  readonly address: string
  /** "smart-agents 2026-11-20" */
  readonly about: readonly string[]
  readonly bytes: number
  readonly events: number
  readonly due: string
  /** Still in the hour in which it can only be looked at or taken out. */
  readonly held: boolean
  readonly attempts: number
  readonly lastError: string | null
  /** A refused one stays to be seen; of an unclear one nobody knows whether it arrived. */
  readonly state: 'waiting' | 'refused' | 'unclear'
}

/** What a look at what is due came to. */
export interface Looked {
  /** Batches that were made and wait now. */
  readonly made: number
  /** Requests that were acknowledged. */
  readonly delivered: number
  readonly waiting: number
  readonly next: string | null
  /** Another window or command of this program is sending: this one left it to that. */
  readonly elsewhere: boolean
}

/** What was shared with a destination, and what can be done about it. */
export interface Shared {
  readonly to: string
  readonly address: string
  readonly batches: number
  readonly firstDay: string
  readonly lastDay: string
  readonly takeBack: TakeBack
  /** Deletions of these that were asked for already: kept until they are confirmed. */
  readonly pending: number
  readonly confirmed: number
  /** Each batch, the newest first. */
  readonly sent: readonly SentReport[]
}

export interface SentReport {
  readonly batch: string
  /** "smart-agents 2026-11-20" */
  readonly about: readonly string[]
  /** Its deletion: not asked for, asked for, answered otherwise and asked for again, or confirmed. */
  readonly deletion: 'none' | 'asked' | 'refused' | 'confirmed'
  /** What came of the last try. */
  readonly lastError: string | null
}

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

/** What a test will do, said before it does it; a test with no `address` does nothing else. */
export interface TestPlan {
  readonly to: string
  readonly address: string
  /** A connection and one request without body, key or report; or a look whether the file can be written. */
  readonly how: 'request' | 'file' | 'print'
}
export interface Unreached {
  readonly is: 'name' | 'refused' | 'certificate' | 'pin' | 'authority' | 'time-out' | 'lost'
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

export const ShareArgs = {
  destination: v.strictObject({ name: DestinationName }),
  setDestination: v.strictObject({
    name: DestinationName,
    /** By need. A key that is left out stays as it is, where the address does. */
    told: v.record(
      v.pipe(v.string(), v.maxLength(40)),
      v.pipe(v.string(), v.minLength(1), v.maxLength(4096)),
    ),
    level: v.nullable(Level),
  }),
  /** The address that the person was shown; null asks for the plan alone. */
  test: v.strictObject({ name: DestinationName, address: v.nullable(v.pipe(v.string(), v.maxLength(4096))) }),
  on: v.strictObject({ level: Level, day: v.nullable(Day), seen: SeenHash }),
  batch: v.strictObject({ batch: BatchId }),
  toOne: v.strictObject({ to: v.nullable(DestinationName) }),
  forget: v.strictObject({
    to: v.nullable(DestinationName),
    /** One batch, or those that hold a day of a span; all, where it isn't said. */
    which: v.optional(
      v.union([v.strictObject({ batch: BatchId }), v.strictObject({ from: Day, until: Day })]),
    ),
  }),
  from: v.strictObject({ from: Day }),
  /** The last day to go; null: all. Without `sure` it only tells what would be lost. */
  eraseLog: v.strictObject({ through: v.nullable(Day), sure: v.boolean() }),
  log: v.strictObject({
    words: v.pipe(v.string(), v.maxLength(200)),
    /** Entries before this number; null begins with the newest. */
    before: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1))),
    most: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)),
  }),
} as const

export const CommunityArgs = {
  /** From the address that the person was shown, or from a file that was saved. */
  trends: v.strictObject({
    from: v.union([
      v.strictObject({ address: v.pipe(v.string(), v.maxLength(2000)) }),
      v.strictObject({ path: Path }),
    ]),
  }),
  own: v.strictObject({
    /** Null: the files that are ticked. */
    path: v.nullable(Path),
    weeks: v.pipe(
      v.array(v.strictObject({ name: v.pipe(v.string(), v.maxLength(20)), from: Day, to: Day })),
      v.maxLength(60),
    ),
  }),
} as const

export type ForgetWhich = NonNullable<v.InferOutput<typeof ShareArgs.forget>['which']>
