// Erasing the log, as the person does it: first what would be lost, of all or up to a day; then, for that very span, the
// doing.
import { safeParse } from 'valibot'
import type { AppError } from '../../shared/result.ts'
import { ShareArgs } from '../../shared/share.ts'
import type { LogErasure } from '../../shared/share-log.ts'
import type { Program } from '../program.svelte.ts'
import type { SentLog } from './log.svelte.ts'

const { through: Through } = ShareArgs.eraseLog.entries

export class LogErasing {
  readonly #program: Program
  readonly #log: SentLog
  /** Null while nobody thinks of it. */
  lost = $state.raw<LogErasure | null>(null)
  /** The last day to go; empty: all. */
  through = $state('')
  /** How many entries went. */
  done = $state<number | null>(null)
  error = $state.raw<AppError | null>(null)
  /** The span that `lost` tells of. */
  #counted = ''

  constructor(program: Program, log: SentLog) {
    this.#program = program
    this.#log = log
  }

  async open(): Promise<void> {
    this.done = null
    this.through = ''
    await this.count()
  }
  close(): void {
    this.lost = null
    this.error = null
  }

  async count(): Promise<void> {
    const { through } = this
    const told = await this.#ask(through, false)
    if (told === null || through !== this.through) return
    this.#counted = through
    this.lost = told
  }

  async run(): Promise<void> {
    if (this.#counted !== this.through) return
    const told = await this.#ask(this.#counted, true)
    await this.#log.afterErasing()
    if (told === null) return
    this.lost = null
    this.done = told.entries
  }

  async #ask(text: string, sure: boolean): Promise<LogErasure | null> {
    const through = safeParse(Through, text === '' ? null : text)
    if (!through.success) return null
    const { bridge } = this.#program.host
    const told = await bridge.call('share.eraseLog', { through: through.output, sure })
    this.error = told.ok ? null : told.error
    return told.ok ? told.value : null
  }
}
