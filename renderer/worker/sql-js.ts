// sql.js behind the interface that the stages of shared/viewer read from.
//
// sql.js copies the bytes it is given once more (its file system calls `slice` on them), which for a file of
// 360 MB costs 360 MB and half a second. So the image it gets answers `slice()` with itself, and may even still
// be on its way while it is read (shared-image.ts). That leans on the inside of the pinned version;
// test/renderer/sql-js.test.ts fails when an update changes it.
import initSqlJs from 'sql.js/dist/sql-wasm-browser.js'
import type { Database, Statement } from 'sql.js/dist/sql-wasm-browser.js'
import wasm from 'sql.js/dist/sql-wasm-browser.wasm?url'
import type { Writer } from '../../shared/formats/text-database.ts'
import type { Sqlite } from '../../shared/viewer/sqlite.ts'

const guards = 'PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA query_only = ON'

/** The part of an array of bytes that sql.js uses of the image it is given. */
export interface Image {
  readonly length: number
  slice(): object
  subarray(from: number, to: number): Uint8Array
}

/** Opens a database image without copying it. The image belongs to the database from here on. */
export async function openImage(image: Image): Promise<Sqlite> {
  const sqlJs = await initSqlJs({ locateFile: () => new URL(wasm, import.meta.url).href })
  const db = new sqlJs.Database(image)
  db.exec(guards)
  return readFrom(db)
}

/** An empty database in memory, and a way to write to it until it is handed over for reading. */
export async function openEmpty(): Promise<{ readonly writer: Writer; begin(): void; finish(): Sqlite }> {
  const sqlJs = await initSqlJs({ locateFile: () => new URL(wasm, import.meta.url).href })
  const db = new sqlJs.Database()
  const prepared = new Map<string, Statement>()
  return {
    writer: {
      run: (sql, values) => {
        const statement = prepared.get(sql) ?? db.prepare(sql)
        if (values.length > 0) prepared.set(sql, statement)
        statement.run(values)
        if (values.length === 0) statement.free()
      },
    },
    begin: () => db.exec('BEGIN'),
    finish: () => {
      for (const statement of prepared.values()) statement.free()
      db.exec('COMMIT')
      db.exec(guards)
      return readFrom(db)
    },
  }
}

function readFrom(db: Database): Sqlite {
  return {
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
