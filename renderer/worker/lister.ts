// The counter's part in the Records screen: the list of the rows that the filter chooses, and what a search has
// found so far. The list is worked out only while somebody looks at it.
import type { Batch } from '../../shared/viewer/asks.ts'
import type { Charts } from '../../shared/viewer/charts.ts'
import type { Columns } from '../../shared/viewer/columns.ts'
import type { RowNumbers } from '../../shared/viewer/found.ts'
import { Listing } from '../../shared/viewer/listing.ts'
import type { Order } from '../../shared/viewer/listing.ts'
import type { FromCounter, ListedRows, RowSpanWish, RowsWish, SoughtRow } from './messages.ts'

export class Lister {
  readonly #columns: Columns
  readonly #charts: Charts
  readonly #numbers: RowNumbers
  readonly #listing: Listing
  readonly #post: (message: FromCounter) => void
  #order: Order | null = null
  #version = 0

  constructor(columns: Columns, charts: Charts, numbers: RowNumbers, post: (message: FromCounter) => void) {
    this.#columns = columns
    this.#charts = charts
    this.#numbers = numbers
    this.#listing = new Listing(columns)
    this.#post = post
  }

  list(order: Order | null): void {
    this.#order = order
    this.update()
  }

  /** After the charts were counted anew: other rows may be chosen now. */
  update(): void {
    if (this.#order === null) return
    this.#listing.show(this.#order, this.#charts.chosen, this.#charts.isChosen)
    const { kinds, dimensions } = this.#columns
    const values = { kinds: kinds.length - 1, dimensions: dimensions.map(({ words }) => words.length - 1) }
    this.#post({ type: 'listing', version: ++this.#version, count: this.#listing.count, values })
  }

  rows({ version, from, count, anchor, active }: RowsWish): void {
    if (version !== this.#version) return // the window hears of the newer one, and asks again
    const at = anchor === null ? null : this.#position(anchor)
    const first = at === null || anchor === null ? from : at - anchor.before
    const start = Math.max(0, Math.min(first, this.#listing.count - count))
    const rows: ListedRows = {
      version,
      from: start,
      rows: this.#listing.rows(start, count),
      anchor: at,
      active: active === null ? null : this.#position(active),
    }
    this.#post({ type: 'rows', ...rows })
  }

  /** What rows of a stretch are found again by; none, where the list is another by now. */
  span({ version, from, count }: RowSpanWish): void {
    const rows = version === this.#version ? this.#listing.numbers(from, count) : []
    this.#post({ type: 'span', rows })
  }

  ordered(batch: Batch | null): void {
    if (batch === null) this.#listing.forgetGiven()
    else this.#listing.give(this.#rowsOf(batch))
    this.update()
  }

  #rowsOf({ by, rows }: Batch): number[] {
    return by === 'place' ? [...rows] : rows.map((rowid) => this.#numbers.rowOf(rowid))
  }

  #position({ row, rowid }: SoughtRow): number | null {
    const found = row ?? (rowid === null ? -1 : this.#numbers.rowOf(rowid))
    return found < 0 ? null : this.#listing.position(found)
  }
}
