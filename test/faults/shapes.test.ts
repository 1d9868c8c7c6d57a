// F5 to F7: what SQLite allows and few expect. Both engines, the host's and the window's, read the same of it.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, expect, it } from 'vitest'
import { checkFile } from '../../host/file/check.ts'
import { nativeSqlite, openNative } from '../../host/file/native.ts'
import { summarizeFile } from '../../host/file/summarize.ts'
import type { Result } from '../../shared/result.ts'
import { nameDamage } from '../../shared/viewer/damage.ts'
import { quote, readSchema } from '../../shared/viewer/sqlite.ts'
import type { Row, Sqlite } from '../../shared/viewer/sqlite.ts'
import type { Summary } from '../../shared/viewer/summary.ts'
import { en } from '../../shared/words/en.ts'
import { explain } from '../../shared/words/explain.ts'
import { makeSmartAgents } from '../host/tool-files.ts'
import { loadSqlJs, sqlJsReader } from './try-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'sightglass-shapes-'))
const temporary = join(folder, 'temporary')
mkdirSync(temporary)
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const port = { progress: () => {}, serve: () => {} }
const sqlJs = await loadSqlJs()

function make(name: string, sql: string): string {
  const path = join(folder, name)
  const db = new DatabaseSync(path)
  db.enableDefensive(false)
  db.exec(sql)
  db.close()
  return path
}
const summarize = (path: string): Promise<Result<Summary>> =>
  summarizeFile({ path, temporary, now: Date.UTC(2026, 10, 20), zone: 'UTC' }, port)

async function inBoth<T>(
  path: string,
  read: (db: Sqlite) => T,
): Promise<{ readonly host: T; readonly window: T }> {
  const db = openNative(path, { writable: false })
  const { sqlite, close } = sqlJsReader(readFileSync(path), sqlJs)
  try {
    return { host: read(nativeSqlite(db)), window: read(sqlite) }
  } finally {
    db.close()
    close()
  }
}
const all = (db: Sqlite, table: string): readonly Row[] => [...db.rows(`SELECT * FROM ${quote(table)}`)]

const many = (into: string, values: string): string =>
  `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200) INSERT INTO ${into} SELECT ${values} FROM n`
const time = `strftime('%Y-%m-%dT%H:%M:%SZ', 1790000000 + i * 3600, 'unixepoch')`

it.each(['UTF-8', 'UTF-16le', 'UTF-16be'])(
  'F5: every ordinary table is read beside those that need a module (%s)',
  async (encoding) => {
    const path = make(
      `${encoding}.db`,
      `PRAGMA encoding = '${encoding}'; CREATE VIRTUAL TABLE words USING fts5(body); INSERT INTO words VALUES ('a b');
       CREATE VIRTUAL TABLE places USING rtree(id, a, b); INSERT INTO places VALUES (1, 2, 3);
       CREATE TABLE plain (id INTEGER PRIMARY KEY, at TEXT, what TEXT); ${many('plain', `i, ${time}, 'grün ' || (i % 3)`)};
       CREATE TABLE keyed (k TEXT PRIMARY KEY, v) WITHOUT ROWID; ${many('keyed', `'key ' || i, i`)};
       CREATE TABLE typed (a INTEGER, b REAL AS (a / 2.0) STORED, c TEXT AS ('x' || a)) STRICT; ${many('typed (a)', 'i')}`,
    )
    const read = await inBoth(path, (db) => {
      const schema = readSchema(db)
      const ordinary = schema.filter(({ kind }) => kind === 'table').map(({ name }) => name)
      return { schema: schema.map(({ name }) => name), rows: ordinary.map((name) => [name, all(db, name)]) }
    })
    expect(read.window).toEqual(read.host)
    expect(read.host.schema.toSorted()).toEqual(['keyed', 'places', 'plain', 'typed', 'words'])
    expect(read.host.rows.map(([name, rows]) => [name, rows?.length])).toEqual([
      ['plain', 200],
      ['keyed', 200],
      ['typed', 200],
    ])
    expect(await summarize(path)).toMatchObject({ ok: true, value: { format: 'generic', events: 200 } })
    expect(await checkFile({ path, temporary, now: 0 }, port)).toMatchObject({ value: { sound: true } })
  },
)

