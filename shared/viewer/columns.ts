// Stage 3: events become typed columns. Text is kept once in a dictionary and a code in the row, so that a
// million events are a few arrays that can be moved between threads without copying and counted in a plain loop.
import type { Format } from '../formats/format.ts'
import type { EventReader, TelemetryEvent } from './events.ts'
import type { Sqlite } from './sqlite.ts'

/** A part of the columns, as it is built: rows in the file's order from the newest, and words new with it. */
export interface ColumnChunk {
  readonly rows: number
  readonly time: Float64Array<ArrayBuffer>
  readonly outcome: Uint8Array<ArrayBuffer>
  readonly duration: Float64Array<ArrayBuffer>
  readonly kind: Uint32Array<ArrayBuffer>
  readonly dimensions: readonly Uint32Array<ArrayBuffer>[]
  readonly measures: readonly Float64Array<ArrayBuffer>[]
  readonly newKinds: readonly string[]
  readonly newWords: readonly (readonly string[])[]
}

/** Code 0 means "no value"; words[0] is never shown. */
export const noValue = 0

class Dictionary {
  #codes = new Map<string, number>()
  #fresh: string[] = []
  code(word: string | null): number {
    if (word === null) return noValue
    const known = this.#codes.get(word)
    if (known !== undefined) return known
    const code = this.#codes.size + 1
    this.#codes.set(word, code)
    this.#fresh.push(word)
    return code
  }
  takeNew(): string[] {
    const fresh = this.#fresh
    this.#fresh = []
    return fresh
  }
}

/** Reads all events in chunks of at most `size` rows. Stop iterating to cancel. */
export function* buildChunks(reader: EventReader, db: Sqlite, size = 20_000): Generator<ColumnChunk> {
  const kinds = new Dictionary()
  const words = reader.format.events.dimensions.map(() => new Dictionary())
  let draft = newDraft(reader.format, size)
  const finish = (): ColumnChunk => ({
    rows: draft.rows,
    time: draft.time.slice(0, draft.rows),
    outcome: draft.outcome.slice(0, draft.rows),
    duration: draft.duration.slice(0, draft.rows),
    kind: draft.kind.slice(0, draft.rows),
    dimensions: draft.dimensions.map((codes) => codes.slice(0, draft.rows)),
    measures: draft.measures.map((values) => values.slice(0, draft.rows)),
    newKinds: kinds.takeNew(),
    newWords: words.map((dictionary) => dictionary.takeNew()),
  })
  for (const event of reader.read(db)) {
    write(draft, event, kinds, words)
    if (draft.rows === size) {
      yield finish()
      draft = newDraft(reader.format, size)
    }
  }
  if (draft.rows > 0) yield finish()
}

function newDraft(format: Format, size: number) {
  return {
    rows: 0,
    time: new Float64Array(size),
    outcome: new Uint8Array(size),
    duration: new Float64Array(size),
    kind: new Uint32Array(size),
    dimensions: format.events.dimensions.map(() => new Uint32Array(size)),
    measures: format.events.measures.map(() => new Float64Array(size)),
  }
}

function write(
  draft: ReturnType<typeof newDraft>,
  event: TelemetryEvent,
  kinds: Dictionary,
  words: readonly Dictionary[],
): void {
  const row = draft.rows++
  draft.time[row] = event.time
  draft.outcome[row] = event.outcome
  draft.duration[row] = event.duration
  draft.kind[row] = kinds.code(event.kind)
  draft.dimensions.forEach(
    (codes, i) => (codes[row] = words[i]?.code(event.dimensions[i] ?? null) ?? noValue),
  )
  draft.measures.forEach((values, i) => (values[row] = event.measures[i] ?? NaN))
}

export interface DimensionColumn {
  readonly name: string
  readonly words: readonly string[]
  readonly codes: Uint32Array
}

/** All rows read so far. Grows by chunks; readers see the first `rows` entries of each array. */
export class Columns {
  readonly format: Format
  rows = 0
  time = new Float64Array(0)
  outcome = new Uint8Array(0)
  duration = new Float64Array(0)
  kind = new Uint32Array(0)
  kinds: string[] = ['']
  #dimensions: { name: string; words: string[]; codes: Uint32Array<ArrayBuffer> }[]
  #measures: { name: string; values: Float64Array<ArrayBuffer> }[]

  constructor(format: Format) {
    this.format = format
    this.#dimensions = format.events.dimensions.map(({ name }) => ({
      name,
      words: [''],
      codes: new Uint32Array(0),
    }))
    this.#measures = format.events.measures.map(({ name }) => ({ name, values: new Float64Array(0) }))
  }

  get dimensions(): readonly DimensionColumn[] {
    return this.#dimensions
  }
  get measures(): readonly { readonly name: string; readonly values: Float64Array }[] {
    return this.#measures
  }

  /** Makes room once for a known number of rows, so that loading doesn't grow arrays again and again. */
  reserve(rows: number): void {
    if (rows <= this.time.length) return
    this.time = grown(this.time, new Float64Array(rows))
    this.outcome = grown(this.outcome, new Uint8Array(rows))
    this.duration = grown(this.duration, new Float64Array(rows))
    this.kind = grown(this.kind, new Uint32Array(rows))
    for (const column of this.#dimensions) column.codes = grown(column.codes, new Uint32Array(rows))
    for (const column of this.#measures) column.values = grown(column.values, new Float64Array(rows))
  }

  append(chunk: ColumnChunk): void {
    const start = this.rows
    if (start + chunk.rows > this.time.length)
      this.reserve(Math.max(start + chunk.rows, this.time.length * 2))
    this.time.set(chunk.time, start)
    this.outcome.set(chunk.outcome, start)
    this.duration.set(chunk.duration, start)
    this.kind.set(chunk.kind, start)
    this.#dimensions.forEach((column, i) => {
      column.codes.set(chunk.dimensions[i] ?? new Uint32Array(chunk.rows), start)
      column.words.push(...(chunk.newWords[i] ?? []))
    })
    this.#measures.forEach((column, i) =>
      column.values.set(chunk.measures[i] ?? new Float64Array(chunk.rows), start),
    )
    this.kinds.push(...chunk.newKinds)
    this.rows = start + chunk.rows
  }
}

function grown<A extends Float64Array | Uint32Array | Uint8Array>(from: A, to: A): A {
  to.set(from)
  return to
}
