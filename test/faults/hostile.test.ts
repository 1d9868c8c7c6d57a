// F4: files that were made to hurt whoever reads them. Each is read in a process as the program does, and neither
// time nor memory runs away: an answer within five seconds, at most a gigabyte beyond the file.
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { tell } from '../figures.ts'
import { directBridge } from '../../host/direct.ts'
import type { Bridge } from '../../shared/bridge.ts'
import { FrameChain, frameHeaderSize, readWalHeader, walHeaderSize } from '../../shared/viewer/wal-frames.ts'
import { readSchema } from '../../shared/viewer/sqlite.ts'
import { makeSmartAgents } from '../host/tool-files.ts'
import { makeWorld } from '../world.ts'
import type { World } from '../world.ts'
import { loadSqlJs, sqlJsReader } from './try-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'sightglass-hostile-'))
let world: World
let bridge: Bridge
beforeAll(async () => {
  world = await makeWorld()
  bridge = directBridge(world.host('command line').rpc)
})
afterAll(async () => {
  await world.remove()
  rmSync(folder, { recursive: true, force: true })
})

/** What starting a process takes on this machine just now, a moment with it included. */
let startSeconds = 0
beforeAll(async () => {
  const path = make('small.db', '')
  const began = performance.now()
  await bridge.stream('files.check', { path }, () => {})
  startSeconds = (performance.now() - began) / 1000
})

interface Ran {
  readonly summary: string | number
  readonly image: string | number
  readonly check: string | boolean
  readonly seconds: number
  readonly megabytes: number
}

/** Asks for the summary, the image and the look for damage, one after another; the slowest and biggest count. */
async function run(path: string): Promise<Ran> {
  const before = readFileSync(path)
  const watch = watchMemory()
  let seconds = 0
  const timed = async <T>(work: () => Promise<T>): Promise<T> => {
    const began = performance.now()
    const answer = await work()
    seconds = Math.max(seconds, (performance.now() - began) / 1000)
    return answer
  }
  const summary = await timed(() => bridge.stream('files.summary', { path, zone: 'UTC' }, () => {}))
  const image = await timed(() => bridge.stream('files.open', { path }, () => {}))
  if (image.ok) await bridge.call('files.close', { id: image.value.id })
  const check = await timed(() => bridge.stream('files.check', { path }, () => {}))
  const megabytes = watch()
  expect(Buffer.compare(readFileSync(path), before), 'P1').toBe(0)
  const ran = {
    summary: summary.ok ? summary.value.events : summary.error.kind,
    image: image.ok ? (image.value.imageSize ?? 0) : image.error.kind,
    check: check.ok ? check.value.sound : check.error.kind,
    seconds,
    megabytes,
  }
  tell(`F4 ${path.slice(folder.length + 1)}: ${JSON.stringify(ran)}`)
  expect(seconds - startSeconds).toBeLessThan(5)
  expect(megabytes).toBeLessThan(1000 + statSync(path).size / 1e6)
  return ran
}

/** The most memory that a child of this process has had; 0 where the system doesn't tell. */
function watchMemory(): () => number {
  let most = 0
  const look = (): void => {
    try {
      for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
        const parent = / (\d+) \d+ \d+ \d+/.exec(
          readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) \w/s, ''),
        )
        if (parent?.[1] !== String(process.pid)) continue
        const peak = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
        most = Math.max(most, Number(peak?.[1] ?? 0) / 1000)
      }
    } catch {
      // not Linux, or a process that has just ended
    }
  }
  const timer = setInterval(look, 25)
  return () => {
    clearInterval(timer)
    return Math.round(most)
  }
}

function make(name: string, sql: string, more = true): string {
  const path = join(folder, name)
  if (more) makeSmartAgents(path, 50)
  const db = new DatabaseSync(path)
  db.enableDefensive(false)
  db.exec(sql)
  db.close()
  return path
}

const endless = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS id FROM n'

it('F4: views without an end, or that ask for gigabytes, are never run', async () => {
  const path = make(
    'views.db',
    `CREATE VIEW endless AS ${endless};
     CREATE VIEW huge AS SELECT hex(zeroblob(400000000)) AS timestamp, 'x' AS event_type;`,
  )
  expect(await run(path)).toMatchObject({ summary: 50, check: true })
})

