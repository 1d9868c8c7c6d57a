// A format is data: which tables and columns prove it, and where in a row each part of an event lies.
// events.ts reads these descriptions; nothing else in the program knows a format by name.

export type FormatName =
  | 'smart-agents'
  | 'earlyexit'
  | 'voicemode-worker'
  | 'voicemode-log'
  | 'beacon'
  | 'activitywatch'
  | 'atuin'
  | 'llm'
  | 'shared-reports'
  | 'generic'

/** Where one value of an event lies: a column, or a key of the format's JSON column. First one present wins. */
export type Source = { readonly column: string } | { readonly json: string }
export type Sources = readonly [Source, ...Source[]]

export type TimeEncoding = 'iso' | 'seconds' | 'milliseconds' | 'microseconds' | 'nanoseconds'

export interface Dimension {
  /** The key in words/ for its heading, and the name in filters: `--where agent=planner`. */
  readonly name: string
  readonly from: Sources
}

export interface Measure {
  readonly name: string
  readonly from: Sources
  readonly unit: 'count' | 'bytes' | 'dollars' | 'tokens'
}

export interface Outcome {
  readonly from: Sources
  /** The values that mean failure; any other present value means success. */
  readonly failed: readonly (string | number | boolean)[]
}

export interface EventSource {
  readonly table: string
  readonly key: string
  readonly time: { readonly column: string; readonly encoding: TimeEncoding }
  readonly kind: { readonly column: string } | { readonly always: string }
  /** The one column that holds a JSON object, where the format has such. */
  readonly json?: string
  readonly outcome: Outcome | null
  /** Kinds that are failures by themselves. */
  readonly failedKinds: readonly string[]
  readonly duration: { readonly from: Sources; readonly toMilliseconds: number } | null
  readonly dimensions: readonly Dimension[]
  readonly measures: readonly Measure[]
}

export interface Format {
  readonly name: FormatName
  /** The tool's own name, never translated. */
  readonly title: string
  /** Tables, each with the columns that must be there, for a file to be of this format. */
  readonly proof: Readonly<Record<string, readonly string[]>>
  readonly events: EventSource
  /** `table.column` of everything that may hold what a person wouldn't show a stranger. */
  readonly sensitive: readonly string[]
}
