// Deleting records of real formats: what goes, what stays, and that nothing of it lies in the file any more.
import { copyFileSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Host } from '../../../host/create-host.ts'
import { directBridge } from '../../../host/direct.ts'
import type { ExportWish } from '../../../shared/export.ts'
import { eventually, makeWorld } from '../../world.ts'
import type { World } from '../../world.ts'
import { makeTurns } from '../tool-files.ts'
import { all, ask, erase, good, isSound, liesIn, matching, preview, rowsOf, run, sql } from './erasing.ts'

let world: World
let host: Host
beforeAll(async () => {
  world = await makeWorld()
  host = world.host('command line')
})
afterAll(async () => {
  await host.close()
  await world.remove()
})
const place = (name: string): string => join(world.folder, name)
const ids = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, i) => `secret-record-${from + i}-of-many`)

/** Smart Agents events whose ids can be searched for in the bytes of the file. */
function makeAgents(name: string, events: number, pragmas = ''): string {
  const path = place(name)
  const values = ids(0, events).map((id, i) => {
    const time = new Date(Date.UTC(2026, 10, 1) + i * 3_600_000).toISOString()
    return `('${id}', 'agent_execution', '{"agent_type":"planner","success":${i % 3 > 0},"note":"${id}"}', '${time}')`
  })
  sql(
    path,
    `${pragmas}; PRAGMA secure_delete = OFF;
     CREATE TABLE telemetry_events (id TEXT PRIMARY KEY, event_type TEXT, event_data TEXT, timestamp TEXT);
     CREATE INDEX by_time ON telemetry_events (timestamp); INSERT INTO telemetry_events VALUES ${values.join(', ')}`,
  )
  return path
}

