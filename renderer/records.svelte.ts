// The Records screen: which rows of the list are on the screen, in which columns, and which of them is active. The
// list itself lives in the counter; here are only the rows around the view. A new list replaces the one that is
// shown when its rows have come, and the row at the top of the view stays where it is.
import { flushSync, untrack } from 'svelte'
import type { ColumnChoices } from '../shared/bridge.ts'
import type { AppError } from '../shared/result.ts'
import { newestFirst } from '../shared/viewer/listing.ts'
import type { ListedRow, Order } from '../shared/viewer/listing.ts'
import type { Value } from '../shared/viewer/values.ts'
import type { RowsMessage, Searching } from './file-rows.svelte.ts'
import { Inspector } from './inspector.svelte.ts'
import type { Program } from './program.svelte.ts'
import { columnsOf, shownColumns, usualWidth } from './record-columns.ts'
import type { Column, ShownColumn } from './record-columns.ts'
import { ScrollSpace, rowHeight } from './scroll-space.ts'
import type { ListAbout, ListedRows } from './worker/messages.ts'

/** A row that the person is at: where it stands, and by what it is found again in another list. */
export interface ActiveRow {
  readonly position: number
  readonly row: ListedRow
}

const around = 60
const framesAhead = 4
const mostAhead = 800
const mostKept = 2000
const cellsAtOnce = 100
const sortLiveAfter = 1500
const keptNarrowest = 48
const restOfHand = 150

export class Records {
  readonly program: Program
  readonly inspector: Inspector
  /** The list that is shown; null before there is one. */
  about = $state.raw<ListAbout | null>(null)
  order = $state.raw<Order>(newestFirst)
  /** How far the order of a raw column is; null when nothing is being sorted. */
  sorting = $state.raw<Searching | null>(null)
  sortError = $state.raw<AppError | null>(null)
  active = $state.raw<ActiveRow | null>(null)
  /** The header is walked to above the first row. */
  inHeader = $state(false)
  /** The column that is walked to, by its place among those shown. */
  at = $state(0)
  /** Of the view, in pixels of rows, and its height without the header. */
  top = $state(0)
  view = $state(0)
  #choices = $state.raw<ColumnChoices>({})
  /** Counts up when rows or cells have come. */
  #arrived = $state(0)

