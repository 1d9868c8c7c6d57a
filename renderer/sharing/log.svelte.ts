// The log of all that was ever sent, as a person reads it: newest first, a page at a time, what they typed found in it,
// any entry opened to its bytes, and the chain of hashes checked.
import type { AppError, Result } from '../../shared/result.ts'
import type { LogCheck, LogLine, LogPage } from '../../shared/share-log.ts'
import type { Program } from '../program.svelte.ts'

const page = 30

export class SentLog {
  readonly #program: Program
  typed = $state('')
  lines = $state.raw<readonly LogLine[]>([])
  more = $state(false)
  found = $state(0)
  /** Null until it was looked into. */
  entries = $state<number | null>(null)
  checked = $state.raw<LogCheck | null>(null)
  /** Numbers of the entries that are open. */
  opened = $state.raw<ReadonlySet<number>>(new Set())
  exported = $state<string | null>(null)
  error = $state.raw<AppError | null>(null)
  #asked = 0

  constructor(program: Program) {
    this.#program = program
  }

  /** From the newest on. Of several questions only the last is answered. */
  async read(): Promise<void> {
    const asked = ++this.#asked
    const given = await this.#page(null, Math.max(page, this.lines.length))
    if (asked !== this.#asked || given === null) return
    this.lines = given.lines
    this.#count(given)
    if (given.entries !== this.checked?.entries) await this.verify()
  }

  async readOn(): Promise<void> {
    const asked = ++this.#asked
    const given = await this.#page(this.lines.at(-1)?.seq ?? null, page)
    if (asked !== this.#asked || given === null) return
    this.lines = [...this.lines, ...given.lines]
    this.#count(given)
  }

  async search(typed: string): Promise<void> {
    this.typed = typed
    this.lines = []
    await this.read()
  }

  async verify(): Promise<void> {
    this.checked = this.#keep(await this.#program.host.bridge.call('share.verifyLog', {}))
  }

  /** What was shown may be gone. */
  async afterErasing(): Promise<void> {
    this.opened = new Set()
    this.lines = []
    await this.read()
    await this.verify()
  }

  toggle(seq: number): void {
    const others = [...this.opened].filter((one) => one !== seq)
    this.opened = new Set(others.length < this.opened.size ? others : [...others, seq])
  }

  /** The whole log as a file where downloads go; under the next free name where one of today lies there. */
  async export(): Promise<void> {
    this.exported = null
    const day = new Date().toISOString().slice(0, 10)
    for (const again of ['', ' 2', ' 3', ' 4', ' 5']) {
      const out = { folder: null, name: `sightglass sent ${day}${again}.jsonl` }
      const made = await this.#program.host.bridge.call('share.exportLog', { out, overwrite: false })
      if (!made.ok && made.error.kind === 'file-exists') continue
      this.exported = this.#keep(made)?.path ?? null
      return
    }
  }

  #page(before: number | null, most: number): Promise<LogPage | null> {
    const asked = this.#program.host.bridge.call('share.log', {
      words: this.typed.slice(0, 200),
      before,
      most,
    })
    return asked.then((answer) => this.#keep(answer))
  }

  #count({ more, found, entries }: LogPage): void {
    this.more = more
    this.found = found
    this.entries = entries
  }

  #keep<T>(answer: Result<T>): T | null {
    this.error = answer.ok ? null : answer.error
    return answer.ok ? answer.value : null
  }
}
