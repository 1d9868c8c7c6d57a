// Taking rows out: what, as what, and where to; how far it is, and where it lies in the end. The host writes a file
// that it knows by its path; one that was dropped on the page is written by the page itself, as a download.
import type { ExportMade, Progress } from '../shared/bridge.ts'
import { fileName } from '../shared/file-name.ts'
import type { AppError, Result } from '../shared/result.ts'
import type { ExportWish } from '../shared/export.ts'
import type { Which } from '../shared/viewer/which.ts'
import { isAll } from './place.ts'
import type { Program } from './program.svelte.ts'
import { matching } from './selected.svelte.ts'

/** `given`: what another panel had chosen. */
export type Scope = 'all' | 'matching' | 'selected' | 'given'
export interface GivenRows {
  readonly which: Which
  readonly events: number
  /** With what goes with them in other tables. */
  readonly rows: number
}
export type As = ExportWish['as']

export class Exporting {
  readonly #program: Program
  scope = $state<Scope>('all')
  as = $state<As>('csv')
  given = $state.raw<GivenRows | null>(null)
  gzip = $state(false)
  exact = $state(false)
  folder = $state('')
  progress = $state.raw<Progress | null>(null)
  made = $state.raw<(Omit<ExportMade, 'path'> & { readonly path: string | null }) | null>(null)
  error = $state.raw<AppError | null>(null)
  #typedName = $state<string | null>(null)
  #abort: AbortController | null = null

  readonly file = $derived.by(() => this.#program.reader.file)
  /** Of a file without a path: the page writes it. */
  readonly inPage = $derived(this.file?.path === null)
  readonly formats = $derived<readonly As[]>(
    this.inPage ? ['csv', 'json', 'jsonl'] : ['csv', 'json', 'jsonl', 'sqlite'],
  )
  readonly name = $derived(this.#typedName ?? this.#usualName())

  constructor(program: Program) {
    this.#program = program
  }

  /** What is likeliest meant comes first: what is given, or selected, else what the filters show, else all. */
  async begin(given: GivenRows | null = null): Promise<void> {
    if (this.progress !== null) return // it is still running: its panel is shown again
    const { records, place, host } = this.#program
    this.given = given
    if (given !== null) {
      this.scope = 'given'
      if (given.rows > given.events) this.as = 'sqlite' // which alone holds all that would go
    } else this.scope = records.selected.count > 0 ? 'selected' : isAll(place) ? 'all' : 'matching'
    this.made = null
    this.error = null
    this.#typedName = null
    if (!this.formats.includes(this.as)) this.as = 'csv'
    if (this.folder !== '') return
    const usual = await host.bridge.call('files.exportFolder', {})
    if (usual.ok) this.folder = usual.value.folder
  }

  rename(name: string): void {
    this.#typedName = name
  }

  cancel(): void {
    this.#abort?.abort()
  }

  async start(overwrite: boolean): Promise<void> {
    const abort = (this.#abort = new AbortController())
    this.error = null
    this.made = null
    this.progress = { phase: 'writing', done: 0, total: 0 }
    const written = this.inPage
      ? await this.#inPage(abort.signal)
      : await this.#byHost(overwrite, abort.signal)
    this.progress = null
    if (written.ok) this.made = written.value
    else if (written.error.kind !== 'cancelled') this.error = written.error
  }

  #wish(): ExportWish {
    const { selected } = this.#program.records
    const which: Readonly<Record<Scope, () => Which | null>> = {
      all: () => null,
      matching: () => matching(this.#program),
      selected: () => selected.which(),
      given: () => this.given?.which ?? null,
    }
    return {
      which: which[this.scope]() ?? { of: 'all' },
      as: this.as,
      formulas: this.exact ? 'exact' : 'safe',
      table: null,
    }
  }

  #byHost(overwrite: boolean, signal: AbortSignal): Promise<Result<ExportMade>> {
    const out = { folder: this.folder, name: this.name }
    const wanted = { path: this.file?.path ?? '', wish: this.#wish(), gzip: this.gzip, out, overwrite }
    return this.#program.host.bridge.stream('files.export', wanted, (item) => (this.progress = item), signal)
  }

  async #inPage(signal: AbortSignal): Promise<Result<Omit<ExportMade, 'path'> & { readonly path: null }>> {
    const { saveInPage } = await import('./export-page.ts')
    return saveInPage(
      this.#program,
      this.#wish(),
      this.gzip,
      this.name,
      (item) => (this.progress = item),
      signal,
    )
  }

  #usualName(): string {
    const said = this.file?.name ?? ''
    const part = this.scope === 'all' ? '' : '.part'
    const end = `${part}${this.as === 'sqlite' ? '.export.db' : `.${this.as}`}${this.gzip ? '.gz' : ''}`
    return fileName(said.replace(/\.(db|sqlite3?|jsonl?)$/i, ''), end.slice(1))
  }
}
