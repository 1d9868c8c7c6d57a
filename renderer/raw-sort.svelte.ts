// The order of rows by a column of the file that isn't held in memory. SQL finds it, batch by batch, wherever the
// file is read; the list follows while it comes. Rows that a tool adds are not in it, so it is asked for anew.
import type { AppError } from '../shared/result.ts'
import type { Order } from '../shared/viewer/listing.ts'
import type { FileRows, Searching } from './file-rows.svelte.ts'

const anewAfter = 1500
const prefix = 'raw:'

export class RawSort {
  readonly #rows: FileRows
  /** How far it is; null when nothing is being sorted. */
  progress = $state.raw<Searching | null>(null)
  error = $state.raw<AppError | null>(null)
  #running: AbortController | null = null
  #soon: ReturnType<typeof setTimeout> | null = null

  constructor(rows: FileRows) {
    this.#rows = rows
  }

  /** Ends the sort before; does nothing more where the list can be sorted out of memory. */
  async begin({ column, descending }: Order): Promise<void> {
    this.clear()
    if (!column.startsWith(prefix)) return
    const sort = (this.#running = new AbortController())
    const isOver = (): boolean => sort.signal.aborted
    this.#rows.tell({ type: 'ordered', batch: null })
    this.progress = { done: 0, total: 0 }
    const answer = await this.#rows.ask(
      { ask: 'sort', column: column.slice(prefix.length), descending },
      (batch) => {
        if (!isOver()) this.#rows.tell({ type: 'ordered', batch })
      },
      sort.signal,
    )
    if (isOver()) return
    this.progress = null
    if (!answer.ok) this.error = answer.error
  }

  /** Once nothing was added for a moment. */
  beginSoon(order: () => Order): void {
    if (this.#soon !== null) clearTimeout(this.#soon)
    this.#soon = setTimeout(() => {
      if (order().column.startsWith(prefix) && this.progress === null) void this.begin(order())
    }, anewAfter)
  }

  /** What was sorted so far stays. */
  cancel(): void {
    this.#running?.abort()
    this.progress = null
  }

  clear(): void {
    this.cancel()
    this.error = null
  }
}
