// What an export holds, against SQLite's own words for each cell, and against Papa Parse for each line of CSV.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nativeSqlite } from '../../../host/file/native.ts'
import { SqliteWriter } from '../../../host/file/sqlite-writer.ts'
import { recogniseAny } from '../../../shared/formats/recognise.ts'
import { readSchema } from '../../../shared/viewer/sqlite.ts'
import { csvLine, csvOf } from '../../../shared/writers/csv.ts'
import { exportText } from '../../../shared/writers/export.ts'
import type { ExportWish } from '../../../shared/export.ts'
import { ImportLines } from '../../../shared/writers/import.ts'

let folder = ''
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'sightglass-writers-'))))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const wish: ExportWish = { which: { of: 'all' }, as: 'jsonl', formulas: 'safe', table: null }

function textOf(db: DatabaseSync, wanted: ExportWish): string {
  const engine = nativeSqlite(db)
  const schema = readSchema(engine)
  const found = recogniseAny(engine, schema, 'test.db')
  if (!found.ok) throw new Error(found.error.kind)
  const file = { db: engine, schema, format: found.value.format }
  return Array.from(exportText(file, wanted, TextDecoder), ({ text }) => text).join('')
}

let files = 0
function imported(text: string): DatabaseSync {
  const path = join(folder, `${files++}.db`)
  const writer = new SqliteWriter(path, {})
  const lines = new ImportLines()
  let table = { name: '', columns: [''] }
  for (const line of text.split('\n')) {
    const read = lines.read(line)
    if (read === null) throw new Error(`not read: ${line}`)
    if (read.is === 'table') {
      expect(writer.make(read.table, read.sql)).toBe('made')
      table = { name: read.table, columns: read.columns.map(({ name }) => name) }
    } else if (read.is === 'row') expect(writer.add(table.name, table.columns, read.cells)).toBe(1)
  }
  writer.finish()
  writer.close()
  return new DatabaseSync(path)
}

/** All that SQLite knows of a table: how it was declared, and of every cell its class and its bytes. */
function told(db: DatabaseSync, table: string): unknown {
  const name = `"${table.replaceAll('"', '""')}"`
  const declared = db
    .prepare('SELECT name, type, "notnull", dflt_value, pk, hidden FROM pragma_table_xinfo(?)')
    .all(table)
  const columns = declared.map((column) => `"${String(column['name']).replaceAll('"', '""')}"`)
  const cells = columns.map(
    (c) => `typeof(${c}) || ' ' || CASE typeof(${c}) WHEN 'real' THEN printf('%!.26g', ${c})
    ELSE hex(CAST(${c} AS BLOB)) END`,
  )
  const sql = db.prepare('SELECT sql FROM sqlite_schema WHERE name = ?').get(table)
  return { sql, declared, rows: db.prepare(`SELECT ${cells.join(', ')} FROM ${name}`).all() }
}

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    '',
    '\0',
    'a\0b',
    'NULL',
    '1',
    '3.0',
    '{"hex":"00"}',
    'hex:00',
    '\uFEFF',
    '\uFFFD',
    "'",
    '"',
    '1e999',
    ']}',
    ',',
  ),
)
/** A cell as an expression of SQL, so that nothing between decides what it becomes. */
const cell = fc.oneof(
  fc.constant('NULL'),
  fc.bigInt({ min: -(2n ** 63n) + 1n, max: 2n ** 63n - 1n }).map(String),
  fc.constantFrom(
    '0',
    '9007199254740993',
    '-9223372036854775808 + 0',
    '3.0',
    '-0.0',
    '1e999',
    '-1e999',
    '1e300',
    '5e-324',
  ),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => `CAST('${value}' AS REAL)`),
  text.map((value) => `CAST(x'${hexOf(new TextEncoder().encode(value))}' AS TEXT)`),
  fc.uint8Array({ maxLength: 40 }).map((bytes) => `x'${hexOf(bytes)}'`),
  fc.uint8Array({ maxLength: 40 }).map((bytes) => `CAST(x'${hexOf(bytes)}' AS TEXT)`),
)
const name = fc.constantFrom(
  'plain',
  'with space',
  'qu"ote',
  '__proto__',
  'constructor',
  'ünï',
  '$table',
  'sql',
  'rows',
  'x,y',
)
const column = fc.record({
  name,
  type: fc.constantFrom('', 'TEXT', 'INTEGER', 'REAL', 'BLOB', 'NUMERIC', 'VARCHAR(10)'),
})
const tables = fc.record({
  columns: fc.uniqueArray(column, {
    minLength: 1,
    maxLength: 5,
    selector: ({ name: one }) => one.toLowerCase(),
  }),
  rows: fc.array(fc.array(cell, { minLength: 5, maxLength: 5 }), { maxLength: 12 }),
  withoutRowid: fc.boolean(),
})

