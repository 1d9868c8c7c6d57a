// A reading worker: image -> sql.js -> events -> chunks of columns, which go straight to the counter. It is the
// only place in the window where SQL runs. When a statement in a hostile file doesn't end, or the person
// cancels, the window ends this worker; whatever was counted stays.
import type { Format } from '../shared/formats/format.ts'
import { schemaKey } from '../shared/formats/generic.ts'
import { countUnreadable, recogniseAny } from '../shared/formats/recognise.ts'
import { looksLikeJson } from '../shared/formats/text-database.ts'
import type { AppError, Result } from '../shared/result.ts'
import { fail, ok } from '../shared/result.ts'
import { ChunkBuilder, buffersOf, chunkRows } from '../shared/viewer/columns.ts'
import type { RowSpan } from '../shared/viewer/events.ts'
import { compileReader } from '../shared/viewer/events.ts'
import { findDamage, nameDamage } from '../shared/viewer/damage.ts'
import type { Ask } from '../shared/viewer/asks.ts'
import { Desk } from '../shared/viewer/desk.ts'
import { rawColumns } from '../shared/viewer/parts.ts'
import { readHeader, readSchema } from '../shared/viewer/sqlite.ts'
import type { Schema, Sqlite } from '../shared/viewer/sqlite.ts'
import { applyWal } from '../shared/viewer/wal.ts'
import type { ExportFile } from '../shared/writers/export.ts'
import type { ExportWish } from '../shared/export.ts'
import type { FromReader, ImageSource, ReadOrder, ToCounterFromReader, ToReader } from './worker/messages.ts'
import { readable, takeSpan } from './worker/shared-image.ts'
import { rehearse } from './worker/rehearse.ts'
import { openImage, openText, openWritten } from './worker/sql-js.ts'

const post = (message: FromReader): void => self.postMessage(message)

let isIdle = true
let name = ''
/** Open once the file is read; what is asked before waits until then. */
let desk: Desk | null = null
let file: ExportFile | null = null
const waiting: ToReader[] = []
const cancelled = new Set<number>()

addEventListener('message', ({ data }: MessageEvent<ToReader>) => hear(data))

function hear(message: ToReader): void {
  if (message.type === 'rehearse') void rehearse(() => isIdle)
  else if (message.type === 'read') {
    isIdle = false
    name = message.name
    read(message).catch((error: unknown) => post({ type: 'failed', error: explain(error) }))
  } else if (desk === null) waiting.push(message)
  else if (message.type === 'cancel') cancelled.add(message.id)
  else if (message.type === 'export') void exportRows(message.id, message.wish)
  else void answer(desk, message.id, message.ask)
}

/** What was dropped on the page can be written down by the page alone. */
async function exportRows(id: number, wish: ExportWish): Promise<void> {
  if (file === null) return
  try {
    const { exportText } = await import('../shared/writers/export.ts')
    const pieces = exportText(file, wish, TextDecoder)
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve))
      if (cancelled.delete(id)) return post({ type: 'exported', id, tables: fail({ kind: 'cancelled' }) })
      const next = pieces.next()
      if (next.done === true) return post({ type: 'exported', id, tables: ok(next.value) })
      post({ type: 'piece', id, piece: next.value })
    }
  } catch (error) {
    post({ type: 'exported', id, tables: fail(explain(error)) })
  }
}

function openDesk(db: Sqlite, schema: Schema, format: Format): void {
  desk = new Desk(db, schema, format, TextDecoder)
  file = { db, schema, format }
  for (const message of waiting.splice(0)) hear(message)
}

async function answer(at: Desk, id: number, ask: Ask): Promise<void> {
  try {
    const batches = at.answer(ask)
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve)) // whatever came meanwhile goes first
      if (cancelled.delete(id)) return post({ type: 'answer', id, answer: fail({ kind: 'cancelled' }) })
      const next = batches.next()
      if (next.done === true) return post({ type: 'answer', id, answer: ok(next.value) })
      post({ type: 'batch', id, batch: next.value })
    }
  } catch (error) {
    post({ type: 'answer', id, answer: fail(explain(error)) })
  }
}

