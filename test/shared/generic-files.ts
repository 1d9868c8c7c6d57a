// Small files of programs that no format knows: their real tables, decoys included, with believable rows.
import { DatabaseSync } from 'node:sqlite'
import { nativeSqlite } from '../../host/file/native.ts'
import type { Schema, Sqlite } from '../../shared/viewer/sqlite.ts'
import { readSchema } from '../../shared/viewer/sqlite.ts'

type Value = string | number | bigint | null
export interface Small {
  readonly raw: DatabaseSync
  readonly db: Sqlite
  readonly schema: Schema
}

const begin = Date.UTC(2026, 10, 1, 8, 0, 0)
/** One event every 97 minutes and a bit, so that days and hours differ and milliseconds are not whole seconds. */
export const at = (i: number): number => begin + i * 5_823_457
export const iso = (time: number): string => new Date(time).toISOString()
const pick = <T>(list: readonly T[], i: number): T => {
  const found = list[i % list.length]
  if (found === undefined) throw new Error('nothing to pick from')
  return found
}
const micro = (time: number): bigint => BigInt(time) * 1000n
const webkit = (time: number): bigint => (BigInt(time) + 11_644_473_600_000n) * 1000n
const space = (time: number): string => iso(time).slice(0, 19).replace('T', ' ')
const julian = (time: number): number => time / 86_400_000 + 2_440_587.5
const cocoa = (time: number): number => time / 1000 - 978_307_200

export function small(
  ddl: string,
  fill: (insert: (table: string, ...values: Value[]) => void) => void,
): Small {
  const raw = new DatabaseSync(':memory:')
  raw.exec(ddl)
  raw.exec('BEGIN')
  fill((table, ...values) => {
    raw.prepare(`INSERT INTO "${table}" VALUES (${values.map(() => '?').join(', ')})`).run(...values)
  })
  raw.exec('COMMIT')
  const db = nativeSqlite(raw)
  return { raw, db, schema: readSchema(db) }
}

const times = (count: number, work: (i: number) => void): void => {
  for (let i = 0; i < count; i++) work(i)
}

export const firefox = (): Small =>
  small(
    `CREATE TABLE moz_origins (id INTEGER PRIMARY KEY, prefix TEXT NOT NULL, host TEXT NOT NULL, frecency INTEGER NOT NULL, recalc_frecency INTEGER NOT NULL DEFAULT 0);
     CREATE TABLE moz_places (id INTEGER PRIMARY KEY, url LONGVARCHAR, title LONGVARCHAR, rev_host LONGVARCHAR, visit_count INTEGER DEFAULT 0, hidden INTEGER DEFAULT 0 NOT NULL, typed INTEGER DEFAULT 0 NOT NULL, frecency INTEGER DEFAULT -1 NOT NULL, last_visit_date INTEGER, guid TEXT, foreign_count INTEGER DEFAULT 0 NOT NULL, url_hash INTEGER DEFAULT 0 NOT NULL);
     CREATE TABLE moz_historyvisits (id INTEGER PRIMARY KEY, from_visit INTEGER, place_id INTEGER, visit_date INTEGER, visit_type INTEGER, session INTEGER, source INTEGER DEFAULT 0 NOT NULL, triggeringPlaceId INTEGER);
     CREATE TABLE moz_bookmarks (id INTEGER PRIMARY KEY, type INTEGER, fk INTEGER DEFAULT NULL, parent INTEGER, position INTEGER, title LONGVARCHAR, dateAdded INTEGER, lastModified INTEGER, guid TEXT);
     CREATE TABLE moz_places_metadata (id INTEGER PRIMARY KEY, place_id INTEGER NOT NULL, created_at INTEGER NOT NULL DEFAULT 0, updated_at INTEGER NOT NULL DEFAULT 0, total_view_time INTEGER NOT NULL DEFAULT 0);
     CREATE TABLE moz_inputhistory (place_id INTEGER NOT NULL, input LONGVARCHAR NOT NULL, use_count INTEGER, PRIMARY KEY (place_id, input));
     CREATE TABLE moz_meta (key TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID;`,
    (insert) => {
      times(90, (i) =>
        insert(
          'moz_places',
          i + 1,
          `https://site${i}.example/`,
          `Page ${i}`,
          'elpmaxe.',
          1,
          0,
          0,
          100,
          micro(at(i)),
          `g${i}`,
          0,
          47356370932282n + BigInt(i),
        ),
      )
      times(60, (i) =>
        insert('moz_historyvisits', i + 1, i, (i % 30) + 1, micro(at(i)), pick([1, 2, 1, 3], i), 0, 0, null),
      )
      times(12, (i) =>
        insert('moz_bookmarks', i + 1, 1, null, 0, i, `b${i}`, micro(at(0) - 1e10), micro(at(100)), `x${i}`),
      )
      times(20, (i) => insert('moz_places_metadata', i + 1, i + 1, at(i), at(i) + 9000, 4000))
    },
  )

