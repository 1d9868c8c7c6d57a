// Every method of the host, declared once: its name, the schema of its arguments, and what it gives back.
// The direct call, the local web host and the Electron channel all read this table, and so do the tests.
// A `call` answers once; a `stream` sends items (progress, live rows) before its answer and can be cancelled.
// Bytes never pass through here: a method answers with a BytesId, and the bytes are fetched by it.
import * as v from 'valibot'
import { SchemaKey } from './by-schema.ts'
import type { BySchema } from './by-schema.ts'
import { Choice } from './formats/generic.ts'
import type { Recognition } from './formats/generic.ts'
import type { Choices } from './formats/recognise.ts'
import { BytesId, Path } from './ids.ts'
import { EraseToken, KeepDays } from './erase.ts'
import type {
  EraseItem,
  ErasePreview,
  Erased,
  FinishedErase,
  KeepEntry,
  KeepPreview,
  Keeping,
  KeptReceipt,
  PendingErase,
  Verified,
} from './erase.ts'
import type { AppError, Result } from './result.ts'
import type { Updates } from './releases.ts'
import type { Settings } from './settings.ts'
import { SettingsChange, Zone } from './settings.ts'
import type { OwnValues } from './community/band.ts'
import type { Trends } from './community/trends.ts'
import { CommunityArgs, PlanArgs, ShareArgs } from './share.ts'
import type { Looked, QueueItem, ShareFile, SharePlan, Shared, SharingStatus, ShownRequest } from './share.ts'
import type { Destinations, TestPlan, Tested } from './share-destinations.ts'
import { HeldArgs } from './share-held.ts'
import type { Held } from './share-held.ts'
import type { LogCheck, LogErasure, LogPage } from './share-log.ts'
import { Ask } from './viewer/asks.ts'
import type { AskAnswer, Batch } from './viewer/asks.ts'
import { FilterSchema } from './viewer/filter-schema.ts'
import type { FileOverview, Summary } from './viewer/summary.ts'
import { Which } from './viewer/which.ts'
import { ExportWish } from './export.ts'
import type { ExportedTable } from './export.ts'

/** The columns of the Records screen, from left to right, each with its width in pixels. */
export const ColumnChoice = v.pipe(
  v.array(
    v.strictObject({
      column: v.pipe(v.string(), v.maxLength(1000)),
      width: v.pipe(v.number(), v.integer(), v.minValue(40), v.maxValue(2000)),
    }),
  ),
  v.minLength(1),
  v.maxLength(500),
)
export type ColumnChoice = v.InferOutput<typeof ColumnChoice>
export type ColumnChoices = BySchema<ColumnChoice>

/** What AbortSignal offers and we need; neither DOM nor Node types are known in this room. */
export interface CancelSignal {
  readonly aborted: boolean
  addEventListener(type: 'abort', listener: () => void): void
  removeEventListener(type: 'abort', listener: () => void): void
}

interface Call<Args, Answer> {
  readonly kind: 'call'
  readonly args: v.GenericSchema<unknown, Args>
  readonly answer?: Answer
}
interface Stream<Args, Item, Answer> {
  readonly kind: 'stream'
  readonly args: v.GenericSchema<unknown, Args>
  readonly item?: Item
  readonly answer?: Answer
}

const call = <Args>(args: v.GenericSchema<unknown, Args>) => ({
  answers: <Answer>(): Call<Args, Answer> => ({ kind: 'call', args }),
})
const stream = <Args>(args: v.GenericSchema<unknown, Args>) => ({
  sends: <Item>() => ({ answers: <Answer>(): Stream<Args, Item, Answer> => ({ kind: 'stream', args }) }),
})
const nothing = v.strictObject({})
/** 1 Monday … 7 Sunday. */
const FirstDayOfWeek = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(7))

export interface AppInfo {
  readonly name: 'Sightglass'
  readonly version: string
  readonly host: 'web' | 'electron' | 'command line' | 'page'
  readonly platform: string
  /** Where a newer version is asked for, when a person presses for it. */
  readonly releases: string
  readonly sharing: 'off' | 'basic' | 'detailed'
  /** At some time, so that deletions may wait even where it is off by now. */
  readonly sharingWasOn: boolean
  /** Why sharing is off although it isn't the person's setting: DO_NOT_TRACK and the like. */
  readonly sharingForcedOffBy: string | null
}

export interface Progress {
  readonly phase: 'copying' | 'reading' | 'writing'
  readonly done: number
  readonly total: number
}

/** A telemetry file as the Files screen lists it. */
export interface FileEntry {
  readonly path: string
  readonly name: string
  /** Bytes of the database and its -wal together. */
  readonly size: number
  /** Milliseconds since 1970. */
  readonly modified: number
  /** A tool wrote to it within the last two minutes, or holds its -wal. */
  readonly writing: boolean
  /** Where it was found: the tool's name, or null for a recent file. */
  readonly tool: string | null
  /** Set when it can't be opened now; the screen greys it and says why. */
  readonly missing: boolean
}

