// The rows in which a search has found its words so far. They come by SQLite's numbers of them, or by their places
// in the order of reading, and become rows of the columns here.
import type { Columns } from './columns.ts'

/** Row numbers that lie this much farther apart than there are rows are looked up by halves, not in a table. */
const sparse = 4

/** Finds the row of the columns that has a row number of SQLite's. */
export class RowNumbers {
  readonly #columns: Columns
  #rows = 0
  #least = 0
  #dense: Int32Array | null = null
  #sorted: Map<number, number> | null = null

  constructor(columns: Columns) {
    this.#columns = columns
  }

  /** -1 where there is none. */
  rowOf(rowid: number): number {
    this.#grow()
    if (this.#sorted !== null) return this.#sorted.get(rowid) ?? -1
    return this.#dense?.[rowid - this.#least] ?? -1
  }

  #grow(): void {
    const { rows, rowid } = this.#columns
    if (this.#rows === rows) return
    this.#rows = rows
    let least = Infinity
    let most = -Infinity
    for (let row = 0; row < rows; row++) {
      const number = rowid[row] ?? NaN
      if (number < least) least = number
      if (number > most) most = number
    }
    this.#dense = this.#sorted = null
    this.#least = least
    if (most - least + 1 > sparse * rows + 1000) {
      this.#sorted = new Map()
      for (let row = 0; row < rows; row++) this.#sorted.set(rowid[row] ?? NaN, row)
    } else if (most >= least) {
      this.#dense = new Int32Array(most - least + 1).fill(-1)
      for (let row = 0; row < rows; row++) {
        const number = rowid[row] ?? NaN
        if (number === number) this.#dense[number - least] = row
      }
    }
  }
}

export class Found {
  /** Grows with every change: who has looked already, need not look again. */
  version = 0
  hits = 0
  readonly #columns: Columns
  readonly #numbers: RowNumbers
  #marks = new Uint8Array(0)

  constructor(columns: Columns, numbers: RowNumbers) {
    this.#columns = columns
    this.#numbers = numbers
  }

  begin(): void {
    this.version++
    this.hits = 0
    this.#marks = new Uint8Array(0)
  }

  add(by: 'rowid' | 'place', rows: readonly number[]): void {
    if (rows.length === 0) return
    this.version++
    if (this.#marks.length < this.#columns.rows) {
      const larger = new Uint8Array(Math.max(this.#columns.rows, this.#columns.time.length))
      larger.set(this.#marks)
      this.#marks = larger
    }
    for (const number of rows) {
      const row = by === 'rowid' ? this.#numbers.rowOf(number) : number
      if (row < 0) continue
      this.#marks[row] = 1
      this.hits++
    }
  }

  has(row: number): boolean {
    return this.#marks[row] === 1
  }
}