export const chrome = (): Small =>
  small(
    `CREATE TABLE meta(key LONGVARCHAR NOT NULL UNIQUE PRIMARY KEY, value LONGVARCHAR);
     CREATE TABLE urls(id INTEGER PRIMARY KEY AUTOINCREMENT, url LONGVARCHAR, title LONGVARCHAR, visit_count INTEGER DEFAULT 0 NOT NULL, typed_count INTEGER DEFAULT 0 NOT NULL, last_visit_time INTEGER NOT NULL, hidden INTEGER DEFAULT 0 NOT NULL);
     CREATE TABLE visits(id INTEGER PRIMARY KEY AUTOINCREMENT, url INTEGER NOT NULL, visit_time INTEGER NOT NULL, from_visit INTEGER, external_referrer_url TEXT, transition INTEGER DEFAULT 0 NOT NULL, segment_id INTEGER, visit_duration INTEGER DEFAULT 0 NOT NULL);
     CREATE TABLE downloads(id INTEGER PRIMARY KEY, guid VARCHAR NOT NULL, current_path LONGVARCHAR NOT NULL, start_time INTEGER NOT NULL, received_bytes INTEGER NOT NULL, total_bytes INTEGER NOT NULL, state INTEGER NOT NULL, end_time INTEGER NOT NULL);
     CREATE TABLE segments (id INTEGER PRIMARY KEY, name VARCHAR, url_id INTEGER NON NULL);
     CREATE TABLE segment_usage (id INTEGER PRIMARY KEY, segment_id INTEGER NOT NULL, time_slot INTEGER NOT NULL, visit_count INTEGER DEFAULT 0 NOT NULL);
     CREATE TABLE keyword_search_terms (keyword_id INTEGER NOT NULL, url_id INTEGER NOT NULL, term LONGVARCHAR NOT NULL, normalized_term LONGVARCHAR NOT NULL);`,
    (insert) => {
      insert('meta', 'version', '70')
      times(70, (i) =>
        insert('urls', i + 1, `https://site${i}.example/`, `Page ${i}`, 1, 0, webkit(at(i)), 0),
      )
      times(65, (i) =>
        insert(
          'visits',
          i + 1,
          (i % 40) + 1,
          webkit(at(i)),
          i,
          '',
          pick([805306368, 805306369, 805306376], i),
          0,
          1_500_000 + i,
        ),
      )
      times(5, (i) =>
        insert(
          'downloads',
          i + 1,
          `g${i}`,
          `/home/ada/f${i}`,
          webkit(at(i)),
          1000 * i,
          1000 * i,
          1,
          webkit(at(i) + 500),
        ),
      )
      times(10, (i) => insert('segments', i + 1, `http://site${i}/`, i + 1))
      times(40, (i) => insert('segment_usage', i + 1, (i % 10) + 1, webkit(at(i)), 1))
    },
  )