const bomb = (depth: number): string =>
  Array.from({ length: depth }, (_, i) =>
    i === 0
      ? 'CREATE VIEW v0 AS SELECT id FROM telemetry_events'
      : `CREATE VIEW v${i} AS SELECT a.id FROM v${i - 1} a, v${i - 1} b`,
  ).join('; ')

it('F4: views that double in size thirty times are not looked into', async () => {
  const path = make('bomb.db', bomb(30))
  expect(await run(path)).toMatchObject({ summary: 50, check: true })
})

it('F4: the window does not look into them either', async () => {
  const path = make('bomb-window.db', bomb(30))
  const began = performance.now()
  const { sqlite, close } = sqlJsReader(readFileSync(path), await loadSqlJs())
  expect(readSchema(sqlite).filter(({ kind }) => kind === 'view')).toHaveLength(30)
  close()
  expect(performance.now() - began).toBeLessThan(2000)
})

it('F4: a view that has the name and columns of a known table is not taken for it', async () => {
  const path = make(
    'view-as-table.db',
    `CREATE TABLE x (y); CREATE VIEW telemetry_events AS
     ${endless.replace('SELECT i AS id', `SELECT i AS id, 'a' AS event_type, '{}' AS event_data, '2026-11-20T00:00:00Z' AS timestamp`)}`,
    false,
  )
  expect(await run(path)).toMatchObject({ summary: 'file-unknown' })
})

it('F4: triggers and rules of the file’s own play no part', async () => {
  const path = make(
    'triggers.db',
    `CREATE TABLE other (x CHECK (length(hex(zeroblob(90000000))) > 0)); INSERT INTO other VALUES (1), (2), (3);
     CREATE TRIGGER t1 AFTER INSERT ON telemetry_events BEGIN DELETE FROM other; END;
     CREATE TRIGGER t2 BEFORE DELETE ON telemetry_events BEGIN SELECT RAISE(IGNORE); END`,
  )
  expect(await run(path)).toMatchObject({ summary: 50, check: true })
})

it('F4: a column that is worked out and asks for a gigabyte a row is refused', async () => {
  const path = make(
    'generated.db',
    `ALTER TABLE telemetry_events RENAME TO was;
     CREATE TABLE telemetry_events (id TEXT, event_type TEXT, timestamp TEXT, created_at TEXT, session_id TEXT,
       user_id TEXT, version TEXT, event_data TEXT AS (hex(zeroblob(450000000))) VIRTUAL);
     INSERT INTO telemetry_events (id, event_type, timestamp) SELECT id, event_type, timestamp FROM was`,
  )
  expect(await run(path)).toMatchObject({ summary: 'file-damaged' })
})

it('F4: a column that takes seconds a row to work out ends the reading, not the program', async () => {
  const slow = `length(replace(replace(hex(zeroblob(20000000)), '00', 'ab'), 'ba', 'c'))`
  const path = make(
    'slow.db',
    `ALTER TABLE telemetry_events RENAME TO was;
     CREATE TABLE telemetry_events (id TEXT, event_type TEXT, timestamp TEXT, created_at TEXT, session_id TEXT,
       user_id TEXT, version TEXT, event_data TEXT AS (${Array.from({ length: 12 }, () => slow).join(' + ')}) VIRTUAL);
     INSERT INTO telemetry_events (id, event_type, timestamp) SELECT id, event_type, timestamp FROM was`,
  )
  const ran = await run(path)
  expect([ran.summary, ran.check]).toContainEqual(expect.stringMatching(/stopped|file-damaged/))
})