/** What a list of files says of one beside its size. Of a long file the span is that of its first and last rows. */
export interface FileAbout {
  readonly title: string
  /** Null where no event has a time. */
  readonly first: number | null
  readonly last: number | null
}

export interface OpenedFile {
  readonly id: BytesId
  readonly path: string
  readonly name: string
  /**
   * What `/bytes/ID` serves: an image of the database, for the window to read, or, where that would be too big,
   * the columns as the host reads them (viewer/frames.ts).
   */
  readonly delivers: 'image' | 'columns'
  /** Bytes of the image; null for columns, whose length shows only at their end. */
  readonly imageSize: number | null
  readonly fileSize: number
  readonly modified: number
  readonly writing: boolean
  /** Read where it lies, or from a private copy because reading in place would have left traces beside it. */
  readonly readFrom: 'place' | 'copy'
  /** Made up by this program, which marks what it makes up. */
  readonly isSample: boolean
}

export interface EarlyFile {
  readonly phase: 'early'
  readonly file: OpenedFile
}

/** What is said of a followed file. After `changed`, `gone` and `unreadable` there is nothing more to follow. */
export type FollowItem =
  | { readonly type: 'writing'; readonly writing: boolean }
  | { readonly type: 'added'; readonly events: readonly SentEvent[] }
  | { readonly type: 'changed'; readonly how: 'rewritten' | 'replaced' | 'truncated' }
  | { readonly type: 'gone' }
  | { readonly type: 'unreadable'; readonly error: AppError }

/** A TelemetryEvent as JSON can carry it: null where a number is missing. */
export interface SentEvent {
  readonly rowid: number
  readonly time: number | null
  readonly kind: string
  readonly outcome: number
  readonly duration: number | null
  readonly dimensions: readonly (string | null)[]
  readonly measures: readonly (number | null)[]
  readonly tallies: readonly (Readonly<Record<string, unknown>> | null)[]
}

/** What looking through a whole file for damage has found. */
export interface FileCheck {
  readonly sound: boolean
  /** In SQLite's words: tables, pages and rows, no data. The first few. */
  readonly problems: readonly string[]
  /** There under a second name as well: newer rows may lie in a -wal beside that one. */
  readonly otherNames: boolean
}

export interface RecognisedFile {
  /** Under which a choice for files like this one is kept. */
  readonly key: string
  readonly format: string
  readonly title: string
  /** Null for a known format, which leaves nothing to choose. */
  readonly recognition: Recognition | null
}

export interface FolderListing {
  readonly folder: string
  readonly parent: string | null
  readonly entries: readonly { readonly name: string; readonly path: string; readonly folder: boolean }[]
  readonly cut: boolean
}

export interface SampleMade {
  readonly path: string
  readonly events: number
}

export const SampleArgs = v.strictObject({
  format: v.picklist(['smart-agents']),
  events: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000_000)),
  seed: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffff_ffff)),
  /** Days end here; null means today. Milliseconds since 1970. */
  until: v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(253_402_300_800_000))),
  /** Null means the program's own folder, for the sample of the Files screen. */
  out: v.nullable(Path),
  overwrite: v.boolean(),
})

/** A path as it was given, or a name in a folder: null is the one where downloads go. */
const OutPlace = v.union([
  Path,
  v.strictObject({ folder: v.nullable(Path), name: v.pipe(v.string(), v.maxLength(1000)) }),
])
export type OutPlace = v.InferOutput<typeof OutPlace>

export interface ExportMade {
  readonly path: string
  /** As it lies on the disk. */
  readonly bytes: number
  readonly tables: readonly ExportedTable[]
  /** Other tables of the file that hold rows; of a file on the page alone nobody looks. */
  readonly leftOut: readonly string[]
}
export interface ImportMade {
  readonly path: string
  readonly tables: readonly ExportedTable[]
}

