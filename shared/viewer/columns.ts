// Stage 3: events become typed columns. Text is kept once in a dictionary and a code in the row, so that a
// million events are a few arrays that can be moved between threads without copying and counted in a plain loop.
import type { Format } from '../formats/format.ts'
import { packed } from '../plain.ts'
import type { TelemetryEvent } from './events.ts'
import { TallyColumn, TallyDraft } from './tallies.ts'
import type { TallyChunk } from './tallies.ts'

/** A part of the columns, as it is built: rows in the file's order from the newest, and words new with it. */
export interface ColumnChunk {
  readonly rows: number
  /** SQLite's own row number, by which a record is found again; NaN where a table has none. */
  readonly rowid: Float64Array<ArrayBuffer>
  readonly time: Float64Array<ArrayBuffer>
  readonly outcome: Uint8Array<ArrayBuffer>
  readonly duration: Float64Array<ArrayBuffer>
  readonly kind: Uint32Array<ArrayBuffer>
  readonly dimensions: readonly Uint32Array<ArrayBuffer>[]
  readonly measures: readonly Float64Array<ArrayBuffer>[]
  readonly tallies: readonly TallyChunk[]
  readonly newKinds: readonly string[]
  readonly newWords: readonly (readonly string[])[]
}

/** Code 0 means "no value"; words[0] is never shown. */
export const noValue = 0

