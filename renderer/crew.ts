// The workers that read one file: a counter, one or two readers, and a downloader where the bytes come from the
// host. Readers are watched: one that says nothing for too long is stuck inside a statement, and is ended.
import type { SentEvent } from '../shared/bridge.ts'
import type { Choices } from '../shared/formats/recognise.ts'
import type { AppError, Result } from '../shared/result.ts'
import { fail, ok } from '../shared/result.ts'
import type { SampleWish } from '../shared/sample/smart-agents.ts'
import { WorkerDesk, isAnswer } from './desk.ts'
import type { Staff } from './staff.ts'
import type {
  DownloadOrder,
  FromCounter,
  FromDownloader,
  FromReader,
  ImageSource,
  ReadOrder,
  RecognisedAs,
  ReceiveOrder,
  ToCounter,
  ToLister,
  ToReader,
  View,
} from './worker/messages.ts'
import { drawn } from './turns.svelte.ts'
import { createSharedImage, letRest } from './worker/shared-image.ts'
import type { SharedImage } from './worker/shared-image.ts'

interface HostBytes {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** Told when the host's bytes are no longer needed. */
  readonly whenRead: () => void
}
/** An image that the host serves, columns that it has read itself, a file that was dropped on the page, or a sample. */
export type CrewSource =
  | ({ readonly from: 'host'; readonly size: number } & HostBytes)
  | ({ readonly from: 'host columns' } & HostBytes)
  | ({ readonly from: 'page'; readonly again: () => Promise<Result<PageBytes>> } & PageBytes)
  | { readonly from: 'sample'; readonly wish: SampleWish }

/** They go to the reader whole; for another one they are taken from the file once more. */
interface PageBytes {
  readonly bytes: ArrayBuffer
  readonly wal: ArrayBuffer | null
}

export interface CrewEvents {
  /** Bytes brought so far, of all. */
  fetching(done: number, total: number): void
  recognised(as: RecognisedAs): void
  /** Of a dropped file; one of the host's is looked through by the host. */
  checked(sound: boolean): void
  counted(message: FromCounter): void
  failed(error: AppError): void
}

/** A reader that is silent for so long while bytes are there is stuck in one statement. */
const patience = 5000
/** So long a dropped file may be looked through for damage; what is shown stays, whatever comes of it. */
const patienceForCheck = 60_000
/** Below this a second reader costs more than it brings. */
const worthTwo = 16 * 1024 * 1024

export class Crew {
  readonly #staff: Staff
  readonly #name: string
  readonly #events: CrewEvents
  readonly #choices: Choices
  readonly #counter: Worker
  #downloader: Worker | null = null
  #image: SharedImage | null = null
  #readers: Worker[] = []
  #whenRead = (): void => {}
  #complete = false
  /** Where rows are asked for; null where the host has read the file. */
  readonly desk: WorkerDesk | null
  #watch: ReturnType<typeof setTimeout> | null = null
  /** Views are numbered. While one is being counted only the newest of those that follow is kept. */
  #asked = 0
  #counting = false
  #next: View | null = null
  /** When the view was asked for. */
  #since = 0

