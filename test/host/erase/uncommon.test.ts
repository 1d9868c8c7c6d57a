// Files of uncommon make: deleting from each takes the chosen rows out, every byte of them, and leaves all else as it was.
import { copyFileSync, mkdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHost } from '../../../host/create-host.ts'
import type { Host } from '../../../host/create-host.ts'
import { directBridge } from '../../../host/direct.ts'
import { makeWorld } from '../../world.ts'
import type { World } from '../../world.ts'
import { hold } from '../file/holder.ts'
import { all, ask, erase, good, isSound, liesIn, preview, rowsOf, run, sql } from './erasing.ts'

let world: World
let host: Host
beforeAll(async () => {
  world = await makeWorld()
  host = createHost({ ...world.deps('command line'), patience: 300 })
})
afterAll(async () => {
  await host.close()
  await world.remove()
})

const secret = (i: number): string => `secret-record-${i}-of-many`
const columns = 'id TEXT PRIMARY KEY, event_type TEXT, event_data TEXT, timestamp TEXT'
const rows = (from: number, to: number, note = (i: number): string => secret(i)): string =>
  Array.from({ length: to - from }, (_, i) => from + i)
    .map((i) => {
      const time = new Date(Date.UTC(2026, 10, 1) + i * 60_000).toISOString()
      return `('${secret(i)}', 'error', '{"success":${i % 3 > 0},"note":"${note(i)}"}', '${time}')`
    })
    .join(', ')
const insert = (from: number, to: number, note?: (i: number) => string): string =>
  `INSERT INTO telemetry_events (id, event_type, event_data, timestamp) VALUES ${rows(from, to, note)};`
const plain = `CREATE TABLE telemetry_events (${columns});`
const long = (i: number): string => `${secret(i)} `.repeat(900)

const shapes: Readonly<Record<string, string>> = {
  'pages of 512 bytes, and rows over many of them': `PRAGMA page_size = 512; ${plain} ${insert(0, 120, long)}`,
  'pages of 65536 bytes': `PRAGMA page_size = 65536; ${plain} ${insert(0, 300, long)}`,
  'auto_vacuum full': `PRAGMA auto_vacuum = FULL; ${plain} ${insert(0, 300, long)}`,
  'auto_vacuum incremental, with free pages': `PRAGMA auto_vacuum = INCREMENTAL; ${plain} ${insert(0, 400, long)}
    DELETE FROM telemetry_events WHERE rowid > 300;`,
  'row numbers that are counted on for ever': `CREATE TABLE telemetry_events
    (n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT, event_type TEXT, event_data TEXT, timestamp TEXT); ${insert(0, 300)}`,
  'columns that are worked out, stored and not, and indexes on expressions': `CREATE TABLE telemetry_events
    (${columns}, note TEXT AS (json_extract(event_data, '$.note')), twice TEXT AS (id || id) STORED);
    CREATE INDEX by_note ON telemetry_events (note); CREATE INDEX by_upper ON telemetry_events (upper(id)) WHERE id > '';
    ${insert(0, 300)}`,
  'rows that were moved and updated without secure_delete': `${plain} ${insert(0, 400)}
    UPDATE telemetry_events SET event_data = event_data || ' ' || id; UPDATE telemetry_events SET event_type = 'warning';
    DELETE FROM telemetry_events WHERE rowid > 300;`,
  'I7: names that would be SQL': `CREATE TABLE telemetry_events (${columns}, "a"";DROP TABLE telemetry_events;--", "[", "select");
    CREATE TABLE "b'; DELETE FROM telemetry_events; --" ("of"")" TEXT REFERENCES telemetry_events (id), "'" TEXT);
    CREATE INDEX "c""; --" ON telemetry_events ("a"";DROP TABLE telemetry_events;--"); ${insert(0, 300)}
    INSERT INTO "b'; DELETE FROM telemetry_events; --" SELECT id, id FROM telemetry_events WHERE rowid > 50;`,
  'UTF-16, big end first': `PRAGMA encoding = 'UTF-16be'; ${plain} ${insert(0, 300)}`,
}

