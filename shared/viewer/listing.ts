// The rows as a list: those that the filter chooses, in an order. Sorting a million rows takes a tenth of a second,
// so the order of all rows is kept while the filter changes, and only what is on the screen leaves as data.
import type { Columns } from './columns.ts'
import type { ChosenRows } from './divided-rows.ts'
import { wordsOf } from './filter.ts'
import { sortByNumber, sortByWord } from './radix.ts'

/** `time`, `kind`, `outcome`, `duration`, or `dimension:NAME`, `measure:NAME`, `raw:NAME`. */
export type ColumnId = string

export interface Order {
  readonly column: ColumnId
  readonly descending: boolean
}
export const newestFirst: Order = { column: 'time', descending: true }

export interface ListedRow {
  /** Its place in the columns, which it keeps for as long as they live. */
  readonly row: number
  /** SQLite's number; null where it has none. */
  readonly rowid: number | null
  /** NaN where the row has no readable time. */
  readonly time: number
  readonly kind: string
  readonly outcome: number
  readonly duration: number
  readonly dimensions: readonly (string | null)[]
  readonly measures: readonly number[]
}

/** Beyond so many different words, digits within them are not compared as numbers: that takes its time. */
const mostCollated = 50_000
const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

export class Listing {
  readonly #columns: Columns
  #order: Order = newestFirst
  #sortedFor = ''
  #sorted = new Uint32Array(0)
  #list = new Uint32Array(0)
  /** Rows in the order that SQLite gave, as far as it has given it. */
  #given: number[] = []

  constructor(columns: Columns) {
    this.#columns = columns
  }

  get count(): number {
    return this.#list.length
  }

  /** For an order by a raw column rows come in batches; until then they stand newest first. */
  give(rows: readonly number[]): void {
    for (const row of rows) if (row >= 0) this.#given.push(row)
    this.#sortedFor = ''
  }

  forgetGiven(): void {
    this.#given = []
    this.#sortedFor = ''
  }

  show(order: Order, { count, list }: ChosenRows, chosen: (row: number) => boolean): void {
    this.#order = order
    this.#sort()
    if (list === null || count === this.#columns.rows) {
      this.#list = this.#sorted
      return
    }
    const shown = new Uint32Array(count)
    let at = 0
    for (const row of this.#sorted) if (chosen(row)) shown[at++] = row
    this.#list = shown
  }

  /** Where a row stands in the list; null when it isn't chosen. */
  position(row: number): number | null {
    const at = this.#list.indexOf(row)
    return at < 0 ? null : at
  }

  rows(from: number, count: number): ListedRow[] {
    const { rowid, time, kind, kinds, outcome, duration, dimensions, measures } = this.#columns
    return Array.from(this.#list.subarray(from, from + count), (row) => {
      const number = rowid[row] ?? NaN
      return {
        row,
        rowid: Number.isNaN(number) ? null : number,
        time: time[row] ?? NaN,
        kind: kinds[kind[row] ?? 0] ?? '',
        outcome: outcome[row] ?? 0,
        duration: duration[row] ?? NaN,
        dimensions: dimensions.map(({ words, codes }) => (codes[row] ? (words[codes[row]] ?? null) : null)),
        measures: measures.map(({ values }) => values[row] ?? NaN),
      }
    })
  }

  /** What rows from a position on are found again by. */
  numbers(from: number, count: number): { readonly row: number; readonly rowid: number | null }[] {
    return Array.from(this.#list.subarray(from, from + count), (row) => {
      const number = this.#columns.rowid[row] ?? NaN
      return { row, rowid: Number.isNaN(number) ? null : number }
    })
  }

  #sort(): void {
    const { rows } = this.#columns
    const { column, descending } = this.#order
    const key = `${column} ${descending} ${rows}`
    if (key === this.#sortedFor) return
    this.#sortedFor = key
    this.#sorted = this.#ordered(this.#base(column !== 'time' || descending), column, descending)
  }

  /** What ties are broken by: row numbers, or where there are none the order of reading. */
  #base(newestFirst: boolean): Uint32Array<ArrayBuffer> {
    const { rows, rowid } = this.#columns
    const order = new Uint32Array(rows)
    for (let row = 0; row < rows; row++) order[row] = row
    return sortByNumber(order, rowid.subarray(0, rows), newestFirst)
  }

  #ordered(base: Uint32Array<ArrayBuffer>, column: ColumnId, descending: boolean): Uint32Array<ArrayBuffer> {
    const { rows, time, duration, outcome, measures } = this.#columns
    const name = column.slice(column.indexOf(':') + 1)
    if (column === 'time') return sortByNumber(base, time.subarray(0, rows), descending)
    if (column === 'duration') return sortByNumber(base, duration.subarray(0, rows), descending)
    if (column === 'outcome') return sortByWord(base, ranked(outcome, rows, outcomeRanks(descending)))
    if (column === 'kind') return this.#byWords(base, 'kind', descending)
    if (column.startsWith('dimension:')) return this.#byWords(base, name, descending)
    if (column.startsWith('raw:')) return this.#asGiven(base)
    const measure = measures.find((one) => one.name === name)
    return measure === undefined ? base : sortByNumber(base, measure.values.subarray(0, rows), descending)
  }

  #byWords(base: Uint32Array<ArrayBuffer>, dimension: string, descending: boolean): Uint32Array<ArrayBuffer> {
    const { words, codes } = wordsOf(this.#columns, dimension)
    const sorted = Array.from(words.keys()).slice(1)
    const compare =
      words.length > mostCollated ? (a: string, b: string) => (a < b ? -1 : 1) : collator.compare
    sorted.sort((a, b) => compare(words[a] ?? '', words[b] ?? ''))
    if (descending) sorted.reverse()
    const ranks = new Uint32Array(words.length).fill(0xffffffff)
    sorted.forEach((code, rank) => (ranks[code] = rank))
    return sortByWord(base, ranked(codes, this.#columns.rows, ranks))
  }

  /** Rows that SQLite has not given yet, or never will, come after those that it has. */
  #asGiven(base: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
    const ranks = new Uint32Array(this.#columns.rows).fill(0xffffffff)
    this.#given.forEach((row, rank) => (ranks[row] = rank))
    return sortByWord(base, ranks)
  }
}

function ranked(codes: ArrayLike<number>, rows: number, ranks: ArrayLike<number>): Uint32Array {
  const keys = new Uint32Array(rows)
  for (let row = 0; row < rows; row++) keys[row] = ranks[codes[row] ?? 0] ?? 0
  return keys
}

/** Of ok, failed, unknown: what is not known comes last. */
const outcomeRanks = (descending: boolean): readonly number[] => (descending ? [1, 0, 2] : [0, 1, 2])
