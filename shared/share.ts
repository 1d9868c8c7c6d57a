// Sharing, as both sides of the bridge speak of it: whether it is on, what would leave and what waits, where to,
// what was sent, and what can be taken back. Keys are never part of it, only whether there is one.
import * as v from 'valibot'
import { Day, Path } from './ids.ts'
import type { DestinationState, TakeBack } from './share-destinations.ts'
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
  /** Null while sharing is off, where there is no destination, or where no file is ticked and nothing waits. */
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
  readonly leftOut: 'copy' | 'export' | 'not shared' | 'sample' | 'unreadable' | null
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
  /** The least at which it is told. */
  readonly level: Level
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
  /** Whether the destination said so of at least a part; else nobody knows, for it was tried. */
  readonly arrived: boolean
  /** Its deletion: not asked for, asked for, answered otherwise and asked for again, or confirmed. */
  readonly deletion: 'none' | 'asked' | 'refused' | 'confirmed'
  /** What came of the last try. */
  readonly lastError: string | null
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
    /** Some batches, or those that hold a day of a span; all, where it isn't said. */
    which: v.optional(
      v.union([
        v.strictObject({ batches: v.pipe(v.array(BatchId), v.maxLength(1000)) }),
        v.strictObject({ from: Day, until: Day }),
      ]),
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