describe('deleting from a file with', () => {
  for (const [what, make] of Object.entries(shapes))
    it(what, async () => {
      const path = join(world.folder, `${what.replaceAll(/\W+/g, '-')}.db`)
      sql(path, `PRAGMA secure_delete = OFF; ${make}`)
      const stays = ask(path, 'SELECT id, event_data FROM telemetry_events WHERE rowid > 50 ORDER BY rowid')
      const gone = Array.from({ length: 50 }, (_, i) => secret(i))
      const done = good(await erase(host, path, rowsOf(...gone.map((_, i) => i + 1))))
      expect(done).toMatchObject({ rows: 50, remains: null, proof: { traceable: 50, found: 0 } })
      expect(ask(path, 'SELECT id, event_data FROM telemetry_events ORDER BY rowid')).toEqual(stays)
      const encode = what.startsWith('UTF-16')
        ? (text: string) => Buffer.from(text, 'utf16le').swap16()
        : null
      expect(
        liesIn(
          path,
          gone.map((text) => (encode === null ? text : encode(text))),
        ),
      ).toEqual([])
      expect(isSound(path)).toBe(true)
    })

  it('a name of spaces, signs and letters of all kinds, by way of a link', async () => {
    const folder = join(world.folder, 'a folder%20 & #1?')
    mkdirSync(folder)
    const path = join(folder, "it's – 日本 %41?.db")
    sql(path, `PRAGMA journal_mode = WAL; ${plain} ${insert(0, 30)}`)
    const link = join(world.folder, 'link %.db')
    symlinkSync(path, link)
    const done = good(await erase(host, link, rowsOf(1, 2, 3)))
    expect(done).toMatchObject({ rows: 3, remains: null, proof: { found: 0 } })
    expect(liesIn(path, [secret(0), secret(1), secret(2)])).toEqual([])
    expect(ask(path, 'SELECT count(*) FROM telemetry_events')).toEqual([27])
  })

  it('rows that lie in the -wal alone, since its tool crashed', async () => {
    const path = join(world.folder, 'crashed.db')
    const from = join(world.folder, 'living.db')
    const tool = new DatabaseSync(from)
    tool.exec(`PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; ${plain} ${insert(0, 200)}
      UPDATE telemetry_events SET event_type = 'other'; BEGIN; ${insert(200, 210)}`)
    for (const end of ['', '-wal']) copyFileSync(from + end, path + end)
    tool.close()
    const done = good(await erase(host, path, rowsOf(1, 2, 3)))
    expect(done).toMatchObject({ rows: 3, remains: null, proof: { traceable: 3, found: 0 } })
    expect(liesIn(path, [secret(0), secret(1), secret(2)])).toEqual([])
    expect(ask(path, 'SELECT count(*) FROM telemetry_events')).toEqual([197])
  })
})

const exchanges = `CREATE TABLE exchanges (id TEXT PRIMARY KEY, timestamp TEXT NOT NULL, type TEXT NOT NULL, text TEXT NOT NULL);
  CREATE VIRTUAL TABLE exchanges_fts USING fts5(text, content=exchanges, content_rowid=rowid);
  CREATE TRIGGER ai AFTER INSERT ON exchanges BEGIN
    INSERT INTO exchanges_fts(rowid, text) VALUES (new.rowid, new.text); END;
  CREATE TRIGGER ad AFTER DELETE ON exchanges BEGIN DELETE FROM exchanges_fts WHERE rowid = old.rowid; END;`
