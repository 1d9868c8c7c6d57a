// Small telemetry files as the tools themselves leave them: their schemas, closed or still open in WAL mode.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readFile, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { sampleSmartAgents, smartAgentsTables } from '../../shared/sample/smart-agents.ts'

export const earlyexitTables = `
  CREATE TABLE executions (execution_id TEXT PRIMARY KEY, timestamp REAL, command TEXT, command_hash TEXT,
    working_directory TEXT, pattern TEXT, pattern_type TEXT, case_insensitive INTEGER, invert_match INTEGER,
    max_count INTEGER, overall_timeout REAL, idle_timeout REAL, first_output_timeout REAL, delay_exit REAL,
    exit_code INTEGER, exit_reason TEXT, total_runtime REAL, time_to_first_output REAL, time_to_first_match REAL,
    time_from_match_to_exit REAL, match_count INTEGER DEFAULT 0, total_lines_processed INTEGER,
    stdout_lines INTEGER, stderr_lines INTEGER, user_rating INTEGER, should_have_exited INTEGER,
    project_type TEXT, command_category TEXT);
  CREATE TABLE match_events (event_id TEXT PRIMARY KEY, execution_id TEXT NOT NULL, match_number INTEGER,
    timestamp_offset REAL, stream_source TEXT, source_file TEXT, line_number INTEGER, line_content TEXT,
    matched_substring TEXT, context_before TEXT, context_after TEXT,
    FOREIGN KEY (execution_id) REFERENCES executions (execution_id) ON DELETE CASCADE);
  CREATE TABLE user_sessions (session_id TEXT PRIMARY KEY, execution_id TEXT, timestamp REAL, command TEXT);
  CREATE TABLE learned_settings (setting_id TEXT PRIMARY KEY, command_hash TEXT, is_active INTEGER DEFAULT 1);
  CREATE INDEX idx_command_hash ON executions(command_hash);
  CREATE INDEX idx_timestamp ON executions(timestamp);`

const reasons = [
  'match',
  'completed',
  'timeout',
  'no_timeout_stuck',
  'error',
  'stuck',
  'coverage_failed',
  'match',
  null,
]

