// A format is data: which tables and columns prove it, and where in a row each part of an event lies.
// events.ts reads these descriptions; nothing else in the program knows a format by name. It holds no functions,
// so that it can go to another thread, and so that one made for an unknown file looks like one of ours.
import type { TimeEncoding } from './time.ts'

/** Where one value of an event lies. Of several, the first one present wins. */
export type Source =
  | { readonly column: string }
  /** A key, or a path of keys, of a JSON object; `in` names its column, where it isn't the format's own. */
  | { readonly json: string | readonly string[]; readonly in?: string }
  /** An expression of ours. The table is `e`; without the join or the columns it needs it has no value. */
  | { readonly sql: string; readonly join?: string; readonly needs?: readonly string[] }
export type Sources = readonly [Source, ...Source[]]

/** Rows of other tables, one at most for each event: a join may never count an event twice. */
export interface Join {
  readonly as: string
  /** A table's name, or a SELECT in parentheses. */
  readonly from: string
  readonly on: string
  /** Tables and columns without which the join is left out. */
  readonly needs: Readonly<Record<string, readonly string[]>>
}

export interface Dimension {
  /** The key in words/ for its heading, and the name in filters: `--where agent=planner`. */
  readonly name: string
  readonly from: Sources
  /** Its values may be what a person wouldn't show a stranger, although its column as a whole isn't listed. */
  readonly sensitive?: boolean
}

/** Rows, named `r`, that belong to an event, whose row is named `e`. */
export interface Relation {
  /** The key in words/ for what they are to it. */
  readonly name: string
  readonly table: string
  readonly on: string
  readonly needs: Readonly<Record<string, readonly string[]>>
  /** Columns that tell one of them from the next. */
  readonly telling: readonly string[]
  /** What they are sorted by, where it isn't their row number. */
  readonly first?: string
}

export type Unit = 'count' | 'number' | 'bytes' | 'dollars' | 'tokens'

export interface Measure {
  readonly name: string
  readonly from: Sources
  readonly unit: Unit
}

/** A JSON object of counts, `{"openai": 4, "kokoro": 5}`: one event that counts several words. */
export interface Tally {
  readonly name: string
  readonly from: Sources
  /** The order of words that are ranges; others are sorted by their counts. */
  readonly order?: readonly string[]
}

export type OutcomeValue = string | number | boolean

export type Outcome = { readonly from: Sources } & (
  | {
      /** The values that mean failure; any other present value means success. */
      readonly failed: readonly OutcomeValue[]
    }
  | {
      /** The values that mean success; any other present value means failure. */
      readonly succeeded: readonly OutcomeValue[]
    }
)

export interface EventSource {
  readonly table: string
  /** A unique column to read in order of, where the table has no row numbers. */
  readonly key: string
  readonly time: { readonly from: Sources; readonly encoding: TimeEncoding }
  readonly kind: Source | { readonly always: string }
  /** The column that holds a JSON object, for sources that name none. */
  readonly json?: string
  readonly joins?: readonly Join[]
  /** Rows that are events; all are, where there is none. */
  readonly where?: string
  readonly outcome: Outcome | null
  /** Kinds that are failures by themselves. */
  readonly failedKinds: readonly string[]
  readonly duration: { readonly from: Sources; readonly toMilliseconds: number } | null
  /** Events are written down when they have ended: their time is the end, not the beginning. */
  readonly loggedAt?: 'end'
  /** The dimension whose values have a lane each, where a day is shown event by event; else it is the kind. */
  readonly lanes?: string
  readonly dimensions: readonly Dimension[]
  /** Columns that a tool never fills are no measures: a chart of them would show zeros as facts. */
  readonly measures: readonly Measure[]
  readonly tallies?: readonly Tally[]
}

export interface Format {
  /** What reports and scripts call it: lower case, `generic` for a file that no format knows. */
  readonly name: string
  /** The tool's own name, never translated. */
  readonly title: string
  /** Tables, each with the columns that must be there, for a file to be of this format. */
  readonly proof: Readonly<Record<string, readonly string[]>>
  readonly events: EventSource
  /** A second table of the same kind of events, with the same dimensions and measures in the same order. */
  readonly also?: EventSource
  readonly related?: readonly Relation[]
  /**
   * Tables that hold what events say, such as the messages of a turn: a row of them goes with the last one that points
   * at it. With each the tables of its parts, which point at it as well and don't keep it.
   */
  readonly contents?: Readonly<Record<string, readonly string[]>>
  /** `table.column` of everything that may hold what a person wouldn't show a stranger. */
  readonly sensitive: readonly string[]
}