it('F5: a module that is missing is named', () => {
  const path = make('module.db', `CREATE VIRTUAL TABLE words USING fts5(body)`)
  const { sqlite, close } = sqlJsReader(readFileSync(path), sqlJs)
  let detail = ''
  try {
    all(sqlite, 'words')
  } catch (error) {
    detail = nameDamage(error)
  }
  close()
  expect(explain({ kind: 'file-damaged', path, detail }, en)).toContain('needs fts5, a part of SQLite')
})

it('F6: a table of 2,000 columns is read', async () => {
  const columns = Array.from({ length: 1997 }, (_, i) => `c${i} INTEGER`).join(', ')
  const path = make(
    'wide.db',
    `CREATE TABLE wide (id INTEGER PRIMARY KEY, at TEXT, kind TEXT, ${columns});
     ${many('wide (id, at, kind, c5, c1996)', `i, ${time}, 'k' || (i % 4), i, i * 2`)}`,
  )
  const began = performance.now()
  expect(await summarize(path)).toMatchObject({ ok: true, value: { events: 200 } })
  expect(performance.now() - began).toBeLessThan(5000)
})

it('F6: a table of 10,000 columns, more than SQLite can have, is refused in words', async () => {
  const columns = Array.from({ length: 10_000 }, (_, i) => `c${i}`).join(', ')
  const path = make(
    'too-wide.db',
    `CREATE TABLE t (a); PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'CREATE TABLE t (${columns})'`,
  )
  const refused = await summarize(path)
  if (refused.ok) throw new Error('it was read')
  expect(explain(refused.error, en)).toMatch(/the list of its tables is malformed/)
})

it('F6: a value of 20 MB, and JSON 100,000 levels deep, are read', async () => {
  const path = join(folder, 'big-values.db')
  makeSmartAgents(path, 30)
  const db = new DatabaseSync(path)
  const update = db.prepare('UPDATE telemetry_events SET event_data = ? WHERE rowid = ?')
  update.run('['.repeat(100_000) + ']'.repeat(100_000), 1)
  update.run('{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000), 2)
  update.run(new Uint8Array(20_000_000).fill(65), 3)
  update.run(`{"agent_type":"${'x'.repeat(20_000_000)}"}`, 4)
  db.close()
  const began = performance.now()
  expect(await summarize(path)).toMatchObject({ ok: true, value: { events: 30 } })
  expect(performance.now() - began).toBeLessThan(5000)
})

it('F7: whole numbers of 64 bits are exact in both engines', async () => {
  const path = make(
    'int64.db',
    `CREATE TABLE t (x); INSERT INTO t VALUES (9223372036854775807), (-9223372036854775808), (9007199254740993), (0), (-1)`,
  )
  const { host, window } = await inBoth(path, (db) => all(db, 't').map(([x]) => String(x)))
  expect(host).toEqual(['9223372036854775807', '-9223372036854775808', '9007199254740993', '0', '-1'])
  expect(window).toEqual(host)
})

it('F7: text that is no UTF-8, or holds NUL, is read and summed up', async () => {
  const path = make(
    'text.db',
    `CREATE TABLE log (id INTEGER PRIMARY KEY, at TEXT, kind TEXT);
     ${many(
       'log',
       `i, ${time}, CASE i % 4 WHEN 0 THEN CAST(x'ff' AS TEXT) WHEN 1 THEN CAST(x'61c3' AS TEXT)
       WHEN 2 THEN CAST(x'610062' AS TEXT) ELSE CAST(x'edA080' AS TEXT) END`,
     )}`,
  )
  const { host, window } = await inBoth(path, (db) => all(db, 'log').length)
  expect([host, window]).toEqual([200, 200])
  const summary = await summarize(path)
  expect(summary).toMatchObject({ ok: true, value: { events: 200 } })
  if (summary.ok) expect(JSON.stringify(summary.value).isWellFormed()).toBe(true)
})

it('I3: columns and keys named like parts of every object stay what they are', async () => {
  const path = join(folder, 'prototype.db')
  makeSmartAgents(path, 10)
  const db = new DatabaseSync(path)
  db.exec(
    `UPDATE telemetry_events SET event_data = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"agent_type":"__proto__"}'`,
  )
  db.exec('CREATE TABLE "__proto__" ("constructor" TEXT, "__proto__" TEXT)')
  db.close()
  expect(await summarize(path)).toMatchObject({ ok: true, value: { events: 10 } })
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
})
