// A database image in memory that several workers share while it is still being fetched. Readers ask for bytes;
// where a block isn't there yet they say which one they want and sleep until the downloader has brought it. So
// the first rows are read while most of the file is still on its way, and no worker holds a copy of its own.

export const blockSize = 256 * 1024

/** What is handed to each worker. */
export interface SharedImage {
  readonly size: number
  readonly bytes: SharedArrayBuffer
  readonly control: SharedArrayBuffer
}

// Control words: 0 state, 1 signal of wants, 2 next span to read, 3 rest, 4.. one want for each reader, then the blocks.
const stateAt = 0
const signalAt = 1
const spanAt = 2
const restAt = 3
const wantsAt = 4
const mostReaders = 4
const blocksAt = wantsAt + mostReaders
const failed = 1

export function createSharedImage(size: number): SharedImage {
  const blocks = Math.ceil(size / blockSize)
  return {
    size,
    bytes: new SharedArrayBuffer(size),
    control: new SharedArrayBuffer(4 * (blocksAt + blocks)),
  }
}

/** Nobody may need longer to draw: whoever rests goes on by itself then. */
const longestRest = 350

/**
 * While the window draws, readers rest, and so does the downloader. Where they are as many as the processor's cores, and
 * others are at work beside them, the window would get a quarter of one core, and what it draws in twenty milliseconds
 * would take a hundred.
 */
export function letRest(image: SharedImage, rest: boolean): void {
  const control = new Int32Array(image.control)
  Atomics.store(control, restAt, rest ? 1 : 0)
  if (!rest) Atomics.notify(control, restAt)
}

/** The next span of rows that no reader has taken yet. */
export function takeSpan(image: SharedImage): number {
  return Atomics.add(new Int32Array(image.control), spanAt, 1)
}

/**
 * What sql.js takes for its array of bytes: it asks for `length`, calls `slice` once when it opens the file, and
 * reads by `subarray` from then on (see sql-js.ts).
 */
export function readable(image: SharedImage, reader: number) {
  const control = new Int32Array(image.control)
  const bytes = new Uint8Array(image.bytes)
  const wait = (block: number): void => {
    while (Atomics.load(control, blocksAt + block) === 0) {
      if (Atomics.load(control, stateAt) === failed) throw new Error('the image could not be fetched')
      Atomics.store(control, wantsAt + reader, block + 1)
      Atomics.add(control, signalAt, 1)
      Atomics.notify(control, signalAt)
      Atomics.wait(control, blocksAt + block, 0, 1000)
    }
  }
  const self = {
    length: image.size,
    slice: () => self,
    subarray: (from: number, to: number): Uint8Array => {
      if (control[restAt] === 1 && Atomics.wait(control, restAt, 1, longestRest) === 'timed-out')
        Atomics.store(control, restAt, 0)
      const last = Math.floor((Math.min(to, image.size) - 1) / blockSize)
      for (let block = Math.floor(from / blockSize); block <= last; block++)
        if (control[blocksAt + block] !== 1) wait(block)
      return bytes.subarray(from, to)
    },
  }
  return self
}

/** The downloader's side. */
export class Blocks {
  readonly count: number
  readonly #control: Int32Array<SharedArrayBuffer>
  constructor(image: SharedImage) {
    this.#control = new Int32Array(image.control)
    this.count = Math.ceil(image.size / blockSize)
  }
  has(block: number): boolean {
    return this.#control[blocksAt + block] === 1
  }
  arrived(block: number): void {
    Atomics.store(this.#control, blocksAt + block, 1)
    Atomics.notify(this.#control, blocksAt + block)
  }
  fail(): void {
    Atomics.store(this.#control, stateAt, failed)
    for (let block = 0; block < this.count; block++) Atomics.notify(this.#control, blocksAt + block)
  }
  /** A block that a reader sleeps for. */
  wanted(): number | null {
    for (let reader = 0; reader < mostReaders; reader++) {
      const block = Atomics.load(this.#control, wantsAt + reader) - 1
      if (block >= 0 && !this.has(block)) return block
    }
    return null
  }
  /** Resolves at the next want, at once where one came since `seen`. */
  async nextWant(seen: number): Promise<void> {
    const waiting = Atomics.waitAsync(this.#control, signalAt, seen, 1000)
    if (waiting.async) await waiting.value
  }
  /** The downloader rests as the readers do. */
  async rested(): Promise<void> {
    if (this.#control[restAt] !== 1) return
    const waiting = Atomics.waitAsync(this.#control, restAt, 1, longestRest)
    if (waiting.async) await waiting.value
  }
  get signal(): number {
    return Atomics.load(this.#control, signalAt)
  }
}
