import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { iso, isoMilliseconds, named, offset, write } from './case.ts'
import type { OracleCase } from './case.ts'
import { moments } from './random.ts'
import type { Random } from './random.ts'

const windowEvents = [
  { app: 'firefox', title: 'Inbox' },
  { app: 'Code', title: 'App.vue' },
  { status: 'afk' },
  {},
]
const ofWatchers = (data: string): Record<string, string> => ({
  ...named(
    (key) => `json_extract(${data}, '$.${key}')`,
    ['app', 'title', ['presence', 'status'], 'file', 'language', 'project'],
  ),
  watcher: 'b.client',
  computer: 'b.hostname',
})
const peeweeTables = `CREATE TABLE bucketmodel (key INTEGER NOT NULL PRIMARY KEY, id VARCHAR(255) NOT NULL, created DATETIME NOT NULL, name VARCHAR(255), type VARCHAR(255) NOT NULL, client VARCHAR(255) NOT NULL, hostname VARCHAR(255) NOT NULL, datastr VARCHAR(255));
  CREATE TABLE eventmodel (id INTEGER NOT NULL PRIMARY KEY, bucket_id INTEGER NOT NULL, timestamp DATETIME NOT NULL, duration DECIMAL(10, 5) NOT NULL, datastr VARCHAR(255) NOT NULL)`

export const activityWatch: OracleCase = {
  name: 'ActivityWatch',
  format: 'activitywatch',
  make: (folder, random) =>
    write(join(folder, 'aw.db'), peeweeTables, (insert) => {
      for (const i of [1, 2])
        insert(
          'bucketmodel',
          i,
          `bucket-${i}`,
          'x',
          null,
          i === 1 ? 'currentwindow' : 'afkstatus',
          `watcher-${i}`,
          'ada',
          '{}',
        )
      for (const [i, time] of moments(random, random.whole(40, 220)).entries()) {
        const text = offset(time, random.of([0, 0, 11, -5]), random.of(['', '000', '999'])).replace('T', ' ')
        insert(
          'eventmodel',
          i + 1,
          random.whole(1, 2),
          time % 1000 === 0 ? text.replace(/\.\d+/, '') : text,
          random.next() * 900,
          JSON.stringify(random.of(windowEvents)),
        )
      }
    }),
  from: 'eventmodel e JOIN bucketmodel b ON b.key = e.bucket_id',
  // the fraction is optional: where there is none, no digit follows a point
  ms: `(CAST(strftime('%s', timestamp) AS INTEGER) * 1000 + CASE substr(timestamp, 20, 1) WHEN '.' THEN CAST(substr(timestamp, 21, 3) AS INTEGER) ELSE 0 END)`,
  kind: 'b.type',
  failed: null,
  duration: 'duration * 1000',
  dimensions: { ...ofWatchers('e.datastr'), bucket: 'b.id' },
  measures: {},
}

const spans = (name: string, rust: boolean): OracleCase => {
  const [perMillisecond, data, bucket] = rust ? [1_000_000n, 'data', 'id'] : [1000n, 'datastr', 'rowid']
  const buckets = rust
    ? 'CREATE TABLE buckets (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE NOT NULL, type TEXT NOT NULL, client TEXT NOT NULL, hostname TEXT NOT NULL, created TEXT NOT NULL, data TEXT NOT NULL)'
    : 'CREATE TABLE buckets (rowid INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE NOT NULL, name TEXT, type TEXT NOT NULL, client TEXT NOT NULL, hostname TEXT NOT NULL, created TEXT NOT NULL, datastr TEXT NOT NULL)'
  return {
    name,
    format: 'activitywatch',
    make: (folder, random) =>
      write(
        join(folder, `${rust ? 'rust' : 'sqlite'}.db`),
        `${buckets}; CREATE TABLE events (id INTEGER PRIMARY KEY AUTOINCREMENT, bucketrow INTEGER NOT NULL, starttime INTEGER NOT NULL, endtime INTEGER NOT NULL, ${data} TEXT NOT NULL)`,
        (insert) => {
          for (const i of [1, 2]) {
            const type = i === 1 ? 'currentwindow' : 'afkstatus'
            if (rust) insert('buckets', i, `bucket-${i}`, type, 'w', 'ada', 'x', '{}')
            else insert('buckets', i, `bucket-${i}`, null, type, 'w', 'ada', 'x', '{}')
          }
          for (const [i, time] of moments(random, random.whole(40, 160)).entries()) {
            const start = BigInt(time) * perMillisecond + BigInt(random.whole(0, Number(perMillisecond) - 1))
            insert(
              'events',
              i + 1,
              random.whole(1, 2),
              start,
              start + BigInt(random.whole(0, 900_000)) * perMillisecond,
              JSON.stringify(random.of(windowEvents)),
            )
          }
        },
      ),
    from: `events e JOIN buckets b ON b.${bucket} = e.bucketrow`,
    ms: `starttime / ${perMillisecond}`,
    kind: 'b.type',
    failed: null,
    duration: `(endtime - starttime) / ${perMillisecond}.0`,
    dimensions: { ...ofWatchers(`e.${data}`), bucket: rust ? 'b.name' : 'b.id' },
    measures: {},
  }
}
export const activityWatchSqlite = spans('ActivityWatch, its second storage', false)
export const activityWatchRust = spans('ActivityWatch, its Rust server', true)

