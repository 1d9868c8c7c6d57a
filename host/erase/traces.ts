// What is left of a deleted cell to search for: keyed fingerprints, never its text. Of each cell a rare window of eight
// bytes, by which a place where it may lie is found fast, then a short and a long fingerprint of all of it. Without the
// key, which stays with the program, they tell nothing.
import { createHmac, hash } from 'node:crypto'

export const windowSize = 8
/** Shorter cells are words that many rows share. */
const shortest = windowSize
/** A longer cell may lie on several pages: three stretches of it are searched for instead. */
const longest = 512
const stretch = 128
const printSize = 16
/** Bytes of a trace in a receipt: window, short print, offset of the window, length, long print. */
export const traceSize = 4 + 4 + 2 + 2 + printSize

export interface TraceKey {
  readonly secret: Buffer
  readonly mix: readonly [number, number]
}

export function traceKey(key: Buffer, salt: string): TraceKey {
  const secret = createHmac('sha256', key).update(salt).digest()
  return { secret, mix: [secret.readInt32LE(0) | 1, secret.readInt32LE(4) | 1] }
}

/** Of eight bytes, as two words. */
export function windowHash(high: number, low: number, [a, b]: TraceKey['mix']): number {
  let hashed = Math.imul(high ^ (low >>> 15), a) ^ Math.imul(low ^ (high >>> 13), b)
  hashed ^= hashed >>> 15
  hashed = Math.imul(hashed, 0x2c1b3c6d)
  return (hashed ^ (hashed >>> 13)) >>> 0
}

export function shortPrint(bytes: Uint8Array, from: number, length: number, [a, b]: TraceKey['mix']): number {
  let print = a ^ length
  for (let i = from; i < from + length; i++) print = Math.imul(print ^ (bytes[i] ?? 0), b) ^ (print >>> 15)
  return print >>> 0
}

export function longPrint(bytes: Uint8Array, { secret }: TraceKey): Buffer {
  return hash('sha256', Buffer.concat([secret, bytes]), 'buffer').subarray(0, printSize)
}

/** Traces in one array that grows, sorted by nothing. */
export class Traces {
  readonly key: TraceKey
  count = 0
  /** For each its row among those deleted, so that rows without any can be counted. */
  rows = new Uint32Array(1024)
  bytes = Buffer.alloc(1024 * traceSize)

  constructor(key: TraceKey) {
    this.key = key
  }

  add(window: number, short: number, offset: number, length: number, long: Uint8Array, row: number): void {
    if (this.count === this.rows.length) this.#grow()
    const at = this.count * traceSize
    this.rows[this.count++] = row
    this.bytes.writeUInt32LE(window, at)
    this.bytes.writeUInt32LE(short, at + 4)
    this.bytes.writeUInt16LE(offset, at + 8)
    this.bytes.writeUInt16LE(length, at + 10)
    this.bytes.set(long, at + 12)
  }

  /** One as a receipt has it. */
  put(trace: Uint8Array, row: number): void {
    if (this.count === this.rows.length) this.#grow()
    this.bytes.set(trace, this.count * traceSize)
    this.rows[this.count++] = row
  }

  #grow(): void {
    const rows = new Uint32Array(this.rows.length * 2)
    rows.set(this.rows)
    this.rows = rows
    this.bytes = Buffer.concat([this.bytes, Buffer.alloc(this.bytes.length)])
  }
}

/** How often windows were seen, roughly: the rarest of a cell is the one to look for. */
const seenSize = 1 << 20

export class TraceMaker {
  readonly #traces: Traces
  readonly #seen = new Uint8Array(seenSize)
  readonly #known = new Set<string>()
  readonly #most: number
  #row = 0

  constructor(traces: Traces, mostInRow = 6) {
    this.#traces = traces
    this.#most = mostInRow
  }

  /** One deleted row; its texts and blobs come as bytes. */
  row(cells: readonly unknown[]): void {
    let left = this.#most
    for (const cell of cells) {
      if (!(cell instanceof Uint8Array) || cell.length < shortest || left-- <= 0) continue
      if (cell.length <= longest) this.#stretch(cell)
      else
        for (const part of [0.1, 0.5, 0.9]) {
          const from = Math.floor((cell.length - stretch) * part)
          this.#stretch(cell.subarray(from, from + stretch))
        }
    }
    this.#row++
  }

  #stretch(bytes: Uint8Array): void {
    const { key } = this.#traces
    const long = longPrint(bytes, key)
    const name = long.toString('latin1')
    if (this.#known.has(name)) return
    this.#known.add(name)
    const rarest = this.#rarest(bytes)
    if (rarest === null) return
    const { window, offset } = rarest
    const short = shortPrint(bytes, 0, bytes.length, key.mix)
    this.#traces.add(window, short, offset, bytes.length, long, this.#row)
  }

  /** Null where there is nothing but zeros, which lie everywhere. */
  #rarest(bytes: Uint8Array): { window: number; offset: number } | null {
    const { mix } = this.#traces.key
    let [high, low] = [0, 0]
    let [window, offset, least] = [0, 0, 256]
    for (let i = 0; i < bytes.length; i++) {
      high = (high << 8) | (low >>> 24)
      low = (low << 8) | (bytes[i] ?? 0)
      if (i < windowSize - 1 || (high | low) === 0) continue
      const hashed = windowHash(high, low, mix)
      const seen = this.#seen[hashed & (seenSize - 1)] ?? 0
      if (seen < 255) this.#seen[hashed & (seenSize - 1)] = seen + 1
      if (seen >= least) continue
      least = seen
      window = hashed
      offset = i - windowSize + 1
    }
    return least === 256 ? null : { window, offset }
  }
}