it('F4: a tree of pages that names the same page over and over is given up', async () => {
  const path = make('tree.db', '')
  const bytes = readFileSync(path)
  const pageSize = bytes.readUInt16BE(16)
  const root = rootOf(path)
  // An interior page whose children are all one page, which is such a page again, eighteen deep.
  const depth = 18
  const first = bytes.length / pageSize
  const whole = Buffer.concat([bytes, Buffer.alloc(depth * pageSize)])
  const interior = (page: number, child: number): void => {
    const at = page * pageSize
    const cells = 300
    whole.fill(0, at, at + pageSize)
    whole[at] = 5
    whole.writeUInt16BE(cells, at + 3)
    whole.writeUInt16BE(pageSize - cells * 6, at + 5)
    whole.writeUInt32BE(child, at + 8)
    for (let i = 0; i < cells; i++) {
      const cell = pageSize - (i + 1) * 6
      whole.writeUInt16BE(cell, at + 12 + i * 2)
      whole.writeUInt32BE(child, at + cell)
      whole[at + cell + 4] = 1
    }
  }
  for (let i = 0; i < depth; i++) if (i < depth - 1) interior(first + i, first + i + 2)
  const leaf = (first + depth - 1) * pageSize
  whole[leaf] = 13
  whole.writeUInt16BE(1, leaf + 3)
  whole.writeUInt16BE(pageSize - 4, leaf + 5)
  whole.writeUInt16BE(pageSize - 4, leaf + 8)
  whole.set([2, 1, 2, 0], leaf + pageSize - 4) // one row, its only value NULL
  interior(root - 1, first + 1)
  whole.writeUInt32BE(first + depth, 28)
  writeFileSync(path, whole)
  const ran = await run(path)
  expect(ran.summary).toBe('file-damaged')
  expect(ran.check).toBe(false)
})

it('F4: a malformed list of tables is told as such', async () => {
  const path = make(
    'schema.db',
    `PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'CREATE TABLE telemetry_events (' WHERE name = 'telemetry_events'`,
  )
  const refused = await bridge.stream('files.summary', { path, zone: 'UTC' }, () => {})
  expect(refused).toMatchObject({ ok: false, error: { kind: 'file-damaged', detail: 'schema' } })
})

it('F4: a -wal that claims terabytes is refused', async () => {
  const path = join(folder, 'claims.db')
  const db = new DatabaseSync(path)
  db.exec('PRAGMA journal_mode = WAL; CREATE TABLE t (x); INSERT INTO t VALUES (1); DELETE FROM t')
  const [main, log] = [readFileSync(path), readFileSync(`${path}-wal`)]
  db.close()
  for (const freed of [0, 0x7fff_0000]) {
    const claimed = claim(log, 0x7fff_ffff, freed)
    writeFileSync(path, main)
    writeFileSync(`${path}-wal`, claimed)
    expect((await run(path)).summary).toMatch(/wal-foreign|file-damaged|file-unknown/)
    rmSync(`${path}-wal`)
  }
})

/** A log whose commits say that the database has so many pages, of which so many are free; its checksums are right. */
function claim(log: Buffer, pages: number, freed: number): Buffer {
  const claimed = Buffer.from(log)
  const header = readWalHeader(claimed)
  if (header === null) throw new Error('no log')
  let [a, b] = header.sums
  const sum = (from: number, length: number): void => {
    for (let at = from; at < from + length; at += 8) {
      a = (a + claimed.readUInt32LE(at) + b) >>> 0
      b = (b + claimed.readUInt32LE(at + 4) + a) >>> 0
    }
  }
  const step = frameHeaderSize + header.pageSize
  for (let at = walHeaderSize; at + step <= claimed.length; at += step) {
    if (claimed.readUInt32BE(at + 4) > 0) claimed.writeUInt32BE(pages, at + 4)
    if (claimed.readUInt32BE(at) === 1) {
      claimed.writeUInt32BE(pages, at + frameHeaderSize + 28)
      claimed.writeUInt32BE(freed, at + frameHeaderSize + 36)
    }
    sum(at, 8)
    sum(at + frameHeaderSize, header.pageSize)
    claimed.writeUInt32BE(a, at + 16)
    claimed.writeUInt32BE(b, at + 20)
  }
  expect(new FrameChain(header).take(claimed.subarray(walHeaderSize, walHeaderSize + step))).not.toBe(null)
  return claimed
}

function rootOf(path: string): number {
  const db = new DatabaseSync(path, { readOnly: true })
  const row = db.prepare(`SELECT rootpage FROM sqlite_schema WHERE name = 'telemetry_events'`).get()
  db.close()
  return Number(row?.['rootpage'])
}