  readonly all = $derived.by((): readonly Column[] => {
    const { recognised } = this.program.reader
    return recognised === null ? [] : columnsOf(recognised)
  })
  readonly choice = $derived.by(() => this.#choices[this.program.reader.recognised?.key ?? ''] ?? null)
  readonly columns = $derived(shownColumns(this.all, this.choice, this.about?.values ?? null))
  readonly width = $derived(this.columns.reduce((sum, { width }) => sum + width, 0))
  readonly count = $derived(this.about?.count ?? 0)
  readonly space = $derived(new ScrollSpace(this.count, this.view))
  readonly first = $derived(Math.floor(this.top / rowHeight))
  readonly lines = $derived.by(() => {
    void this.#arrived
    const shown = Math.max(0, Math.min(this.count - this.first, Math.ceil(this.view / rowHeight) + 1))
    return Array.from({ length: shown }, (_, slot) => {
      const position = this.first + slot
      return { slot, position, row: this.#rows.get(position) ?? null }
    })
  })

  #typing = $state<string | null>(null)
  #typed: ReturnType<typeof setTimeout> | null = null
  #rows = new Map<number, ListedRow>()
  #cells = new Map<number, ReadonlyMap<string, Value>>()
  #latest: ListAbout | null = null
  #asked = false
  #wanted = ''
  #generation = 0
  #rowsOf = 0
  #scroller: HTMLElement | null = null
  #scroll = 0
  /** So many rows more are fetched, below or above, while the view moves there. */
  #ahead = 0
  #sort: AbortController | null = null
  #fetching = false
  #timer: ReturnType<typeof setTimeout> | null = null

  constructor(program: Program) {
    this.program = program
    this.inspector = new Inspector(program)
    program.reader.rows.listener = {
      hear: (message) => this.#hear(message),
      begin: () => this.#begin(),
      added: () => this.#sortAnewSoon(),
    }
  }

  /** The table is on the page, until the answer is called; what is read meanwhile must not call it anew. */
  readonly show = (scroller: HTMLElement): (() => void) => untrack(() => this.#show(scroller))

  #show(scroller: HTMLElement): () => void {
    this.#scroller = scroller
    const measure = (): void => {
      this.view = Math.max(0, scroller.clientHeight - rowHeight)
      this.#request()
    }
    const size = new ResizeObserver(measure)
    size.observe(scroller)
    const scrolled = (): void => this.#scrolled(scroller.scrollTop)
    scroller.addEventListener('scroll', scrolled, { passive: true })
    const settled = (): void => this.#settle()
    scroller.addEventListener('scrollend', settled)
    void this.#loadChoices()
    this.#list()
    queueMicrotask(() => this.#scrollTo(this.top))
    return () => {
      size.disconnect()
      scroller.removeEventListener('scroll', scrolled)
      scroller.removeEventListener('scrollend', settled)
      this.#scroller = null
      this.program.reader.rows.tell({ type: 'list', order: null })
    }
  }

  /** What stands in the search field. It is searched for once the hand rests. */
  get typed(): string {
    return this.#typing ?? this.program.place.chosen.search
  }

  type(words: string, when: 'soon' | 'at once' = 'soon'): void {
    this.#typing = words
    if (this.#typed !== null) clearTimeout(this.#typed)
    const search = (): void => {
      this.#typing = null
      this.program.search(words)
    }
    if (when === 'soon') this.#typed = setTimeout(search, restOfHand)
    else search()
  }

  sortBy(column: Column): void {
    const same = this.order.column === column.id
    const downFirst = ['time', 'duration', 'measure'].includes(column.kind)
    this.order = { column: column.id, descending: same ? !this.order.descending : downFirst }
    this.#list()
    this.#sortRaw()
  }

  cancelSort(): void {
    this.#sort?.abort()
    this.sorting = null
  }

  showColumn(column: Column, shown: boolean): void {
    const rest = this.columns.filter(({ id }) => id !== column.id)
    if (!shown && rest.length === 0) return
    const ids = this.all.map(({ id }) => id)
    const wanted = shown ? [...rest, { ...column, width: usualWidth(column.kind) }] : rest
    this.#choose(wanted.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id)))
  }

  /** While it is drawn the width is only shown; `keep` when it is let go. */
  resize(column: ShownColumn, width: number, keep: boolean): void {
    const wanted = Math.round(Math.max(keptNarrowest, Math.min(2000, width)))
    const columns = this.columns.map((one) => (one.id === column.id ? { ...one, width: wanted } : one))
    this.#choose(columns, keep)
  }

  resetColumns(): void {
    const key = this.program.reader.recognised?.key
    if (key === undefined) return
    this.#choices = Object.fromEntries(Object.entries(this.#choices).filter(([known]) => known !== key))
    void this.program.host.bridge.call('columns.set', { key, columns: null })
  }

  cell(row: ListedRow, column: Column): Value | undefined {
    void this.#arrived
    return this.#cells.get(row.row)?.get(column.name)
  }

  activate(position: number): void {
    const row = this.#rows.get(position)
    if (row === undefined) return
    this.inHeader = false
    this.active = { position, row }
    if (this.inspector.isOpen) this.inspector.show(row)
  }

  inspect(position: number): void {
    this.activate(position)
    if (this.active?.position === position) this.inspector.show(this.active.row)
  }

  /** The focus goes back to the row that was looked at. */
  closeInspector(): void {
    this.inspector.close()
    this.#scroller?.focus()
  }

  /** To a row so far from the active one. */
  step(by: number): void {
    this.#goTo((this.active?.position ?? (by > 0 ? this.first - 1 : this.first)) + by)
  }

  /** What the person can do by keys while the table has the focus; true where the key did something. */
  press({ key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>): boolean {
    const page = Math.max(1, Math.floor(this.view / rowHeight) - 1)
    const column = this.columns[this.at]
    const steps: Readonly<Record<string, number>> = { ArrowUp: -1, PageDown: page, PageUp: -page }
    if (this.inHeader && column !== undefined) {
      if (key === 'Enter' || key === ' ') return (this.sortBy(column), true)
      const wider = { ArrowLeft: -16, ArrowRight: 16 }[key]
      if (shiftKey && wider !== undefined) return (this.resize(column, column.width + wider, true), true)
    }
    if (key === 'ArrowUp' && (this.active === null || this.active.position === 0 || this.inHeader))
      this.inHeader = true
    else if (key === 'ArrowDown') this.step(this.inHeader ? 0 : 1)
    else if (key in steps) this.step(steps[key] ?? 0)
    else if (key === 'Home') this.#goTo(0)
    else if (key === 'End') this.#goTo(this.count - 1)
    else if (key === 'ArrowLeft' || key === 'ArrowRight') this.#walk(key === 'ArrowLeft' ? -1 : 1)
    else if (key === 'Enter' && this.active !== null) this.inspect(this.active.position)
    else if (key === 'Escape' && this.inspector.isOpen) this.closeInspector()
    else return false
    return true
  }

  #walk(by: number): void {
    this.at = Math.max(0, Math.min(this.columns.length - 1, this.at + by))
    const left = this.columns.slice(0, this.at).reduce((sum, { width }) => sum + width, 0)
    const right = left + (this.columns[this.at]?.width ?? 0)
    const scroller = this.#scroller
    if (scroller === null) return
    if (left < scroller.scrollLeft) scroller.scrollLeft = left
    else if (right > scroller.scrollLeft + scroller.clientWidth)
      scroller.scrollLeft = right - scroller.clientWidth
  }

  #goTo(position: number): void {
    const wanted = Math.max(0, Math.min(this.count - 1, position))
    const top = wanted * rowHeight
    if (top < this.top) this.#scrollTo(top)
    else if (top + rowHeight > this.top + this.view) this.#scrollTo(top + rowHeight - this.view)
    this.#goal = this.#rows.has(wanted) ? null : wanted
    this.activate(wanted)
  }
  /** A row to be active as soon as it has come. */
  #goal: number | null = null

  #begin(): void {
    this.#generation++
    this.#latest = null
    this.#asked = false
    this.#cells.clear()
    if (this.program.reader.file === null || this.program.reader.status !== 'ready') this.#clear()
    if (this.#scroller !== null) this.#list()
    if (this.order.column.startsWith('raw:')) this.#sortRaw()
  }

  /** Another file is opened. */
  #clear(): void {
    this.#rows.clear()
    this.about = null
    this.active = null
    this.inspector.close()
    this.order = newestFirst
    this.#sort?.abort()
    this.sorting = this.sortError = null
    this.top = 0
    this.#arrived++
  }

  #list(): void {
    this.program.reader.rows.tell({ type: 'list', order: this.order })
  }

  #hear(message: RowsMessage): void {
    if (message.type === 'rows') return this.#take(message)
    this.#latest = message
    this.#asked = false
    this.#request()
  }

