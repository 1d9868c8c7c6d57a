// The rows of the opened file, for whoever looks at them beyond the charts: where an ask is answered, and the search
// that is one more condition of every chart. The window's own worker answers from the image that it has read; rows
// that a tool added since, and files that the host reads, are asked for at the host.
import type { Bridge } from '../shared/bridge.ts'
import type { AppError, Result } from '../shared/result.ts'
import { fail, ok } from '../shared/result.ts'
import { wordsOf } from '../shared/viewer/asks.ts'
import type { Address, Ask, AskAnswer, Batch } from '../shared/viewer/asks.ts'
import type { Value } from '../shared/viewer/values.ts'
import type { ExportPiece } from '../shared/writers/export.ts'
import type { ExportWish, ExportedTable } from '../shared/export.ts'
import type { Crew } from './crew.ts'
import type { FromCounter, ToLister } from './worker/messages.ts'

export type RowsMessage = Extract<FromCounter, { type: 'listing' | 'rows' | 'span' }>

interface Listener {
  hear(message: RowsMessage): void
  /** Another crew reads the file, from its start: what was asked for must be asked again. */
  begin(): void
  /** A tool has added rows. */
  added(): void
}

export interface Searching {
  readonly done: number
  readonly total: number
}

const noListener: Listener = { hear: () => {}, begin: () => {}, added: () => {} }

export class FileRows {
  readonly #bridge: Bridge
  #crew: Crew | null = null
  #path: string | null = null
  /** The highest row number that was read; null where rows have none. Rows beyond are live ones. */
  #upTo: number | null = null
  #highest: number | null = null
  #complete = false
  #words: readonly string[] = []
  #abort = new AbortController()
  #search: AbortController | null = null
  listener = noListener

  /** How far the search is; null when none is under way. */
  searching = $state.raw<Searching | null>(null)
  searchError = $state.raw<AppError | null>(null)

  constructor(bridge: Bridge) {
    this.#bridge = bridge
  }

  attach(crew: Crew, path: string | null): void {
    this.detach()
    this.#crew = crew
    this.#path = path
    this.listener.begin()
  }

  detach(): void {
    this.#abort.abort()
    this.#abort = new AbortController()
    this.#search?.abort()
    this.searching = null
    this.searchError = null
    this.#crew = null
    this.#complete = false
    this.#upTo = this.#highest = null
  }

  /** All is read; `rowid` is the highest number. */
  complete(rowid: number | null): void {
    this.#complete = true
    this.#upTo = this.#highest = rowid
    if (this.#words.length > 0) void this.#seek(null)
  }

  added(rowids: readonly number[]): void {
    const before = this.#highest
    this.#highest = rowids.reduce((high, rowid) => Math.max(high, rowid), before ?? -Infinity)
    if (this.#words.length > 0 && this.searching === null) void this.#seek(before)
    this.listener.added()
  }

  tell(message: ToLister): void {
    this.#crew?.tell(message)
  }

  search(typed: string): void {
    const words = wordsOf(typed)
    if (words.join('\n') === this.#words.join('\n')) return
    this.#words = words
    this.#search?.abort()
    this.searching = null
    this.searchError = null
    this.#crew?.tell({ type: 'search' })
    if (words.length > 0 && this.#complete) void this.#seek(null)
  }

  async ask(
    ask: Ask,
    onBatch: (batch: Batch) => void = () => {},
    signal = this.#abort.signal,
  ): Promise<Result<AskAnswer>> {
    const desk = this.#crew?.desk ?? null
    const live = this.#upTo !== this.#highest
    const isNew = ({ rowid }: Address): boolean => rowid !== null && rowid > (this.#upTo ?? Infinity)
    if (desk === null) return this.#askHost(ask, onBatch, signal)
    if (ask.ask === 'cells') return this.#cells(ask, ask.of.map(isNew), signal)
    if (ask.ask === 'sort' && live) return this.#askHost(ask, onBatch, signal)
    if (ask.ask === 'search')
      return ask.after === null ? desk.ask(ask, onBatch, signal) : this.#askHost(ask, onBatch, signal)
    if (ask.ask !== 'sort' && isNew(ask.of)) return this.#askHost(ask, onBatch, signal)
    return desk.ask(ask, onBatch, signal)
  }

  /** As text, by the worker that has read the file; where the host has read it, the host writes. */
  exportRows(
    wish: ExportWish,
    onPiece: (piece: ExportPiece) => void,
    signal: AbortSignal,
  ): Promise<Result<readonly ExportedTable[]>> {
    const desk = this.#crew?.desk ?? null
    return desk === null
      ? Promise.resolve(fail({ kind: 'cancelled' }))
      : desk.exportRows(wish, onPiece, signal)
  }

  async #cells(
    ask: Extract<Ask, { ask: 'cells' }>,
    isNew: readonly boolean[],
    signal: AbortSignal,
  ): Promise<Result<AskAnswer>> {
    const some = (which: boolean): Ask => ({ ...ask, of: ask.of.filter((_, i) => isNew[i] === which) })
    const none = ok<AskAnswer>({ ask: 'cells', rows: [] })
    const answers = [
      isNew.includes(false) ? await (this.#crew?.desk?.ask(some(false), () => {}, signal) ?? none) : none,
      isNew.includes(true) ? await this.#askHost(some(true), () => {}, signal) : none,
    ]
    const rows: (readonly Value[])[][] = []
    for (const answer of answers) {
      if (!answer.ok) return answer
      rows.push(answer.value.ask === 'cells' ? [...answer.value.rows] : [])
    }
    return ok({ ask: 'cells', rows: isNew.map((live) => rows[live ? 1 : 0]?.shift() ?? []) })
  }

  async #askHost(ask: Ask, onBatch: (batch: Batch) => void, signal: AbortSignal): Promise<Result<AskAnswer>> {
    if (this.#path === null) return fail({ kind: 'cancelled' })
    return this.#bridge.stream('files.ask', { path: this.#path, ask }, onBatch, signal)
  }

  /** All rows, or those after a row number: what a tool has added since the search began. */
  async #seek(after: number | null): Promise<void> {
    this.#search?.abort()
    const search = (this.#search = new AbortController())
    const begun = this.#highest
    const isOver = (): boolean => search.signal.aborted
    const hear = (batch: Batch): void => {
      if (isOver()) return
      this.searching = { done: batch.done, total: batch.total }
      this.#crew?.tell({ type: 'found', batch })
    }
    this.searching = { done: 0, total: 0 }
    const answer = await this.ask({ ask: 'search', words: [...this.#words], after }, hear, search.signal)
    if (isOver()) return
    this.searching = null
    if (!answer.ok) this.searchError = answer.error
    else {
      const to = after === null && this.#crew?.desk !== null ? this.#upTo : begun
      if (to !== this.#highest) await this.#seek(to)
    }
  }
}
