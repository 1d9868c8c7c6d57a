// Reads one file in every way the program does, and says what came of it.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { checkFile } from '../../host/file/check.ts'
import { snapshotJob } from '../../host/file/snapshot.ts'
import { summarizeFile } from '../../host/file/summarize.ts'
import type { JobPort } from '../../host/jobs.ts'
import { recogniseAny } from '../../shared/formats/recognise.ts'
import { compileReader } from '../../shared/viewer/events.ts'
import { readHeader, readSchema } from '../../shared/viewer/sqlite.ts'
import type { Cell, Sqlite } from '../../shared/viewer/sqlite.ts'
import { en } from '../../shared/words/en.ts'
import { explain } from '../../shared/words/explain.ts'

interface Database {
  prepare(sql: string): {
    bind(values: readonly unknown[]): boolean
    step(): boolean
    get(parameters: null, options: { useBigInt: boolean }): Cell[]
    free(): boolean
  }
  exec(sql: string): unknown
  close(): void
}
/** sql.js in its build for Node, as much of it as is used here. */
export interface SqlJs {
  readonly Database: new (image: Uint8Array) => Database
}

export interface Tried {
  readonly name: string
  /** Events read, or the kind of the refusal. */
  readonly native: number | string
  readonly window: number | string
  /** What the program's own look for damage says; null where the file can't be opened. */
  readonly sound: boolean | null
  /** What SQLite says of the image, asked without the program. */
  readonly truth: boolean | null
  readonly unchanged: boolean
  readonly milliseconds: number
  /** A trap, an exception that is no Result, a refusal without words. */
  readonly unsafe: string | null
}

const quiet: JobPort = { progress: () => {}, serve: () => {} }

export async function tryFile(path: string, name: string, sqlJs: SqlJs): Promise<Tried> {
  const before = stateOf(dirname(path))
  const began = performance.now()
  const temporary = join(dirname(dirname(path)), 'temporary')
  mkdirSync(temporary, { recursive: true })
  const input = { path, temporary, now: Date.UTC(2026, 10, 20) }
  let unsafe: string | null = null
  const guarded = async <T>(what: string, work: () => Promise<T>): Promise<T | null> => {
    try {
      return await work()
    } catch (error) {
      unsafe ??= `${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
      return null
    }
  }
  const summary = await guarded('summary', () => summarizeFile({ ...input, zone: 'UTC' }, quiet))
  const checked = await guarded('check', () => checkFile(input, quiet))
  let read: ((offset: number, length: number) => Uint8Array) | null = null
  const serve = (reader: NonNullable<typeof read>): void => void (read = reader)
  const snapshot = await guarded('snapshot', () =>
    snapshotJob((db) => db.serialize())(input, { ...quiet, serve, givenBack: () => Promise.resolve() }),
  )
  const image = (read as ((offset: number, length: number) => Uint8Array) | null)?.(0, Infinity) ?? null
  for (const result of [summary, checked, snapshot])
    if (result !== null && !result.ok && explain(result.error, en).length < 20)
      unsafe ??= 'no words for a refusal'
  if (readdirSync(temporary).length > 0) unsafe ??= 'a copy was left behind'
  const native = summary === null ? 'exception' : summary.ok ? summary.value.events : summary.error.kind
  const window = image === null ? native : readInWindow(image, sqlJs)
  if (typeof window === 'string' && window.startsWith('trap')) unsafe ??= window
  return {
    name,
    native,
    window,
    sound: checked?.ok === true ? checked.value.sound : null,
    truth: image === null ? null : isSound(image),
    unchanged: stateOf(dirname(path)) === before,
    milliseconds: Math.round(performance.now() - began),
    unsafe,
  }
}

function stateOf(folder: string): string {
  const hash = createHash('sha256')
  for (const name of readdirSync(folder).sort()) hash.update(name).update(readFileSync(join(folder, name)))
  return hash.digest('hex')
}

function isSound(image: Uint8Array): boolean {
  const db = new DatabaseSync(':memory:')
  try {
    const own = image.slice()
    own[18] = own[19] = 1
    db.deserialize(own)
    return Object.values(db.prepare('PRAGMA quick_check(1)').get() ?? {})[0] === 'ok'
  } catch {
    return false
  } finally {
    db.close()
  }
}

/** sql.js over an image, with the guards of renderer/worker/sql-js.ts; the bytes are copied, which the window does not do. */
export function sqlJsReader(image: Uint8Array, sqlJs: SqlJs): { readonly sqlite: Sqlite; close(): void } {
  const bytes = image.slice()
  bytes[18] = bytes[19] = 1
  const db = new sqlJs.Database(bytes)
  db.exec(`PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA query_only = ON;
    PRAGMA hard_heap_limit = 268435456`)
  return { sqlite: readFrom(db), close: () => db.close() }
}

function readInWindow(image: Uint8Array, sqlJs: SqlJs): number | string {
  if (readHeader(image).kind !== 'sqlite') return 'file-not-sqlite'
  let close = (): void => {}
  try {
    const opened = sqlJsReader(image, sqlJs)
    close = opened.close
    const { sqlite } = opened
    const schema = readSchema(sqlite)
    const recognised = recogniseAny(sqlite, schema, 'file')
    if (!recognised.ok) return recognised.error.kind
    let events = 0
    const reader = compileReader(recognised.value.format, schema)
    for (const event of reader.read(sqlite)) if (event.kind.length >= 0) events++
    return events
  } catch (error) {
    return error instanceof WebAssembly.RuntimeError || error instanceof RangeError
      ? `trap: ${String(error)}`
      : 'file-damaged'
  } finally {
    close()
  }
}

function readFrom(db: Database): Sqlite {
  return {
    *rows(sql, parameters = []): Generator<Cell[]> {
      const statement = db.prepare(sql)
      try {
        if (parameters.length > 0) statement.bind(parameters)
        while (statement.step()) yield statement.get(null, { useBigInt: true })
      } finally {
        statement.free()
      }
    },
  }
}

const require = createRequire(import.meta.url)
export async function loadSqlJs(): Promise<SqlJs> {
  const load = require('sql.js') as () => Promise<SqlJs> // a door: the build for Node, which has no types
  return load()
}
