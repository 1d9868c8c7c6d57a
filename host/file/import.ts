// Makes a SQLite file of an export in JSON or JSON Lines: the same tables, declared as they were, and their rows.
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { setImmediate } from 'node:timers/promises'
import { createGunzip } from 'node:zlib'
import type { ImportMade } from '../../shared/bridge.ts'
import type { AppError, Result } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'
import { quote } from '../../shared/viewer/sqlite.ts'
import { ImportLines } from '../../shared/writers/import.ts'
import type { ImportLine } from '../../shared/writers/import.ts'
import type { Job, JobPort } from '../jobs.ts'
import { beginDatabase, explainWrite, publishDraft } from './draft.ts'
import { explainPath } from './look.ts'
import { sqliteCode } from './native.ts'
import { SqliteWriter } from './sqlite-writer.ts'

export interface ImportTables {
  input: {
    readonly path: string
    readonly target: string
    /** The name it has until it is whole. */
    readonly draft: string
    readonly overwrite: boolean
  }
  output: ImportMade
}

export const importTables: Job<'import'> = async ({ path, target, draft, overwrite }, port) => {
  let tables: Result<ImportMade['tables']>
  try {
    await beginDatabase(draft)
  } catch (error) {
    return fail(explainWrite(error, target))
  }
  try {
    tables = await readInto(path, draft, port)
  } catch (error) {
    return fail(explain(error, path, target))
  }
  if (!tables.ok) return tables
  const published = await publishDraft(draft, target, overwrite)
  return published.ok ? ok({ path: target, tables: tables.value }) : published
}

/** SQLite's failures are of the file that is written; of the one that is read the file system's, and zlib's. */
function explain(error: unknown, path: string, target: string): AppError {
  const code = sqliteCode(error)
  if (code === 13) return { kind: 'disk-full', path: target }
  if (code !== null) return { kind: 'not-writable', path: target }
  if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_'))
    return { kind: 'not-an-export', path, line: 0 }
  return explainPath(error, path)
}

async function readInto(path: string, draft: string, port: JobPort): Promise<Result<ImportMade['tables']>> {
  const writer = new SqliteWriter(draft, {})
  try {
    const into = new Tables(writer)
    const lines = new ImportLines()
    let number = 0
    for await (const line of linesOf(path, port)) {
      number++
      const read = lines.read(line)
      if (read === null || !into.take(read)) return fail({ kind: 'not-an-export', path, line: number })
    }
    if (into.tables.length === 0) return fail({ kind: 'not-an-export', path, line: number })
    writer.finish()
    return ok(into.tables)
  } finally {
    writer.close()
  }
}

class Tables {
  readonly tables: { readonly name: string; rows: number }[] = []
  readonly #writer: SqliteWriter
  #columns: readonly string[] = []

  constructor(writer: SqliteWriter) {
    this.#writer = writer
  }

  /** False where the line asks for what an export would not. */
  take(line: ImportLine): boolean {
    const last = this.tables.at(-1)
    if (line.is === 'table') {
      if (this.tables.some(({ name }) => name.toLowerCase() === line.table.toLowerCase())) return false
      this.tables.push({ name: line.table, rows: 0 })
      this.#columns = line.columns.map(({ name }) => name)
      const own = /^CREATE TABLE\b/i.test(line.sql) ? this.#writer.make(line.table, line.sql) : 'failed'
      return (own === 'failed' ? this.#writer.make(line.table, plainly(line)) : own) === 'made'
    }
    if (line.is === 'row' && last !== undefined)
      last.rows += this.#writer.add(last.name, this.#columns, line.cells)
    return true
  }
}

/** A table whose own statement asks for what isn't here, such as a collation of its tool's. */
const plainly = ({ table, columns }: Extract<ImportLine, { is: 'table' }>): string =>
  `CREATE TABLE ${quote(table)} (${columns
    .map(({ name, type }) => `${quote(name)} ${/^[\w ,()]*$/.test(type) ? type : ''}`)
    .join(', ')})`

const longestLine = 400_000_000

async function* linesOf(path: string, port: JobPort): AsyncGenerator<string> {
  const { size } = await stat(path)
  const source = createReadStream(path, { highWaterMark: 1 << 20 })
  const packed = await isGzip(path)
  const bytes = packed ? source.pipe(createGunzip({ chunkSize: 1 << 20 })) : source
  source.on('error', (error) => bytes.destroy(error))
  const text = new TextDecoder()
  let rest = ''
  for await (const piece of bytes) {
    if (!(piece instanceof Uint8Array)) continue
    rest += text.decode(piece, { stream: true })
    const lines = rest.split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > longestLine) return
    yield* lines
    port.progress({ phase: 'reading', done: source.bytesRead, total: Math.max(size, source.bytesRead) })
    await setImmediate()
  }
  rest += text.decode()
  if (rest !== '') yield rest
}

async function isGzip(path: string): Promise<boolean> {
  const file = await open(path, 'r')
  try {
    const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0)
    return buffer[0] === 0x1f && buffer[1] === 0x8b
  } finally {
    await file.close()
  }
}
