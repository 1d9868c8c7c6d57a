// Looks for hundreds of thousands of cells at once in one walk over bytes. A bit for each window of eight bytes says
// whether any cell may lie there; only where it is set, the cells with that window are compared. Rows that are there are
// looked at cell by cell, which is much less work.
import { at, longPrint, shortPrint, stretchesOf, traceSize, windowHash, windowSize } from './traces.ts'
import type { Traces } from './traces.ts'

const bitsSize = 1 << 24
const none = 0xffff_ffff

/** Traces by one of their numbers. */
class Index {
  readonly #heads: Uint32Array
  readonly #next: Uint32Array
  readonly #numbers: Uint32Array
  readonly #mask: number

  constructor(traces: Traces, place: number, some: readonly number[] | null) {
    let size = 1024
    while (size < (some?.length ?? traces.count) * 2) size *= 2
    this.#mask = size - 1
    this.#heads = new Uint32Array(size).fill(none)
    this.#next = new Uint32Array(traces.count)
    this.#numbers = new Uint32Array(traces.count)
    for (const i of some ?? traces.rows.subarray(0, traces.count).keys()) {
      const number = traces.bytes.readUInt32LE(i * traceSize + place)
      this.#numbers[i] = number
      const slot = (number >>> 4) & this.#mask
      this.#next[i] = this.#heads[slot] ?? none
      this.#heads[slot] = i
    }
  }
  /** The first with this number, or the next after one; `none` at the end. */
  first(number: number): number {
    return this.#skip(this.#heads[(number >>> 4) & this.#mask] ?? none, number)
  }
  after(trace: number, number: number): number {
    return this.#skip(this.#next[trace] ?? none, number)
  }
  #skip(trace: number, number: number): number {
    let one = trace
    while (one !== none && this.#numbers[one] !== number) one = this.#next[one] ?? none
    return one
  }
}

export class Searcher {
  readonly #traces: Traces
  readonly #bits = new Uint32Array(bitsSize >>> 5)
  readonly #windows: Index
  readonly #shorts: Index
  /** By trace: the place at which a copy was found first. */
  readonly found = new Map<number, string>()
  /** By trace: a row that is there has it. */
  readonly inRows: Uint8Array
  searched = 0
  /** Bytes, of those searched, that are not zero. */
  filled = 0

  /** Of some of the traces, or all. */
  constructor(traces: Traces, some: readonly number[] | null = null) {
    this.#traces = traces
    this.inRows = new Uint8Array(traces.count)
    this.#windows = new Index(traces, at.window, some)
    this.#shorts = new Index(traces, at.short, some)
    for (const i of some ?? this.inRows.keys()) {
      const bit = traces.bytes.readUInt32LE(i * traceSize + at.window) & (bitsSize - 1)
      this.#bits[bit >>> 5] = (this.#bits[bit >>> 5] ?? 0) | (1 << (bit & 31))
    }
  }

  /** A whole cell of a row that is there. */
  cell(bytes: Uint8Array, from: number, length: number): void {
    for (const [start, size] of stretchesOf(length)) {
      const short = shortPrint(bytes, from + start, size, this.#traces.key.mix)
      for (let i = this.#shorts.first(short); i !== none; i = this.#shorts.after(i, short))
        if (this.inRows[i] === 0 && this.#is(i, bytes, from + start, size)) this.inRows[i] = 1
    }
  }

  /** All of a row that is there: it may contain what was a cell of its own elsewhere. */
  row(bytes: Uint8Array): void {
    this.#walk(bytes, 0, bytes.length, (trace) => (this.inRows[trace] = 1))
  }

  /** Where no row lies. */
  unused(bytes: Uint8Array, from: number, end: number, place: string): void {
    this.searched += end - from
    for (let i = from; i < end; i++) if (bytes[i] !== 0) this.filled++
    this.#walk(bytes, from, end, (trace) => {
      if (!this.found.has(trace)) this.found.set(trace, place)
    })
  }

  #walk(bytes: Uint8Array, from: number, end: number, hit: (trace: number) => void): void {
    const bits = this.#bits
    const [a, b] = this.#traces.key.mix
    let [high, low] = [0, 0]
    const first = from + windowSize - 1
    for (let i = from; i < end; i++) {
      high = (high << 8) | (low >>> 24)
      low = (low << 8) | (bytes[i] ?? 0)
      if (i < first || (high | low) === 0) continue
      const window = windowHash(high, low, a, b)
      const bit = window & (bitsSize - 1)
      if (((bits[bit >>> 5] ?? 0) & (1 << (bit & 31))) === 0) continue
      for (let t = this.#windows.first(window); t !== none; t = this.#windows.after(t, window)) {
        const start = i - windowSize + 1 - this.#traces.bytes.readUInt16LE(t * traceSize + at.offset)
        const length = this.#traces.bytes.readUInt16LE(t * traceSize + at.length)
        if (start >= from && start + length <= end && this.#is(t, bytes, start, length)) hit(t)
      }
    }
  }

  #is(trace: number, bytes: Uint8Array, from: number, length: number): boolean {
    const { bytes: table, key } = this.#traces
    const start = trace * traceSize
    if (table.readUInt16LE(start + at.length) !== length) return false
    if (shortPrint(bytes, from, length, key.mix) !== table.readUInt32LE(start + at.short)) return false
    const print = longPrint(bytes.subarray(from, from + length), key)
    return print.compare(table, start + at.long, start + traceSize) === 0
  }
}
