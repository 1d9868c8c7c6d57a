// The Records screen: which rows of the list are on the screen, in which columns, and which of them is active. The
// list itself lives in the counter; here are only the rows around the view. A new list replaces the one that is
// shown when its rows have come, and the row at the top of the view stays where it is.
import { untrack } from 'svelte'
import { newestFirst } from '../shared/viewer/listing.ts'
import type { ListedRow, Order } from '../shared/viewer/listing.ts'
import type { RowsMessage } from './file-rows.svelte.ts'
import { Inspector } from './inspector.svelte.ts'
import type { Program } from './program.svelte.ts'
import { RawCells } from './raw-cells.svelte.ts'
import { RawSort } from './raw-sort.svelte.ts'
import { SearchTyping } from './search-typing.svelte.ts'
import { Selected } from './selected.svelte.ts'
import type { Column } from './record-columns.ts'
import { rowHeight } from './scroll-space.ts'
import { TableColumns } from './table-columns.svelte.ts'
import { TableScroll } from './table-scroll.svelte.ts'
import type { ListAbout, ListedRows } from './worker/messages.ts'

/** A row that the person is at: where it stands, and by what it is found again in another list. */
export interface ActiveRow {
  /** In the list; before its first row, where the list doesn't have the row any more. */
  readonly position: number
  readonly row: ListedRow
}

const around = 60
const mostKept = 2000
const unlisted = -1

export class Records {
  readonly program: Program
  readonly inspector: Inspector
  readonly sort: RawSort
  readonly cells: RawCells
  readonly columns: TableColumns
  readonly selected: Selected
  readonly scroll: TableScroll
  readonly typing: SearchTyping
  /** The list that is shown; null before there is one. */
  about = $state.raw<ListAbout | null>(null)
  order = $state.raw<Order>(newestFirst)
  active = $state.raw<ActiveRow | null>(null)
  /** The header is walked to above the first row. */
  inHeader = $state(false)
  /** The column that is walked to, by its place among those shown. */
  at = $state(0)
  /** Counts up when rows have come. */
  #arrived = $state(0)

  readonly count = $derived(this.about?.count ?? 0)
  readonly lines = $derived.by(() => {
    void this.#arrived
    const shown = Math.max(
      0,
      Math.min(this.count - this.scroll.first, Math.ceil(this.scroll.view / rowHeight) + 1),
    )
    return Array.from({ length: shown }, (_, slot) => {
      const position = this.scroll.first + slot
      return { slot, position, row: this.#rows.get(position) ?? null }
    })
  })

  #rows = new Map<number, ListedRow>()
  #latest: ListAbout | null = null
  #asked = false
  #wanted = ''
  #generation = 0
  /** Of which rows the list is, in whatever order. */
  #listed = ''
  #rowsOf = 0
  /** A row to be active as soon as it has come. */
  #goal: number | null = null

  constructor(program: Program) {
    this.program = program
    this.typing = new SearchTyping(program)
    this.inspector = new Inspector(program)
    this.sort = new RawSort(program.reader.rows)
    this.cells = new RawCells(program.reader.rows)
    this.selected = new Selected(program, () => ({
      version: this.about?.version ?? -1,
      count: this.count,
    }))
    this.columns = new TableColumns(
      program,
      () => this.about,
      () => this.#request(),
    )
    this.scroll = new TableScroll(
      () => this.count,
      () => this.#request(),
    )
    program.reader.rows.listener = {
      hear: (message) => this.#hear(message),
      begin: () => this.#begin(),
      added: () => this.sort.beginSoon(() => this.order),
    }
  }

  /** The table is on the page, until the answer is called; what is read meanwhile must not call it anew. */
  readonly show = (element: HTMLElement): (() => void) => untrack(() => this.#show(element))

  #show(element: HTMLElement): () => void {
    const leave = this.scroll.attach(element)
    void this.columns.load()
    this.#list()
    return () => {
      leave()
      this.program.reader.rows.tell({ type: 'list', order: null })
    }
  }

  sortBy(column: Column): void {
    const same = this.order.column === column.id
    const downFirst = ['time', 'duration', 'measure'].includes(column.kind)
    this.order = { column: column.id, descending: same ? !this.order.descending : downFirst }
    this.#list()
    void this.sort.begin(this.order)
  }

  activate(position: number): void {
    const row = this.#rows.get(position)
    if (row === undefined) return
    this.inHeader = false
    this.active = { position, row }
    if (this.inspector.isOpen) this.inspector.show(row)
  }

  /** A click: with Shift up to here, with Control or Command this one more, else it is looked at. */
  click(
    position: number,
    { shiftKey, ctrlKey, metaKey }: Pick<MouseEvent, 'shiftKey' | 'ctrlKey' | 'metaKey'>,
  ): void {
    if (!shiftKey && !ctrlKey && !metaKey) return this.inspect(position)
    const from = Math.max(0, this.active?.position ?? position)
    this.activate(position)
    if (shiftKey) this.selected.extend(position, from)
    else this.toggle(position)
  }

  toggle(position: number): void {
    const row = this.#rows.get(position)
    if (row !== undefined) this.selected.toggle(position, row)
  }

  inspect(position: number): void {
    this.activate(position)
    if (this.active?.position === position) this.inspector.show(this.active.row)
  }

  /** The focus goes back to the row that was looked at. */
  closeInspector(): void {
    this.inspector.close()
    this.scroll.element?.focus()
  }

  /** Rows were deleted: none of them stays selected, or on the screen beside the table. */
  forget(): void {
    this.selected.clear()
    this.inspector.close()
    this.active = null
  }

  /** To a row so far from the active one. */
  step(by: number): void {
    this.goTo((this.active?.position ?? (by > 0 ? this.scroll.first - 1 : this.scroll.first)) + by)
  }

  /** In the header, or along the cells of a row: to a column so far from the one that is walked to. */
  walk(by: number): void {
    const { shown } = this.columns
    this.at = Math.max(0, Math.min(shown.length - 1, this.at + by))
    const left = shown.slice(0, this.at).reduce((sum, { width }) => sum + width, 0)
    const right = left + (shown[this.at]?.width ?? 0)
    this.scroll.toSide(left, right)
  }

  /** To a row, which may have to come first. */
  goTo(position: number): void {
    const wanted = Math.max(0, Math.min(this.count - 1, position))
    this.scroll.toRow(wanted)
    this.#goal = this.#rows.has(wanted) ? null : wanted
    this.activate(wanted)
  }

  #begin(): void {
    this.#generation++
    this.#latest = null
    this.#asked = false
    this.selected.clear()
    this.cells.clear()
    if (this.program.reader.file === null || this.program.reader.status !== 'ready') this.#clear()
    if (this.scroll.element !== null) this.#list()
    void this.sort.begin(this.order)
  }