const said = (from: number, to: number): string =>
  `WITH RECURSIVE n(i) AS (SELECT ${from} UNION ALL SELECT i + 1 FROM n WHERE i < ${to - 1})
   INSERT INTO exchanges SELECT 'exchange_' || i, '2026-11-10T10:00:00+11:00',
     CASE i % 2 WHEN 0 THEN 'stt' ELSE 'tts' END, 'whispered zanzibar' || i || 'quux aloud' FROM n;`

/** Those that are named by the pages of the list of free ones, by the file format. */
function freePages(path: string): Buffer[] {
  const bytes = readFileSync(path)
  const size = bytes.readUInt16BE(16)
  const page = (number: number): Buffer => bytes.subarray((number - 1) * size, number * size)
  const pages: Buffer[] = []
  for (let trunk = bytes.readUInt32BE(32); trunk !== 0; trunk = page(trunk).readUInt32BE(0))
    for (let i = 0; i < page(trunk).readUInt32BE(4); i++)
      pages.push(page(page(trunk).readUInt32BE(8 + 4 * i)))
  return pages
}

describe('a full-text index', () => {
  it('leaves no words behind in pages that its tool freed long before', async () => {
    const path = join(world.folder, 'conversations.db')
    sql(path, `PRAGMA secure_delete = OFF; ${exchanges}`)
    for (let i = 0; i < 2000; i += 50) sql(path, `PRAGMA secure_delete = OFF; ${said(i, i + 50)}`)
    sql(path, "PRAGMA secure_delete = OFF; INSERT INTO exchanges_fts(exchanges_fts) VALUES ('optimize')")
    expect(freePages(path).some((page) => page.includes('quux'))).toBe(true)
    const rowids = ask(path, 'SELECT rowid FROM exchanges WHERE rowid > 1990')
    const done = good(await erase(host, path, rowsOf(...Array.from({ length: 1990 }, (_, i) => i + 1))))
    expect(done.rows).toBe(1990)
    expect(done.remains === null).toBe(done.proof.found === 0)
    expect(freePages(path).length).toBeGreaterThan(10)
    expect(freePages(path).filter((page) => page.some((byte) => byte !== 0))).toEqual([])
    expect(ask(path, 'SELECT rowid FROM exchanges')).toEqual(rowids)
    expect(ask(path, "SELECT count(*) FROM sqlite_schema WHERE name LIKE 'sightglass%'")).toEqual([0])
    expect(isSound(path)).toBe(true)
  })

  it('is not called gone while a tool reads the log, and is finished when it has let go', async () => {
    const path = join(world.folder, 'read.db')
    sql(path, `PRAGMA journal_mode = WAL; ${exchanges} ${said(0, 100)}`)
    const tool = await hold(path, 'PRAGMA journal_mode = WAL')
    await tool.run('BEGIN; SELECT count(*) FROM exchanges')
    const done = good(await erase(host, path, rowsOf(1, 2, 3)))
    expect(done.remains).toMatchObject({ why: 'held' })
    await tool.run('COMMIT')
    await tool.close()
    const finished = good(await directBridge(host.rpc).stream('erase.finish', { path }, () => {}))
    expect(finished.remains?.why ?? 'row-numbers').toBe('row-numbers')
    expect(statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0).toBe(0)
  })

  it('of words alone, which can’t be made anew, is a reason to refuse before anything is counted', async () => {
    const path = join(world.folder, 'contentless.db')
    sql(
      path,
      `${plain} CREATE VIRTUAL TABLE words USING fts5(note, content='');
       CREATE TRIGGER keeper AFTER DELETE ON telemetry_events BEGIN
         INSERT INTO words (words, rowid, note) VALUES ('delete', old.rowid, old.id); END; ${insert(0, 30)}`,
    )
    const refused = { kind: 'not-erasable', path, why: 'trigger', detail: 'keeper' }
    expect(await preview(host, path, rowsOf(1))).toEqual({ ok: false, error: refused })
  })

  it('that a tool keeps by row numbers in its own code keeps its rows', async () => {
    const path = join(world.folder, 'own-code.db')
    sql(
      path,
      `CREATE TABLE telemetry_events (${columns.replace(' PRIMARY KEY', '')}); ${insert(0, 60)}
       CREATE VIRTUAL TABLE words USING fts5(note); INSERT INTO words (rowid, note) SELECT rowid, id FROM telemetry_events`,
    )
    const done = good(await erase(host, path, rowsOf(1, 2, 3)))
    expect(done.remains?.why ?? 'row-numbers').toBe('row-numbers')
    const joined =
      'SELECT count(*) FROM telemetry_events AS e JOIN words AS w ON w.rowid = e.rowid WHERE w.note = e.id'
    expect(ask(path, joined)).toEqual([57])
  })
})