describe('P6: deleted means gone', () => {
  for (const journal of ['delete', 'wal', 'persist'])
    it(`P6: not in the file, its journal or its free pages (journal: ${journal})`, async () => {
      const path = makeAgents(`gone-${journal}.db`, 3000, `PRAGMA journal_mode = ${journal}`)
      const until = Date.UTC(2026, 10, 1) + 1000 * 3_600_000
      expect(liesIn(path, ids(0, 1000))).toHaveLength(1000)
      const done = good(await erase(host, path, matching({ until })))
      expect(done).toMatchObject({ events: 1000, rows: 1000, remains: null })
      expect(done.proof).toMatchObject({ rows: 1000, traceable: 1000, found: 0 })
      expect(done.proof.cells).toBeGreaterThanOrEqual(2000)
      expect(liesIn(path, ids(0, 1000))).toEqual([])
      expect(ask(path, 'SELECT id FROM telemetry_events ORDER BY timestamp')).toEqual(ids(1000, 3000))
      expect(isSound(path)).toBe(true)
    })

  it('P6: the receipt holds nothing of what was deleted, and proves it again', async () => {
    const path = makeAgents('receipt.db', 200)
    const before = place('receipt-before.db')
    copyFileSync(path, before)
    const done = good(await erase(host, path, rowsOf(3, 4, 5)))
    expect(liesIn(done.receipt, ids(0, 200))).toEqual([])
    const verify = async (file: string | null) =>
      good(
        await directBridge(host.rpc).stream('erase.verify', { receipt: done.receipt, path: file }, () => {}),
      )
    expect((await verify(null)).proof).toMatchObject({ rows: 3, traceable: 3, found: 0 })
    const old = await verify(before)
    expect(old.proof.found).toBe(old.proof.cells)
    expect(old.proof.places[0]).toEqual({ place: 'rows', found: old.proof.found })
  })

  it('P6: the proof finds what was left behind: a row deleted without secure_delete', async () => {
    const path = makeAgents('planted.db', 400)
    const kept = place('planted-kept.db')
    copyFileSync(path, kept)
    const done = good(await erase(host, path, rowsOf(100, 101, 102)))
    sql(kept, 'PRAGMA secure_delete = OFF; DELETE FROM telemetry_events WHERE rowid BETWEEN 100 AND 102')
    const left = liesIn(kept, ids(99, 102))
    expect(left.length).toBeGreaterThan(0)
    const asked = { receipt: done.receipt, path: kept }
    const { proof } = good(await directBridge(host.rpc).stream('erase.verify', asked, () => {}))
    expect(proof.found).toBeGreaterThanOrEqual(left.length)
    expect(proof.places.find(({ place: where }) => where === 'database')?.found).toBe(proof.found)
  })

  it('P6: the proof looks into the -wal and the -journal, too', async () => {
    const path = makeAgents('beside.db', 50)
    const done = good(await erase(host, path, rowsOf(10)))
    for (const [end, where] of [
      ['-wal', 'wal'],
      ['-journal', 'journal'],
    ] as const) {
      const copy = place(`beside${end}.db`)
      copyFileSync(path, copy)
      writeFileSync(copy + end, `${'.'.repeat(5000)}${ids(9, 10).join()}${'.'.repeat(700)}`)
      const asked = { receipt: done.receipt, path: copy }
      const { proof } = good(await directBridge(host.rpc).stream('erase.verify', asked, () => {}))
      expect(proof.places.filter(({ found }) => found > 0)).toEqual([{ place: where, found: 1 }])
    }
  })

  it('P6: a value on overflow pages, in another encoding, or in a table without row numbers is gone as well', async () => {
    const path = place('shapes.db')
    const secret = (i: number): string => `a secret ${i} that is written here`
    const values = Array.from({ length: 60 }, (_, i) => {
      const time = new Date(Date.UTC(2026, 10, 1) + i * 60_000).toISOString()
      return `('${secret(i)}', 'error', '{"text":"${`${secret(i)} `.repeat(400)}"}', '${time}')`
    })
    sql(
      path,
      `PRAGMA encoding = 'UTF-16le'; CREATE TABLE telemetry_events
       (id TEXT PRIMARY KEY, event_type TEXT, event_data TEXT, timestamp TEXT) WITHOUT ROWID;
       INSERT INTO telemetry_events VALUES ${values.join(', ')}`,
    )
    const which = { of: 'rows', addresses: [0, 1, 2].map((at) => ({ rowid: null, place: at })) } as const
    const left = ask(path, 'SELECT id FROM telemetry_events ORDER BY id DESC LIMIT -1 OFFSET 3')
    const gone = ask(path, 'SELECT id FROM telemetry_events ORDER BY id DESC LIMIT 3').map(String)
    const done = good(await erase(host, path, { ...which, addresses: [...which.addresses] }))
    expect(done).toMatchObject({ rows: 3, remains: null, proof: { traceable: 3, found: 0 } })
    expect(ask(path, 'SELECT id FROM telemetry_events ORDER BY id DESC')).toEqual(left)
    const bytes = readFileSync(path)
    expect(gone.filter((text) => bytes.includes(Buffer.from(text, 'utf16le')))).toEqual([])
    expect(left.filter((text) => bytes.includes(Buffer.from(String(text), 'utf16le')))).toEqual(left)
  })

  it('P6: where another program has the file open it says what remains, and finishes when that has closed it', async () => {
    const path = await world.makeFile('held.db', 500, 'wal')
    const done = good(await erase(host, path, rowsOf(...Array.from({ length: 100 }, (_, i) => i + 1))))
    expect(done.remains).toMatchObject({ why: 'held' })
    expect(done.remains?.bytes).toBeGreaterThan(0)
    await world.letGo()
    const finished = good(await directBridge(host.rpc).stream('erase.finish', { path }, () => {}))
    expect(finished).toMatchObject({ remains: null, proof: { found: 0 } })
    expect(liesIn(path, ['"event-50"', 'event-99'])).toEqual([])
    expect(ask(path, 'SELECT count(*) FROM telemetry_events')).toEqual([400])
  })
})

