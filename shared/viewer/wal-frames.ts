// Reads a write-ahead log (-wal) as SQLite does when it recovers one. A frame counts only if its salts are the
// header's and its checksum, which runs on over all frames before it, is right; and only frames up to the last
// commit count. What lies behind that is an unfinished transaction, a torn write, or a leftover of an earlier round.
export const walHeaderSize = 32
export const frameHeaderSize = 24

export interface WalHeader {
  readonly pageSize: number
  /** Words are summed up in this order; whoever wrote the file chose its machine's own. */
  readonly bigEndian: boolean
  readonly salts: readonly [number, number]
  readonly sums: readonly [number, number]
  /** SQLite refuses to read a log of another version. */
  readonly known: boolean
}

/** Null where SQLite takes the log for an empty one. */
export function readWalHeader(bytes: Uint8Array): WalHeader | null {
  if (bytes.length < walHeaderSize) return null
  const word = words(bytes)
  const pageSize = word(8)
  if ((word(0) & ~1) >>> 0 !== 0x377f0682) return null
  if (pageSize < 512 || pageSize > 65536 || (pageSize & (pageSize - 1)) !== 0) return null
  const bigEndian = (word(0) & 1) === 1
  const sums = checksum(bytes.subarray(0, 24), bigEndian, [0, 0])
  if (sums[0] !== word(24) || sums[1] !== word(28)) return null
  return { pageSize, bigEndian, salts: [word(16), word(20)], sums, known: word(4) === 3_007_000 }
}

export interface Frame {
  readonly page: number
  /** Pages of the whole database after a commit; 0 for a frame that ends no transaction. */
  readonly pagesAfter: number
  readonly data: Uint8Array
}

/** Takes the frames of one log in order; null from the first one on that doesn't belong to the chain. */
export class FrameChain {
  readonly #header: WalHeader
  readonly #sum: Sum
  #sums: readonly [number, number]
  #broken = false
  constructor(header: WalHeader) {
    this.#header = header
    this.#sums = header.sums
    this.#sum = createSum(header.pageSize + 8, header.bigEndian)
  }
  take(bytes: Uint8Array): Frame | null {
    const { pageSize, salts } = this.#header
    if (this.#broken || bytes.length < frameHeaderSize + pageSize) return this.#break()
    const word = words(bytes)
    if (word(8) !== salts[0] || word(12) !== salts[1] || word(0) === 0) return this.#break()
    const data = bytes.subarray(frameHeaderSize, frameHeaderSize + pageSize)
    const sums = this.#sum([bytes.subarray(0, 8), data], this.#sums)
    if (sums[0] !== word(16) || sums[1] !== word(20)) return this.#break()
    this.#sums = sums
    return { page: word(0), pagesAfter: word(4), data }
  }
  #break(): null {
    this.#broken = true
    return null
  }
}

const words = (bytes: Uint8Array): ((at: number) => number) => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return (at) => view.getUint32(at)
}

function checksum(bytes: Uint8Array, bigEndian: boolean, from: readonly [number, number]): [number, number] {
  return createSum(bytes.length, bigEndian)([bytes], from)
}

type Sum = (parts: readonly Uint8Array[], from: readonly [number, number]) => [number, number]
const machineIsBigEndian = new Uint8Array(new Uint32Array([1]).buffer)[0] === 0

/** Sums up words through a scratch of its own, for which it doesn't matter where in a buffer a frame begins. */
function createSum(length: number, bigEndian: boolean): Sum {
  const scratch = new Uint8Array(length)
  const view = new DataView(scratch.buffer)
  const numbers = new Int32Array(scratch.buffer)
  const swap = bigEndian !== machineIsBigEndian
  return (parts, from) => {
    let at = 0
    for (const part of parts) {
      scratch.set(part, at)
      at += part.length
    }
    if (swap) for (let i = 0; i < numbers.length; i++) numbers[i] = view.getInt32(i * 4, !bigEndian)
    let [a, b] = from
    for (let i = 0; i < numbers.length; i += 2) {
      a = (a + (numbers[i] ?? 0) + b) | 0
      b = (b + (numbers[i + 1] ?? 0) + a) | 0
    }
    return [a >>> 0, b >>> 0]
  }
}
