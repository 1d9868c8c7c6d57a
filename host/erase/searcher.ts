// Looks for hundreds of thousands of cells at once in one walk over bytes. A bit for each window of eight bytes says
// whether any cell may lie there; only where it is set, the cells with that window are compared.
import { longPrint, shortPrint, traceSize, windowHash, windowSize } from './traces.ts'
import type { Traces } from './traces.ts'

const bitsSize = 1 << 24
const none = 0xffff_ffff

/** A row that is there contains it, or a copy of it lies where no row is. */
const live = 1
const dead = 2

export class Searcher {
  readonly #traces: Traces
  readonly #bits = new Uint32Array(bitsSize >>> 5)
  readonly #heads: Uint32Array
  readonly #next: Uint32Array
  readonly #mask: number
  readonly #flags: Uint8Array
  /** Where the copies lie: the first place at which each was found. */
  readonly found = new Map<number, string>()
  #searched = 0
  #filled = 0

  constructor(traces: Traces) {
    this.#traces = traces
    let size = 1024
    while (size < traces.count * 2) size *= 2
    this.#mask = size - 1
    this.#heads = new Uint32Array(size).fill(none)
    this.#next = new Uint32Array(traces.count)
    this.#flags = new Uint8Array(traces.count)
    for (let i = 0; i < traces.count; i++) {
      const window = traces.bytes.readUInt32LE(i * traceSize)
      const bit = window & (bitsSize - 1)
      this.#bits[bit >>> 5] = (this.#bits[bit >>> 5] ?? 0) | (1 << (bit & 31))
      const slot = (window >>> 4) & this.#mask
      this.#next[i] = this.#heads[slot] ?? none
      this.#heads[slot] = i
    }
  }

  get searched(): number {
    return this.#searched
  }
  /** Bytes, of those without a row, that are not zero. */
  get filled(): number {
    return this.#filled
  }

  /** Bytes of rows that are there: what they contain is no trace of a deleted one. */
  live(bytes: Uint8Array, from: number, end: number): void {
    this.#walk(bytes, from, end, live, '')
  }

  dead(bytes: Uint8Array, from: number, end: number, place: string): void {
    this.#searched += end - from
    this.#walk(bytes, from, end, dead, place)
  }

  /** Those that no remaining row contains. */
  *unique(): Generator<number> {
    for (let i = 0; i < this.#flags.length; i++) if (((this.#flags[i] ?? 0) & live) === 0) yield i
  }
  isFound(trace: number): boolean {
    return ((this.#flags[trace] ?? 0) & dead) !== 0
  }

  #walk(bytes: Uint8Array, from: number, end: number, flag: number, place: string): void {
    const bits = this.#bits
    const { mix } = this.#traces.key
    let [high, low, filled] = [0, 0, 0]
    const first = from + windowSize - 1
    for (let i = from; i < end; i++) {
      const byte = bytes[i] ?? 0
      high = (high << 8) | (low >>> 24)
      low = (low << 8) | byte
      if (byte !== 0) filled++
      if (i < first || (high | low) === 0) continue
      const window = windowHash(high, low, mix)
      const bit = window & (bitsSize - 1)
      if (((bits[bit >>> 5] ?? 0) & (1 << (bit & 31))) !== 0)
        this.#compare(bytes, from, end, i - windowSize + 1, window, flag, place)
    }
    if (flag === dead) this.#filled += filled
  }

  #compare(
    bytes: Uint8Array,
    from: number,
    end: number,
    at: number,
    window: number,
    flag: number,
    place: string,
  ): void {
    const { bytes: table, key } = this.#traces
    for (let i = this.#heads[(window >>> 4) & this.#mask] ?? none; i !== none; i = this.#next[i] ?? none) {
      if (((this.#flags[i] ?? 0) & (flag | live)) !== 0) continue
      const trace = i * traceSize
      if (table.readUInt32LE(trace) !== window) continue
      const start = at - table.readUInt16LE(trace + 8)
      const length = table.readUInt16LE(trace + 10)
      if (start < from || start + length > end) continue
      if (shortPrint(bytes, start, length, key.mix) !== table.readUInt32LE(trace + 4)) continue
      const print = longPrint(bytes.subarray(start, start + length), key)
      if (print.compare(table, trace + 12, trace + traceSize) !== 0) continue
      this.#flags[i] = (this.#flags[i] ?? 0) | flag
      if (flag === dead) this.found.set(i, place)
    }
  }
}