export const bridge = {
  'app.info': call(nothing).answers<AppInfo>(),
  'settings.get': call(nothing).answers<Settings>(),
  'settings.set': call(v.strictObject({ change: SettingsChange })).answers<Settings>(),
  'files.discover': call(nothing).answers<readonly FileEntry[]>(),
  'files.recent': call(nothing).answers<readonly FileEntry[]>(),
  'files.forget': call(v.strictObject({ path: Path })).answers<readonly FileEntry[]>(),
  'files.about': stream(v.strictObject({ path: Path }))
    .sends<Progress>()
    .answers<FileAbout>(),
  'files.browse': call(
    v.strictObject({ path: v.pipe(v.string(), v.maxLength(4096)) }),
  ).answers<FolderListing>(),
  /**
   * `asImage` asks for the database itself, however the window would read it; `early`, to be told of the file while it
   * is still being taken in. Its bytes can be read from then on, but only the answer says that they are of one moment.
   */
  'files.open': stream(
    v.strictObject({ path: Path, asImage: v.optional(v.boolean()), early: v.optional(v.boolean()) }),
  )
    .sends<Progress | EarlyFile>()
    .answers<OpenedFile>(),
  'files.follow': stream(
    v.strictObject({
      path: Path,
      /** What the caller has already: how many rows, and the highest row number among them. Null: from now on. */
      after: v.nullable(
        v.strictObject({
          rows: v.pipe(v.number(), v.integer(), v.minValue(0)),
          rowid: v.pipe(v.number(), v.integer()),
        }),
      ),
    }),
  )
    .sends<FollowItem>()
    .answers<null>(),
  'files.check': stream(v.strictObject({ path: Path }))
    .sends<Progress>()
    .answers<FileCheck>(),
  /** Whole rows, words in any text, the order of a raw column: what the columns of a file don't hold. */
  'files.ask': stream(v.strictObject({ path: Path, ask: Ask }))
    .sends<Batch>()
    .answers<AskAnswer>(),
  'files.recognise': stream(v.strictObject({ path: Path }))
    .sends<Progress>()
    .answers<RecognisedFile>(),
  'columns.get': call(nothing).answers<ColumnChoices>(),
  /** Null goes back to what the program would choose. */
  'columns.set': call(
    v.strictObject({ key: SchemaKey, columns: v.nullable(ColumnChoice) }),
  ).answers<ColumnChoices>(),
  'choices.get': call(nothing).answers<Choices>(),
  /** Null goes back to the guess. */
  'choices.set': call(v.strictObject({ key: SchemaKey, choice: v.nullable(Choice) })).answers<Choices>(),
  'files.close': call(v.strictObject({ id: BytesId })).answers<null>(),
  /** Without a filter: of all events. */
  'files.summary': stream(v.strictObject({ path: Path, zone: Zone, filter: v.optional(FilterSchema) }))
    .sends<Progress>()
    .answers<Summary>(),
  /** All charts and their percentiles, as the Overview shows them. */
  'files.overview': stream(
    v.strictObject({ path: Path, zone: Zone, filter: FilterSchema, firstDayOfWeek: FirstDayOfWeek }),
  )
    .sends<Progress>()
    .answers<FileOverview>(),
  /** The folder that an export goes to where no other is named. */
  'files.exportFolder': call(nothing).answers<{ readonly folder: string }>(),
  'files.export': stream(
    v.strictObject({
      path: Path,
      wish: ExportWish,
      gzip: v.boolean(),
      out: OutPlace,
      overwrite: v.boolean(),
    }),
  )
    .sends<Progress>()
    .answers<ExportMade>(),
  /** Of an export in JSON or JSON Lines a SQLite file. */
  'files.import': stream(v.strictObject({ path: Path, out: Path, overwrite: v.boolean() }))
    .sends<Progress>()
    .answers<ImportMade>(),
  'files.sample': stream(SampleArgs).sends<Progress>().answers<SampleMade>(),
  /** Counts what would be deleted and binds it to a token. Nothing is written. */
  'erase.preview': stream(v.strictObject({ path: Path, which: Which, zone: Zone }))
    .sends<Progress>()
    .answers<ErasePreview>(),
  /** Held back for some seconds, unless it is wanted `now`; ending the stream meanwhile takes it back. */
  'erase.run': stream(v.strictObject({ token: EraseToken, now: v.boolean() }))
    .sends<EraseItem>()
    .answers<Erased>(),
  /** Receipts of deletions, newest first. */
  'erase.receipts': call(nothing).answers<readonly KeptReceipt[]>(),
  /** Makes the proof again; in another file than the receipt names, where one is given. */
  'erase.verify': stream(v.strictObject({ receipt: Path, path: v.nullable(Path) }))
    .sends<EraseItem>()
    .answers<Verified>(),
  /** Deletions of which something remains. They are finished by themselves as soon as that can be. */
  'erase.pending': call(nothing).answers<readonly PendingErase[]>(),
  'erase.finish': stream(v.strictObject({ path: Path }))
    .sends<EraseItem>()
    .answers<FinishedErase>(),
  /** Which files keep their records for how many days, and what that did. */
  'keep.get': call(nothing).answers<Keeping>(),
  'keep.preview': stream(v.strictObject({ path: Path, days: KeepDays }))
    .sends<Progress>()
    .answers<KeepPreview>(),
  /** Switched on with the consent of its preview; null switches it off. */
  'keep.set': call(
    v.strictObject({
      path: Path,
      rule: v.nullable(v.strictObject({ days: KeepDays, consent: EraseToken })),
    }),
  ).answers<Keeping>(),
  /** Does now what the file's rule says. */
  'keep.run': stream(v.strictObject({ path: Path }))
    .sends<EraseItem>()
    .answers<KeepEntry>(),
  'share.status': call(nothing).answers<SharingStatus>(),
  /** What the last whole day, or another, would give. Making it sends nothing. */
  'share.plan': stream(PlanArgs).sends<Progress>().answers<SharePlan>(),
  /** With the hash of what `share.plan` showed for that day; refused where it would give something else. */
  'share.on': stream(ShareArgs.on).sends<Progress>().answers<SharingStatus>(),
  /** Answers with what was shared before, so that taking it back can be offered. */
  'share.off': call(nothing).answers<readonly Shared[]>(),
  'share.destinations': call(nothing).answers<Destinations>(),
  'share.setDestination': call(ShareArgs.setDestination).answers<Destinations>(),
  'share.removeDestination': call(ShareArgs.destination).answers<Destinations>(),
  'share.test': call(ShareArgs.test).answers<TestPlan | Tested>(),
  'share.files': call(nothing).answers<readonly ShareFile[]>(),
  'share.tick': stream(v.strictObject({ path: Path, ticked: v.boolean() }))
    .sends<Progress>()
    .answers<readonly ShareFile[]>(),
  'share.queue': call(nothing).answers<readonly QueueItem[]>(),
  /** The very requests of a batch that waits. */
  'share.item': call(ShareArgs.batch).answers<readonly ShownRequest[]>(),
  /** Takes a batch out of the queue; its days are not shared. */
  'share.drop': call(ShareArgs.batch).answers<readonly QueueItem[]>(),
  /** Sends what has been in the preview for an hour, without waiting for its moment. Refused while sharing is off. */
  'share.now': stream(ShareArgs.toOne).sends<Progress>().answers<Looked>(),
  /** Also days before sharing was switched on. */
  'share.earlier': stream(ShareArgs.from).sends<Progress>().answers<Looked>(),
  'share.newId': call(nothing).answers<SharingStatus>(),
  'share.log': call(ShareArgs.log).answers<LogPage>(),
  /** The number of the first entry that isn't as it was written; null where all are. */
  'share.verifyLog': call(nothing).answers<LogCheck>(),
  'share.exportLog': call(v.strictObject({ out: OutPlace, overwrite: v.boolean() })).answers<{
    readonly path: string
    readonly entries: number
  }>(),
  'share.eraseLog': call(ShareArgs.eraseLog).answers<LogErasure>(),
  'share.sent': call(nothing).answers<readonly Shared[]>(),
  /** Asks for the deletion of what was shared: all, with one destination, one batch or a span of days. Kept until it is confirmed. */
  'share.forget': call(ShareArgs.forget).answers<readonly Shared[]>(),
  /** Asks at the address that was shown what is still there of what was sent, and holds it against the log. */
  'share.held': call(HeldArgs).answers<readonly Held[]>(),
  /** Asks a network for something besides what was sent; nothing of this machine's goes with it. */
  'community.trends': call(CommunityArgs.trends).answers<Trends>(),
  /** One's own values of these weeks, worked out on this machine. */
  'community.own': stream(CommunityArgs.own).sends<Progress>().answers<OwnValues>(),
  /** One request, to the address that `app.info` tells. */
  'updates.check': call(nothing).answers<Updates>(),
} as const

