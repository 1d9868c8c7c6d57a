// renderer/worker/ leans on the inside of sql.js: that a database reads its image by length, slice and subarray, and
// that its C functions, its memory and a database's handle can be had. An update that changes one of them fails here.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { smartAgents } from '../../shared/formats/smart-agents.ts'
import { compileReader } from '../../shared/viewer/events.ts'
import type { TelemetryEvent } from '../../shared/viewer/events.ts'
import { readSchema } from '../../shared/viewer/sqlite.ts'
import type { Cell, Sqlite } from '../../shared/viewer/sqlite.ts'
import { pick, random } from '../shared/wal-work.ts'
import { RawEngine } from '../../renderer/worker/raw-statement.ts'
import type { SqliteFunctions } from '../../renderer/worker/raw-statement.ts'

interface Database {
  readonly db: unknown
  prepare(sql: string): {
    bind(parameters: readonly unknown[]): void
    step(): boolean
    get(parameters: null, options: object): unknown[]
  }
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

const keys = [
  'agent_type',
  'used_with_agent',
  'tool',
  'success',
  'duration_ms',
  'cost',
  'agent\\u005ftype',
  'other',
  'agent',
]
const spaces = ['', '', ' ', '\n']

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

  it('gives by their addresses the events that it gives by copies, whatever stands in a row', () => {
    const file = new DatabaseSync(':memory:')
    file.exec('CREATE TABLE telemetry_events (id TEXT, event_type TEXT, event_data TEXT, timestamp, later)')
    const insert = file.prepare('INSERT INTO telemetry_events VALUES (?, ?, ?, ?, ?)')
    const times = [null, 7, 'soon', '2026-11-20T12:00:00.5Z', '2026x11-20T12:00:00.500Z']
    const next = random(5)
    const one = <T>(list: readonly T[]): T => pick(list, next)
    const time = () =>
      next() < 0.5 ? new Date(1.7e12 + Math.floor(next() * 1e11)).toISOString() : one(times)
    for (let i = 0; i < 4000; i++) {
      const data = Array.from({ length: Math.floor(next() * 9) }, () => {
        const value = one(['planner', 'a "b"', 12, -0.5, 1e21, true, null, ['x'], { agent_type: 'inner' }])
        return `${one(spaces)}"${one(keys)}"${one(spaces)}:${one(spaces)}${JSON.stringify(value)}`
      })
      const text = next() < 0.05 ? '{"agent_type":' : `{${data.join(',')}}`
      insert.run(String(i), one(['error', 'tool', null]), text, time(), time())
    }
    const source = {
      ...smartAgents.events,
      time: { from: [{ column: 'timestamp' }, { column: 'later' }], encoding: 'iso' },
    } as const
    const db = new sqlJs.Database(file.serialize())
    const raw = RawEngine.of(sqlJs, memory)
    const rows = (sql: string, parameters: readonly Cell[] = []): Cell[][] => {
      const statement = db.prepare(sql)
      if (parameters.length > 0) statement.bind(parameters)
      const all: Cell[][] = []
      while (statement.step()) all.push(statement.get(null, { useBigInt: true }) as Cell[])
      return all
    }
    const events = (engine: Sqlite): TelemetryEvent[] => {
      const reader = compileReader({ ...smartAgents, events: source }, readSchema(engine))
      return Array.from(reader.read(engine), (event) => structuredClone(event))
    }
    const byAddress = events({
      rows,
      rowsRead: (sql, readers) => raw?.rows(Number(db.db), sql, readers) ?? [],
    })
    expect(byAddress).toEqual(events({ rows }))
    for (const known of [
      byAddress.filter((event) => event.time > 0),
      byAddress.filter(({ dimensions }) => dimensions[0] === 'planner'),
    ])
      expect(known.length).toBeGreaterThan(200)
  })

  it('says what is wrong with a statement', () => {
    const db = new sqlJs.Database(image('UTF-8'))
    const raw = RawEngine.of(sqlJs, memory)
    expect(() => [...(raw?.rows(Number(db.db), 'SELECT nonsense FROM t', []) ?? [])]).toThrow(
      'no such column',
    )
    expect(RawEngine.of(sqlJs, null)).toBeNull()
  })
})
