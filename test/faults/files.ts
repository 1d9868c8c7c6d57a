// Small sound files of many kinds, and the damaged ones that are made of them: the same number gives the same bytes.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { makeEarlyexit, makeSmartAgents } from '../host/tool-files.ts'
import { pick, random } from '../shared/wal-work.ts'
import type { Random } from '../shared/wal-work.ts'

export interface Files {
  readonly name: string
  readonly db: Uint8Array<ArrayBuffer>
  readonly wal: Uint8Array<ArrayBuffer> | null
}

const rows = (into: string, count: number, values: string): string =>
  `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count}) INSERT INTO ${into} SELECT ${values} FROM n`
const time = `strftime('%Y-%m-%dT%H:%M:%SZ', 1790000000 + i * 3600, 'unixepoch')`

const kinds: Readonly<Record<string, (path: string) => void>> = {
  'smart-agents': (path) => makeSmartAgents(path, 60),
  earlyexit: (path) => makeEarlyexit(path, 60),
  'small pages': (path) =>
    build(
      path,
      `PRAGMA page_size = 512; CREATE TABLE events (id INTEGER PRIMARY KEY, created_at TEXT, kind TEXT, ms INTEGER);
       CREATE INDEX by_kind ON events (kind); ${rows('events', 150, `i, ${time}, 'kind ' || (i % 5), i * 7`)}`,
    ),
  'other shapes': (path) =>
    build(
      path,
      `PRAGMA encoding = 'UTF-16'; PRAGMA auto_vacuum = FULL;
       CREATE TABLE runs (name TEXT, at INTEGER, note TEXT, PRIMARY KEY (name, at)) WITHOUT ROWID;
       CREATE TABLE typed (id INTEGER PRIMARY KEY, at INTEGER, size REAL, twice REAL AS (size * 2)) STRICT;
       CREATE VIRTUAL TABLE words USING fts5(body); INSERT INTO words VALUES ('some words'), ('more of them');
       CREATE VIEW v AS SELECT * FROM typed; CREATE TRIGGER tr AFTER INSERT ON runs BEGIN SELECT 1; END;
       ${rows('runs', 100, `'run ' || i, 1790000000 + i * 60, hex(zeroblob(i))`)};
       ${rows('typed (id, at, size)', 100, 'i, 1790000000 + i * 60, i / 3.0')}`,
    ),
  overflow: (path) =>
    build(
      path,
      `PRAGMA page_size = 1024; CREATE TABLE log (ts INTEGER, payload BLOB);
       ${rows('log', 12, `1790000000000 + i * 60000, zeroblob(i * 900)`)}; DELETE FROM log WHERE ts % 7 = 0`,
    ),
}

function build(path: string, sql: string): void {
  const db = new DatabaseSync(path)
  db.exec(sql)
  db.close()
}

/** The sound files, one with a -wal that holds rows of its own. */
export function makeSound(): Files[] {
  const folder = mkdtempSync(join(tmpdir(), 'sightglass-sound-'))
  try {
    const sound: Files[] = Object.entries(kinds).map(([name, make], i) => {
      const path = join(folder, `${i}.db`)
      make(path)
      return { name, db: new Uint8Array(readFileSync(path)), wal: null }
    })
    const path = join(folder, 'wal.db')
    const db = new DatabaseSync(path)
    db.exec(
      `PRAGMA journal_mode = WAL; CREATE TABLE events (id INTEGER PRIMARY KEY, at TEXT, kind TEXT);
       ${rows('events', 90, `i, ${time}, 'kind ' || (i % 4)`)}; PRAGMA wal_checkpoint;
       ${rows('events', 60, `i + 90, ${time}, 'late'`)}`,
    )
    const wal = new Uint8Array(readFileSync(`${path}-wal`))
    sound.push({ name: 'wal', db: new Uint8Array(readFileSync(path)), wal })
    db.close()
    return sound
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

type Wound = (bytes: Uint8Array<ArrayBuffer>, next: Random, pageSize: number) => Uint8Array<ArrayBuffer>
const at = (bytes: Uint8Array, next: Random): number => Math.floor(next() * bytes.length)
const telling = [0, 1, 2, 5, 10, 13, 0x7f, 0x80, 0xff]

const wounds: readonly Wound[] = [
  (bytes, next) => {
    for (let i = 0; i < 1 + Math.floor(next() * 4); i++) bytes[at(bytes, next)] = Math.floor(next() * 256)
    return bytes
  },
  (bytes, next) => {
    const where = at(bytes, next)
    bytes[where] = (bytes[where] ?? 0) ^ (1 << Math.floor(next() * 8))
    return bytes
  },
  // The first bytes of a page say what it is and where its cells lie.
  (bytes, next, pageSize) => {
    const page = Math.floor(next() * (bytes.length / pageSize))
    const start = page * pageSize + (page === 0 ? 100 : 0)
    bytes[Math.min(bytes.length - 1, start + Math.floor(next() * 40))] = pick(telling, next)
    return bytes
  },
  (bytes, next) => {
    bytes[16 + Math.floor(next() * 84)] = pick(telling, next)
    return bytes
  },
  (bytes, next) => bytes.slice(0, at(bytes, next)),
  (bytes, next, pageSize) => bytes.slice(0, Math.floor(next() * (bytes.length / pageSize)) * pageSize),
  (bytes, next) => {
    const from = at(bytes, next)
    bytes.fill(next() < 0.5 ? 0 : 0xff, from, from + Math.floor(next() * 3000))
    return bytes
  },
  (bytes, next, pageSize) => {
    const pages = Math.floor(bytes.length / pageSize)
    const [one, other] = [Math.floor(next() * pages), Math.floor(next() * pages)]
    bytes.copyWithin(one * pageSize, other * pageSize, (other + 1) * pageSize)
    return bytes
  },
  (bytes, next) => {
    const from = at(bytes, next)
    for (let i = from; i < Math.min(bytes.length, from + 200); i++) bytes[i] = Math.floor(next() * 256)
    return bytes
  },
]

/** One damaged file; its -wal, where there is one, is as often the damaged part as the database. */
export function damage(sound: readonly Files[], number: number): Files {
  const next = random(number * 7919 + 13)
  const files = pick(sound, next)
  const view = new DataView(files.db.buffer)
  const pageSize = view.getUint16(16)
  const hurt = (bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> => {
    let hurting = bytes.slice()
    for (let i = 0; i < 1 + Math.floor(next() * 3); i++) hurting = pick(wounds, next)(hurting, next, pageSize)
    return hurting
  }
  if (files.wal !== null && next() < 0.5)
    return { ...files, name: `${files.name} ${number}`, wal: hurt(files.wal) }
  return { ...files, name: `${files.name} ${number}`, db: hurt(files.db) }
}