it('samples that a tool’s ANALYZE took of the rows go with them', async () => {
  const path = join(world.folder, 'samples.db')
  sql(
    path,
    `${plain} ${insert(0, 60)} CREATE TABLE samples (tbl, idx, neq, nlt, ndlt, sample);
    INSERT INTO samples SELECT 'telemetry_events', 'by_id', '1', '1', '1', CAST('..' || id || '..' AS BLOB) FROM telemetry_events;
    INSERT INTO samples SELECT 'another', 'by_id', '1', '1', '1', x'00'`,
  )
  const db = new DatabaseSync(path)
  db.enableDefensive(false)
  db.exec(`PRAGMA writable_schema = ON; UPDATE sqlite_schema SET name = 'sqlite_stat4', tbl_name = 'sqlite_stat4',
    sql = 'CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)' WHERE name = 'samples'`)
  db.close()
  expect(liesIn(path, [secret(1)])).toEqual([secret(1)])
  const done = good(await erase(host, path, rowsOf(1, 2, 3)))
  expect(done).toMatchObject({ rows: 3, remains: null, proof: { found: 0 } })
  expect(liesIn(path, [secret(0), secret(1), secret(2)])).toEqual([])
  expect(ask(path, 'SELECT tbl FROM sqlite_stat4')).toEqual(['another'])
})

const hidden = 'rowid TEXT, _rowid_ TEXT, oid TEXT'
for (const [what, table, ids] of [
  ['are no valid text', `(${columns}) WITHOUT ROWID`, "CAST(x'ff00fe41' AS TEXT), CAST(x'ff00fe42' AS TEXT)"],
  ['may be nothing', `(${columns}, ${hidden})`, "NULL, 'one'"],
  ['are not there', `(${columns.replace(' PRIMARY KEY', '')}, ${hidden})`, "'one', 'two'"],
] as const)
  it(`rows whose keys ${what} are refused, and never a part of them deleted as if it were all`, async () => {
    const path = join(world.folder, `${what}.db`)
    const add = ids.split(', ').map(
      (id) => `INSERT INTO telemetry_events (id, event_type, event_data, timestamp)
      VALUES (${id}, 'error', '{}', '2026-11-01T00:00:00.000Z')`,
    )
    sql(path, `CREATE TABLE telemetry_events ${table}; ${add.join('; ')}`)
    const refused = { kind: 'not-erasable', path, why: 'no-key', detail: 'telemetry_events' }
    expect(await preview(host, path, all)).toEqual({ ok: false, error: refused })
  })

it('of a preview that is confirmed twice, and of one whose rows are gone since, nothing more is deleted', async () => {
  const path = join(world.folder, 'twice.db')
  sql(path, `${plain} ${insert(0, 30)}`)
  const [one, other] = [
    good(await preview(host, path, rowsOf(1))),
    good(await preview(host, path, rowsOf(1))),
  ]
  good(await run(host, one))
  expect(await run(host, one)).toMatchObject({ error: { kind: 'erase-unknown' } })
  expect(await run(host, other)).toMatchObject({ error: { kind: 'erase-stale', why: 'changed' } })
  expect(ask(path, 'SELECT count(*) FROM telemetry_events')).toEqual([29])
})
