// What the window knows of the opened file: how far reading is, what it holds, and the charts of the moment.
// The work is done in worker.ts; this class starts it, hears it, and ends it when it hangs or is no longer wanted.
import type { BytesId } from '../shared/ids.ts'
import type { Bridge, OpenedFile, Progress } from '../shared/bridge.ts'
import type { AppError } from '../shared/result.ts'
import type { Overview } from '../shared/viewer/charts.ts'
import { everything } from '../shared/viewer/filter.ts'
import type { Filter } from '../shared/viewer/filter.ts'
import type { FromWorker, ImageSource, ToWorker } from './worker/messages.ts'

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

/** A worker that says nothing for so long is stuck in one statement, and is ended. */
const patience = 20_000

export class Reader {
  readonly #deps: ReaderDeps
  #worker: Worker | null = null
  #abort: AbortController | null = null
  #watch: ReturnType<typeof setTimeout> | null = null

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
  openDropped(file: File): void {
    this.close()
    this.file = { name: file.name, path: null, size: file.size, writing: false, readFrom: 'page' }
    this.#read(file.name, { from: 'page', file }, () => {})
  }

  setFilter(filter: Filter): void {
    this.#filter = filter
    this.redraw()
  }

  /** Draws again with what the settings say now. */
  redraw(): void {
    if (this.#worker !== null && this.status !== 'failed') this.#post({ type: 'view', view: this.#view() })
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

  #read(name: string, source: ImageSource, whenFetched: () => void): void {
    this.status = 'reading'
    const worker = (this.#worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }))
    let fetched = false
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (this.#worker !== worker) return
      if (!fetched && data.type !== 'fetching') {
        fetched = true
        whenFetched()
      }
      this.#hear(data)
    }
    worker.onerror = () => {
      if (this.#worker === worker) this.#fail({ kind: 'stopped', what: name })
    }
    this.#post({ type: 'open', name, source, view: this.#view() })
    this.#keepWatch(name)
  }

  #hear(message: FromWorker): void {
    this.#keepWatch(this.file?.name ?? '')
    if (message.type === 'failed') return this.#fail(message.error)
    if (message.type === 'recognised') {
      this.formatTitle = message.title
      this.progress = { phase: 'reading', done: 0, total: message.rows }
    } else if (message.type === 'overview') {
      this.overview = message.overview
      if (message.complete) {
        this.status = 'ready'
        this.progress = null
        this.#rest()
      }
    } else {
      const phase = message.type === 'fetching' ? 'copying' : 'reading'
      this.progress = { phase, done: message.done, total: message.total }
    }
  }

  #view() {
    const { zone, now, firstDayOfWeek } = this.#deps
    return { filter: this.#filter, zone: zone(), now: now(), firstDayOfWeek: firstDayOfWeek() }
  }

  #post(message: ToWorker): void {
    // A proxy of $state can't be cloned; filters are kept raw, so this is plain data.
    this.#worker?.postMessage(message)
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
    this.#worker?.terminate()
    this.#worker = null
    this.#rest()
  }

  #keepWatch(name: string): void {
    this.#rest()
    this.#watch = setTimeout(() => this.#fail({ kind: 'stopped', what: name }), patience)
  }

  #rest(): void {
    if (this.#watch !== null) clearTimeout(this.#watch)
    this.#watch = null
  }
}

function fileOf(opened: OpenedFile): ReadFile {
  const { name, path, fileSize: size, writing, readFrom } = opened
  return { name, path, size, writing, readFrom }
}