  constructor(
    staff: Staff,
    name: string,
    source: CrewSource,
    choices: Choices,
    view: View,
    events: CrewEvents,
  ) {
    this.#staff = staff
    this.#choices = choices
    this.#name = name
    this.#events = events
    this.#counter = staff.counter()
    this.#counter.onmessage = ({ data }: MessageEvent<FromCounter>) => {
      if (data.type === 'complete') {
        this.#complete = true
        if (source.from === 'page') {
          this.#waitFor(patienceForCheck, () => this.#endReading())
          this.desk?.checking()
        } else this.#endReading()
      }
      if (data.type === 'overview' && data.asked === this.#asked) this.#counted()
      if (data.type === 'details') clock('percentiles', this.#since, { complete: this.#complete })
      events.counted(data)
      if (data.type === 'overview') void drawn().then(() => this.#tell({ type: 'drawn' }))
    }
    this.desk = source.from === 'host columns' ? null : new WorkerDesk(name)
    const ports = source.from === 'host columns' ? [this.#receive(source)] : this.#readImage(source)
    this.#tell({ type: 'begin', readers: ports, view }, ports)
    this.expectMore()
  }

  show(view: View): void {
    this.#next = view
    if (!this.#counting) this.#count(view)
  }

  /** Rows that a tool has written meanwhile. */
  add(events: readonly SentEvent[], view: View): void {
    this.#tell({ type: 'added', events, view })
  }

  tell(message: ToLister): void {
    this.#tell(message)
  }

  /** Until the window has drawn what it is about to show, its readers rest. */
  drawInPeace(): void {
    const image = this.#image
    if (image === null || this.#complete || document.visibilityState !== 'visible') return
    letRest(image, true)
    void drawn().then(() => letRest(image, false))
  }

  /** Silence is counted from now on. */
  expectMore(): void {
    if (this.#complete) return
    this.#waitFor(patience, () => this.#events.failed({ kind: 'stopped', what: this.#name }))
  }

  end(): void {
    this.#endReading()
    this.#endDownload()
    this.desk?.end()
    this.#counter.terminate()
  }

  #count(view: View): void {
    this.#next = null
    this.#counting = true
    this.#since = performance.now()
    this.#tell({ type: 'view', view, asked: ++this.#asked })
  }

  #counted(): void {
    clock('counts', this.#since)
    this.#counting = false
    if (this.#next !== null) this.#count(this.#next)
  }

  #readImage(source: Exclude<CrewSource, { from: 'host columns' }>): MessagePort[] {
    const image = source.from === 'host' ? this.#download(source) : ownOf(source)
    const count = image.from === 'shared' && image.image.size >= worthTwo ? 2 : 1
    this.desk?.startAgainBy(() =>
      this.#readAgain(image.from === 'shared' ? () => Promise.resolve(ok(image)) : againOf(source)),
    )
    return Array.from({ length: count }, (_, reader) => this.#read(image, reader))
  }

  #receive({ url, headers, whenRead }: Extract<CrewSource, { from: 'host columns' }>): MessagePort {
    const { port1, port2 } = new MessageChannel()
    const worker = this.#staff.receiver()
    const order: ReceiveOrder = { url: absolute(url), headers: { ...headers }, counter: port2 }
    this.#employ(worker, order, [port2])
    this.#whenRead = whenRead
    return port1
  }

  #download({ url, headers, size, whenRead }: Extract<CrewSource, { from: 'host' }>): ImageSource {
    const image = createSharedImage(size)
    this.#image = image
    const downloader = this.#staff.downloader()
    this.#downloader = downloader
    this.#whenRead = whenRead
    downloader.onmessage = ({ data }: MessageEvent<FromDownloader>) => {
      this.expectMore()
      if (data.type === 'fetching') this.#events.fetching(data.done, data.total)
      else if (data.type === 'fetched') this.#endDownload()
      else if (!this.#complete) this.#events.failed({ kind: 'disconnected' })
    }
    const order: DownloadOrder = { url: absolute(url), headers: { ...headers }, image }
    downloader.postMessage(order)
    return { from: 'shared', image }
  }

  #read(source: ImageSource, reader: number): MessagePort {
    const { port1, port2 } = new MessageChannel()
    const worker = this.#staff.reader()
    const order: ReadOrder = { name: this.#name, source, reader, counter: port2, choices: this.#choices }
    this.#employ(worker, { type: 'read', ...order }, [port2, ...buffersOf(source)])
    if (reader === 0) this.desk?.employ(worker)
    return port1
  }

  /** A worker that has nothing to read, only to answer: the one before it was stuck in a statement. */
  #readAgain(again: () => Promise<Result<ImageSource>>): Worker {
    const worker = this.#staff.reader()
    void again().then((source) => {
      if (!source.ok) return this.desk?.lost(worker)
      const order = {
        name: this.#name,
        source: source.value,
        reader: 0,
        counter: null,
        choices: this.#choices,
      }
      const message: ToReader = { type: 'read', ...order }
      worker.postMessage(message, buffersOf(source.value)) // what was asked meanwhile waits there
    })
    return worker
  }

  #employ(worker: Worker, order: ToReader | ReceiveOrder, transfer: Transferable[]): void {
    worker.onmessage = ({ data }: MessageEvent<FromReader>) => {
      this.expectMore()
      if (data.type === 'failed') this.#events.failed(data.error)
      else if (data.type === 'recognised') this.#events.recognised(data)
      else if (isAnswer(data)) this.desk?.hear(data)
      else if (data.type === 'checked') {
        this.#endReading()
        this.#events.checked(data.sound)
      }
    }
    worker.onerror = () => {
      if (this.#complete && this.desk?.employs(worker) === true) this.desk.lost(worker)
      else this.#events.failed({ kind: 'stopped', what: this.#name })
    }
    worker.postMessage(order, transfer)
    this.#readers.push(worker)
  }

  #tell(message: ToCounter, transfer: Transferable[] = []): void {
    this.#counter.postMessage(message, transfer)
  }

  #waitFor(patience: number, impatient: () => void): void {
    if (this.#watch !== null) clearTimeout(this.#watch)
    this.#watch = setTimeout(impatient, patience)
  }

  #endReading(): void {
    if (this.#watch !== null) clearTimeout(this.#watch)
    this.#watch = null
    if (this.#downloader === null) this.#endDownload() // else it brings the rest of the image, for the desk
    for (const reader of this.#readers) if (!this.desk?.employs(reader)) reader.terminate()
    this.#readers = []
    this.desk?.ready()
  }

  #endDownload(): void {
    this.#downloader?.terminate()
    this.#downloader = null
    this.#whenRead()
    this.#whenRead = () => {}
  }
}

/** For the browser's own tools, and for the bench: how long an answer took, and whether it was of all rows. */
function clock(what: 'counts' | 'percentiles', since: number, detail = {}): void {
  const name = `sightglass ${what}`
  performance.clearMeasures(name)
  performance.measure(name, { start: since, detail })
}

function buffersOf(source: ImageSource): ArrayBuffer[] {
  if (source.from !== 'buffer') return []
  return source.wal === null ? [source.bytes] : [source.bytes, source.wal]
}

/** A worker's own address is not the page's: what is relative here would be wrong there. */
const absolute = (url: string): string => new URL(url, location.href).href

/** A dropped file is read from the page's own handle of it, which fails once the file has changed. */
const againOf = (source: CrewSource) => async (): Promise<Result<ImageSource>> => {
  if (source.from === 'sample') return ok(source)
  const read = source.from === 'page' ? await source.again() : fail<AppError>({ kind: 'disconnected' })
  return read.ok ? ok({ from: 'buffer', ...read.value }) : read
}

/** What needs no host. */
const ownOf = (source: Extract<CrewSource, { from: 'page' | 'sample' }>): ImageSource =>
  source.from === 'sample' ? source : { from: 'buffer', bytes: source.bytes, wal: source.wal }