type BridgeTable = typeof bridge
export type MethodName = keyof BridgeTable
export type CallName = { [K in MethodName]: BridgeTable[K]['kind'] extends 'call' ? K : never }[MethodName]
export type StreamName = Exclude<MethodName, CallName>
export type Args<K extends MethodName> = BridgeTable[K] extends { args: v.GenericSchema<unknown, infer A> }
  ? A
  : never
export type Answer<K extends MethodName> = BridgeTable[K] extends { answer?: infer R }
  ? Exclude<R, undefined>
  : never
export type Item<K extends StreamName> = BridgeTable[K] extends { item?: infer I }
  ? Exclude<I, undefined>
  : never

/** What the renderer and the command line see, whatever lies between them and the host. */
export interface Bridge {
  call<K extends CallName>(name: K, args: Args<K>): Promise<Result<Answer<K>>>
  stream<K extends StreamName>(
    name: K,
    args: Args<K>,
    onItem: (item: Item<K>) => void,
    signal?: CancelSignal,
  ): Promise<Result<Answer<K>>>
}

/** What the host implements: the same table, seen from the other side. */
export type Handlers = {
  readonly [K in CallName]: (args: Args<K>) => Promise<Result<Answer<K>>> | Result<Answer<K>>
} & {
  readonly [K in StreamName]: (
    args: Args<K>,
    send: (item: Item<K>) => void,
    signal: CancelSignal,
  ) => Promise<Result<Answer<K>>>
}