describe('what goes with a record', () => {
  it('takes the matches of an earlyexit run, although their keys never join', async () => {
    const path = place('earlyexit.db')
    sql(
      path,
      `CREATE TABLE executions (execution_id TEXT PRIMARY KEY, timestamp REAL, exit_reason TEXT, total_runtime REAL);
       CREATE TABLE match_events (event_id TEXT PRIMARY KEY, execution_id TEXT NOT NULL, line_content TEXT,
         FOREIGN KEY (execution_id) REFERENCES executions (execution_id) ON DELETE CASCADE);
       INSERT INTO executions VALUES ('exec_1795190002500_77', 1795190001.25, 'match', 1.25),
         ('exec_1795190009000_78', 1795190008.5, 'match', 0.5);
       INSERT INTO match_events VALUES ('m1', 'exec_1795190001250_77', 'line of the first'),
         ('m2', 'exec_1795190001250_77', 'another of the first'), ('m3', 'exec_1795190008500_78', 'of the second')`,
    )
    const seen = good(await preview(host, path, rowsOf(1)))
    expect(seen).toMatchObject({ events: 1, rows: 3 })
    expect(seen.tables).toEqual([
      { table: 'executions', rows: 1, left: 1, because: 'chosen' },
      { table: 'match_events', rows: 2, left: 1, because: 'related' },
    ])
    good(await run(host, seen))
    expect(ask(path, 'SELECT event_id FROM match_events')).toEqual(['m3'])
    expect(liesIn(path, ['line of the first', 'another of the first'])).toEqual([])
  })

  it('counts the matches of ten thousand runs, which no index leads to', async () => {
    const path = place('many.db')
    sql(
      path,
      `CREATE TABLE executions (execution_id TEXT PRIMARY KEY, timestamp REAL, exit_reason TEXT, total_runtime REAL);
       CREATE TABLE match_events (event_id INTEGER PRIMARY KEY, execution_id TEXT NOT NULL);
       WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
       INSERT INTO executions SELECT 'exec_' || (1795190001500 + i * 1000) || '_7', 1795190000.5 + i, 'match', 1 FROM n;
       INSERT INTO match_events (execution_id) SELECT 'exec_' || CAST(timestamp * 1000 AS INTEGER) || '_7'
         FROM executions, (VALUES (1), (2), (3))`,
    )
    expect(good(await preview(host, path, all))).toMatchObject({ events: 10_000, rows: 40_000 })
    const wish: ExportWish = {
      which: matching({ failed: false }),
      as: 'sqlite',
      formulas: 'safe',
      table: null,
    }
    const wanted = { path, wish, gzip: false, out: place('some.db'), overwrite: false }
    const { tables } = good(await directBridge(host.rpc).stream('files.export', wanted, () => {}))
    expect(tables.map(({ rows }) => rows)).toEqual([10_000, 30_000])
  })

  it('takes what a turn says from where it says it, but what another one says as well only with the last of them', async () => {
    const path = place('turns.db')
    makeTurns(path)
    const seen = good(await preview(host, path, matching({ until: Date.UTC(2026, 10, 3) })))
    expect(seen.tables).toMatchObject([
      { table: 'turns', rows: 2, left: 1, because: 'chosen' },
      { table: 'turn_fragments', rows: 2, left: 1, because: 'references' },
      { table: 'threads', rows: 1, left: 1, because: 'contents' },
      { table: 'messages', rows: 2, left: 4, because: 'contents' },
      { table: 'fragments', rows: 1, left: 2, because: 'contents' },
      { table: 'parts', rows: 2, left: 4, because: 'references' },
    ])
    expect(good(await run(host, seen)).proof.found).toBe(0)
    expect(liesIn(path, ['name of a', 'said in m3', 'said in m4', 'fragment of t2'])).toEqual([])
    const texts =
      'SELECT name FROM threads UNION ALL SELECT text FROM parts UNION ALL SELECT content FROM fragments'
    const stayed = ['said in m1', 'said in m2', 'said in m5', 'said in m6', 'shared fragment']
    expect(ask(path, texts)).toEqual(['name of b', ...stayed, 'fragment of none'])
    expect(ask(path, 'SELECT * FROM pragma_foreign_key_check')).toEqual([])
    sql(path, "INSERT INTO turns (id, tip_message_hash) VALUES ('t4', 'm6')")
    const stale = good(await preview(host, path, matching({ until: Date.UTC(2026, 10, 4) })))
    expect(stale.tables.some(({ table }) => table === 'messages')).toBe(false)
    sql(path, "DELETE FROM turns WHERE id = 't4'")
    good(await erase(host, path, all))
    expect(ask(path, texts)).toEqual(['fragment of none'])
    expect(liesIn(path, ['said in m', 'name of b', 'shared fragment'])).toEqual([])
  })

  it('leaves events alone that are only near a deleted one in time', async () => {
    const path = await world.makeFile('near.db', 30)
    const seen = good(await preview(host, path, rowsOf(15)))
    expect(seen).toMatchObject({ events: 1, rows: 1, eventsLeft: 29 })
    good(await run(host, seen))
    expect(ask(path, 'SELECT count(*) FROM telemetry_events')).toEqual([29])
  })

  it('follows foreign keys from table to table, and refuses where a row would have to be changed', async () => {
    const path = place('keys.db')
    const make = (whenDeleted: string): string =>
      `CREATE TABLE turns (id TEXT PRIMARY KEY, at TEXT, kind TEXT);
       CREATE TABLE calls (id INTEGER PRIMARY KEY, turn TEXT REFERENCES turns (id) ${whenDeleted});
       CREATE TABLE results (id INTEGER PRIMARY KEY, call INTEGER REFERENCES calls, text TEXT);
       INSERT INTO turns SELECT 'turn ' || value, '2026-11-' || (10 + value) || 'T10:00:00Z', 'k' || (value % 2)
         FROM generate_series(0, 9);
       INSERT INTO calls SELECT value, 'turn ' || (value / 3) FROM generate_series(1, 29);
       INSERT INTO results SELECT value, value, 'what call ' || value || ' gave' FROM generate_series(1, 29)`
    const series = (text: string): string =>
      text.replaceAll(
        /FROM generate_series\((\d+), (\d+)\)/g,
        'FROM (WITH RECURSIVE n(value) AS (SELECT $1 UNION ALL SELECT value + 1 FROM n WHERE value < $2) SELECT value FROM n)',
      )
    sql(path, series(make('')))
    const seen = good(await preview(host, path, rowsOf(3)))
    expect(seen.tables.map(({ table, rows }) => [table, rows])).toEqual([
      ['turns', 1],
      ['calls', 3],
      ['results', 3],
    ])
    good(await run(host, seen))
    expect(ask(path, 'SELECT count(*) FROM turns UNION ALL SELECT count(*) FROM results')).toEqual([9, 26])
    expect(ask(path, 'SELECT count(*) FROM pragma_foreign_key_check')).toEqual([0])
    const other = place('set-null.db')
    sql(other, series(make('ON DELETE SET NULL')))
    expect(await preview(host, other, rowsOf(3))).toMatchObject({
      error: { kind: 'not-erasable', why: 'points-back', detail: 'calls' },
    })
  })

  it('keeps VoiceMode’s full-text index whole, and its row numbers as they are', async () => {
    const path = place('conversations.db')
    sql(
      path,
      `CREATE TABLE exchanges (id TEXT PRIMARY KEY, timestamp TEXT NOT NULL, type TEXT NOT NULL, text TEXT NOT NULL);
       CREATE VIRTUAL TABLE exchanges_fts USING fts5(text, content=exchanges, content_rowid=rowid);
       CREATE TRIGGER ai AFTER INSERT ON exchanges BEGIN
         INSERT INTO exchanges_fts(rowid, text) VALUES (new.rowid, new.text); END;
       CREATE TRIGGER ad AFTER DELETE ON exchanges BEGIN DELETE FROM exchanges_fts WHERE rowid = old.rowid; END;
       WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60)
       INSERT INTO exchanges SELECT 'ex_' || i, '2026-11-' || (10 + i / 10) || 'T10:00:00+11:00',
         CASE i % 2 WHEN 0 THEN 'stt' ELSE 'tts' END, 'whispered number' || i || ' aloud' FROM n`,
    )
    const seen = good(await preview(host, path, rowsOf(7, 8, 9)))
    expect(seen.notes).toEqual([
      { note: 'full-text', table: 'exchanges_fts' },
      { note: 'row-numbers', table: 'exchanges' },
    ])
    const rowids = ask(path, 'SELECT rowid FROM exchanges WHERE rowid NOT IN (7, 8, 9)')
    const done = good(await run(host, seen))
    expect(done.proof.found).toBe(0)
    expect(ask(path, 'SELECT rowid FROM exchanges')).toEqual(rowids)
    const find = (word: string) =>
      ask(path, `SELECT rowid FROM exchanges_fts WHERE exchanges_fts MATCH '${word}'`)
    expect([find('number8'), find('number10'), find('aloud').length]).toEqual([[], [10], 57])
    expect(liesIn(path, ['whispered number8 aloud', 'number8'])).toEqual([])
    expect(isSound(path)).toBe(true)
  })
})

