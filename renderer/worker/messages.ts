// What passes between the window and its workers, and between the workers: the window starts a counter, a
// downloader and one or two readers; readers send chunks of columns straight to the counter, and only chart
// specs come back to the window.
import type { SentEvent } from '../../shared/bridge.ts'
import type { Format } from '../../shared/formats/format.ts'
import type { Recognition } from '../../shared/formats/generic.ts'
import type { Choices } from '../../shared/formats/recognise.ts'
import type { AppError, Result } from '../../shared/result.ts'
import type { SampleWish } from '../../shared/sample/smart-agents.ts'
import type { Ask, AskAnswer, Batch } from '../../shared/viewer/asks.ts'
import type { Details, Overview, View as ChartView } from '../../shared/viewer/charts.ts'
import type { ColumnChunk } from '../../shared/viewer/columns.ts'
import type { Filter } from '../../shared/viewer/filter.ts'
import type { Change } from '../../shared/viewer/insights.ts'
import type { ListedRow, Order } from '../../shared/viewer/listing.ts'
import type { ExportPiece } from '../../shared/writers/export.ts'
import type { ExportWish, ExportedTable } from '../../shared/export.ts'
import type { SharedImage } from './shared-image.ts'

/** Where a reader gets the bytes: shared memory that is being filled, a buffer that is whole already, or its own hand. */
export type ImageSource =
  | { readonly from: 'shared'; readonly image: SharedImage }
  | { readonly from: 'buffer'; readonly bytes: ArrayBuffer; readonly wal: ArrayBuffer | null }
  | { readonly from: 'sample'; readonly wish: SampleWish }

export interface DownloadOrder {
  readonly url: string
  readonly headers: Record<string, string>
  readonly image: SharedImage
}
export type FromDownloader =
  | { readonly type: 'fetching'; readonly done: number; readonly total: number }
  | { readonly type: 'fetched' }
  | { readonly type: 'disconnected' }

export interface ReadOrder {
  readonly name: string
  readonly source: ImageSource
  /** Which of the readers this one is; they take spans of rows in turn. */
  readonly reader: number
  /** Null where all was read before: the worker then only answers asks. */
  readonly counter: MessagePort | null
  /** What the person chose for files of unknown formats. */
  readonly choices: Choices
}

/** What a reader is told: to get ready for a file, to read one, and what it is asked after that. */
export type ToReader =
  | { readonly type: 'rehearse' }
  | ({ readonly type: 'read' } & ReadOrder)
  | { readonly type: 'ask'; readonly id: number; readonly ask: Ask }
  | { readonly type: 'export'; readonly id: number; readonly wish: ExportWish }
  | { readonly type: 'cancel'; readonly id: number }

export interface ReceiveOrder {
  readonly url: string
  readonly headers: Record<string, string>
  readonly counter: MessagePort
}

/** What a reader tells the counter. A format is data: it passes between threads as it is. */
export type ToCounterFromReader =
  | { readonly type: 'recognised'; readonly format: Format; readonly rows: number }
  | { readonly type: 'chunk'; readonly chunk: ColumnChunk }
  | { readonly type: 'end' }

/** What a file was taken for; of an unknown format also why, and under which key a correction is kept. */
export interface RecognisedAs {
  readonly title: string
  readonly key: string
  readonly recognition: Recognition | null
  /** Of a log of lines. */
  readonly unreadableLines: number
  readonly format: Format
  /** The columns of the tables that hold the events, as they stand in the file. */
  readonly rawColumns: readonly string[]
}

/** What a reader tells the window. */
export type FromReader =
  | ({ readonly type: 'recognised' } & RecognisedAs)
  | { readonly type: 'alive' }
  /** Of a dropped file, after all was read: whether SQLite finds it sound. */
  | { readonly type: 'checked'; readonly sound: boolean }
  | { readonly type: 'failed'; readonly error: AppError }
  | { readonly type: 'batch'; readonly id: number; readonly batch: Batch }
  | { readonly type: 'answer'; readonly id: number; readonly answer: Result<AskAnswer> }
  | { readonly type: 'piece'; readonly id: number; readonly piece: ExportPiece }
  | { readonly type: 'exported'; readonly id: number; readonly tables: Result<readonly ExportedTable[]> }

/** What the charts are counted of; a zone has functions, so its name goes. */
export type View = Omit<ChartView, 'zone'> & {
  readonly zone: string
  /** The hand still moves: what takes long waits until it rests. */
  readonly moving?: boolean
}

/** A row that is looked for in a list: by its place in the counter's columns, or by SQLite's number of it. */
export interface SoughtRow {
  readonly row: number | null
  readonly rowid: number | null
}

/** Rows of a list, from a position on; where the anchor is still in the list, from so far before it. */
export interface RowsWish {
  readonly version: number
  readonly from: number
  readonly count: number
  readonly anchor: (SoughtRow & { readonly before: number }) | null
  readonly active: SoughtRow | null
}

/** A stretch of a list. */
export interface RowSpanWish {
  readonly version: number
  readonly from: number
  readonly count: number
}
export interface SpanOfRows {
  readonly rows: readonly { readonly row: number; readonly rowid: number | null }[]
}

export type ToCounter =
  | { readonly type: 'rehearse' }
  | { readonly type: 'begin'; readonly readers: readonly MessagePort[]; readonly view: View }
  /** Answered by the overview of the same number. */
  | { readonly type: 'view'; readonly view: View; readonly asked: number }
  /** The window has drawn the overview that came last. */
  | { readonly type: 'drawn' }
  /** Rows that a tool has written meanwhile. */
  | { readonly type: 'added'; readonly events: readonly SentEvent[]; readonly view: View }
  | ToLister

/** About the rows as a list, and about the search, which is a condition of the charts as well. */
export type ToLister =
  /** Null while nobody looks at the rows. */
  | { readonly type: 'list'; readonly order: Order | null }
  | { readonly type: 'rows'; readonly wish: RowsWish }
  | { readonly type: 'span'; readonly span: RowSpanWish }
  /** Other words are searched for: what was found so far is forgotten. */
  | { readonly type: 'search' }
  | { readonly type: 'found'; readonly batch: Batch }
  /** Rows in the order of a raw column; null forgets those that came before. */
  | { readonly type: 'ordered'; readonly batch: Batch | null }

export interface ListAbout {
  readonly version: number
  readonly count: number
  /** How many different values each dimension has, in the order of the format, whatever is chosen. */
  readonly values: { readonly kinds: number; readonly dimensions: readonly number[] }
}

export interface ListedRows {
  readonly version: number
  readonly from: number
  readonly rows: readonly ListedRow[]
  /** Where the anchor stands, and the active row; null when it isn't in the list. */
  readonly anchor: number | null
  readonly active: number | null
}

export type FromCounter =
  /** There is another list than before: other rows, or another order. */
  | ({ readonly type: 'listing' } & ListAbout)
  | ({ readonly type: 'rows' } & ListedRows)
  | ({ readonly type: 'span' } & SpanOfRows)
  | { readonly type: 'reading'; readonly done: number; readonly total: number }
  /** `asked` is the number of the view that this answers; rows that come in are answers to none. */
  | { readonly type: 'overview'; readonly overview: Overview; readonly asked: number }
  /** Of the overview sent last. */
  | { readonly type: 'details'; readonly details: Details }
  /** What changed in the rows that the filter chooses, the most important first; it comes last of all. */
  | { readonly type: 'changes'; readonly changes: readonly Change[]; readonly filter: Filter }
  /** All is read: how many rows, and the highest row number; null where the table has none. */
  | { readonly type: 'complete'; readonly rows: number; readonly rowid: number | null }