  #request(): void {
    const latest = this.#latest
    if (latest === null || this.#asked || this.view === 0) return
    const isNew = latest.version !== this.about?.version || this.#generation !== this.#rowsOf
    const shown = Math.ceil(this.view / rowHeight) + 1
    const [before, after] = this.#ahead > 0 ? [around, around + this.#ahead] : [around - this.#ahead, around]
    const from = Math.max(0, this.first - before)
    const count = shown + before + after
    const last = Math.min(latest.count, from + count)
    if (!isNew && this.#hasAll(Math.max(0, this.first - 10), Math.min(last, this.first + shown + 10))) {
      this.#fetchCells()
      return
    }
    this.#asked = true
    const kept = this.#generation === this.#rowsOf
    const sought = (row: ListedRow) => ({ row: kept ? row.row : null, rowid: row.rowid })
    const eye =
      isNew && this.top > 0 && this.#wanted === this.#wish() ? this.#rows.get(this.first) : undefined
    this.program.reader.rows.tell({
      type: 'rows',
      wish: {
        version: latest.version,
        from: isNew && this.#wanted !== this.#wish() ? 0 : from,
        count,
        anchor: eye === undefined ? null : { ...sought(eye), before: this.first - from },
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
    this.#arrived++
    if (this.#goal !== null && this.#rows.has(this.#goal)) {
      this.activate(this.#goal)
      this.#goal = null
    }
    this.#request()
  }

  #replace(about: ListAbout, anchor: number | null): void {
    const begins = this.#wanted !== this.#wish()
    const within = this.top % rowHeight
    this.#rows.clear()
    this.#rowsOf = this.#generation
    this.#wanted = this.#wish()
    this.about = about
    const top = begins ? 0 : anchor === null ? this.top : anchor * rowHeight + within
    if (top !== this.top || this.top > this.space.last) this.#scrollTo(top)
  }

  #scrolled(scroll: number): void {
    if (scroll === this.#scroll) return
    const top = this.space.moved(this.top, this.#scroll, scroll, 2 * this.view)
    const moved = Math.round((top - this.top) / rowHeight)
    this.#ahead = Math.max(-mostAhead, Math.min(mostAhead, framesAhead * moved))
    this.top = top
    this.#scroll = scroll
    this.#request()
  }

  /** After small moves through a long list the bar is brought to where it should stand. */
  #settle(): void {
    this.#ahead = 0
    const scroll = this.space.scrollAt(this.top)
    if (this.#scroller !== null && Math.abs(scroll - this.#scroll) > 1) this.#bar(scroll)
  }

  #scrollTo(top: number): void {
    this.top = this.space.clamp(top)
    flushSync() // the element must be as high as the list before it can be scrolled there
    this.#bar(this.space.scrollAt(this.top))
    this.#request()
  }

  #bar(scroll: number): void {
    if (this.#scroller === null) return
    this.#scroller.scrollTop = scroll
    this.#scroll = this.#scroller.scrollTop
  }

  #sortRaw(): void {
    this.#sort?.abort()
    this.sorting = this.sortError = null
    const { column, descending } = this.order
    if (!column.startsWith('raw:')) return
    const { rows } = this.program.reader
    const sort = (this.#sort = new AbortController())
    rows.tell({ type: 'ordered', batch: null })
    this.sorting = { done: 0, total: 0 }
    const ask = { ask: 'sort', column: column.slice(4), descending } as const
    void rows
      .ask(
        ask,
        (batch) => {
          if (!sort.signal.aborted) rows.tell({ type: 'ordered', batch })
        },
        sort.signal,
      )
      .then((answer) => {
        if (sort.signal.aborted) return
        this.sorting = null
        if (!answer.ok) this.sortError = answer.error
      })
  }

  #sortAnewSoon(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      if (this.order.column.startsWith('raw:') && this.sorting === null) this.#sortRaw()
    }, sortLiveAfter)
  }