export const homeAssistant = (): Small =>
  small(
    `CREATE TABLE event_types (event_type_id INTEGER NOT NULL PRIMARY KEY, event_type VARCHAR(64));
     CREATE TABLE events (event_id INTEGER NOT NULL PRIMARY KEY, event_type CHAR(0), event_data CHAR(0), origin CHAR(0), origin_idx SMALLINT, time_fired DATETIME, time_fired_ts FLOAT, context_id CHAR(0), data_id INTEGER, context_id_bin BLOB, event_type_id INTEGER);
     CREATE TABLE states_meta (metadata_id INTEGER NOT NULL PRIMARY KEY, entity_id VARCHAR(255));
     CREATE TABLE state_attributes (attributes_id INTEGER NOT NULL PRIMARY KEY, hash BIGINT, shared_attrs TEXT);
     CREATE TABLE states (state_id INTEGER NOT NULL PRIMARY KEY, entity_id CHAR(0), state VARCHAR(255), attributes CHAR(0), event_id SMALLINT, last_changed DATETIME, last_changed_ts FLOAT, last_reported_ts FLOAT, last_updated DATETIME, last_updated_ts FLOAT, old_state_id INTEGER REFERENCES states(state_id), attributes_id INTEGER REFERENCES state_attributes(attributes_id), context_id CHAR(0), origin_idx SMALLINT, context_id_bin BLOB, metadata_id INTEGER REFERENCES states_meta(metadata_id));
     CREATE TABLE statistics_meta (id INTEGER NOT NULL PRIMARY KEY, statistic_id VARCHAR(255), source VARCHAR(32), unit_of_measurement VARCHAR(255));
     CREATE TABLE statistics_short_term (id INTEGER NOT NULL PRIMARY KEY, created DATETIME, created_ts FLOAT, metadata_id INTEGER, start DATETIME, start_ts FLOAT, mean FLOAT, min FLOAT, max FLOAT);
     CREATE TABLE recorder_runs (run_id INTEGER NOT NULL PRIMARY KEY, start DATETIME NOT NULL, "end" DATETIME, closed_incorrect BOOLEAN NOT NULL, created DATETIME NOT NULL);
     CREATE TABLE schema_changes (change_id INTEGER NOT NULL PRIMARY KEY, schema_version INTEGER, changed DATETIME NOT NULL);`,
    (insert) => {
      times(3, (i) =>
        insert(
          'event_types',
          i + 1,
          pick(['call_service', 'automation_triggered', 'homeassistant_start'], i),
        ),
      )
      times(20, (i) =>
        insert('events', i + 1, null, null, null, 0, null, at(i * 5) / 1000, null, null, null, (i % 3) + 1),
      )
      times(6, (i) =>
        insert(
          'states_meta',
          i + 1,
          pick(['sensor.kitchen', 'light.hall', 'switch.fan', 'sensor.attic', 'sun.sun', 'person.ada'], i),
        ),
      )
      times(9, (i) => insert('state_attributes', i + 1, 77n * BigInt(i), '{"unit_of_measurement":"°C"}'))
      times(300, (i) =>
        insert(
          'states',
          i + 1,
          null,
          pick(['on', 'off', '21.5', '20.9', 'unavailable'], i),
          null,
          null,
          null,
          i % 3 === 0 ? at(i / 4) / 1000 : null,
          null,
          null,
          at(i / 4) / 1000,
          i === 0 ? null : i,
          (i % 9) + 1,
          null,
          0,
          null,
          (i % 6) + 1,
        ),
      )
      times(2, (i) => insert('statistics_meta', i + 1, `sensor.s${i}`, 'recorder', '°C'))
      times(400, (i) =>
        insert(
          'statistics_short_term',
          i + 1,
          null,
          at(i / 5) / 1000,
          (i % 2) + 1,
          null,
          at(i / 5) / 1000 - 300,
          20.5,
          20,
          21,
        ),
      )
      times(4, (i) => insert('recorder_runs', i + 1, space(at(i)), null, 0, space(at(i))))
      insert('schema_changes', 1, 41, space(at(0)))
    },
  )

export const goose = (): Small =>
  small(
    `CREATE TABLE schema_version (version INTEGER PRIMARY KEY, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP);
     CREATE TABLE sessions (id TEXT PRIMARY KEY, name TEXT NOT NULL DEFAULT '', description TEXT NOT NULL DEFAULT '', session_type TEXT NOT NULL DEFAULT 'user', working_dir TEXT NOT NULL, created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP, updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP, total_tokens INTEGER, input_tokens INTEGER, output_tokens INTEGER, provider_name TEXT);
     CREATE TABLE messages (id INTEGER PRIMARY KEY AUTOINCREMENT, message_id TEXT, session_id TEXT NOT NULL REFERENCES sessions(id), role TEXT NOT NULL, content_json TEXT NOT NULL, created_timestamp INTEGER NOT NULL, timestamp TIMESTAMP DEFAULT CURRENT_TIMESTAMP, tokens INTEGER, metadata_json TEXT);`,
    (insert) => {
      times(10, (i) => insert('schema_version', i + 1, space(at(0))))
      times(8, (i) =>
        insert(
          'sessions',
          `s${i}`,
          `n${i}`,
          '',
          'user',
          '/home/ada',
          space(at(i * 10)),
          space(at(i * 10 + 9)),
          900,
          600,
          300,
          pick(['anthropic', 'openai'], i),
        ),
      )
      times(80, (i) =>
        insert(
          'messages',
          i + 1,
          `m${i}`,
          `s${Math.floor(i / 10)}`,
          pick(['user', 'assistant'], i),
          '[{"type":"text","text":"x"}]',
          Math.floor(at(i) / 1000),
          space(at(i)),
          30 + i,
          null,
        ),
      )
    },
  )

