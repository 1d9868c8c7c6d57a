// The downloader: brings an image into shared memory, newest pages first, because a table's newest rows lie at
// its end and the charts want those first. Two loops: one walks down through the file in long runs, the other
// answers the readers' single wants at once.
import type { DownloadOrder, FromDownloader } from './messages.ts'
import { Blocks, blockSize } from './shared-image.ts'

const firstRun = 4
const longestRun = 64
const pieceSize = 2 * 1024 * 1024
const wordSize = 8

addEventListener('message', ({ data }: MessageEvent<DownloadOrder>) => {
  new Download(data).run().catch(() => {
    new Blocks(data.image).fail()
    post({ type: 'disconnected' })
  })
})
const post = (message: FromDownloader): void => self.postMessage(message)

class Download {
  readonly #order: DownloadOrder
  readonly #blocks: Blocks
  readonly #bytes: Uint8Array<SharedArrayBuffer>
  #underway = new Set<number>()
  #arrived = 0
  #told = 0

  constructor(order: DownloadOrder) {
    this.#order = order
    this.#blocks = new Blocks(order.image)
    this.#bytes = new Uint8Array(order.image.bytes)
  }

  async run(): Promise<void> {
    await this.#fetch(0, 1)
    await Promise.all([this.#walk(), this.#serve()])
    post({ type: 'fetched' })
  }

  get #complete(): boolean {
    return this.#arrived === this.#blocks.count
  }

  /** Downwards from the end; the runs begin short, so that the first rows need not wait for a long one. */
  async #walk(): Promise<void> {
    let length = firstRun
    let end = this.#blocks.count
    while (end > 0) {
      while (end > 0 && this.#taken(end - 1)) end--
      let start = end
      while (start > 0 && end - start < length && !this.#taken(start - 1)) start--
      if (start < end) await this.#fetch(start, end)
      end = start
      length = Math.min(longestRun, length * 2)
    }
  }

  async #serve(): Promise<void> {
    while (!this.#complete) {
      const seen = this.#blocks.signal
      const block = this.#blocks.wanted()
      if (block !== null && !this.#underway.has(block)) await this.#fetch(block, block + 1)
      else await this.#blocks.nextWant(seen)
    }
  }

  #taken(block: number): boolean {
    return this.#blocks.has(block) || this.#underway.has(block)
  }

  async #fetch(start: number, end: number): Promise<void> {
    for (let block = start; block < end; block++) this.#underway.add(block)
    const { url, headers, image } = this.#order
    const from = start * blockSize
    const to = Math.min(end * blockSize, image.size)
    const response = await fetch(url, { headers: { ...headers, Range: `bytes=${from}-${to - 1}` } })
    if (response.status !== 206 || response.body === null) throw new Error('no range')
    const reader = response.body.getReader({ mode: 'byob' })
    let buffer = new ArrayBuffer(Math.min(pieceSize, to - from) + wordSize)
    let at = from
    let block = start
    while (at < to) {
      await this.#blocks.rested()
      // Between shared memory and other, words are copied eight times as fast as bytes, where both lie on their bounds.
      const { value } = await reader.read(new Uint8Array(buffer, at % wordSize))
      if (value === undefined || value.length === 0 || at + value.length > to) throw new Error('cut short')
      this.#bytes.set(value, at)
      at += value.length
      buffer = value.buffer
      while (block < end && at >= Math.min((block + 1) * blockSize, image.size)) this.#finish(block++)
    }
  }

  #finish(block: number): void {
    // The image holds the rows of its -wal; marked as in WAL mode, it could not be opened without that file.
    if (block === 0) this.#bytes[18] = this.#bytes[19] = 1
    this.#underway.delete(block)
    this.#arrived++
    this.#blocks.arrived(block)
    const now = performance.now()
    if (now - this.#told < 50) return
    this.#told = now
    const total = this.#order.image.size
    post({ type: 'fetching', done: Math.min(this.#arrived * blockSize, total), total })
  }
}
