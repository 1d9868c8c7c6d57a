// A pipe beside the channel for messages, for the bytes of a file's image: a message of bytes is copied into an
// envelope and out of it again, at either end, and half a gigabyte of them takes a second of the machine's time.
// Through the pipe they pass as they are, one answer after another in the order in which they were asked for, so
// nothing but their number has to be known.
import { Socket } from 'node:net'

/** In the child, the fifth of its open files: after the three that every process has, and the channel. */
const descriptor = 4
export const stdio = ['ignore', 'ignore', 'inherit', 'ipc', 'pipe'] as const

interface Wanted {
  readonly bytes: Uint8Array
  filled: number
  readonly give: (bytes: Uint8Array) => void
}

/** The parent's end. */
export class Incoming {
  readonly #wanted: Wanted[] = []

  expect(bytes: Uint8Array, give: (bytes: Uint8Array) => void): void {
    this.#wanted.push({ bytes, filled: 0, give })
  }

  take(chunk: Uint8Array): void {
    let at = 0
    while (at < chunk.length) {
      const [first] = this.#wanted
      if (first === undefined) throw new Error('bytes that nobody asked for')
      const part = chunk.subarray(at, at + first.bytes.length - first.filled)
      first.bytes.set(part, first.filled)
      first.filled += part.length
      at += part.length
      if (first.filled < first.bytes.length) return
      this.#wanted.shift()
      first.give(first.bytes)
    }
  }
}

let outgoing: Socket | null = null

/** The child's end. The bytes must stay as they are until they are gone. */
export function sendBytes(bytes: Uint8Array): void {
  outgoing ??= new Socket({ fd: descriptor, readable: false, writable: true })
  outgoing.write(bytes)
}