  /** Another file is opened. */
  #clear(): void {
    this.#rows.clear()
    this.about = null
    this.active = null
    this.inspector.close()
    this.order = newestFirst
    this.sort.clear()
    this.scroll.top = 0
    this.#arrived++
  }

  #list(): void {
    this.program.reader.rows.tell({ type: 'list', order: this.order })
  }

  #hear(message: RowsMessage): void {
    if (message.type === 'rows') return this.#take(message)
    if (message.type === 'span') return this.selected.take(message)
    this.#latest = message
    this.#asked = false
    this.#request()
  }

  #request(): void {
    const latest = this.#latest
    const { ahead, first, top, view } = this.scroll
    if (latest === null || this.#asked || view === 0) return
    const isNew = latest.version !== this.about?.version || this.#generation !== this.#rowsOf
    const shown = Math.ceil(view / rowHeight) + 1
    const [before, after] = ahead > 0 ? [around, around + ahead] : [around - ahead, around]
    const from = Math.max(0, first - before)
    const count = shown + before + after
    const last = Math.min(latest.count, from + count)
    if (!isNew && this.#hasAll(Math.max(0, first - 10), Math.min(last, first + shown + 10))) {
      const rows = this.lines.flatMap(({ row }) => (row === null ? [] : [row]))
      void this.cells.fetch(rows, this.columns.raw, () => this.#request())
      return
    }
    this.#asked = true
    const kept = this.#generation === this.#rowsOf
    const sought = (row: ListedRow) => ({ row: kept ? row.row : null, rowid: row.rowid })
    const eye = isNew && top > 0 && this.#wanted === this.#wish() ? this.#rows.get(first) : undefined
    this.program.reader.rows.tell({
      type: 'rows',
      wish: {
        version: latest.version,
        from: isNew && this.#wanted !== this.#wish() ? 0 : from,
        count,
        anchor: eye === undefined ? null : { ...sought(eye), before: first - from },
        active: this.active === null ? null : sought(this.active.row),
      },
    })
  }

  /** What decides which rows are in the list, and where: when it changes, the list is shown from its start. */
  #wish(): string {
    const { period, chosen } = this.program.place
    return JSON.stringify([period, chosen, this.order])
  }

  #hasAll(from: number, to: number): boolean {
    for (let position = from; position < to; position++) if (!this.#rows.has(position)) return false
    return true
  }

  #take({ version, from, rows, active, anchor }: ListedRows): void {
    const latest = this.#latest
    if (latest === null || version !== latest.version) return
    this.#asked = false
    const isNew = version !== this.about?.version || this.#generation !== this.#rowsOf
    if (isNew) this.#replace(latest, anchor)
    if (this.#rows.size > mostKept) this.#rows.clear()
    rows.forEach((row, i) => this.#rows.set(from + i, row))
    const now = active === null ? undefined : (this.#rows.get(active) ?? this.active?.row)
    if (isNew && this.active !== null && active !== null && now) this.active = { position: active, row: now }
    else if (isNew && this.active !== null && !this.#isListed(this.active))
      this.active = { position: unlisted, row: this.active.row }
    this.#arrived++
    if (this.#goal !== null && this.#rows.has(this.#goal)) {
      this.activate(this.#goal)
      this.#goal = null
    }
    this.#request()
  }

  #isListed({ position, row }: ActiveRow): boolean {
    return this.#rows.get(position)?.row === row.row
  }

  #replace(about: ListAbout, anchor: number | null): void {
    const begins = this.#wanted !== this.#wish()
    const within = this.scroll.top % rowHeight
    this.#rows.clear()
    this.#rowsOf = this.#generation
    this.#wanted = this.#wish()
    const { period, chosen } = this.program.place
    const listed = JSON.stringify([period, chosen])
    if (listed !== this.#listed) this.selected.clear()
    this.#listed = listed
    this.about = about
    const top = begins ? 0 : anchor === null ? this.scroll.top : anchor * rowHeight + within
    if (top !== this.scroll.top || this.scroll.top > this.scroll.space.last) this.scroll.to(top)
  }
}