export const opencode = (): Small =>
  small(
    `CREATE TABLE __drizzle_migrations (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric);
     CREATE TABLE project (id text PRIMARY KEY, worktree text NOT NULL, name text, time_created integer NOT NULL, time_updated integer NOT NULL);
     CREATE TABLE session (id text PRIMARY KEY, project_id text NOT NULL, slug text NOT NULL, directory text NOT NULL, title text NOT NULL, version text NOT NULL, time_created integer NOT NULL, time_updated integer NOT NULL, time_archived integer);
     CREATE TABLE message (id text PRIMARY KEY, session_id text NOT NULL, time_created integer NOT NULL, time_updated integer NOT NULL, data text NOT NULL);
     CREATE TABLE part (id text PRIMARY KEY, message_id text NOT NULL, session_id text NOT NULL, time_created integer NOT NULL, time_updated integer NOT NULL, data text NOT NULL);`,
    (insert) => {
      insert('project', 'p1', '/home/ada/p', 'p', at(0), at(90))
      times(6, (i) =>
        insert(
          'session',
          `ses_${i}`,
          'p1',
          `slug${i}`,
          '/home/ada/p',
          `t${i}`,
          '1.2.3',
          at(i * 12),
          at(i * 12 + 11),
          null,
        ),
      )
      times(72, (i) =>
        insert(
          'message',
          `msg_${i}`,
          `ses_${Math.floor(i / 12)}`,
          at(i),
          at(i) + 700,
          JSON.stringify({
            role: pick(['user', 'assistant'], i),
            modelID: pick(['claude-sonnet', 'gpt-5'], i),
            cost: i / 1000,
            tokens: { input: 100 + i, output: 20 },
          }),
        ),
      )
      times(288, (i) =>
        insert(
          'part',
          `prt_${i}`,
          `msg_${Math.floor(i / 4)}`,
          'ses_0',
          at(i / 4),
          at(i / 4) + 3,
          JSON.stringify({ type: pick(['text', 'tool', 'step-start', 'step-finish'], i) }),
        ),
      )
    },
  )

export const codexState = (): Small =>
  small(
    `CREATE TABLE _sqlx_migrations (version BIGINT PRIMARY KEY, description TEXT NOT NULL, installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, success BOOLEAN NOT NULL, checksum BLOB NOT NULL, execution_time BIGINT NOT NULL);
     CREATE TABLE threads (id TEXT PRIMARY KEY, rollout_path TEXT NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, source TEXT NOT NULL, model_provider TEXT NOT NULL, cwd TEXT NOT NULL, title TEXT NOT NULL, sandbox_policy TEXT NOT NULL, approval_mode TEXT NOT NULL, tokens_used INTEGER NOT NULL DEFAULT 0, archived INTEGER NOT NULL DEFAULT 0, created_at_ms INTEGER, updated_at_ms INTEGER);
     CREATE TABLE jobs (kind TEXT NOT NULL, job_key TEXT NOT NULL, status TEXT NOT NULL, started_at INTEGER, finished_at INTEGER, PRIMARY KEY (kind, job_key));`,
    (insert) => {
      times(20, (i) => insert('_sqlx_migrations', i + 1, `m${i}`, space(at(0)), 1, 'x', 1234))
      times(40, (i) =>
        insert(
          'threads',
          `t${i}`,
          `/r/${i}`,
          Math.floor(at(i) / 1000),
          Math.floor(at(i + 1) / 1000),
          pick(['cli', 'vscode'], i),
          pick(['openai', 'oss'], i),
          '/home/ada',
          `title ${i}`,
          '{"type":"workspace-write"}',
          pick(['on-request', 'never'], i),
          1000 * i,
          0,
          at(i),
          at(i + 1),
        ),
      )
      times(5, (i) =>
        insert('jobs', 'memory', `k${i}`, 'done', Math.floor(at(i) / 1000), Math.floor(at(i) / 1000) + 5),
      )
    },
  )