/** Two matches for each run, which are no events of their own. */
function fillEarlyexit(db: DatabaseSync, executions: number, from = 0): void {
  const insert = db.prepare(
    'INSERT INTO executions (execution_id, timestamp, exit_reason, total_runtime, command_category, exit_code) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const match = db.prepare('INSERT INTO match_events (event_id, execution_id, match_number) VALUES (?, ?, ?)')
  for (let i = from; i < from + executions; i++) {
    const reason = reasons[i % reasons.length] ?? null
    insert.run(`run-${i}`, 1_795_178_096.7891 + i * 3600.9996, reason, i / 7, i % 2 ? 'test' : 'build', i % 3)
    for (const number of [1, 2]) match.run(`match-${i}-${number}`, `run-${i}`, number)
  }
}

export function makeEarlyexit(path: string, executions: number): void {
  const db = new DatabaseSync(path)
  db.exec(`PRAGMA journal_mode = WAL; ${earlyexitTables}`)
  fillEarlyexit(db, executions)
  db.close()
}

export function makeSmartAgents(path: string, events: number, journal: 'wal' | 'delete' = 'delete'): void {
  const db = new DatabaseSync(path)
  db.exec(`PRAGMA journal_mode = ${journal}`)
  for (const table of smartAgentsTables) db.exec(table)
  const insert = db.prepare('INSERT INTO telemetry_events VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
  db.exec('BEGIN')
  for (const row of sampleSmartAgents({ events, seed: 3, until: Date.UTC(2026, 10, 21) }).rows)
    insert.run(...row)
  db.exec('COMMIT')
  db.close()
}

/**
 * Two threads of llm, of which the second begins with what was said first in the other: turns t1 and t2 of thread a end
 * with messages m2 and m4, t3 of thread b with m6, and m6 and m4 both follow m2.
 */
export function makeTurns(path: string, encoding: 'UTF-8' | 'UTF-16le' = 'UTF-8'): void {
  const db = new DatabaseSync(path)
  db.exec(`PRAGMA encoding = '${encoding}'; PRAGMA secure_delete = OFF;
    CREATE TABLE threads (id TEXT PRIMARY KEY, name TEXT, datetime_utc TEXT);
    CREATE TABLE messages (hash TEXT PRIMARY KEY, parent_hash TEXT REFERENCES messages (hash));
    CREATE TABLE parts (id INTEGER PRIMARY KEY, message_hash TEXT REFERENCES messages (hash), text TEXT);
    CREATE TABLE fragments (id INTEGER PRIMARY KEY, content TEXT);
    CREATE TABLE turns (id TEXT PRIMARY KEY, thread_id TEXT REFERENCES threads (id), model TEXT, duration_ms INTEGER,
      parent_message_hash TEXT REFERENCES messages (hash), tip_message_hash TEXT REFERENCES messages (hash), datetime_utc TEXT);
    CREATE TABLE turn_fragments (turn_id TEXT REFERENCES turns (id), fragment_id INTEGER REFERENCES fragments (id));
    INSERT INTO threads VALUES ('a', 'name of a', '2026-11-01'), ('b', 'name of b', '2026-11-03');
    INSERT INTO messages VALUES ('m1', NULL), ('m2', 'm1'), ('m3', 'm2'), ('m4', 'm3'), ('m5', 'm2'), ('m6', 'm5');
    INSERT INTO parts (message_hash, text) SELECT hash, 'said in ' || hash FROM messages;
    INSERT INTO fragments VALUES (1, 'fragment of t2'), (2, 'shared fragment'), (3, 'fragment of none');
    INSERT INTO turns VALUES ('t1', 'a', 'large', 900, NULL, 'm2', '2026-11-01T10:00:00Z'),
      ('t2', 'a', 'large', 800, 'm2', 'm4', '2026-11-02T10:00:00Z'), ('t3', 'b', 'small', 100, 'm2', 'm6', '2026-11-03T10:00:00Z');
    INSERT INTO turn_fragments VALUES ('t2', 1), ('t2', 2), ('t3', 2)`)
  db.close()
}

export interface Writer {
  /** Ends it as a crash would: without closing the file, so that -wal and -shm stay. */
  stop(): Promise<void>
}

/** Another process that holds the file open in WAL mode, has put rows in its -wal, and may go on writing. */
export async function startWriter(path: string, sql: string, repeated = ''): Promise<Writer> {
  const script = `
    const { DatabaseSync } = require('node:sqlite')
    const db = new DatabaseSync(${JSON.stringify(path)}, { timeout: 5000 })
    db.exec('PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0')
    db.exec(${JSON.stringify(sql)})
    const repeated = ${JSON.stringify(repeated)}
    if (repeated) setInterval(() => db.exec(repeated), 2)
    else setInterval(() => {}, 1000)
    console.log('ready')`
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  return {
    stop: async () => {
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    },
  }
}

/** Everything in a folder: names, sizes, times and the bytes themselves. */
export async function stateOf(
  folder: string,
  ignoring: (name: string) => boolean = () => false,
): Promise<string[]> {
  const names = (await readdir(folder)).sort()
  return Promise.all(
    names.map(async (name) => {
      const path = join(folder, name)
      const { size, mtimeMs, mode } = await stat(path)
      if (ignoring(name)) return name
      const hash = createHash('sha256')
        .update(await readFile(path))
        .digest('hex')
      return `${name} ${size} ${mtimeMs} ${mode.toString(8)} ${hash}`
    }),
  )
}

export function ask(path: string, sql: string): unknown {
  const db = new DatabaseSync(path, { readOnly: true })
  try {
    return Object.values(db.prepare(sql).get() ?? {})[0]
  } finally {
    db.close()
  }
}