export const atuin: OracleCase = {
  name: 'atuin',
  format: 'atuin',
  make: (folder, random) =>
    write(
      join(folder, 'atuin.db'),
      'CREATE TABLE history (id text primary key, timestamp integer not null, duration integer not null, exit integer not null, command text not null, cwd text not null, session text not null, hostname text not null, deleted_at integer)',
      (insert) => {
        for (const [i, time] of moments(random, random.whole(40, 200)).entries()) {
          const open = random.chance(0.2)
          const at = BigInt(time) * 1_000_000n + BigInt(random.whole(0, 999_999))
          insert(
            'history',
            `h${i}`,
            at,
            open ? -1 : BigInt(random.whole(0, 90_000)) * 1_000_001n,
            open && random.chance(0.5) ? -1 : random.of([0, 0, 1, 127, 130]),
            random.of(['git status', 'ls', 'npm test', 'make']),
            '/w',
            's',
            'ada:ada',
            random.chance(0.1) ? at : null,
          )
        }
      },
    ),
  from: 'history',
  ms: 'timestamp / 1000000',
  kind: "'command'",
  failed: 'CASE exit WHEN -1 THEN NULL WHEN 0 THEN 0 ELSE 1 END',
  duration: 'CASE duration WHEN -1 THEN NULL ELSE duration / 1000000.0 END',
  dimensions: {
    'exit code': 'CASE exit WHEN -1 THEN NULL ELSE exit END',
    program: `CASE WHEN instr(command, ' ') > 0 THEN substr(command, 1, instr(command, ' ') - 1) ELSE command END`,
    computer: `substr(hostname, 1, instr(hostname, ':') - 1)`,
    folder: 'cwd',
    deleted: `CASE WHEN deleted_at IS NULL THEN NULL ELSE 'deleted' END`,
  },
  measures: {},
}

/** Its newer versions say who typed a command, and in which shell. */
export const atuinWithAuthors: OracleCase = {
  ...atuin,
  name: 'atuin with authors',
  make: (folder, random) => {
    const path = atuin.make(folder, random)
    const db = new DatabaseSync(path)
    db.exec(`ALTER TABLE history ADD shell; ALTER TABLE history ADD author;
      UPDATE history SET shell = 'zsh', author = CASE WHEN rowid % 3 = 0 THEN 'claude' ELSE 'ada' END`)
    db.close()
    return path
  },
  dimensions: { ...atuin.dimensions, shell: 'shell', author: 'author' },
}

/** An unknown file with a look-up table, WebKit times and a length in microseconds: Chrome's own. */
export const unknown: OracleCase = {
  name: 'a file that no format knows',
  format: 'generic',
  make: (folder, random) =>
    write(
      join(folder, 'History'),
      `CREATE TABLE urls (id INTEGER PRIMARY KEY AUTOINCREMENT, url LONGVARCHAR, title LONGVARCHAR, visit_count INTEGER, last_visit_time INTEGER NOT NULL);
       CREATE TABLE visits (id INTEGER PRIMARY KEY AUTOINCREMENT, url INTEGER NOT NULL, visit_time INTEGER NOT NULL, from_visit INTEGER, transition INTEGER NOT NULL, visit_duration INTEGER NOT NULL)`,
      (insert) => {
        for (let i = 1; i <= 20; i++)
          insert('urls', i, `https://s${i}.example/`, `Page ${i % 7}`, 1, 13_439_651_696_789_123n)
        for (const [i, time] of moments(random, random.whole(150, 300)).entries())
          insert(
            'visits',
            i + 1,
            random.whole(1, 20),
            (BigInt(time) + 11_644_473_600_000n) * 1000n + BigInt(random.whole(0, 999)),
            0,
            random.whole(0, 3),
            random.whole(0, 9_000_000),
          )
      },
    ),
  from: 'visits v JOIN urls u ON u.id = v.url',
  ms: 'visit_time / 1000 - 11644473600000',
  kind: "'visits'",
  failed: null,
  duration: 'visit_duration / 1000.0',
  dimensions: { 'urls.title': 'u.title', 'urls.url': 'u.url', transition: 'transition' },
  measures: {},
}

