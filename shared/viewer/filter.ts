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

export const isEverything = (filter: Filter): boolean =>
  filter.since === null && filter.until === null && !filter.failed && filter.where.length === 0

const periodSlot = 0
const failedSlot = 1
const firstDimension = 2

export class Selection {
  readonly #columns: Columns
  /** For each row one bit for every condition that it fails; 0 means chosen. */
  fails = new Uint32Array(0)
  #rows = 0
  /** What each slot was last worked out for. */
  readonly #done: string[] = []

  constructor(columns: Columns) {
    this.#columns = columns
  }

  /** The bit of a dimension's own condition, for the chart that shows all its values. */
  bitOf(dimension: string): number {
    return 1 << this.#slotOf(dimension)
  }

  apply(filter: Filter): void {
    this.#grow()
    this.#slot(periodSlot, JSON.stringify([filter.since, filter.until]), '[null,null]', () =>
      this.#period(filter),
    )
    this.#slot(failedSlot, String(filter.failed), 'false', () => this.#failed())
    const names = ['kind', ...this.#columns.dimensions.map(({ name }) => name)]
    for (const name of names) {
      const conditions = filter.where.filter(({ dimension }) => dimension === name)
      this.#slot(this.#slotOf(name), JSON.stringify(conditions), '[]', () =>
        this.#dimension(name, conditions),
      )
    }
    const unknown = filter.where.some(({ dimension, not }) => !not && !names.includes(dimension))
    if (unknown) this.fails.fill(1) // a condition on what this file doesn't have is met by no row
    this.#rows = this.#columns.rows
  }

  /** 32 bits: beyond the thirtieth dimension the last bit is shared, and its charts count chosen rows only. */
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

  #dimension(name: string, conditions: readonly Condition[]): (row: number) => boolean {
    const { words, codes } = wordsOf(this.#columns, name)
    const refused = new Uint8Array(words.length)
    for (const { values, not } of conditions) {
      const wanted = new Set(values)
      words.forEach((word, code) => {
        if ((code !== 0 && wanted.has(word)) === not) refused[code] = 1
      })
    }
    return (row) => refused[codes[row] ?? 0] === 1
  }
}

export function wordsOf(columns: Columns, dimension: string): { words: readonly string[]; codes: Codes } {
  if (dimension === 'kind') return { words: columns.kinds, codes: columns.kind }
  const found = columns.dimensions.find(({ name }) => name === dimension)
  return found ?? { words: [''], codes: new Uint8Array(0) }
}
