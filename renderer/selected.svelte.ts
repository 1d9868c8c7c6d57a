// The records that are selected, to be taken out or deleted: rows that were picked, or all that are listed. They are
// kept by what they are found again by, so that sorting and scrolling don't lose them; another list does.
import { wordsOf } from '../shared/viewer/asks.ts'
import type { Address } from '../shared/viewer/asks.ts'
import { mostAddresses as most } from '../shared/viewer/which.ts'
import type { Which } from '../shared/viewer/which.ts'
import { filterOf } from './place.ts'
import type { Program } from './program.svelte.ts'
import type { SpanOfRows, SoughtRow } from './worker/messages.ts'

export class Selected {
  readonly #program: Program
  readonly #listed: () => { readonly version: number; readonly count: number }
  /** All that are listed, however many that will be. */
  all = $state(false)
  /** A stretch was longer than can be picked by hand. */
  cut = $state(false)
  #rows = $state.raw<ReadonlyMap<number, Address>>(new Map())
  readonly count = $derived.by(() => (this.all ? this.#listed().count : this.#rows.size))
  /** Where a stretch begins. */
  #anchor: number | null = null
  /** What was selected before a stretch was drawn from the anchor. */
  #before: ReadonlyMap<number, Address> = new Map()

  constructor(program: Program, listed: () => { readonly version: number; readonly count: number }) {
    this.#program = program
    this.#listed = listed
  }

  has(row: SoughtRow): boolean {
    return this.all || (row.row !== null && this.#rows.has(row.row))
  }

  toggle(position: number, { row, rowid }: { readonly row: number; readonly rowid: number | null }): void {
    if (this.all) return this.clear()
    const rows = new Map(this.#rows)
    if (!rows.delete(row) && rows.size < most) rows.set(row, { rowid, place: row })
    this.cut = false
    this.#rows = this.#before = rows
    this.#anchor = position
  }

  /** From where the last one was selected to here; `from`, where none was. */
  extend(position: number, from: number): void {
    this.#anchor ??= from
    const [first, last] = [Math.min(this.#anchor, position), Math.max(this.#anchor, position)]
    const { version } = this.#listed()
    this.cut = last - first >= most
    const span = { version, from: first, count: Math.min(last - first + 1, most) }
    this.#program.reader.rows.tell({ type: 'span', span })
  }

  /** The rows of the stretch that was drawn. */
  take({ rows }: SpanOfRows): void {
    const all = new Map(this.#before)
    for (const { row, rowid } of rows) if (all.size < most) all.set(row, { rowid, place: row })
    this.all = false
    this.#rows = all
  }

  selectAll(): void {
    this.all = this.#listed().count > 0
    this.cut = false
    this.#rows = this.#before = new Map()
    this.#anchor = null
  }

  clear(): void {
    this.all = false
    this.cut = false
    this.#rows = this.#before = new Map()
    this.#anchor = null
  }

  /** Null where nothing is selected. */
  which(): Which | null {
    if (this.all) return matching(this.#program)
    return this.#rows.size === 0 ? null : { of: 'rows', addresses: [...this.#rows.values()] }
  }
}

/** All that the filters and the search choose, in words that the host understands. */
export function matching({ place, clock, zone }: Program): Which {
  const filter = { ...filterOf(place, clock, Date.now()), search: '' }
  return { of: 'matching', filter, zone, words: wordsOf(place.chosen.search) }
}
