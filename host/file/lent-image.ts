// A database that is read where it lies, while a child process keeps it from changing (snapshot.ts). It is brought into
// memory as fast as the disk gives it, so that the lock is held no longer than that: what is asked for meanwhile is read
// first where it is little, and waits for a moment where it is much. The newest rows lie at the end and are wanted
// first, so it is read from there downwards.
import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'

/** Of a file that was whole when it was lent. */
export class CutShort extends Error {}

const pieceSize = 4 * 1024 * 1024
const sideBySide = 2
/** Bytes that are given while the rest is still being read: the newest rows, and the pages that lead to them. */
const atOnce = 20 * 1024 * 1024
/** A disk that takes longer is what is waited for, not the processor. */
const longestWait = 1000

export class LentImage {
  readonly #file: FileHandle
  readonly #size: number
  readonly #pieces: (Promise<Uint8Array> | undefined)[]
  #memory: ArrayBuffer
  #atOnce = atOnce
  readonly #mayGiveMore = Promise.withResolvers<null>()
  /** How many read or are read from; a reader that went away in the middle counts for ever. */
  #users = 0
  #closed = false

  static async open(place: string, size: number): Promise<LentImage> {
    const memory = new ArrayBuffer(size) // where there is no room for it, nothing stays open
    return new LentImage(await open(place, 'r'), memory)
  }

  constructor(file: FileHandle, memory: ArrayBuffer) {
    this.#file = file
    this.#size = memory.byteLength
    this.#memory = memory
    this.#pieces = Array.from({ length: Math.ceil(this.#size / pieceSize) })
  }

  /** After this the file is no longer needed. */
  async readAll(onPiece: () => void): Promise<void> {
    this.#users++
    const wait = setTimeout(() => this.#mayGiveMore.resolve(null), longestWait)
    try {
      let next = this.#pieces.length
      const walk = async (): Promise<void> => {
        while (next > 0) {
          await this.#piece(--next)
          onPiece()
        }
      }
      await this.#piece(0)
      await Promise.all(Array.from({ length: sideBySide }, walk))
    } finally {
      clearTimeout(wait)
      this.#mayGiveMore.resolve(null)
      await Promise.allSettled(this.#pieces.filter((piece) => piece !== undefined))
      await this.#file.close()
      this.#leave()
    }
  }

  async *range(start: number, end: number): AsyncGenerator<Uint8Array> {
    this.#atOnce -= end - start
    if (this.#atOnce < 0) await this.#mayGiveMore.promise
    this.#users++
    for (let at = start; at < end;) {
      const piece = Math.floor(at / pieceSize)
      const from = piece * pieceSize
      const bytes = await this.#piece(piece)
      const to = Math.min(end, from + bytes.length)
      yield bytes.subarray(at - from, to - from)
      at = to
    }
    this.#leave()
  }

  close(): void {
    this.#closed = true
    this.#forget()
  }

  #piece(piece: number): Promise<Uint8Array> {
    return (this.#pieces[piece] ??= this.#read(piece))
  }

  async #read(piece: number): Promise<Uint8Array> {
    const whenOpen = (): ArrayBuffer => {
      if (this.#closed) throw new Error('the file was closed while it was read')
      return this.#memory
    }
    const from = piece * pieceSize
    const bytes = new Uint8Array(whenOpen(), from, Math.min(pieceSize, this.#size - from))
    for (let filled = 0; filled < bytes.length; whenOpen()) {
      const { bytesRead } = await this.#file.read(bytes, filled, bytes.length - filled, from + filled)
      if (bytesRead === 0) throw new CutShort()
      filled += bytesRead
    }
    return bytes
  }

  #leave(): void {
    this.#users--
    this.#forget()
  }

  /** At once, for it may be half a gigabyte; but not from under whoever is still sending or filling it. */
  #forget(): void {
    if (!this.#closed || this.#users > 0) return
    this.#pieces.length = 0
    this.#memory = this.#memory.transfer(0)
  }
}