export const codexLogs = (): Small =>
  small(
    `CREATE TABLE _sqlx_migrations (version BIGINT PRIMARY KEY, description TEXT NOT NULL, installed_on TIMESTAMP NOT NULL, success BOOLEAN NOT NULL);
     CREATE TABLE logs (id INTEGER PRIMARY KEY AUTOINCREMENT, ts INTEGER NOT NULL, ts_nanos INTEGER NOT NULL, level TEXT NOT NULL, target TEXT NOT NULL, message TEXT, module_path TEXT, file TEXT, line INTEGER, thread_id TEXT, process_uuid TEXT, estimated_bytes INTEGER NOT NULL DEFAULT 0);`,
    (insert) => {
      insert('_sqlx_migrations', 1, 'logs', space(at(0)), 1)
      times(100, (i) =>
        insert(
          'logs',
          i + 1,
          Math.floor(at(i) / 1000),
          (at(i) % 1000) * 1_000_000 + 999_999,
          pick(['INFO', 'INFO', 'WARN', 'ERROR', 'DEBUG'], i),
          pick(['codex_core', 'codex_tui'], i),
          'said something of some length that nobody groups by',
          'm',
          'f.rs',
          i,
          `t${i % 3}`,
          'u',
          40 + i,
        ),
      )
    },
  )

export const histdb = (): Small =>
  small(
    `CREATE TABLE commands (id integer primary key autoincrement, argv text, unique(argv) on conflict ignore);
     CREATE TABLE places (id integer primary key autoincrement, host text, dir text, unique(host, dir) on conflict ignore);
     CREATE TABLE history (id integer primary key autoincrement, session int, command_id int references commands (id), place_id int references places (id), exit_status int, start_time int, duration int);`,
    (insert) => {
      times(12, (i) =>
        insert(
          'commands',
          i + 1,
          pick(
            [
              'ls',
              'git status',
              'make',
              'npm test',
              'vim',
              'cd',
              'cat x',
              'grep y',
              'ssh z',
              'top',
              'df',
              'du',
            ],
            i,
          ),
        ),
      )
      times(3, (i) => insert('places', i + 1, 'ada', pick(['/home/ada', '/src', '/tmp'], i)))
      times(70, (i) =>
        insert(
          'history',
          i + 1,
          1,
          (i % 12) + 1,
          (i % 3) + 1,
          i % 7 === 0 ? 1 : 0,
          Math.floor(at(i) / 1000),
          i % 5 === 0 ? null : i,
        ),
      )
    },
  )

export const goatCounter = (): Small =>
  small(
    `CREATE TABLE sites (site_id integer primary key autoincrement, code varchar not null, created_at timestamp not null, updated_at timestamp, first_hit_at timestamp not null);
     CREATE TABLE users (user_id integer primary key autoincrement, email varchar not null, login_at timestamp, created_at timestamp not null);
     CREATE TABLE paths (path_id integer primary key autoincrement, site_id integer not null, path varchar not null, title varchar not null default '', event integer default 0);
     CREATE TABLE browsers (browser_id integer primary key autoincrement, name varchar, version varchar);
     CREATE TABLE systems (system_id integer primary key autoincrement, name varchar, version varchar);
     CREATE TABLE hits (hit_id integer primary key autoincrement, site_id integer not null, path_id integer not null, ref_id integer not null default 1, session blob default null, first_visit integer default 0, bot integer default 0, browser_id integer not null, system_id integer not null, width integer, location varchar not null default '', language varchar, created_at timestamp not null check(created_at = strftime('%Y-%m-%d %H:%M:%S', created_at)));
     CREATE TABLE hit_stats (site_id integer not null, path_id integer not null, day date not null, stats varchar not null);
     CREATE TABLE hit_counts (site_id integer not null, path_id integer not null, hour timestamp not null, total integer not null);`,
    (insert) => {
      insert('sites', 1, 'blog', space(at(0) - 1e9), null, space(at(0)))
      insert('users', 1, 'ada@example.com', space(at(9)), space(at(0)))
      times(9, (i) => insert('paths', i + 1, 1, `/p${i}`, `Page ${i}`, 0))
      times(3, (i) => insert('browsers', i + 1, pick(['Firefox', 'Chrome', 'Safari'], i), '140'))
      times(2, (i) => insert('systems', i + 1, pick(['Linux', 'macOS'], i), ''))
      times(75, (i) =>
        insert(
          'hits',
          i + 1,
          1,
          (i % 9) + 1,
          1,
          null,
          i % 2,
          0,
          (i % 3) + 1,
          (i % 2) + 1,
          1920,
          pick(['NZ', 'DE', 'US'], i),
          pick(['eng', 'deu'], i),
          space(at(i)),
        ),
      )
      times(120, (i) => insert('hit_stats', 1, (i % 9) + 1, iso(at(i)).slice(0, 10), '[0,1,2]'))
      times(150, (i) =>
        insert('hit_counts', 1, (i % 9) + 1, `${iso(at(i)).slice(0, 13).replace('T', ' ')}:00:00`, 3),
      )
    },
  )

