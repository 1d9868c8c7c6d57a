// Rows that say the same in every column of few words, ended the same way and took about as long are of one shape.
// Events are alike: a million have some ten thousand shapes. Where a choice can be told by its shape alone, its
// rows need not be looked at one by one, and what is left of a shape counts for all of its columns at once.
import { sortByShape } from './by-shape.ts'
import type { RowsByShape } from './by-shape.ts'
import type { Columns } from './columns.ts'
import type { DurationBins } from './durations.ts'

/** With more shapes than these, counting them would be no quicker than counting rows. */
const mostShapes = 1 << 16
/** Where there are too many shapes, columns of more words than these are left out, and then all. */
const fewWords = 16

/** Names of columns, as counts of them are kept. */
export const binsName = 'bins'
export const valuesName = (dimension: string): string => `values of ${dimension}`

/** A column as the shapes have it. */
export interface ShapeColumn {
  /** For each shape its place in the column. */
  readonly places: Uint8Array
  /** Four times that place, and the outcome. */
  readonly slots: Uint16Array
}

interface Told {
  readonly name: string
  readonly ofRows: () => Uint8Array | null
}

export class Shapes {
  readonly #columns: Columns
  readonly #bins: DurationBins
  readonly #told: readonly Told[]
  /** How many shapes there are. */
  count = 0
  /** For each row its shape. */
  ofRow = new Uint32Array(0)
  /** For each shape how many rows it has. */
  sizes = new Uint32Array(0)
  /** For each shape how its rows ended. */
  outcomes = new Uint8Array(0)
  /** Changes when the shapes are numbered anew. */
  version = 0
  #rows = 0
  #inOrder: RowsByShape | null = null
  #most = 0xff
  #names = ''
  readonly #known = new Map<string, ShapeColumn>()
  /** What a row says, four columns to a word. */
  #words = 0
  #said = new Uint32Array(0)
  /** By hash one more than a shape; 0 is free. */
  #table = new Uint32Array(0)

