// sql.js behind the interface that the stages of shared/viewer read from.
//
// sql.js copies the bytes it is given once more (its file system calls `slice` on them), which for a file of
// 360 MB costs 360 MB and half a second. So the image it gets answers `slice()` with itself, and may even still
// be on its way while it is read (shared-image.ts). That leans on the inside of the pinned version;
// test/renderer/sql-js.test.ts fails when an update changes it.
import initSqlJs from 'sql.js/dist/sql-wasm-browser.js'
import type { Database, SqlJs, Statement } from 'sql.js/dist/sql-wasm-browser.js'
import wasm from 'sql.js/dist/sql-wasm-browser.wasm?url'
import { TextDatabase } from '../../shared/formats/text-database.ts'
import type { Writer } from '../../shared/formats/text-database.ts'
import type { Sqlite } from '../../shared/viewer/sqlite.ts'
import { RawEngine } from './raw-statement.ts'

/** A few bytes of a hostile file can ask for a value of a gigabyte; sound ones stay far below this. */
const mostMemory = 256 * 1024 * 1024
const guards = `PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA query_only = ON;
  PRAGMA hard_heap_limit = ${mostMemory}`

/** The part of an array of bytes that sql.js uses of the image it is given. */
export interface Image {
  readonly length: number
  slice(): object
  subarray(from: number, to: number): Uint8Array
}

/** Opens a database image without copying it. The image belongs to the database from here on. */
export async function openImage(image: Image): Promise<Sqlite> {
  const { sqlJs, raw } = await loading
  const db = new sqlJs.Database(image)
  db.exec(guards)
  return readFrom(db, raw)
}

/** Begun when the worker starts, which is before a file is chosen: compiling takes longer than a small file. */
const loading = load()
loading.catch(() => {}) // whoever awaits it hears of it

async function load(): Promise<{ sqlJs: SqlJs; raw: RawEngine | null }> {
  const module = await compile(new URL(wasm, import.meta.url))
  let memory: WebAssembly.Memory | null = null
  const sqlJs = await initSqlJs({
    instantiateWasm: (imports, receive) => {
      const instance = new WebAssembly.Instance(module, imports)
      for (const one of Object.values(instance.exports)) if (one instanceof WebAssembly.Memory) memory = one
      receive(instance)
      return instance.exports
    },
  })
  return { sqlJs, raw: RawEngine.of(sqlJs, memory) }
}

/**
 * While it arrives; a host that names another type than WebAssembly's is read to its end first. In the page that
 * stands alone the address is the code itself, since nothing may be fetched there.
 */
async function compile(url: URL): Promise<WebAssembly.Module> {
  if (url.protocol === 'data:') return WebAssembly.compile(bytesIn(url))
  const response = await fetch(url)
  return response.headers.get('content-type') === 'application/wasm'
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer())
}

function bytesIn({ pathname }: URL): Uint8Array<ArrayBuffer> {
  const letters = atob(pathname.slice(pathname.indexOf(',') + 1))
  return Uint8Array.from(letters, (letter) => letter.charCodeAt(0))
}

/** A database in memory that is written first, and then read. */
export async function openWritten<Made>(
  write: (writer: Writer) => Made,
): Promise<{ readonly db: Sqlite; readonly made: Made; readonly close: () => void }> {
  const { sqlJs, raw } = await loading
  const db = new sqlJs.Database()
  const statements = new Map<string, Statement>()
  db.exec('BEGIN')
  const made = write({
    run(sql, values) {
      const statement = statements.get(sql) ?? db.prepare(sql)
      statements.set(sql, statement)
      statement.run(values)
    },
  })
  for (const statement of statements.values()) statement.free()
  db.exec(`COMMIT; ${guards}`)
  return { db: readFrom(db, raw), made, close: () => db.close() }
}

const piece = 1 << 20

/** The records of a text file as a database in memory; null where there are none. `alive` is called in between. */
export async function openText(name: string, bytes: Uint8Array, alive: () => void): Promise<Sqlite | null> {
  const { db, made } = await openWritten((writer) => {
    const database = new TextDatabase(writer)
    const reader = database.file(name)
    const text = new TextDecoder()
    for (let at = 0; at < bytes.length; at += piece) {
      reader.push(text.decode(bytes.subarray(at, at + piece), { stream: true }))
      alive()
    }
    reader.push(text.decode())
    reader.end()
    return database.finish()
  })
  return made === null ? null : db
}

function readFrom(db: Database, raw: RawEngine | null): Sqlite {
  const handle = db.db
  return {
    ...(raw !== null && typeof handle === 'number'
      ? { rowsRead: (sql, readers) => raw.rows(handle, sql, readers) }
      : {}),
    *rows(sql, parameters = []) {
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
