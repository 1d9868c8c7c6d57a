// Which columns the Records show, and how wide: what the person chose for files like this one, kept by the host,
// else what tells one row of this list from the next.
import type { ColumnChoices } from '../shared/bridge.ts'
import type { Program } from './program.svelte.ts'
import { columnsOf, shownColumns, usualWidth } from './record-columns.ts'
import type { Column, ShownColumn } from './record-columns.ts'
import type { ListAbout } from './worker/messages.ts'

const narrowest = 48
const widest = 2000

export class TableColumns {
  readonly #program: Program
  readonly #about: () => ListAbout | null
  /** Others are shown now, or they are as wide as never before: rows may lack cells for them. */
  readonly #changed: () => void
  #choices = $state.raw<ColumnChoices>({})

  readonly all = $derived.by((): readonly Column[] => {
    const { recognised } = this.#program.reader
    return recognised === null ? [] : columnsOf(recognised)
  })
  readonly #choice = $derived.by(() => this.#choices[this.#key ?? ''] ?? null)
  readonly shown = $derived.by(() => shownColumns(this.all, this.#choice, this.#about()?.values ?? null))
  readonly width = $derived(this.shown.reduce((sum, { width }) => sum + width, 0))

  constructor(program: Program, about: () => ListAbout | null, changed: () => void) {
    this.#program = program
    this.#about = about
    this.#changed = changed
  }

  /** Nothing of it was the person's choice. */
  get isUsual(): boolean {
    return this.#choice === null
  }

  /** The names of those that are shown as they stand in the file. */
  get raw(): readonly string[] {
    return this.shown.filter(({ kind }) => kind === 'raw').map(({ name }) => name)
  }

  async load(): Promise<void> {
    const before = this.#choices
    const known = await this.#program.host.bridge.call('columns.get', {})
    if (known.ok && this.#choices === before) this.#choices = known.value // else the person was faster
  }

  show(column: Column, isShown: boolean): void {
    const rest = this.shown.filter(({ id }) => id !== column.id)
    if (!isShown && rest.length === 0) return
    const ids = this.all.map(({ id }) => id)
    const wanted = isShown ? [...rest, { ...column, width: usualWidth(column.kind) }] : rest
    this.#choose(wanted.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id)))
  }

  /** While it is drawn the width is only shown; `keep` when it is let go. */
  resize(column: ShownColumn, width: number, keep: boolean): void {
    const wanted = Math.round(Math.max(narrowest, Math.min(widest, width)))
    this.#choose(
      this.shown.map((one) => (one.id === column.id ? { ...one, width: wanted } : one)),
      keep,
    )
  }

  reset(): void {
    const key = this.#key
    if (key === undefined) return
    this.#choices = Object.fromEntries(Object.entries(this.#choices).filter(([known]) => known !== key))
    void this.#program.host.bridge.call('columns.set', { key, columns: null })
  }

  get #key(): string | undefined {
    return this.#program.reader.recognised?.key
  }

  #choose(columns: readonly ShownColumn[], keep = true): void {
    const key = this.#key
    if (key === undefined) return
    const chosen = columns.map(({ id, width }) => ({ column: id, width }))
    this.#choices = { ...this.#choices, [key]: chosen }
    if (keep) void this.#program.host.bridge.call('columns.set', { key, columns: chosen })
    this.#changed()
  }
}
