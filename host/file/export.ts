// Takes rows of a file out into a file of the person's own. It is written under another name, piece by piece as rows
// are read, and gets its own when all of it is on the disk: whoever is killed or finds the disk full leaves at most a
// draft, which whoever started it takes away.
import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { ExportMade } from '../../shared/bridge.ts'
import type { AppError, Result } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'
import { unknownDimension } from '../../shared/viewer/filter-schema.ts'
import { quote } from '../../shared/viewer/sqlite.ts'
import { conditionsOf } from '../../shared/viewer/which.ts'
import { exportText } from '../../shared/writers/export.ts'
import type { ExportWish, ExportedTable } from '../../shared/export.ts'
import type { ExportText } from '../../shared/writers/export.ts'
import type { Job, JobPort } from '../jobs.ts'
import { explainWrite, publishDraft } from './draft.ts'
import { exportSqlite } from './export-sqlite.ts'
import { explainSqlite } from './native.ts'
import { openAs } from './read-as.ts'
import type { ReadAs } from './read-as.ts'
import type { ReadOnlyInput } from './read-only.ts'

export interface WriteExport {
  input: ReadOnlyInput & {
    readonly wish: ExportWish
    readonly gzip: boolean
    readonly target: string
    /** The name it has until it is whole. */
    readonly draft: string
    readonly overwrite: boolean
  }
  output: ExportMade
}
type Input = WriteExport['input']

/** A third of a slower level's time for a tenth more bytes. */
const gzipLevel = 3
const blockSize = 1 << 18
const packer = () => createGzip({ level: gzipLevel, chunkSize: blockSize })

export const writeExport: Job<'export'> = async (input, port) => {
  const { draft, target, overwrite } = input
  const written = await write(input, port)
  if (!written.ok) return written
  const published = await publishDraft(draft, target, overwrite)
  if (!published.ok) return published
  const { size } = await stat(target)
  return ok({ path: target, bytes: size, ...written.value })
}

type Written = Pick<ExportMade, 'tables' | 'leftOut'>

async function write(input: Input, port: JobPort): Promise<Result<Written>> {
  const { wish } = input
  const opened = await openAs(input, port.progress, 'of one moment')
  if (!opened.ok) return opened
  const file = opened.value
  try {
    if (wish.table !== null && !file.schema.some(({ name, kind }) => name === wish.table && kind !== 'view'))
      return fail({ kind: 'table-unknown', table: wish.table, known: file.schema.map(({ name }) => name) })
    const unknown = unknownDimension(conditionsOf(wish.which), file.format.events.dimensions)
    if (unknown !== null) return fail(unknown)
    const made =
      wish.as === 'sqlite'
        ? await writeSqlite(file, input, port)
        : await writeText(exportText(file, wish, TextDecoder), input, port)
    return made.ok ? ok({ tables: made.value, leftOut: leftOut(file, wish, made.value) }) : made
  } catch (error) {
    return fail(explain(error, input))
  } finally {
    await file.close()
  }
}

/** Whoever takes everything out before deleting it should know what is not in it. One table was asked for by its name. */
function leftOut(
  { db, schema }: ReadAs,
  { table }: ExportWish,
  written: readonly ExportedTable[],
): readonly string[] {
  if (table !== null) return []
  const others = schema.filter(
    ({ name, kind }) => kind === 'table' && written.every((one) => one.name !== name),
  )
  const holdsRows = (name: string): boolean => [...db.rows(`SELECT 1 FROM ${quote(name)} LIMIT 1`)].length > 0
  return others.map(({ name }) => name).filter(holdsRows)
}

/** To be compressed it must be whole before. */
async function writeSqlite(file: ReadAs, input: Input, port: JobPort): Promise<Result<ExportedTable[]>> {
  const { draft, gzip, temporary } = input
  const plain = gzip ? join(temporary, `${randomUUID()}.db`) : draft
  const made = await exportSqlite(file, input, plain, port)
  if (!made.ok || !gzip) return made
  const packed = await open(draft, 'wx', 0o600)
  try {
    await pipeline(createReadStream(plain), packer(), (pieces) => drain(pieces, packed))
  } finally {
    await packed.close()
  }
  return made
}

/** A failure of the file system says which system call it was; one of SQLite has a code of its own. */
function explain(error: unknown, { path, target }: Input): AppError {
  return error instanceof Error && 'syscall' in error
    ? explainWrite(error, target)
    : explainSqlite(error, path)
}

async function writeText(
  pieces: ExportText,
  { draft, gzip }: Input,
  port: JobPort,
): Promise<Result<ExportedTable[]>> {
  const file = await open(draft, 'wx', 0o600) // telemetry is its owner's
  try {
    let tables: ExportedTable[] = []
    const bytes = async function* (): AsyncGenerator<Uint8Array> {
      for (let step = pieces.next(); ; step = pieces.next()) {
        if (step.done === true) {
          tables = step.value
          return
        }
        const { text, done, total } = step.value
        port.progress({ phase: 'writing', done, total })
        if (text !== '') yield Buffer.from(text)
        await setImmediate() // so that the progress leaves, and what waits to be compressed or written begins
      }
    }
    if (gzip) await pipeline(ahead(bytes()), packer(), (from) => drain(from, file))
    else await drain(bytes(), file)
    return ok(tables)
  } finally {
    await file.close()
  }
}

/** The next piece is made while the one before is compressed, by another thread. */
async function* ahead<T>(pieces: AsyncGenerator<T>): AsyncGenerator<T> {
  let next = pieces.next()
  for (let step = await next; step.done !== true; step = await next) {
    next = pieces.next()
    next.catch(() => {}) // it is awaited a turn later
    yield step.value
  }
}

/** Rows are read while the piece before is on its way to the disk. */
async function drain(pieces: AsyncIterable<Uint8Array>, file: FileHandle): Promise<void> {
  let writing = Promise.resolve()
  for await (const piece of pieces) {
    await writing
    writing = file.writeFile(piece)
    writing.catch(() => {}) // it is awaited a turn later
  }
  await writing
}