  constructor(columns: Columns, bins: DurationBins) {
    this.#columns = columns
    this.#bins = bins
    const values = (name: string, index: number): Told => ({
      name: valuesName(name),
      ofRows: () => {
        const { words, codes } = columns.dimensions[index] ?? { words: columns.kinds, codes: columns.kind }
        return codes instanceof Uint8Array && words.length <= this.#most ? codes : null
      },
    })
    this.#told = [
      { name: binsName, ofRows: () => bins.places },
      values('kind', -1),
      ...columns.format.events.dimensions
        .map(({ name }, i) => values(name, i))
        .filter(({ name }) => name !== valuesName('kind')),
    ]
  }

  /** For each row the bin of its duration. */
  get binsOfRows(): Uint8Array {
    return this.#bins.places
  }

  /** The rows that are in by now. They are put in order when that is first asked for. */
  inOrder(): RowsByShape {
    const { duration } = this.#columns
    return (this.#inOrder ??= sortByShape(this.ofRow, this.sizes, this.count, duration, this.#rows))
  }

  /** Undefined for a column that has too many words. */
  column(name: string): ShapeColumn | undefined {
    return this.#known.get(name)
  }

  /** For rows that are new. */
  bring(): void {
    const { rows, time } = this.#columns
    if (this.#rows === rows) return
    this.#inOrder = null
    const told = this.#told.flatMap(({ name, ofRows }) => {
      const places = this.#most === 0 ? null : ofRows()
      return places === null ? [] : [{ name, places }]
    })
    const names = told.map(({ name }) => name).join('\n')
    if (names !== this.#names || this.version === 0) this.#begin(names, told.length)
    if (this.ofRow.length < rows) {
      const larger = new Uint32Array(Math.max(rows, time.length))
      larger.set(this.ofRow.subarray(0, this.#rows))
      this.ofRow = larger
    }
    if (told.length === 0) {
      this.#rows = rows
      return
    }
    for (let from = this.#rows; from < rows; from += atOnce)
      if (!this.#add(told, from, Math.min(from + atOnce, rows))) {
        this.#most = this.#most > fewWords ? fewWords : 0
        this.#names = tooMany
        return this.bring()
      }
    this.#rows = rows
  }

  #begin(names: string, columns: number): void {
    this.version++
    this.count = 0
    this.#rows = 0
    this.#names = names
    this.#words = (columns + 4) >> 2
    this.#known.clear()
    this.sizes = new Uint32Array(0)
    this.outcomes = new Uint8Array(0)
    this.#said = new Uint32Array(0)
    this.#table = new Uint32Array(0)
    for (const name of names === '' ? [] : names.split('\n'))
      this.#known.set(name, { places: new Uint8Array(0), slots: new Uint16Array(0) })
  }

  /** False where there are too many shapes. */
  #add(told: readonly { readonly places: Uint8Array }[], from: number, end: number): boolean {
    const words = this.#words
    const said = new Uint32Array((end - from) * words)
    ;[this.#columns.outcome, ...told.map(({ places }) => places)].forEach((places, i) =>
      pack(said, places, from, end, words, i),
    )
    const { ofRow } = this
    for (let row = from; row < end; row++) {
      if (this.count * 2 >= this.#table.length) this.#grow()
      const shape = this.#find(said, (row - from) * words)
      ofRow[row] = shape
      this.sizes[shape] = (this.sizes[shape] ?? 0) + 1
    }
    return this.count <= mostShapes
  }

  #find(said: Uint32Array, at: number): number {
    const words = this.#words
    const own = this.#said
    const table = this.#table
    let place = hash(said, at, words) & (table.length - 1)
    for (let entry = table[place] ?? 0; entry !== 0; entry = table[place] ?? 0) {
      const start = (entry - 1) * words
      let i = 0
      while (i < words && own[start + i] === said[at + i]) i++
      if (i === words) return entry - 1
      place = (place + 1) & (table.length - 1)
    }
    const shape = this.count++
    table[place] = shape + 1
    for (let i = 0; i < words; i++) own[shape * words + i] = said[at + i] ?? 0
    const outcome = (said[at] ?? 0) & 0xff
    this.outcomes[shape] = outcome
    let column = 1
    for (const { places, slots } of this.#known.values()) {
      const code = ((said[at + (column >> 2)] ?? 0) >>> ((column & 3) * 8)) & 0xff
      places[shape] = code
      slots[shape] = (code << 2) | outcome
      column++
    }
    return shape
  }

  /** Room for twice as many shapes, at half as many places of the table. */
  #grow(): void {
    const words = this.#words
    const length = Math.max(1024, this.#table.length * 2)
    const room = length / 2
    this.#said = longer(this.#said, new Uint32Array(room * words))
    this.sizes = longer(this.sizes, new Uint32Array(room))
    this.outcomes = longer(this.outcomes, new Uint8Array(room))
    for (const [name, { places, slots }] of this.#known)
      this.#known.set(name, {
        places: longer(places, new Uint8Array(room)),
        slots: longer(slots, new Uint16Array(room)),
      })
    this.#table = new Uint32Array(length)
    for (let shape = 0; shape < this.count; shape++) {
      let place = hash(this.#said, shape * words, words) & (length - 1)
      while (this.#table[place] !== 0) place = (place + 1) & (length - 1)
      this.#table[place] = shape + 1
    }
  }
}

/** So many rows are packed at once: what they say stays near. */
const atOnce = 4096
/** No names of columns. */
const tooMany = '\0'

function pack(
  said: Uint32Array,
  places: Uint8Array,
  from: number,
  end: number,
  words: number,
  column: number,
): void {
  const shift = (column & 3) * 8
  let at = column >> 2
  for (let row = from; row < end; row++, at += words)
    said[at] = (said[at] ?? 0) | ((places[row] ?? 0) << shift)
}

function hash(said: Uint32Array, at: number, words: number): number {
  let mixed = 0
  for (let i = 0; i < words; i++) {
    mixed = Math.imul(mixed ^ (said[at + i] ?? 0), 0x9e3779b1)
    mixed ^= mixed >>> 15
  }
  return mixed
}

function longer<A extends Uint8Array | Uint16Array | Uint32Array>(from: A, to: A): A {
  to.set(from)
  return to
}
