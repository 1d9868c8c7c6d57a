// What the window knows of the opened file: how far reading is, what it holds, and the charts of the moment.
// The work is done by the workers of crew.ts; this class starts them, hears them, and ends them.
import type { BytesId } from '../shared/ids.ts'
import type { Bridge, OpenedFile, Progress } from '../shared/bridge.ts'
import type { AppError } from '../shared/result.ts'
import type { Overview } from '../shared/viewer/charts.ts'
import { everything } from '../shared/viewer/filter.ts'
import type { Filter } from '../shared/viewer/filter.ts'
import { Crew } from './crew.ts'
import type { CrewSource } from './crew.ts'
import type { FromCounter } from './worker/messages.ts'

export type ReaderStatus = 'idle' | 'opening' | 'reading' | 'ready' | 'failed'

export interface ReadFile {
  readonly name: string
  /** Null for a file that was dropped on the page of the web host: a browser gives no path. */
  readonly path: string | null
  readonly size: number
  readonly writing: boolean
  readonly readFrom: 'place' | 'copy' | 'page'
}

interface ReaderDeps {
  readonly bridge: Bridge
  readonly bytesRequest: (id: BytesId) => { url: string; headers: Record<string, string> }
  readonly now: () => number
  readonly zone: () => string
  readonly firstDayOfWeek: () => number
}

export class Reader {
  readonly #deps: ReaderDeps
  #crew: Crew | null = null
  #abort: AbortController | null = null

  status = $state<ReaderStatus>('idle')
  progress = $state.raw<Progress | null>(null)
  error = $state.raw<AppError | null>(null)
  file = $state.raw<ReadFile | null>(null)
  formatTitle = $state<string | null>(null)
  overview = $state.raw<Overview | null>(null)
  #filter = $state.raw<Filter>(everything)

  constructor(deps: ReaderDeps) {
    this.#deps = deps
  }

  get filter(): Filter {
    return this.#filter
  }

  /** Opens a file that the host can reach by its path. */
  async open(path: string): Promise<void> {
    this.close()
    this.status = 'opening'
    const abort = (this.#abort = new AbortController())
    const { bridge } = this.#deps
    const onItem = (item: Progress): void => {
      if (this.#abort === abort) this.progress = item
    }
    const opened = await bridge.stream('files.open', { path }, onItem, abort.signal)
    if (this.#abort !== abort) {
      if (opened.ok) void bridge.call('files.close', { id: opened.value.id })
      return
    }
    if (!opened.ok) return this.#fail(opened.error)
    const { value } = opened
    this.file = fileOf(value)
    const request = this.#deps.bytesRequest(value.id)
    this.#read(value.name, { from: 'host', ...request, size: value.snapshotSize }, () => {
      void bridge.call('files.close', { id: value.id })
    })
  }

  /** Reads a dropped file here in the page. Nothing of it goes to the host. */
  async openDropped(file: File): Promise<void> {
    this.close()
    this.status = 'opening'
    const abort = (this.#abort = new AbortController())
    const bytes = await file.arrayBuffer().catch(() => null)
    if (this.#abort !== abort) return
    // A browser gives a dropped file's bytes only as long as the file has not changed since.
    if (bytes === null) return this.#fail({ kind: 'file-changed', path: file.name })
    this.file = { name: file.name, path: null, size: file.size, writing: false, readFrom: 'page' }
    this.#read(file.name, { from: 'page', bytes }, () => {})
  }

  setFilter(filter: Filter): void {
    this.#filter = filter
    this.redraw()
  }

  /** Draws again with what the settings say now. */
  redraw(): void {
    this.#crew?.show(this.#view())
  }

  cancel(): void {
    this.#stop()
    this.#fail({ kind: 'cancelled' })
  }

  close(): void {
    this.#stop()
    this.status = 'idle'
    this.progress = null
    this.error = null
    this.file = null
    this.formatTitle = null
    this.overview = null
  }

  #read(name: string, source: CrewSource, whenFetched: () => void): void {
    this.status = 'reading'
    this.#crew = new Crew(name, source, this.#view(), {
      fetching: (done, total) => {
        if (this.overview === null) this.progress = { phase: 'copying', done, total }
      },
      fetched: whenFetched,
      recognised: (title) => (this.formatTitle = title),
      counted: (message) => this.#counted(message),
      failed: (error) => this.#fail(error),
    })
  }

  #counted(message: FromCounter): void {
    if (message.type === 'reading') {
      this.progress = { phase: 'reading', done: message.done, total: message.total }
      return
    }
    this.overview = message.overview
    if (!message.complete) return
    this.status = 'ready'
    this.progress = null
  }

  #view() {
    const { zone, now, firstDayOfWeek } = this.#deps
    return { filter: this.#filter, zone: zone(), now: now(), firstDayOfWeek: firstDayOfWeek() }
  }

  #fail(error: AppError): void {
    this.#stop()
    this.error = error
    this.progress = null
    this.status = 'failed'
  }

  #stop(): void {
    this.#abort?.abort()
    this.#abort = null
    this.#crew?.end()
    this.#crew = null
  }
}

function fileOf(opened: OpenedFile): ReadFile {
  const { name, path, fileSize: size, writing, readFrom } = opened
  return { name, path, size, writing, readFrom }
}