export const wakapi = (): Small =>
  small(
    `CREATE TABLE users (id text PRIMARY KEY, api_key text, email text, password text, created_at timestamp, last_logged_in_at timestamp);
     CREATE TABLE heartbeats (id integer PRIMARY KEY AUTOINCREMENT, user_id text NOT NULL, entity text NOT NULL, type text, category text, project text, branch text, language text, is_write numeric, editor text, operating_system text, machine text, user_agent text, time timestamp, hash text, origin text, origin_id text, created_at timestamp, lines integer, line_no integer);
     CREATE TABLE summaries (id integer PRIMARY KEY AUTOINCREMENT, user_id text NOT NULL, from_time timestamp NOT NULL, to_time timestamp NOT NULL);
     CREATE TABLE summary_items (id integer PRIMARY KEY AUTOINCREMENT, summary_id integer, type integer, "key" text, total integer);
     CREATE TABLE key_string_values ("key" text PRIMARY KEY, value text);`,
    (insert) => {
      const local = (time: number): string =>
        `${iso(time + 3_600_000)
          .slice(0, 23)
          .replace('T', ' ')}+01:00`
      insert('users', 'ada', 'k', 'ada@example.com', 'x', local(at(0)), local(at(9)))
      times(85, (i) =>
        insert(
          'heartbeats',
          i + 1,
          'ada',
          `/home/ada/f${i % 4}.ts`,
          'file',
          'coding',
          pick(['web', 'api'], i),
          'main',
          pick(['TypeScript', 'Go', 'SQL'], i),
          i % 2,
          'vscode',
          'Linux',
          'laptop',
          'ua',
          local(at(i)),
          `h${i}`,
          '',
          '',
          local(at(i) + 60_000),
          100,
          i,
        ),
      )
      times(10, (i) => insert('summaries', i + 1, 'ada', local(at(i)), local(at(i + 5))))
      times(90, (i) => insert('summary_items', i + 1, (i % 10) + 1, 1, 'web', 30))
    },
  )

export const fossil = (): Small =>
  small(
    `CREATE TABLE blob(rid INTEGER PRIMARY KEY, rcvid INTEGER, size INTEGER, uuid TEXT UNIQUE NOT NULL, content BLOB);
     CREATE TABLE rcvfrom(rcvid INTEGER PRIMARY KEY, uid INTEGER, mtime DATETIME, nonce TEXT UNIQUE, ipaddr TEXT);
     CREATE TABLE user(uid INTEGER PRIMARY KEY, login TEXT UNIQUE, pw TEXT, cap TEXT, mtime DATE);
     CREATE TABLE config(name TEXT PRIMARY KEY NOT NULL, value CLOB, mtime DATE) WITHOUT ROWID;
     CREATE TABLE event(type TEXT, mtime DATETIME, objid INTEGER PRIMARY KEY, tagid INTEGER, uid INTEGER REFERENCES user, bgcolor TEXT, euser TEXT, user TEXT, ecomment TEXT, comment TEXT, brief TEXT, omtime DATETIME);
     CREATE TABLE tagxref(tagid INTEGER, tagtype INTEGER, srcid INTEGER, origid INTEGER, value TEXT, mtime TIMESTAMP, rid INTEGER, UNIQUE(rid, tagid));
     CREATE TABLE plink(pid INTEGER, cid INTEGER, isprim BOOLEAN, mtime DATETIME, baseid INTEGER, UNIQUE(pid, cid));`,
    (insert) => {
      times(60, (i) => insert('blob', i + 1, i + 1, 100 + i, `u${i}`, null))
      times(50, (i) => insert('rcvfrom', i + 1, 1, julian(at(i)), null, '127.0.0.1'))
      insert('user', 1, 'ada', 'x', 's', Math.floor(at(0) / 1000))
      times(7, (i) => insert('config', `c${i}`, 'v', Math.floor(at(0) / 1000)))
      times(50, (i) =>
        insert(
          'event',
          pick(['ci', 'w', 't', 'ci'], i),
          julian(at(i)),
          i + 1,
          null,
          1,
          null,
          null,
          'ada',
          null,
          `change ${i}`,
          null,
          null,
        ),
      )
      times(80, (i) => insert('tagxref', (i % 8) + 1, 2, i, i, 'trunk', julian(at(i / 2)), i + 1))
      times(49, (i) => insert('plink', i + 1, i + 2, 1, julian(at(i + 1)), null))
    },
  )