class Dictionary {
  #codes = new Map<string, number>()
  #fresh: string[] = []
  code(word: string): number {
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

/** Builds chunks out of events, keeping the dictionaries of one source over all its chunks. */
export class ChunkBuilder {
  readonly #format: Format
  readonly #kinds = new Dictionary()
  readonly #words: readonly Dictionary[]

  constructor(format: Format) {
    this.#format = format
    this.#words = packed(format.events.dimensions, () => new Dictionary())
  }

  /** Cuts a run of events into chunks of at most `size` rows. Stop iterating to cancel. */
  *chunks(events: Iterable<TelemetryEvent>, size = chunkRows): Generator<ColumnChunk> {
    let draft = newDraft(this.#format, size)
    for (const event of events) {
      write(draft, event, this.#kinds, this.#words)
      if (draft.rows === size) {
        yield this.#finish(draft)
        draft = newDraft(this.#format, size)
      }
    }
    if (draft.rows > 0) yield this.#finish(draft)
  }

  #finish(draft: Draft): ColumnChunk {
    const { rows } = draft
    const full = rows === draft.time.length
    const cut = <A extends { slice(from: number, to: number): A }>(values: A): A =>
      full ? values : values.slice(0, rows)
    return {
      rows,
      rowid: cut(draft.rowid),
      time: cut(draft.time),
      outcome: cut(draft.outcome),
      duration: cut(draft.duration),
      kind: cut(draft.kind),
      dimensions: draft.dimensions.map(cut),
      measures: draft.measures.map(cut),
      tallies: draft.tallies.map((tally) => tally.finish()),
      newKinds: this.#kinds.takeNew(),
      newWords: this.#words.map((dictionary) => dictionary.takeNew()),
    }
  }
}
export const chunkRows = 20_000

type Draft = ReturnType<typeof newDraft>

function newDraft(format: Format, size: number) {
  return {
    rows: 0,
    rowid: new Float64Array(size),
    time: new Float64Array(size),
    outcome: new Uint8Array(size),
    duration: new Float64Array(size),
    kind: new Uint32Array(size),
    dimensions: packed(format.events.dimensions, () => new Uint32Array(size)),
    measures: packed(format.events.measures, () => new Float64Array(size)),
    tallies: packed(format.events.tallies ?? [], () => new TallyDraft()),
  }
}

function write(draft: Draft, event: TelemetryEvent, kinds: Dictionary, words: readonly Dictionary[]): void {
  const row = draft.rows++
  draft.rowid[row] = event.rowid
  draft.time[row] = event.time
  draft.outcome[row] = event.outcome
  draft.duration[row] = event.duration
  draft.kind[row] = kinds.code(event.kind)
  for (let i = 0; i < words.length; i++) {
    const word = event.dimensions[i] ?? null
    if (word === null) continue // the row has no value there as it is
    const codes = draft.dimensions[i]
    if (codes) codes[row] = words[i]?.code(word) ?? noValue
  }
  for (let i = 0; i < draft.measures.length; i++) {
    const values = draft.measures[i]
    if (values) values[row] = event.measures[i] ?? NaN
  }
  for (let i = 0; i < draft.tallies.length; i++) draft.tallies[i]?.add(row, event.tallies[i] ?? null)
}

/** The buffers of a chunk, for handing it to another thread without a copy. */
export function buffersOf(chunk: ColumnChunk): ArrayBuffer[] {
  const { rowid, time, outcome, duration, kind, dimensions, measures } = chunk
  return [rowid, time, outcome, duration, kind, ...dimensions, ...measures].map(({ buffer }) => buffer)
}

/** A column of codes. It begins with one byte for each row and widens when there are more words than fit. */
export type Codes = Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>

/** Words and codes of all sources together. Each source numbers its words by itself; here they become one list. */
class WordColumn {
  readonly words: string[] = ['']
  codes: Codes = new Uint8Array(0)
  readonly #known = new Map<string, number>()
  readonly #ofSource = new Map<number, number[]>()

  append(source: number, start: number, codes: Uint32Array, newWords: readonly string[]): void {
    let translate = this.#ofSource.get(source)
    if (translate === undefined) this.#ofSource.set(source, (translate = [noValue]))
    for (const word of newWords) translate.push(this.#code(word))
    this.#widen()
    const target = this.codes
    for (let i = 0; i < codes.length; i++) target[start + i] = translate[codes[i] ?? noValue] ?? noValue
  }

  reserve(rows: number): void {
    const grown =
      this.words.length > 0xffff
        ? new Uint32Array(rows)
        : this.words.length > 0xff
          ? new Uint16Array(rows)
          : new Uint8Array(rows)
    grown.set(this.codes)
    this.codes = grown
  }

  #code(word: string): number {
    const known = this.#known.get(word)
    if (known !== undefined) return known
    const code = this.words.push(word) - 1
    this.#known.set(word, code)
    return code
  }

  #widen(): void {
    const needed = this.words.length > 0xffff ? 4 : this.words.length > 0xff ? 2 : 1
    if (this.codes.BYTES_PER_ELEMENT < needed) this.reserve(this.codes.length)
  }
}

/** All rows read so far, from any number of sources. Readers see the first `rows` entries of each array. */
export class Columns {
  readonly format: Format
  rows = 0
  rowid = new Float64Array(0)
  time = new Float64Array(0)
  outcome = new Uint8Array(0)
  duration = new Float64Array(0)
  readonly #kind = new WordColumn()
  readonly #dimensions: { readonly name: string; readonly column: WordColumn }[]
  readonly #measures: { readonly name: string; values: Float64Array<ArrayBuffer> }[]
  /** In the order of the format's own list. */
  readonly tallies: readonly TallyColumn[]

  constructor(format: Format) {
    this.format = format
    this.#dimensions = format.events.dimensions.map(({ name }) => ({ name, column: new WordColumn() }))
    this.#measures = format.events.measures.map(({ name }) => ({ name, values: new Float64Array(0) }))
    this.tallies = (format.events.tallies ?? []).map(() => new TallyColumn())
  }

  get kind(): Codes {
    return this.#kind.codes
  }
  get kinds(): readonly string[] {
    return this.#kind.words
  }
  get dimensions(): readonly DimensionColumn[] {
    return this.#dimensions.map(({ name, column: { words, codes } }) => ({ name, words, codes }))
  }
  get measures(): readonly { readonly name: string; readonly values: Float64Array }[] {
    return this.#measures
  }

  /** Makes room once for a known number of rows, so that loading doesn't grow arrays again and again. */
  reserve(rows: number): void {
    if (rows <= this.time.length) return
    this.rowid = grown(this.rowid, new Float64Array(rows))
    this.time = grown(this.time, new Float64Array(rows))
    this.outcome = grown(this.outcome, new Uint8Array(rows))
    this.duration = grown(this.duration, new Float64Array(rows))
    this.#kind.reserve(rows)
    for (const { column } of this.#dimensions) column.reserve(rows)
    for (const column of this.#measures) column.values = grown(column.values, new Float64Array(rows))
  }

  append(chunk: ColumnChunk, source = 0): void {
    const start = this.rows
    const end = start + chunk.rows
    if (end > this.time.length) this.reserve(Math.max(end, this.time.length * 2))
    this.rowid.set(chunk.rowid, start)
    this.time.set(chunk.time, start)
    this.outcome.set(chunk.outcome, start)
    this.duration.set(chunk.duration, start)
    this.#kind.append(source, start, chunk.kind, chunk.newKinds)
    this.#dimensions.forEach(({ column }, i) => {
      column.append(
        source,
        start,
        chunk.dimensions[i] ?? new Uint32Array(chunk.rows),
        chunk.newWords[i] ?? [],
      )
    })
    this.#measures.forEach((column, i) =>
      column.values.set(chunk.measures[i] ?? new Float64Array(chunk.rows), start),
    )
    this.tallies.forEach((column, i) => column.append(start, chunk.tallies[i]))
    this.rows = end
  }
}

export interface DimensionColumn {
  readonly name: string
  readonly words: readonly string[]
  readonly codes: Codes
}

function grown<A extends Float64Array | Uint8Array>(from: A, to: A): A {
  to.set(from)
  return to
}
