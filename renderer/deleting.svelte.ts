// Deleting records: which, what would go, and then in steps of its own: asked once more, held back, carried out,
// proved. Everything is counted and done by the host; here is kept where it stands.
import type { Progress } from '../shared/bridge.ts'
import type { ErasePreview, EraseStep, Erased } from '../shared/erase.ts'
import type { AppError } from '../shared/result.ts'
import { everything } from '../shared/viewer/filter.ts'
import type { Which } from '../shared/viewer/which.ts'
import { dayLength } from '../shared/viewer/zone.ts'
import { choicesOf } from './choose.ts'
import type { GivenRows } from './exporting.svelte.ts'
import type { Program } from './program.svelte.ts'
import { matching } from './selected.svelte.ts'

/** `record`: the one that the person is at. */
export type DeleteScope = 'selected' | 'record' | 'matching' | 'span' | 'all'
/** `asked`: what is to go is said, and nothing has been confirmed. */
type Stage = 'asked' | 'sure' | 'held' | 'running' | 'done'

/** A file is looked at twice a second: so long after a deletion its being smaller is no news. */
const noticed = 3000

export class Deleting {
  readonly #program: Program
  stage = $state<Stage>('asked')
  scope = $state<DeleteScope>('span')
  /** Days as a date field has them, `2026-03-01`; empty is open. */
  from = $state('')
  to = $state('')
  /** How far counting is; null while nothing is counted. */
  counting = $state.raw<Progress | null>(null)
  preview = $state.raw<ErasePreview | null>(null)
  /** Until a held deletion begins. */
  seconds = $state(0)
  step = $state.raw<EraseStep | null>(null)
  erased = $state.raw<Erased | null>(null)
  error = $state.raw<AppError | null>(null)
  /** A held deletion was taken back, and nothing else was chosen since. */
  takenBack = $state(false)
  #abort: AbortController | null = null

  readonly file = $derived.by(() => this.#program.reader.file)
  /** Such a span holds no day, which is no finding about the file. */
  readonly reversed = $derived(
    this.scope === 'span' && this.from !== '' && this.to !== '' && this.from > this.to,
  )
  readonly scopes = $derived.by<readonly DeleteScope[]>(() => {
    const { records, place } = this.#program
    const some: DeleteScope[] = records.selected.count > 0 ? ['selected'] : []
    if (place.screen === 'records' && records.active !== null) some.push('record')
    if (choicesOf(place.chosen).length > 0 || place.period !== 'all') some.push('matching')
    return [...some, 'span', 'all']
  })

  constructor(program: Program) {
    this.#program = program
  }

  /** What runs is shown again; else it begins with what is likeliest meant, and never with all. */
  begin(wanted: DeleteScope | null = null): void {
    if (this.stage === 'held' || this.stage === 'running') return
    this.stage = 'asked'
    this.scope = this.scopes.find((scope) => wanted === null || scope === wanted) ?? 'span'
    this.from = ''
    this.to = ''
    this.erased = null
    void this.count()
  }

  /** Counts what would go. Nothing is written. */
  async count(): Promise<void> {
    this.#abort?.abort()
    const abort = (this.#abort = new AbortController())
    this.stage = 'asked'
    this.preview = null
    this.error = null
    this.takenBack = false
    this.counting = null
    const path = this.file?.path ?? null
    const which = this.#which()
    if (path === null || which === null) return
    this.counting = { phase: 'reading', done: 0, total: 0 }
    const { bridge } = this.#program.host
    const { zone } = this.#program
    const send = (item: Progress): void => {
      if (this.#abort === abort) this.counting = item
    }
    const found = await bridge.stream('erase.preview', { path, which, zone }, send, abort.signal)
    if (this.#abort !== abort) return
    this.counting = null
    if (found.ok) this.preview = found.value
    else if (found.error.kind !== 'cancelled') this.error = found.error
  }

  /** What the preview counted, for an export before. */
  chosen(): GivenRows | null {
    const which = this.#which()
    if (which === null || this.preview === null) return null
    const { events, rows } = this.preview
    return { which, events, rows }
  }

  askOnceMore(): void {
    this.stage = 'sure'
  }

  keepThem(): void {
    this.stage = 'asked'
  }

  async run(): Promise<void> {
    const token = this.preview?.token ?? null
    if (token === null) return
    const abort = (this.#abort = new AbortController())
    this.stage = 'held'
    this.seconds = 0
    this.step = null
    this.error = null
    const { host, records, reader } = this.#program
    const done = await host.bridge.stream(
      'erase.run',
      { token, now: false },
      (item) => {
        if (item.type === 'held') this.seconds = item.seconds
        else {
          if (this.stage === 'held') reader.shrinking = true
          this.stage = 'running'
          this.step = item.step
        }
      },
      abort.signal,
    )
    setTimeout(() => (reader.shrinking = false), noticed)
    if (done.ok) {
      records.forget()
      this.erased = done.value
      this.stage = 'done'
      return
    }
    // What it was bound to is used up: whatever it was, what would go is counted anew.
    const { error } = done
    this.stage = 'asked'
    this.preview = null
    if (error.kind !== 'cancelled') this.error = error
    else {
      void this.count()
      this.takenBack = true
    }
  }

  /** While it is held back nothing has happened, and nothing will. Later it has no effect. */
  takeBack(): void {
    if (this.stage === 'held') this.#abort?.abort()
  }

  /** One step back, where there is one within the panel: what is held is taken back, and seen to be. */
  back(): boolean {
    const { stage } = this
    if (stage === 'held') this.takeBack()
    else if (stage === 'sure') this.keepThem()
    return stage === 'held' || stage === 'sure'
  }

  /** Whoever closes the panel before the end has not confirmed. */
  leave(): void {
    if (this.stage === 'held' || this.counting !== null) this.#abort?.abort()
    if (this.stage === 'sure') this.stage = 'asked'
  }

  /** Null where it isn't said yet. */
  #which(): Which | null {
    const { records, clock, zone } = this.#program
    switch (this.scope) {
      case 'all':
        return { of: 'all' }
      case 'selected':
        return records.selected.which()
      case 'record': {
        const { active } = records
        if (active === null) return null
        return { of: 'rows', addresses: [{ rowid: active.row.rowid, place: active.row.row }] }
      }
      case 'matching':
        return matching(this.#program)
      case 'span': {
        if ((this.from === '' && this.to === '') || this.reversed) return null
        const startOf = (date: string, later: number): number | null =>
          date === '' ? null : clock.startOf(Math.round(Date.parse(date) / dayLength) + later)
        const filter = {
          ...everything,
          since: startOf(this.from, 0),
          until: startOf(this.to, 1),
          search: '' as const,
        }
        return { of: 'matching', filter, zone, words: [] }
      }
    }
  }
}