  /** The raw columns of the rows on the screen, once the view rests. */
  #fetchCells(): void {
    const raw = this.columns.filter(({ kind }) => kind === 'raw').map(({ name }) => name)
    if (raw.length === 0 || this.#fetching) return
    const missing = this.lines
      .flatMap(({ row }) => (row === null ? [] : [row]))
      .filter(({ row }) => !raw.every((name) => this.#cells.get(row)?.has(name)))
      .slice(0, cellsAtOnce)
    if (missing.length === 0) return
    this.#fetching = true
    const generation = this.#generation
    const of = missing.map(({ row, rowid }) => ({ rowid, place: row }))
    void this.program.reader.rows.ask({ ask: 'cells', of, columns: raw }).then((answer) => {
      this.#fetching = false
      if (generation !== this.#generation || !answer.ok || answer.value.ask !== 'cells') return
      if (this.#cells.size > mostKept) this.#cells.clear()
      answer.value.rows.forEach((values, i) => {
        const row = missing[i]?.row
        if (row !== undefined)
          this.#cells.set(row, new Map(raw.map((name, at) => [name, values[at] ?? { is: 'null' }])))
      })
      this.#arrived++
      this.#request()
    })
  }

  async #loadChoices(): Promise<void> {
    const before = this.#choices
    const known = await this.program.host.bridge.call('columns.get', {})
    if (known.ok && this.#choices === before) this.#choices = known.value // else the person was faster
  }

  #choose(columns: readonly ShownColumn[], keep = true): void {
    const key = this.program.reader.recognised?.key
    if (key === undefined) return
    const chosen = columns.map(({ id, width }) => ({ column: id, width }))
    this.#choices = { ...this.#choices, [key]: chosen }
    if (keep) void this.program.host.bridge.call('columns.set', { key, columns: chosen })
    this.#request()
  }
}
