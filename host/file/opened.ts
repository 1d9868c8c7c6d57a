// The files that windows have open for reading, under ids that can't be guessed. Each is one moment of the file: held in
// memory here, where a child process lent it, or in a child that serves it in pieces; an image of the database, or,
// where that would be too big for a window, its columns.
import { randomBytes } from 'node:crypto'
import { basename } from 'node:path'
import { parse } from 'valibot'
import type { CancelSignal, EarlyFile, OpenedFile, Progress } from '../../shared/bridge.ts'
import { BytesId } from '../../shared/ids.ts'
import type { AppError, Result } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'
import { startJob } from '../jobs.ts'
import type { Running } from '../jobs.ts'
import type { StartChild } from '../process.ts'
import { CutShort, LentImage } from './lent-image.ts'
import { explainPath, look, mayBeText } from './look.ts'
import type { ReadOnlyInput } from './read-only.ts'
import type { Lent } from './snapshot.ts'

export interface Bytes {
  /** Null where the length shows only at the end. */
  readonly size: number | null
  /** Each is good until the next is asked for; then its memory is used again. */
  readonly pieces: AsyncIterable<Uint8Array>
}

/** A file being read, and the folder for its private copy, which goes when reading ends. */
export interface Reading {
  readonly input: ReadOnlyInput
  end(): Promise<void>
}

interface Opened {
  readonly reading: Reading
  readonly size: number | null
  readonly job: Running<'snapshot'> | Running<'columns'>
  /** Where it was lent. */
  readonly image?: LentImage
  /** The window may have all that it wants of it before it is certain; its end is seen to with the answer then. */
  isCertain: boolean
}

interface Borrowed {
  kept: { readonly id: BytesId; readonly opened: Opened } | null
  error: AppError | null
}

/** `asImage`: never columns. `early`: told of the file while it is being taken in. */
export interface OpenOptions {
  readonly asImage?: boolean | undefined
  readonly early?: boolean | undefined
}

const pieceSize = 4 * 1024 * 1024
/** A window that is gone without a word leaves its files open; the oldest make room. */
const most = 4

export class OpenedFiles {
  readonly #startChild: StartChild
  readonly #largestImage: number
  readonly #files = new Map<string, Opened>()

  constructor(startChild: StartChild, largestImage: number) {
    this.#startChild = startChild
    this.#largestImage = largestImage
  }

  async open(
    reading: Reading,
    options: OpenOptions,
    onItem: (item: Progress | EarlyFile) => void,
    signal: CancelSignal,
  ): Promise<Result<OpenedFile>> {
    const opened = await this.#start(reading, options, onItem, signal)
    if (!opened.ok) await reading.end()
    return opened
  }