if (process.platform === 'linux')
  it('names the program that has the file open', async () => {
    const path = makeAgents('named.db', 30)
    // by way of a shell, so that it is no process of ours
    const tool = spawn('sh', ['-c', `tail -f '${path}' > /dev/null & echo $!; wait`], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [pid] = await once(tool.stdout, 'data')
    const held = async () => good(await preview(host, path, all)).notes.filter(({ note }) => note === 'held')
    await eventually(async () => (await held()).length > 0)
    expect(await held()).toEqual([{ note: 'held', programs: ['tail'] }])
    process.kill(Number(pid))
    await once(tool, 'exit')
    expect(await held()).toEqual([])
  })

describe('what is refused, with its reason, before anything is counted', () => {
  const refused = (why: string, detail?: string) => ({
    ok: false,
    error: { kind: 'not-erasable', why, ...(detail === undefined ? {} : { detail }) },
  })
  it('a file or a folder that may not be written', async () => {
    const path = makeAgents('read-only.db', 5)
    const { chmod } = await import('node:fs/promises')
    await chmod(path, 0o444)
    expect(await preview(host, path, all)).toMatchObject(refused('read-only'))
  })
  it('a name that the file doesn’t tell of its events, which a filter against it would take for all of them', async () => {
    const path = makeAgents('names.db', 5)
    const filter = { where: [{ dimension: 'agnt', values: ['planner'], not: true }] }
    expect(await preview(host, path, matching(filter))).toMatchObject({
      ok: false,
      error: { kind: 'dimension-unknown', dimension: 'agnt' },
    })
  })
  it('a log of text, and what is neither text nor SQLite', async () => {
    const path = place('log.jsonl')
    writeFileSync(path, '{"timestamp":"2026-11-01T00:00:00Z","event_type":"x","session_id":"a","data":{}}\n')
    expect(await preview(host, path, all)).toMatchObject(refused('text'))
    writeFileSync(path, Buffer.alloc(8192, 0xa7))
    expect(await preview(host, path, all)).toMatchObject({ error: { kind: 'file-not-sqlite' } })
  })
  for (const [what, trigger] of [
    ['forbids it', "BEFORE DELETE ON telemetry_events BEGIN SELECT raise(ABORT, 'no'); END"],
    ['ignores it', 'BEFORE DELETE ON telemetry_events BEGIN SELECT raise(IGNORE); END'],
    ['empties another table', 'AFTER DELETE ON telemetry_events BEGIN DELETE FROM other; END'],
    [
      'keeps the row elsewhere',
      'AFTER DELETE ON telemetry_events BEGIN INSERT INTO other VALUES (old.id); END',
    ],
  ] as const)
    it(`a table with a trigger that ${what}`, async () => {
      const path = makeAgents(`trigger-${what.replaceAll(' ', '-')}.db`, 5)
      sql(
        path,
        `CREATE TABLE other (id TEXT); INSERT INTO other VALUES ('x'); CREATE TRIGGER in_the_way ${trigger}`,
      )
      expect(await preview(host, path, all)).toMatchObject(refused('trigger', 'in_the_way'))
      expect(good(await preview(host, path, matching({ until: 0 })))).toMatchObject({ token: null, rows: 0 })
    })
  it('a damaged file, and one with a second name', async () => {
    const path = makeAgents('damaged.db', 2000)
    const bytes = readFileSync(path)
    bytes.fill(0x55, 4096 * 3, 4096 * 4)
    writeFileSync(path, bytes)
    expect(await preview(host, path, all)).toMatchObject(refused('damaged'))
    const linked = makeAgents('linked.db', 5, 'PRAGMA journal_mode = WAL')
    const { link } = await import('node:fs/promises')
    await link(linked, place('second-name.db'))
    expect(await preview(host, linked, all)).toMatchObject(refused('other-names'))
  })
})

describe('P7: between the preview and the deletion', () => {
  it('P7: rows that a tool adds are neither counted nor deleted', async () => {
    const path = makeAgents('newer.db', 20)
    const seen = good(await preview(host, path, all))
    expect(seen.events).toBe(20)
    sql(path, "INSERT INTO telemetry_events VALUES ('new one', 'error', '{}', '2026-11-01T00:00:00.000Z')")
    expect(good(await run(host, seen))).toMatchObject({ events: 20, rows: 20, tables: [{ left: 1 }] })
    expect(ask(path, 'SELECT id FROM telemetry_events')).toEqual(['new one'])
  })
  for (const [what, change] of [
    ['a row changed', 'UPDATE telemetry_events SET event_data = \'{"success":1}\' WHERE rowid = 2'],
    ['a row is gone', 'DELETE FROM telemetry_events WHERE rowid = 2'],
    ['a row was replaced', "UPDATE telemetry_events SET id = 'other' WHERE rowid = 2"],
    ['a table was added', 'CREATE TABLE more (x)'],
  ] as const)
    it(`P7: nothing is deleted when ${what}`, async () => {
      const path = makeAgents(`stale-${what.replaceAll(' ', '-')}.db`, 20)
      const seen = good(await preview(host, path, rowsOf(1, 2, 3)))
      sql(path, change)
      const left = ask(path, 'SELECT id FROM telemetry_events')
      expect(await run(host, seen)).toMatchObject({
        ok: false,
        error: { kind: 'erase-stale', why: 'changed' },
      })
      expect(ask(path, 'SELECT id FROM telemetry_events')).toEqual(left)
    })
  it('P7: of two windows that delete the same rows one does, and the other is told', async () => {
    const path = makeAgents('two.db', 300)
    const [one, other, apart] = await Promise.all([
      preview(host, path, rowsOf(1, 2, 3)),
      preview(host, path, rowsOf(3, 4)),
      preview(host, path, rowsOf(9)),
    ])
    const done = await Promise.all([run(host, good(one)), run(host, good(other)), run(host, good(apart))])
    const left = ask(path, 'SELECT rowid FROM telemetry_events').length
    const told = done.map((result) => (result.ok ? result.value.rows : 0))
    expect(told.reduce((sum, rows) => sum + rows, 0)).toBe(300 - left)
    expect(done.filter(({ ok }) => !ok)).toMatchObject([{ error: { kind: 'erase-stale', why: 'changed' } }])
    expect(told[2]).toBe(1)
  })
  it('P7: a backup is kept when the setting says so, named plainly beside the file, and is whole', async () => {
    const path = makeAgents('backed-up.db', 40, 'PRAGMA journal_mode = WAL')
    const bridge = directBridge(host.rpc)
    good(await bridge.call('settings.set', { change: { keepBackup: true } }))
    const done = good(await erase(host, path, all))
    good(await bridge.call('settings.set', { change: { keepBackup: false } }))
    expect(done.backup).toMatch(/backed-up\.backup-2\d{3}-\d\d-\d\d-\d{6}\.db$/)
    expect(ask(done.backup ?? '', 'SELECT count(*) FROM telemetry_events')).toEqual([40])
    expect(statSync(done.backup ?? '').mode & 0o077).toBe(0)
    expect(readdirSync(dirname(path)).filter((name) => name.includes('.part'))).toEqual([])
  })
})
