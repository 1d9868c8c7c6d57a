// Files for the specs of the Records screen: with values that are easily spoilt on the way, and with rows that belong
// to others.
import { DatabaseSync } from 'node:sqlite'

const hour = 3_600_000
export const bigNumber = '9007199254740993'

/** A Smart Agents file with three columns more. The newest row, `odd`, has what is rare; the others are as usual. */
export function makeOddFile(path: string, events: number, until = Date.UTC(2026, 10, 20, 12)): void {
  const db = new DatabaseSync(path)
  db.exec(`CREATE TABLE telemetry_events (id TEXT PRIMARY KEY, event_type TEXT NOT NULL, event_data TEXT NOT NULL,
    timestamp TEXT NOT NULL, size INTEGER, payload BLOB, note TEXT)`)
  const insert = db.prepare('INSERT INTO telemetry_events VALUES (?, ?, ?, ?, ?, ?, ?)')
  db.exec('BEGIN')
  for (let i = 0; i < events - 1; i++) {
    const data = {
      agent_type: i % 2 === 0 ? 'planner' : 'debugger',
      success: true,
      duration_ms: 100 + (i % 50),
    }
    const time = new Date(until - (events - i) * hour).toISOString()
    insert.run(`event-${i}`, 'agent_execution', JSON.stringify(data), time, (i * 7919) % 1000, null, '')
  }
  const data = `{"agent_type":"planner","success":true,"duration_ms":42,"trace":{"id":${bigNumber},"steps":["plan","act"]}}`
  insert.run(
    'odd',
    'agent_execution',
    data,
    new Date(until - hour).toISOString(),
    null,
    Buffer.from('cafe00ff', 'hex'),
    'x',
  )
  db.exec(
    `UPDATE telemetry_events SET size = ${bigNumber}, note = CAST(x'6f6b20ff21' AS TEXT) WHERE id = 'odd'`,
  )
  db.exec('COMMIT')
  db.close()
}

/** Of earlyexit: two runs, the second of which has two matches, under the id that is never the run's own. */
export function makeEarlyexitFile(path: string): void {
  const db = new DatabaseSync(path, { enableForeignKeyConstraints: false })
  db.exec(`CREATE TABLE executions (execution_id TEXT PRIMARY KEY, timestamp REAL, command TEXT, exit_code INTEGER,
      exit_reason TEXT, total_runtime REAL, project_type TEXT, command_category TEXT, pattern_type TEXT);
    CREATE TABLE match_events (event_id TEXT PRIMARY KEY, execution_id TEXT NOT NULL, match_number INTEGER,
      line_content TEXT, matched_substring TEXT,
      FOREIGN KEY (execution_id) REFERENCES executions (execution_id) ON DELETE CASCADE);
    INSERT INTO executions VALUES
      ('exec_1795190549184_14712', 1795190548.76761, 'npm run lint', 0, 'completed', 0.41, 'nodejs', 'build', 'python_re'),
      ('exec_1795190592895_15033', 1795190592.5328, 'pytest -q secret', 0, 'match', 0.36, 'python', 'test', 'python_re');
    INSERT INTO match_events VALUES
      ('m1', 'exec_1795190592532_15033', 1, 'FAILED test_checkout', 'FAILED'),
      ('m2', 'exec_1795190592532_15033', 2, 'Error: 41.99', 'Error'),
      ('m3', 'exec_1795190000000_14712', 1, 'of another run', 'Error')`)
  db.close()
}
