// Columns on their way from the host to the window, for files too big to be read there: frames of a length, a
// small JSON header and the arrays behind it, each on a multiple of eight bytes, so that they are used where they
// lie. Both ends are ours and of one build.
import type { Format } from '../formats/format.ts'
import type { Recognition } from '../formats/generic.ts'
import type { AppError } from '../result.ts'
import type { ColumnChunk } from './columns.ts'

export type Frame =
  | {
      readonly type: 'recognised'
      readonly format: Format
      readonly rows: number
      readonly key: string
      readonly recognition: Recognition | null
      readonly unreadableLines: number
      readonly rawColumns: readonly string[]
    }
  | { readonly type: 'chunk'; readonly chunk: ColumnChunk }
  | { readonly type: 'end' }
  | { readonly type: 'failed'; readonly error: AppError }

/** Tallies are few and short: they travel in the header. */
interface ChunkHeader extends Pick<ColumnChunk, 'rows' | 'newKinds' | 'newWords' | 'tallies'> {
  readonly type: 'chunk'
  readonly dimensions: number
  readonly measures: number
}

const align = (length: number): number => Math.ceil(length / 8) * 8
const prefix = 8

export function encodeFrame(frame: Frame): Uint8Array<ArrayBuffer> {
  const chunk = frame.type === 'chunk' ? frame.chunk : null
  const header: unknown = chunk === null ? frame : headerOf(chunk)
  const text = JSON.stringify(header)
  const textBytes = 2 * text.length
  const arrays = chunk === null ? [] : arraysOf(chunk)
  const start = align(prefix + textBytes)
  const total = arrays.reduce((length, array) => length + align(array.byteLength), start)
  const bytes = new Uint8Array(total)
  new Uint32Array(bytes.buffer, 0, 2).set([total, textBytes])
  const units = new Uint16Array(bytes.buffer, prefix, text.length)
  for (let i = 0; i < text.length; i++) units[i] = text.charCodeAt(i)
  let at = start
  for (const array of arrays) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at)
    at += align(array.byteLength)
  }
  return bytes
}

function headerOf({ rows, newKinds, newWords, tallies, dimensions, measures }: ColumnChunk): ChunkHeader {
  const counts = { dimensions: dimensions.length, measures: measures.length }
  return { type: 'chunk', rows, newKinds, newWords, tallies, ...counts }
}

function arraysOf({ rowid, time, outcome, duration, kind, dimensions, measures }: ColumnChunk) {
  return [rowid, time, outcome, duration, kind, ...dimensions, ...measures]
}

/** Puts frames together again from pieces cut anywhere. */
export class FrameReader {
  #held = new Uint8Array(0)

  push(piece: Uint8Array): Frame[] {
    const frames: Frame[] = []
    let bytes = piece
    if (this.#held.length > 0) {
      bytes = new Uint8Array(this.#held.length + piece.length)
      bytes.set(this.#held)
      bytes.set(piece, this.#held.length)
    }
    let at = 0
    while (bytes.length - at >= prefix) {
      const length = new DataView(bytes.buffer, bytes.byteOffset + at, 4).getUint32(0, true)
      if (bytes.length - at < length) break
      frames.push(decodeFrame(copyOf(bytes.subarray(at, at + length))))
      at += length
    }
    this.#held = copyOf(bytes.subarray(at))
    return frames
  }
}

function decodeFrame(bytes: Uint8Array<ArrayBuffer>): Frame {
  const headerLength = new DataView(bytes.buffer).getUint32(4, true)
  const header = JSON.parse(textOf(new Uint16Array(bytes.buffer, prefix, headerLength / 2))) as
    Frame | ChunkHeader
  if (header.type !== 'chunk' || 'chunk' in header) return header
  const { rows, newKinds, newWords, tallies } = header
  let at = align(prefix + headerLength)
  const take = <A extends { readonly byteLength: number }>(
    Kind: new (buffer: ArrayBuffer, offset: number, length: number) => A,
  ): A => {
    const array = new Kind(bytes.buffer, at, rows)
    at += align(array.byteLength)
    return array
  }
  return {
    type: 'chunk',
    chunk: {
      rows,
      newKinds,
      newWords,
      tallies,
      rowid: take(Float64Array<ArrayBuffer>),
      time: take(Float64Array<ArrayBuffer>),
      outcome: take(Uint8Array<ArrayBuffer>),
      duration: take(Float64Array<ArrayBuffer>),
      kind: take(Uint32Array<ArrayBuffer>),
      dimensions: Array.from({ length: header.dimensions }, () => take(Uint32Array<ArrayBuffer>)),
      measures: Array.from({ length: header.measures }, () => take(Float64Array<ArrayBuffer>)),
    },
  }
}

/** Always a copy in a buffer of its own; Node's Buffer would give a view from slice(). */
function copyOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(bytes.length)
  copy.set(bytes)
  return copy
}

/** In slices, since a call takes only so many arguments. */
function textOf(units: Uint16Array): string {
  let text = ''
  for (let at = 0; at < units.length; at += 8192)
    text += String.fromCharCode(...units.subarray(at, at + 8192))
  return text
}
