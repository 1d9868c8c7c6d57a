// Workers that wait for an order. One crew's worth is kept ready, so that opening a file doesn't wait for them.
import type { ToCounter, ToReader } from './worker/messages.ts'
import type { Workers } from './workers.ts'

export class Staff {
  readonly #workers: Workers
  #counter: Worker | null = null
  #readers: Worker[] = []
  #downloader: Worker | null = null

  constructor(workers: Workers) {
    this.#workers = workers
  }

  /** Begins what a next file will need; called when there is nothing else to do. */
  prepare(): void {
    const { counter, reader, ofHost } = this.#workers
    this.#counter ??= counter()
    this.#downloader ??= ofHost?.downloader() ?? null
    const enough = ofHost === null ? 1 : 2 // a dropped file has one
    while (this.#readers.length < enough) this.#readers.push(reader())
  }
  /** While nobody has a file open: what is ready gets into its stride. */
  rehearse(): void {
    this.#counter?.postMessage({ type: 'rehearse' } satisfies ToCounter)
    for (const reader of this.#readers) reader.postMessage({ type: 'rehearse' } satisfies ToReader)
  }
  counter(): Worker {
    const ready = this.#counter ?? this.#workers.counter()
    this.#counter = null
    return ready
  }
  downloader(): Worker {
    const ready = this.#downloader ?? this.#ofHost.downloader()
    this.#downloader = null
    return ready
  }
  receiver(): Worker {
    return this.#ofHost.receiver()
  }
  reader(): Worker {
    return this.#readers.pop() ?? this.#workers.reader()
  }

  get #ofHost(): NonNullable<Workers['ofHost']> {
    const { ofHost } = this.#workers
    if (ofHost === null) throw new Error('bytes of a host, and there is none')
    return ofHost
  }
}