  async #start(
    reading: Reading,
    { asImage = false, early = false }: OpenOptions,
    onItem: (item: Progress | EarlyFile) => void,
    signal: CancelSignal,
  ): Promise<Result<OpenedFile>> {
    const { input } = reading
    const { path } = input
    const seen = await look(path, input.now)
    if (!seen.ok && !mayBeText(seen.error)) return seen
    const file = { path, name: basename(path) }
    const size = seen.ok ? seen.value.size + seen.value.walSize : 0
    if (size > this.#largestImage && asImage)
      return fail({ kind: 'file-too-large', path, size, limit: this.#largestImage })
    if (size > this.#largestImage) {
      const job = startJob(this.#startChild, 'columns', input, onItem, signal)
      const answer = await job.answer
      if (!answer.ok) return closed(job, answer)
      const id = this.#keep({ size: null, job, reading, isCertain: true })
      return ok({ ...file, id, delivers: 'columns', imageSize: null, ...answer.value })
    }
    const borrowed: Borrowed = { kept: null, error: null }
    const hear = (item: Progress | Lent): void => {
      if (item.phase !== 'lent') return onItem(item)
      void this.#borrow(borrowed, item, { job, reading }, (id) =>
        onItem({ phase: 'early', file: { ...file, id, delivers: 'image', ...item.snapshot } }),
      )
    }
    const job = startJob(this.#startChild, 'snapshot', { ...input, mayLend: early }, hear, signal)
    const answer = await job.answer
    const { kept, error } = borrowed
    if (!answer.ok) {
      kept?.opened.image?.close()
      if (kept !== null) this.#files.delete(kept.id)
      return closed(job, error === null ? answer : fail(error))
    }
    await reading.end() // the image is in memory: its copy on disk has served
    const id = kept?.id ?? this.#keep({ size: answer.value.imageSize, job, reading, isCertain: true })
    if (kept !== null) {
      job.close()
      kept.opened.isCertain = true
      if (!this.#files.has(id)) end(kept.opened)
    }
    return ok({ ...file, id, delivers: 'image', ...answer.value })
  }

  /** Its bytes are served from the moment it is known. It is given back when all are read; then the job answers. */
  async #borrow(
    borrowed: Borrowed,
    { place, snapshot }: Lent,
    { job, reading }: { readonly job: Running<'snapshot'>; readonly reading: Reading },
    known: (id: BytesId) => void,
  ): Promise<void> {
    try {
      const image = await LentImage.open(place, snapshot.imageSize)
      const opened: Opened = { size: snapshot.imageSize, job, reading, image, isCertain: false }
      const id = this.#keep(opened)
      borrowed.kept = { id, opened }
      known(id)
      await image.readAll(() => job.goesOn())
      job.giveBack()
    } catch (error) {
      const { path } = reading.input
      borrowed.error = error instanceof CutShort ? { kind: 'file-changed', path } : explainPath(error, path)
      job.close()
    }
  }

  bytes(id: string, range?: { readonly start: number; readonly end: number }): Result<Bytes> {
    const opened = this.#files.get(id)
    if (opened === undefined) return fail({ kind: 'bytes-unknown', id: id.slice(0, 32) })
    const { size, job, image } = opened
    if (size === null) return ok({ size, pieces: readToEnd(job) })
    const { start, end } = range ?? { start: 0, end: size }
    return ok({ size, pieces: image?.range(start, end) ?? readRange(job, start, end) })
  }

  close(id: string): void {
    const opened = this.#files.get(id)
    this.#files.delete(id)
    if (opened?.isCertain === true) end(opened)
  }

  closeAll(): void {
    for (const opened of this.#files.values()) end(opened)
    this.#files.clear()
  }

  #keep(opened: Opened): BytesId {
    const [oldest] = this.#files.keys()
    if (this.#files.size >= most && oldest !== undefined) this.close(oldest)
    const id = parse(BytesId, randomBytes(16).toString('hex'))
    this.#files.set(id, opened)
    return id
  }
}

function end({ job, image, reading }: Opened): void {
  job.close()
  image?.close()
  void reading.end()
}

function closed<F>(job: Pick<Running<'snapshot'>, 'close'>, failure: F): F {
  job.close()
  return failure
}

type Read = Pick<Running<'snapshot'>, 'read'>

/** Memory for pieces that was used and is free. Half a gigabyte of it, made anew each time, takes a second. */
const free: Uint8Array[] = []
const mostFree = 8

/** Reads ahead by one piece, so that the child fills the next while this one is on its way. */
async function* readRange(job: Read, start: number, end: number): AsyncGenerator<Uint8Array> {
  const memory = [free.pop() ?? new Uint8Array(pieceSize), free.pop() ?? new Uint8Array(pieceSize)]
  const ask = (at: number, turn: number) =>
    at < end ? job.read(at, Math.min(pieceSize, end - at), memory[turn % 2]) : null
  let next = ask(start, 0)
  for (let turn = 0; next !== null; turn++) {
    const piece = await next
    next = ask(start + (turn + 1) * pieceSize, turn + 1)
    if (!piece.ok) throw new Error('the file was closed while it was read')
    yield piece.value
  }
  // one that was left in the middle is still being written into, and is not used again
  free.push(...memory.slice(0, mostFree - free.length))
}

/** The same for a stream of frames: an empty piece is its end. */
async function* readToEnd(job: Read): AsyncGenerator<Uint8Array> {
  let next = job.read(0, 0)
  for (;;) {
    const piece = await next
    if (!piece.ok) throw new Error('the file was closed while it was read')
    if (piece.value.length === 0) return
    next = job.read(0, 0)
    yield piece.value
  }
}
