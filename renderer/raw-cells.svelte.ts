// Cells of columns as they stand in the file: they are in no memory, so those of the rows in view are fetched.
import type { ListedRow } from '../shared/viewer/listing.ts'
import type { Value } from '../shared/viewer/values.ts'
import type { FileRows } from './file-rows.svelte.ts'

const mostKept = 2000
const mostAtOnce = 100

export class RawCells {
  readonly #rows: FileRows
  #known = new Map<number, ReadonlyMap<string, Value>>()
  #fetching = false
  /** Counts up when cells have come. */
  #arrived = $state(0)

  constructor(rows: FileRows) {
    this.#rows = rows
  }

  /** Undefined until it has come. */
  of(row: ListedRow, column: string): Value | undefined {
    void this.#arrived
    return this.#known.get(row.row)?.get(column)
  }

  clear(): void {
    this.#known = new Map()
  }

  /** Those that are missing; `then` when some have come, for the view may have moved on meanwhile. */
  async fetch(rows: readonly ListedRow[], columns: readonly string[], then: () => void): Promise<void> {
    if (columns.length === 0 || this.#fetching) return
    const missing = rows
      .filter(({ row }) => !columns.every((name) => this.#known.get(row)?.has(name)))
      .slice(0, mostAtOnce)
    if (missing.length === 0) return
    this.#fetching = true
    const known = this.#known
    const of = missing.map(({ row, rowid }) => ({ rowid, place: row }))
    const answer = await this.#rows.ask({ ask: 'cells', of, columns: [...columns] })
    this.#fetching = false
    if (known !== this.#known || !answer.ok || answer.value.ask !== 'cells') return
    if (known.size > mostKept) known.clear()
    answer.value.rows.forEach((values, i) => {
      const row = missing[i]?.row
      if (row === undefined) return
      known.set(row, new Map(columns.map((name, at) => [name, values[at] ?? { is: 'null' }])))
    })
    this.#arrived++
    then()
  }
}