async function read({ source, reader: which, counter, choices }: ReadOrder): Promise<void> {
  const tell = (message: ToCounterFromReader, buffers: ArrayBuffer[] = []): void =>
    counter?.postMessage(message, buffers)
  const dropped = source.from === 'buffer' ? new Uint8Array(source.bytes) : null
  const text =
    dropped !== null && looksLikeJson(dropped.subarray(0, 100))
      ? await openText(name, dropped, () => post({ type: 'alive' }))
      : null
  const opened = text === null ? await openDatabase(source, which) : ok(text)
  if (!opened.ok) return post({ type: 'failed', error: opened.error })
  const db = opened.value
  const schema = readSchema(db)
  const recognised = recogniseAny(db, schema, name, choices)
  if (!recognised.ok) return post({ type: 'failed', error: recognised.error })
  const { format, recognition } = recognised.value
  const reader = compileReader(format, schema)
  const all = reader.span(db)
  if (which === 0)
    post({
      type: 'recognised',
      title: format.title,
      key: schemaKey(schema),
      recognition,
      unreadableLines: countUnreadable(db, schema),
      format,
      rawColumns: rawColumns(format, schema),
    })
  if (counter === null) return openDesk(db, schema, format)
  tell({ type: 'recognised', format, rows: guessRows(all) })
  const chunks = new ChunkBuilder(format)
  for (const span of spans(all, source, which)) {
    for (const chunk of chunks.chunks(reader.read(db, span))) {
      tell({ type: 'chunk', chunk }, buffersOf(chunk))
      post({ type: 'alive' })
    }
  }
  tell({ type: 'end' })
  if (which === 0) openDesk(db, schema, format)
  // A file of the host's is looked through there; one that was dropped, here, when its charts are up.
  if (source.from === 'buffer') post({ type: 'checked', sound: isSound(db) })
}

function isSound(db: Sqlite): boolean {
  try {
    return findDamage(db).length === 0
  } catch {
    return true // it could not be looked through, for want of memory: that is no damage
  }
}

async function openDatabase(source: ImageSource, which: number): Promise<Result<Sqlite>> {
  if (source.from === 'sample') {
    const { writeSmartAgents } = await import('../shared/sample/smart-agents.ts')
    return ok((await openWritten((writer) => writeSmartAgents(writer, source.wish))).db)
  }
  const given = source.from === 'shared' ? ok(readable(source.image, which)) : whole(source)
  if (!given.ok) return given
  const header = readHeader(given.value.subarray(0, Math.min(100, given.value.length)))
  if (header.kind === 'empty') return fail({ kind: 'file-empty', path: name })
  if (header.kind === 'not-sqlite') return fail({ kind: 'file-not-sqlite', path: name })
  return ok(await openImage(given.value))
}

const fewestForSpans = 2 * chunkRows
const mostSpans = 20_000

/**
 * Readers that share an image take spans of row numbers in turn, newest first. Where the numbers are few, or so
 * far apart that most spans would be empty, the first reader reads all of it in one go.
 */
function* spans(all: RowSpan | null, source: ImageSource, which: number): Generator<RowSpan | undefined> {
  const length = all === null ? 0n : all.to - all.from + 1n
  if (
    all === null ||
    !isSafe(all) ||
    length < fewestForSpans ||
    length > chunkRows * mostSpans ||
    source.from !== 'shared'
  ) {
    if (which === 0) yield undefined
    return
  }
  const size = BigInt(chunkRows)
  for (;;) {
    const to = all.to - BigInt(takeSpan(source.image)) * size
    if (to < all.from) return
    const from = to - size + 1n
    yield { from: from < all.from ? all.from : from, to }
  }
}

/** Rows whose numbers are beyond a double's are found again by their place, so they are read in one go. */
const isSafe = ({ from, to }: RowSpan): boolean => from > -(2n ** 53n) && to < 2n ** 53n

const mostReserved = 50_000_000
function guessRows(all: RowSpan | null): number {
  const length = all === null ? 0 : Number(all.to - all.from) + 1
  return length <= mostReserved ? length : 0
}

/** A whole buffer with what its -wal adds, as openImage wants it. */
function whole({ bytes: buffer, wal }: Extract<ImageSource, { from: 'buffer' }>): Result<Uint8Array> {
  const replayed = applyWal(new Uint8Array(buffer), new Uint8Array(wal ?? new ArrayBuffer(0)))
  if (!replayed.ok)
    return fail(
      replayed.error === 'foreign'
        ? { kind: 'wal-foreign', path: name }
        : { kind: 'file-damaged', path: name, detail: 'wal' },
    )
  const bytes = replayed.value.image
  if (bytes.length >= 100) bytes[18] = bytes[19] = 1
  Object.defineProperty(bytes, 'slice', { value: () => bytes })
  return ok(bytes)
}

function explain(error: unknown): AppError {
  const text = error instanceof Error ? error.message : ''
  if (text.includes('file is not a database')) return { kind: 'file-not-sqlite', path: name }
  if (text.includes('could not be fetched')) return { kind: 'disconnected' }
  return { kind: 'file-damaged', path: name, detail: nameDamage(error) }
}
