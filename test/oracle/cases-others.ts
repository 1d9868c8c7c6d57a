import { join } from 'node:path'
import { iso, isoMilliseconds, offset, write } from './case.ts'
import type { OracleCase } from './case.ts'
import { moments } from './random.ts'
import type { Random } from './random.ts'

const windowEvents = [
  { app: 'firefox', title: 'Inbox' },
  { app: 'Code', title: 'App.vue' },
  { status: 'afk' },
  {},
]
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
  // the fraction is optional: where there is none, no digit follows a point
  events: `SELECT CAST(strftime('%s', timestamp) AS INTEGER) * 1000 + CASE substr(timestamp, 20, 1) WHEN '.' THEN CAST(substr(timestamp, 21, 3) AS INTEGER) ELSE 0 END AS ms,
      (SELECT type FROM bucketmodel WHERE key = bucket_id) AS kind, NULL AS failed, duration * 1000 AS duration FROM eventmodel`,
  tellsOutcome: false,
  dimensions: {
    app: "SELECT json_extract(datastr, '$.app'), count(*) FROM eventmodel GROUP BY 1",
    bucket: 'SELECT b.id, count(*) FROM eventmodel e JOIN bucketmodel b ON b.key = e.bucket_id GROUP BY 1',
    presence: "SELECT json_extract(datastr, '$.status'), count(*) FROM eventmodel GROUP BY 1",
  },
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
    events: `SELECT starttime / ${perMillisecond} AS ms, b.type AS kind, NULL AS failed, (endtime - starttime) / ${perMillisecond}.0 AS duration FROM events e JOIN buckets b ON b.${bucket} = e.bucketrow`,
    tellsOutcome: false,
    dimensions: { app: `SELECT json_extract(${data}, '$.app'), count(*) FROM events GROUP BY 1` },
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
  events: `SELECT timestamp / 1000000 AS ms, 'command' AS kind, CASE exit WHEN -1 THEN NULL WHEN 0 THEN 0 ELSE 1 END AS failed,
      CASE duration WHEN -1 THEN NULL ELSE duration / 1000000.0 END AS duration FROM history`,
  tellsOutcome: true,
  dimensions: {
    'exit code': 'SELECT CASE exit WHEN -1 THEN NULL ELSE exit END, count(*) FROM history GROUP BY 1',
    program:
      "SELECT CASE WHEN instr(command, ' ') > 0 THEN substr(command, 1, instr(command, ' ') - 1) ELSE command END, count(*) FROM history GROUP BY 1",
    deleted: "SELECT 'deleted', count(*) FROM history WHERE deleted_at IS NOT NULL",
  },
  measures: {},
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
  events: `SELECT visit_time / 1000 - 11644473600000 AS ms, 'visits' AS kind, NULL AS failed, visit_duration / 1000.0 AS duration FROM visits`,
  tellsOutcome: false,
  dimensions: {
    'urls.title': 'SELECT u.title, count(*) FROM visits v JOIN urls u ON u.id = v.url GROUP BY 1',
    transition: 'SELECT transition, count(*) FROM visits GROUP BY 1',
  },
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
  // SQLite itself takes a Julian day for the millisecond next to it
  events: `SELECT CAST(strftime('%s', mtime) AS INTEGER) * 1000 + CAST(substr(strftime('%f', mtime), 4, 3) AS INTEGER) AS ms, type AS kind, NULL AS failed, NULL AS duration FROM event`,
  tellsOutcome: false,
  dimensions: { user: 'SELECT user, count(*) FROM event GROUP BY 1' },
  measures: {},
}

const usage = (path: string): string => `json_extract(usage, '$.${path}')`
const tally = (path: string): string =>
  `SELECT j.key, sum(j.value) FROM events, json_each(usage, '$.${path}') j GROUP BY 1`

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
  events: `SELECT ${isoMilliseconds('timestamp')} AS ms, 'payload' AS kind, NULL AS failed, NULL AS duration FROM events`,
  tellsOutcome: false,
  dimensions: {
    os: "SELECT json_extract(environment, '$.os'), count(*) FROM events GROUP BY 1",
    version: "SELECT json_extract(environment, '$.version'), count(*) FROM events GROUP BY 1",
  },
  measures: {
    sessions: `SELECT count(${usage('total_sessions')}), sum(${usage('total_sessions')}) FROM events`,
    exchanges: `SELECT count(${usage('total_exchanges')}), sum(${usage('total_exchanges')}) FROM events`,
  },
  tallies: {
    'session length': tally('duration_distribution'),
    'exchanges per session': tally('exchanges_per_session'),
    transport: tally('transport_usage'),
    'speech provider': tally('provider_usage.tts'),
    'listening provider': tally('provider_usage.stt'),
  },
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
