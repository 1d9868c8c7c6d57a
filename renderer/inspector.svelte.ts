// One record in full: its fields as they stand in the file, and the rows that belong to it.
import type { AppError } from '../shared/result.ts'
import type { Address, Field, RelatedRows } from '../shared/viewer/asks.ts'
import type { ListedRow } from '../shared/viewer/listing.ts'
import { toJson } from '../shared/viewer/values.ts'
import type { Program } from './program.svelte.ts'

export class Inspector {
  readonly #program: Program
  isOpen = $state(false)
  row = $state.raw<ListedRow | null>(null)
  /** Null until they have come. */
  fields = $state.raw<readonly Field[] | null>(null)
  /** It was in the file when that was read, and is no more. */
  isGone = $state(false)
  related = $state.raw<readonly RelatedRows[] | null>(null)
  error = $state.raw<AppError | null>(null)
  /** The name of the field that was copied last, for a moment; empty for the whole record. */
  copied = $state<string | null>(null)
  #asked = 0
  #moment: ReturnType<typeof setTimeout> | null = null

  constructor(program: Program) {
    this.#program = program
  }

  show(row: ListedRow): void {
    if (this.isOpen && this.row?.row === row.row && this.row.rowid === row.rowid) return
    this.isOpen = true
    this.row = row
    this.isGone = false
    this.error = null
    void this.#load({ rowid: row.rowid, place: row.row })
  }

  close(): void {
    this.isOpen = false
    this.row = this.fields = this.related = null
    this.#asked++
  }

  again(): void {
    if (this.row === null) return
    this.error = null
    void this.#load({ rowid: this.row.rowid, place: this.row.row })
  }

  /** What was shown before stays until the next is here: it would only flicker. */
  async #load(of: Address): Promise<void> {
    const asked = ++this.#asked
    const { rows } = this.#program.reader
    const record = await rows.ask({ ask: 'record', of, whole: false })
    if (asked !== this.#asked) return
    this.related = null
    this.fields = record.ok && record.value.ask === 'record' ? record.value.fields : null
    this.isGone = record.ok && this.fields === null
    if (!record.ok && record.error.kind !== 'cancelled') this.error = record.error
    if (this.fields === null) return
    const related = await rows.ask({ ask: 'related', of })
    if (asked !== this.#asked) return
    this.related = related.ok && related.value.ask === 'related' ? related.value.groups : []
  }

  async copy(what: string, text: string): Promise<void> {
    await navigator.clipboard.writeText(text)
    this.copied = what
    if (this.#moment !== null) clearTimeout(this.#moment)
    this.#moment = setTimeout(() => (this.copied = null), 1500)
  }

  /** All of it, also what is cut on the screen. */
  async copyRecord(): Promise<void> {
    const { row } = this
    if (row === null) return
    const of = { rowid: row.rowid, place: row.row }
    const record = await this.#program.reader.rows.ask({ ask: 'record', of, whole: true })
    if (!record.ok) this.error = record.error
    else if (record.value.ask === 'record' && record.value.fields !== null) {
      const { fields } = record.value
      await this.copy(
        '',
        toJson(
          fields.map(({ column }) => column),
          fields.map(({ value }) => value),
        ),
      )
    }
  }
}