describe('an export in JSON', () => {
  it.each(['json', 'jsonl'] as const)(
    '%s: comes back with the same tables, declared types and rows, to the last byte',
    (as) => {
      let cells = 0
      let broken = 0
      fc.assert(
        fc.property(tables, ({ columns, rows, withoutRowid }) => {
          const db = new DatabaseSync(':memory:')
          db.exec(`CREATE TABLE telemetry_events (id TEXT PRIMARY KEY, event_type TEXT, event_data TEXT, timestamp TEXT);
          INSERT INTO telemetry_events VALUES ('a', 'error', '{}', '2026-11-20T12:00:00.000Z')`)
          const quoted = columns.map(({ name: one, type }) => `"${one.replaceAll('"', '""')}" ${type}`)
          db.exec(
            `CREATE TABLE "odd ""table" (${quoted.join(', ')}, "n" INTEGER PRIMARY KEY)${withoutRowid ? ' WITHOUT ROWID' : ''}`,
          )
          rows.forEach((row, i) => {
            db.exec(`INSERT INTO "odd ""table" VALUES (${row.slice(0, columns.length).join(', ')}, ${i})`)
          })
          const copy = imported(textOf(db, { ...wish, as }))
          for (const table of ['telemetry_events', 'odd "table'])
            expect(told(copy, table)).toEqual(told(db, table))
          cells += rows.length * columns.length
          broken += rows.flat().filter((one) => /x'[89a-f].*TEXT/.test(one)).length
          db.close()
          copy.close()
        }),
        { numRuns: 200 },
      )
      expect(cells).toBeGreaterThan(1000)
      expect(broken).toBeGreaterThan(50)
    },
  )

  it('is refused where a line is not one of an export', () => {
    const first = '{"sightglass":"export","version":1,"header":"$table"}'
    const header = '{"$table":"t","columns":[{"name":"a","type":""}],"sql":"CREATE TABLE t (a)","adds":[]}'
    const outcome = (...lines: string[]): unknown => {
      const reader = new ImportLines()
      return lines.map((line) => reader.read(line)?.is ?? null)
    }
    expect(outcome(first, header, '{"a":1}')).toEqual(['nothing', 'table', 'row'])
    expect(outcome('{"a":1}')).toEqual([null])
    expect(outcome(first, '{"a":1}')).toEqual(['nothing', null])
    expect(
      outcome(first, header, '{"a":[1]}', '{"a":{"hex":"0"}}', '{"a":99999999999999999999}', 'x'),
    ).toEqual(['nothing', 'table', null, null, null, null])
  })
})

describe('an export in CSV', () => {
  it('quotes as Papa Parse does, cell by cell', () => {
    let quoted = 0
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            text.filter((one) => one !== ''),
            fc.constant(null),
            fc.maxSafeInteger(),
          ),
          { minLength: 2 },
        ),
        (cells) => {
          const plain = cells.filter((one) => typeof one !== 'string' || !/^(text:)*(text-)?hex:/.test(one))
          const exact = plain.map((one) => (typeof one === 'number' ? BigInt(one) : one))
          const line = csvLine(exact, 'safe')
          expect(line).toBe(csvOf([plain]))
          quoted += line.includes('"') ? 1 : 0
        },
      ),
      { numRuns: 3000 },
    )
    expect(quoted).toBeGreaterThan(500)
  })

  it('keeps NULL and empty, numbers and their kinds, bytes and text that looks like them apart', () => {
    const db = new DatabaseSync(':memory:')
    db.exec(`CREATE TABLE telemetry_events (id TEXT PRIMARY KEY, event_type TEXT, event_data TEXT, timestamp TEXT, x, raw BLOB);
      INSERT INTO telemetry_events VALUES
      ('1', NULL, '', '2026-11-20 12:00:00', 9007199254740993, x'00FF'),
      ('2', 'a,"b"', 'two' || char(10) || 'lines', 'soon', 3.0, CAST(x'61FF62' AS TEXT)),
      ('3', char(97, 0, 98), 'hex:00', '2026-02-30T00:00:00.000Z', -9223372036854775807 - 1, x''),
      ('4', '=1+1', '-5', '2026-11-20T23:59:59.999+02:00', 0.1, NULL)`)
    const header = 'id,event_type,event_data,timestamp,x,raw (hex),time_iso'
    const lines = (formulas: 'safe' | 'exact'): string[] =>
      textOf(db, { ...wish, as: 'csv', formulas }).split('\r\n')
    expect(lines('safe')).toEqual([
      header,
      '1,,"",2026-11-20 12:00:00,9007199254740993,hex:00ff,2026-11-20T12:00:00.000Z',
      '2,"a,""b""","two\nlines",soon,3.0,text-hex:61ff62,',
      '3,a\0b,text:hex:00,2026-02-30T00:00:00.000Z,-9223372036854775808,hex:,',
      "4,'=1+1,-5,2026-11-20T23:59:59.999+02:00,0.1,,2026-11-20T21:59:59.999Z",
      '',
    ])
    expect(lines('exact')[4]).toMatch(/^4,=1\+1,-5,/)
  })

  it('holds events of two tables with the columns of both, and of one that is named only its own', () => {
    const db = new DatabaseSync(':memory:')
    db.exec(`CREATE TABLE threads (id TEXT PRIMARY KEY, datetime_utc TEXT);
      CREATE TABLE turns (id TEXT PRIMARY KEY, thread_id TEXT, model TEXT, datetime_utc TEXT, duration_ms INTEGER);
      CREATE TABLE responses (model TEXT, id TEXT PRIMARY KEY, prompt TEXT, response TEXT, datetime_utc TEXT);
      INSERT INTO turns VALUES ('t1', 'h', 'm', '2026-11-20T12:00:00', 5);
      INSERT INTO responses VALUES ('n', 'r1', 'Why?', 'So', '2026-11-21T12:00:00')`)
    const lines = (table: string | null): string[] =>
      textOf(db, { ...wish, as: 'csv', table })
        .trimEnd()
        .split('\r\n')
    expect(lines(null)).toEqual([
      'table,id,thread_id,model,datetime_utc,duration_ms,prompt,response,time_iso',
      'turns,t1,h,m,2026-11-20T12:00:00,5,,,2026-11-20T12:00:00.000Z',
      'responses,r1,,n,2026-11-21T12:00:00,,Why?,So,2026-11-21T12:00:00.000Z',
    ])
    expect(lines('responses')).toEqual([
      'model,id,prompt,response,datetime_utc,time_iso',
      'n,r1,Why?,So,2026-11-21T12:00:00,2026-11-21T12:00:00.000Z',
    ])
  })

  it.each([
    '=1+1',
    '+1+cmd',
    '-2+3',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    ' =1',
    '\u00a0=1',
    '\u200b@x',
    '＝1',
    'a\n=1',
    'hex:\n=1',
  ])('I2: gives a spreadsheet no formula: %j', (said) => {
    expect(csvLine([said], 'safe')).toMatch(/'/)
    expect(csvLine([said], 'exact')).not.toMatch(/'/)
  })
})
