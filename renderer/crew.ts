// The workers that read one file: a counter, one or two readers, and a downloader where the bytes come from the
// host. Readers are watched: one that says nothing for too long is stuck inside a statement, and is ended.
import type { AppError } from '../shared/result.ts'
import type {
  DownloadOrder,
  FromCounter,
  FromDownloader,
  FromReader,
  ImageSource,
  ReadOrder,
  ToCounter,
  View,
} from './worker/messages.ts'
import { createSharedImage } from './worker/shared-image.ts'

export type CrewSource =
  | {
      readonly from: 'host'
      readonly url: string
      readonly headers: Readonly<Record<string, string>>
      readonly size: number
    }
  | { readonly from: 'page'; readonly bytes: ArrayBuffer }

export interface CrewEvents {
  /** Blocks brought so far, of all. */
  fetching(done: number, total: number): void
  fetched(): void
  recognised(title: string): void
  counted(message: FromCounter): void
  failed(error: AppError): void
}

/** A reader that is silent for so long while bytes are there is stuck in one statement. */
const patience = 5000
/** Below this a second reader costs more than it brings. */
const worthTwo = 16 * 1024 * 1024

export class Crew {
  readonly #name: string
  readonly #events: CrewEvents
  readonly #counter: Worker
  #downloader: Worker | null = null
  #readers: Worker[] = []
  #watch: ReturnType<typeof setTimeout> | null = null

  constructor(name: string, source: CrewSource, view: View, events: CrewEvents) {
    this.#name = name
    this.#events = events
    this.#counter = new Worker(new URL('./worker/count.ts', import.meta.url), { type: 'module' })
    this.#counter.onmessage = ({ data }: MessageEvent<FromCounter>) => {
      if (data.type === 'overview' && data.complete) this.#endReaders()
      events.counted(data)
    }
    const image = source.from === 'page' ? this.#whole(source.bytes) : this.#download(source)
    const count = image.from === 'shared' && image.image.size >= worthTwo ? 2 : 1
    const ports = Array.from({ length: count }, (_, reader) => this.#read(image, reader))
    this.#tell({ type: 'begin', readers: ports, view }, ports)
    this.#heard()
  }

  show(view: View): void {
    this.#tell({ type: 'view', view })
  }

  end(): void {
    this.#endReaders()
    this.#downloader?.terminate()
    this.#counter.terminate()
  }

  #whole(bytes: ArrayBuffer): ImageSource {
    this.#events.fetched()
    return { from: 'buffer', bytes }
  }

  #download({ url, headers, size }: Extract<CrewSource, { from: 'host' }>): ImageSource {
    const image = createSharedImage(size)
    const downloader = new Worker(new URL('./worker/download.ts', import.meta.url), { type: 'module' })
    this.#downloader = downloader
    downloader.onmessage = ({ data }: MessageEvent<FromDownloader>) => {
      this.#heard()
      if (data.type === 'disconnected') this.#events.failed({ kind: 'disconnected' })
      else if (data.type === 'fetching') this.#events.fetching(data.done, data.total)
      else {
        downloader.terminate()
        this.#events.fetched()
      }
    }
    const order: DownloadOrder = { url: new URL(url, location.href).href, headers: { ...headers }, image }
    downloader.postMessage(order)
    return { from: 'shared', image }
  }

  #read(source: ImageSource, reader: number): MessagePort {
    const { port1, port2 } = new MessageChannel()
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
    worker.onmessage = ({ data }: MessageEvent<FromReader>) => {
      this.#heard()
      if (data.type === 'failed') this.#events.failed(data.error)
      else if (data.type === 'recognised') this.#events.recognised(data.title)
    }
    worker.onerror = () => this.#events.failed({ kind: 'stopped', what: this.#name })
    const order: ReadOrder = { name: this.#name, source, reader, counter: port2 }
    worker.postMessage(order, source.from === 'buffer' ? [port2, source.bytes] : [port2])
    this.#readers.push(worker)
    return port1
  }

  #tell(message: ToCounter, transfer: Transferable[] = []): void {
    this.#counter.postMessage(message, transfer)
  }

  #heard(): void {
    if (this.#watch !== null) clearTimeout(this.#watch)
    this.#watch = setTimeout(() => this.#events.failed({ kind: 'stopped', what: this.#name }), patience)
  }

  #endReaders(): void {
    if (this.#watch !== null) clearTimeout(this.#watch)
    this.#watch = null
    for (const reader of this.#readers) reader.terminate()
    this.#readers = []
  }
}
