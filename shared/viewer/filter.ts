// Stage 4: which rows count. A filter is plain data, so that it can stand in an address, on a command line and in
// a delete preview alike. Here every condition of it gets a bit, and every row the bits of the conditions that it
// fails: a chart that ignores its own condition asks for rows that fail no other one, and when one condition
// changes, only its bit is worked out anew.
import type { Codes, Columns } from './columns.ts'
import { outcome } from './events.ts'

export interface Filter {
  /** Milliseconds since 1970, inclusive; null is open. */
  readonly since: number | null
  /** Exclusive; null is open. */
  readonly until: number | null
  readonly failed: boolean
  /** All conditions must hold. Within one, any of the values. The dimension `kind` is the event's kind. */
  readonly where: readonly Condition[]
}

export interface Condition {
  readonly dimension: string
  readonly values: readonly string[]
  readonly not: boolean
}

export const everything: Filter = { since: null, until: null, failed: false, where: [] }

const periodSlot = 0
const failedSlot = 1
const unknownSlot = 2
const firstDimension = 3
const everyCondition = ~0

/** Rows by number; a list of null means all of them. */
export interface ChosenRows {
  readonly count: number
  readonly list: Uint32Array | null
}

export class Selection {
  readonly #columns: Columns
  /** For each row one bit for every condition that it fails; 0 means chosen. */
  fails = new Uint32Array(0)
  #rows = 0
  /** What each slot was last worked out for. */
  readonly #done: string[] = []
  /** The bits of the conditions that are set. */
  #set = 0
  #lastAsked = 0
  #last: ChosenRows | null = null

  constructor(columns: Columns) {
    this.#columns = columns
  }

  /** The rows that fail none of these conditions; all rows, without a list of them, where none of them is set. */
  rows(conditions: number = everyCondition): ChosenRows {
    const { rows } = this.#columns
    const asked = conditions & this.#set
    if (asked === 0) return { count: rows, list: null }
    if (this.#lastAsked === asked && this.#last !== null) return this.#last
    const { fails } = this
    const list = new Uint32Array(rows)
    let count = 0
    for (let row = 0; row < rows; row++) {
      list[count] = row
      if (((fails[row] ?? 0) & asked) === 0) count++
    }
    this.#lastAsked = asked
    this.#last = { count, list }
    return this.#last
  }

  /** The bit of a dimension's own condition, for the chart that shows all its values. */
  bitOf(dimension: string): number {
    return 1 << this.#slotOf(dimension)
  }

  apply(filter: Filter): void {
    this.#grow()
    this.#last = null
    this.#slot(periodSlot, JSON.stringify([filter.since, filter.until]), '[null,null]', () =>
      this.#period(filter),
    )
    this.#slot(failedSlot, String(filter.failed), 'false', () => this.#failed())
    const names = ['kind', ...this.#columns.dimensions.map(({ name }) => name)]
    const bySlot = Map.groupBy(names, (name) => this.#slotOf(name))
    for (const [slot, sharing] of bySlot) {
      const conditions = filter.where.filter(({ dimension }) => sharing.includes(dimension))
      this.#slot(slot, JSON.stringify(conditions), '[]', () => this.#dimensions(conditions))
    }
    const unknown = filter.where.some(({ dimension, not }) => !not && !names.includes(dimension))
    this.#slot(unknownSlot, String(unknown), 'false', () => () => true) // what the file doesn't have, no row has
    this.#rows = this.#columns.rows
  }

  /** 32 bits: beyond the twenty-eighth dimension they share the last bit, and ignore each other's conditions. */
  #slotOf(dimension: string): number {
    const index =
      dimension === 'kind' ? 0 : this.#columns.dimensions.findIndex(({ name }) => name === dimension) + 1
    return Math.min(firstDimension + index, 31)
  }

  #grow(): void {
    const { rows } = this.#columns
    if (this.fails.length >= rows) return
    const larger = new Uint32Array(Math.max(rows, this.#columns.time.length))
    larger.set(this.fails)
    this.fails = larger
  }

  /** Works a slot out for all rows where its condition changed, else for the rows that are new. */
  #slot(slot: number, key: string, open: string, mark: () => (row: number) => boolean): void {
    const before = this.#done[slot] ?? open
    const from = before === key ? this.#rows : 0
    this.#done[slot] = key
    if (before === open && key === open) return
    const bit = 1 << slot
    this.#set = key === open ? this.#set & ~bit : this.#set | bit
    const { fails } = this
    const end = this.#columns.rows
    if (key === open) {
      for (let row = 0; row < end; row++) fails[row] = (fails[row] ?? 0) & ~bit
      return
    }
    const failsIt = mark()
    for (let row = from; row < end; row++)
      fails[row] = failsIt(row) ? (fails[row] ?? 0) | bit : (fails[row] ?? 0) & ~bit
  }

  #period({ since, until }: Filter): (row: number) => boolean {
    const { time } = this.#columns
    const low = since ?? -Infinity
    const high = until ?? Infinity
    return (row) => {
      const at = time[row] ?? NaN
      return !(at >= low && at < high)
    }
  }

  #failed(): (row: number) => boolean {
    const how = this.#columns.outcome
    return (row) => how[row] !== outcome.failed
  }

  #dimensions(conditions: readonly Condition[]): (row: number) => boolean {
    const tests = conditions.map(({ dimension, values, not }) => {
      const { words, codes } = wordsOf(this.#columns, dimension)
      const wanted = new Set(values)
      const refused = Uint8Array.from(words, (word, code) => Number((code !== 0 && wanted.has(word)) === not))
      return (row: number): boolean => refused[codes[row] ?? 0] === 1
    })
    const [only] = tests
    return only !== undefined && tests.length === 1 ? only : (row) => tests.some((test) => test(row))
  }
}

export function wordsOf(columns: Columns, dimension: string): { words: readonly string[]; codes: Codes } {
  if (dimension === 'kind') return { words: columns.kinds, codes: columns.kind }
  const found = columns.dimensions.find(({ name }) => name === dimension)
  return found ?? { words: [''], codes: new Uint8Array(0) }
}