export const knowledgeC = (): Small =>
  small(
    `CREATE TABLE ZOBJECT (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZUUIDHASH INTEGER, ZEVENT INTEGER, ZSOURCE INTEGER, ZSECONDSFROMGMT INTEGER, ZSHOULDSYNC INTEGER, ZSTARTDAYOFWEEK INTEGER, ZSTRUCTUREDMETADATA INTEGER, ZCREATIONDATE TIMESTAMP, ZLOCALCREATIONDATE TIMESTAMP, ZCONFIDENCE FLOAT, ZENDDATE TIMESTAMP, ZSTARTDATE TIMESTAMP, ZVALUEDOUBLE FLOAT, ZSTREAMNAME VARCHAR, ZVALUESTRING VARCHAR, ZUUID VARCHAR);
     CREATE TABLE ZSOURCE (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZBUNDLEID VARCHAR, ZDEVICEID VARCHAR, ZSOURCEID VARCHAR);
     CREATE TABLE ZSTRUCTUREDMETADATA (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZMETADATAHASH VARCHAR);
     CREATE TABLE ZSYNCPEER (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZLASTSEENDATE TIMESTAMP, ZDEVICEID VARCHAR);
     CREATE TABLE Z_PRIMARYKEY (Z_ENT INTEGER PRIMARY KEY, Z_NAME VARCHAR, Z_SUPER INTEGER, Z_MAX INTEGER);`,
    (insert) => {
      times(66, (i) =>
        insert(
          'ZOBJECT',
          i + 1,
          11,
          1,
          77 + i,
          null,
          1,
          39600,
          0,
          3,
          null,
          cocoa(at(i)) + 130,
          cocoa(at(i)) + 39730,
          1.0,
          cocoa(at(i)) + 120.5,
          cocoa(at(i)),
          0.0,
          pick(['/app/usage', '/app/inFocus', '/display/isBacklit'], i),
          pick(['com.apple.Safari', 'com.apple.mail', 'org.mozilla.firefox'], i),
          `U${i}`,
        ),
      )
      times(3, (i) => insert('ZSOURCE', i + 1, 12, 1, `b${i}`, null, null))
      times(2, (i) => insert('ZSYNCPEER', i + 1, 13, 1, cocoa(at(90)), 'd'))
      times(9, (i) => insert('Z_PRIMARYKEY', i + 1, `N${i}`, 0, 10))
    },
  )

export const conversations = (): Small =>
  small(
    `CREATE TABLE exchanges (id TEXT PRIMARY KEY, timestamp TEXT NOT NULL, conversation_id TEXT, type TEXT NOT NULL, text TEXT NOT NULL, audio_file TEXT, project_path TEXT, metadata TEXT);
     CREATE VIRTUAL TABLE exchanges_fts USING fts5(text, content=exchanges, content_rowid=rowid);
     CREATE TABLE sync_metadata (key TEXT PRIMARY KEY, value TEXT);`,
    (insert) => {
      const local = (time: number): string => `${iso(time + 39_600_000).slice(0, 23)}456+11:00`
      times(64, (i) =>
        insert(
          'exchanges',
          `ex_${i}`,
          local(at(i)),
          `conv_${Math.floor(i / 8)}`,
          pick(['tts', 'stt'], i),
          `Some words that were said, number ${i}`,
          null,
          '/home/ada/p',
          JSON.stringify({
            provider: pick(['kokoro', 'whisper-local', 'openai'], i),
            model: pick(['tts-1', 'whisper-1'], i),
            transport: 'local',
            generation_time: 0.5 + i / 100,
          }),
        ),
      )
      insert('sync_metadata', 'last_sync', local(at(70)))
    },
  )
