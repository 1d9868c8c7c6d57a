// renderer/worker/ leans on the inside of sql.js: that a database reads its image by length, slice and subarray, and
// that its C functions, its memory and a database's handle can be had. An update that changes one of them fails here.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { RawEngine } from '../../renderer/worker/raw-statement.ts'
import type { SqliteFunctions } from '../../renderer/worker/raw-statement.ts'

interface Database {
  readonly db: unknown
  prepare(sql: string): { step(): boolean; get(parameters: null, options: object): unknown[] }
}
type SqlJs = SqliteFunctions & { Database: new (image: object) => Database }

const require = createRequire(import.meta.url)
const wasm = readFileSync(require.resolve('sql.js/dist/sql-wasm-browser.wasm'))
let memory: WebAssembly.Memory | null = null
const init = require('sql.js/dist/sql-wasm-browser.js') as (options: object) => Promise<SqlJs>
const sqlJs = await init({
  instantiateWasm: (imports: WebAssembly.Imports, receive: (instance: WebAssembly.Instance) => void) => {
    const instance = new WebAssembly.Instance(new WebAssembly.Module(wasm), imports)
    for (const one of Object.values(instance.exports)) if (one instanceof WebAssembly.Memory) memory = one
    receive(instance)
    return instance.exports
  },
})

function image(encoding: string): Uint8Array {
  const db = new DatabaseSync(':memory:')
  db.exec(`PRAGMA encoding = '${encoding}';
    CREATE TABLE t (text, number, big, blob, empty);
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
    INSERT INTO t SELECT 'wört ' || i || substr(hex(zeroblob(3000)), 1, i * 2), i / 4.0, 9007199254740993 + i, x'00ff' || i, NULL FROM n`)
  return db.serialize()
}

describe('sql.js', () => {
  it('reads its image in place, by slice once and subarray from then on', () => {
    const bytes = image('UTF-8')
    let asked = 0
    const self = {
      length: bytes.length,
      slice: () => self,
      subarray: (from: number, to: number) => {
        asked++
        return bytes.subarray(from, to)
      },
    }
    const db = new sqlJs.Database(self)
    expect(db.prepare('SELECT count(*) FROM t').step()).toBe(true)
    expect(asked).toBeGreaterThan(10)
  })

  it.each(['UTF-8', 'UTF-16le', 'UTF-16be'])(
    'gives values by their addresses as it gives copies (%s)',
    (encoding) => {
      const bytes = image(encoding)
      const db = new sqlJs.Database(bytes)
      const raw = RawEngine.of(sqlJs, memory)
      expect(raw).not.toBeNull()
      const handle = Number(db.db)
      const sql = 'SELECT * FROM t ORDER BY rowid DESC'
      const length = { of: 0 }
      const readers = [null, null, null, null, null]
      let rows = 0
      const statement = db.prepare(sql)
      for (const row of raw?.rows(handle, sql, readers) ?? []) {
        statement.step()
        const copies = statement.get(null, { useBigInt: true })
        expect(row).toEqual(copies)
        rows++
      }
      expect(rows).toBe(3000)
      for (const [text] of raw?.rows(handle, 'SELECT text FROM t', [
        (heap, start, end, decode) => {
          length.of += end - start
          return decode(heap, start, end)
        },
      ]) ?? [])
        expect(text).toMatch(/^wört \d+/)
      expect(length.of).toBeGreaterThan(3_000_000)
    },
  )

  it('says what is wrong with a statement', () => {
    const db = new sqlJs.Database(image('UTF-8'))
    const raw = RawEngine.of(sqlJs, memory)
    expect(() => [...(raw?.rows(Number(db.db), 'SELECT nonsense FROM t', []) ?? [])]).toThrow(
      'no such column',
    )
    expect(RawEngine.of(sqlJs, null)).toBeNull()
  })
})
