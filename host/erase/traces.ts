// What is left of a deleted cell to search for: keyed fingerprints, never its text. Of each cell a rare window of eight
// bytes, by which a place where it may lie is found fast, and a short and a long fingerprint of all of it. Without the
// key, which stays with the program, they tell nothing.
import { createHmac, hash } from 'node:crypto'

export const windowSize = 8
/** A longer cell may lie on several pages: three stretches of it are searched for instead. */
const longest = 512
const stretch = 128
const printSize = 16
/** Bytes of a trace: window, short print, offset of the window, length, long print. */
export const traceSize = 4 + 4 + 2 + 2 + printSize
export const at = { window: 0, short: 4, offset: 8, length: 10, long: 12 } as const

export interface TraceKey {
  readonly secret: Buffer
  readonly mix: readonly [number, number]
}

export function traceKey(key: Buffer, salt: string): TraceKey {
  const secret = createHmac('sha256', key).update(salt).digest()
  return { secret, mix: [secret.readInt32LE(0) | 1, secret.readInt32LE(4) | 1] }
}

/** Of eight bytes, as two words. */
export function windowHash(high: number, low: number, a: number, b: number): number {
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

/** The stretches of a cell that stand for it: all of it, unless it is long. */
export function* stretchesOf(length: number): Generator<readonly [from: number, length: number]> {
  if (length < windowSize) return // words that many rows share
  if (length <= longest) yield [0, length]
  else for (const part of [0.1, 0.5, 0.9]) yield [Math.floor((length - stretch) * part), stretch]
}

/** Traces in one array that grows, sorted by nothing. */
export class Traces {
  readonly key: TraceKey
  count = 0
  /** For each its row among those deleted, so that rows without any can be counted. */
  rows = new Uint32Array(1024)
  /** More than one of the deleted rows had it: a word rather than a record, which may be written again. */
  shared = new Uint8Array(1024)
  bytes = Buffer.alloc(1024 * traceSize)

  constructor(key: TraceKey) {
    this.key = key
  }

  /** Gives its number. */
  add(trace: Uint8Array, row: number): number {
    if (this.count === this.rows.length) this.#grow()
    this.bytes.set(trace, this.count * traceSize)
    this.rows[this.count] = row
    return this.count++
  }

  #grow(): void {
    const rows = new Uint32Array(this.rows.length * 2)
    rows.set(this.rows)
    this.rows = rows
    const shared = new Uint8Array(rows.length)
    shared.set(this.shared)
    this.shared = shared
    this.bytes = Buffer.concat([this.bytes, Buffer.alloc(this.bytes.length)])
  }
}

/** How often windows were seen, roughly: the rarest of a cell is the one to look for. */
const seenSize = 1 << 20

export class TraceMaker {
  readonly #traces: Traces
  readonly #seen = new Uint8Array(seenSize)
  /** By short print. */
  readonly #known = new Map<number, number>()
  readonly #draft = Buffer.alloc(traceSize)
  #row = 0

  constructor(traces: Traces) {
    this.#traces = traces
  }

  /** One deleted row; its texts and blobs come as bytes. */
  row(cells: readonly unknown[]): void {
    for (const cell of cells)
      if (cell instanceof Uint8Array)
        for (const [from, length] of stretchesOf(cell.length))
          this.#stretch(cell.subarray(from, from + length))
    this.#row++
  }

  #stretch(bytes: Uint8Array): void {
    const { key } = this.#traces
    const short = shortPrint(bytes, 0, bytes.length, key.mix)
    const long = longPrint(bytes, key)
    const known = this.#known.get(short)
    if (
      known !== undefined &&
      long.compare(this.#traces.bytes, known * traceSize + at.long, (known + 1) * traceSize) === 0
    ) {
      if (this.#traces.rows[known] !== this.#row) this.#traces.shared[known] = 1
      return
    }
    const rarest = this.#rarest(bytes)
    if (rarest === null) return
    const draft = this.#draft
    draft.writeUInt32LE(rarest.window, at.window)
    draft.writeUInt32LE(short, at.short)
    draft.writeUInt16LE(rarest.offset, at.offset)
    draft.writeUInt16LE(bytes.length, at.length)
    draft.set(long, at.long)
    this.#known.set(short, this.#traces.add(draft, this.#row))
  }

  /** Null where there is nothing but zeros, which lie everywhere. */
  #rarest(bytes: Uint8Array): { readonly window: number; readonly offset: number } | null {
    const [a, b] = this.#traces.key.mix
    let [high, low] = [0, 0]
    let [window, offset, least] = [0, 0, 256]
    for (let i = 0; i < bytes.length; i++) {
      high = (high << 8) | (low >>> 24)
      low = (low << 8) | (bytes[i] ?? 0)
      if (i < windowSize - 1 || (high | low) === 0) continue
      const hashed = windowHash(high, low, a, b)
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