export const fossil: OracleCase = {
  name: 'a file that no format knows, with Julian days',
  format: 'generic',
  make: (folder, random) =>
    write(
      join(folder, 'x.fossil'),
      'CREATE TABLE event (type TEXT, mtime DATETIME, objid INTEGER PRIMARY KEY, user TEXT, comment TEXT)',
      (insert) => {
        for (const [i, time] of moments(random, random.whole(60, 200)).entries())
          insert(
            'event',
            random.of(['ci', 'w', 't']),
            time / 86_400_000 + 2_440_587.5,
            i + 1,
            random.of(['ada', 'bob']),
            'a change of some length',
          )
      },
    ),
  from: 'event',
  // SQLite itself takes a Julian day for the millisecond next to it
  ms: `(CAST(strftime('%s', mtime) AS INTEGER) * 1000 + CAST(substr(strftime('%f', mtime), 4, 3) AS INTEGER))`,
  kind: 'type',
  failed: null,
  duration: null,
  dimensions: { user: 'user', type: 'type' },
  measures: {},
}

/** Of a payload, with `at` for where its environment and its usage are. */
export const ofPayload = (
  at: (group: string, path: string) => string,
): Pick<OracleCase, 'dimensions' | 'measures' | 'tallies'> => ({
  dimensions: named(
    (key) => at('environment', key),
    [
      'version',
      'os',
      ['install method', 'install_method'],
      ['host program', 'mcp_host'],
      ['started from', 'exec_source'],
    ],
  ),
  measures: named(
    (key) => at('usage', key),
    [
      ['sessions', 'total_sessions'],
      ['exchanges', 'total_exchanges'],
    ],
  ),
  tallies: named(
    (key) => at('usage', key),
    [
      ['session length', 'duration_distribution'],
      ['exchanges per session', 'exchanges_per_session'],
      ['transport', 'transport_usage'],
      ['speech provider', 'provider_usage.tts'],
      ['listening provider', 'provider_usage.stt'],
    ],
  ),
})

export const voiceModeWorker: OracleCase = {
  name: 'VoiceMode’s worker',
  format: 'voicemode-worker',
  make: (folder, random) =>
    write(
      join(folder, 'worker.sqlite'),
      'CREATE TABLE events (event_id TEXT PRIMARY KEY, telemetry_id TEXT NOT NULL, timestamp TEXT NOT NULL, created_at TEXT NOT NULL, environment TEXT NOT NULL, usage TEXT NOT NULL, client_ip_hash TEXT NOT NULL)',
      (insert) => {
        for (const [i, time] of moments(random, random.whole(20, 90)).entries()) {
          const { environment, usage: used } = payload(random, time)
          insert(
            'events',
            `e${i}`,
            't',
            offset(time, 0),
            iso(time + 500),
            JSON.stringify(environment),
            JSON.stringify(used),
            'h',
          )
        }
      },
    ),
  from: 'events',
  ms: isoMilliseconds('timestamp'),
  kind: "'payload'",
  failed: null,
  duration: null,
  ...ofPayload((group, path) => `json_extract(${group}, '$.${path}')`),
}

export function payload(random: Random, time: number) {
  return {
    telemetry_id: 'ada',
    timestamp: offset(time, 0),
    environment: {
      os: random.of(['Linux', 'Darwin']),
      install_method: 'pip',
      mcp_host: 'x',
      exec_source: 'cli',
      version: random.of(['7.0.1', '7.1.0']),
    },
    usage: {
      total_sessions: random.whole(1, 5),
      total_exchanges: random.whole(0, 90),
      duration_distribution: { [random.of(['<1min', '>60min'])]: random.whole(1, 3), '1-5min': 1 },
      exchanges_per_session: { [random.of(['0', '>20'])]: random.whole(1, 4) },
      transport_usage: { local: random.whole(1, 3), livekit: random.whole(0, 2) },
      provider_usage: {
        tts: { kokoro: random.whole(1, 9), openai: 2 },
        stt: { 'whisper-local': random.whole(1, 4) },
      },
    },
  }
}
