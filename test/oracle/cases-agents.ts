import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { iso, isoMilliseconds, named, offset, write } from './case.ts'
import type { OracleCase } from './case.ts'
import { moments } from './random.ts'

const data = (key: string): string => `json_extract(event_data, '$.${key}')`

export const smartAgents: OracleCase = {
  name: 'Smart Agents',
  format: 'smart-agents',
  make: (folder, random) =>
    write(
      join(folder, 'a.db'),
      `CREATE TABLE telemetry_config (key TEXT PRIMARY KEY, value TEXT NOT NULL);
       CREATE TABLE telemetry_events (id TEXT PRIMARY KEY, event_type TEXT NOT NULL, event_data TEXT NOT NULL, anonymous_id TEXT NOT NULL, timestamp TEXT NOT NULL, sent INTEGER DEFAULT 0, sent_at TEXT, created_at TEXT DEFAULT CURRENT_TIMESTAMP)`,
      (insert) => {
        for (const [i, time] of moments(random, random.whole(40, 260)).entries()) {
          const kind = random.of([
            'agent_execution',
            'agent_execution',
            'skill_execution',
            'feature_usage',
            'error',
            'performance',
            'workflow',
          ])
          const event = {
            event: kind,
            ...(kind === 'agent_execution' && {
              agent_type: random.of(['planner', 'debugger', 'rag-agent']),
              model: random.of(['small', 'large']),
              input_tokens: random.whole(1, 4000),
              ...(random.chance(0.5) && { task_type: 'refactor', output_tokens: random.whole(1, 900) }),
            }),
            ...(kind === 'workflow' && { workflow_type: random.of(['release', 'refactor']) }),
            ...(kind === 'error' && { error_category: 'tool', component: 'runner', tool_name: 'Bash' }),
            ...(kind === 'skill_execution' && {
              skill_name: random.of(['review', 'cleanup']),
              ...(random.chance(0.5) && { used_with_agent: 'planner' }),
            }),
            ...(kind === 'performance' && { operation: 'query', data_size: random.whole(0, 90_000) }),
            ...(kind === 'feature_usage' && { feature_name: 'x', action: random.of(['enabled', 'used']) }),
            ...(!['feature_usage', 'error'].includes(kind) &&
              random.chance(0.9) && { duration_ms: random.whole(0, 9000) }),
            ...(['agent_execution', 'skill_execution', 'workflow'].includes(kind) &&
              random.chance(0.95) && { success: random.chance(0.8) }),
            ...(random.chance(0.3) && { cost: random.whole(1, 900) / 10_000 }),
            ...(random.chance(0.2) && { error_type: random.of(['TimeoutError', 'TypeError', '__proto__']) }),
            sdk_version: '2.0.0',
          }
          insert(
            'telemetry_events',
            `id-${i}`,
            kind,
            JSON.stringify(event),
            'a',
            random.chance(0.02) ? 'never' : iso(time),
            0,
            null,
            '2026-11-20 12:00:00',
          )
        }
      },
    ),
  from: 'telemetry_events',
  ms: isoMilliseconds('timestamp'),
  kind: 'event_type',
  failed: `CASE WHEN event_type = 'error' THEN 1
    WHEN json_type(event_data, '$.success') = 'false' THEN 1
    WHEN json_type(event_data, '$.success') = 'true' THEN 0 END`,
  duration: data('duration_ms'),
  dimensions: {
    agent: `coalesce(${data('agent_type')}, ${data('used_with_agent')})`,
    task: `coalesce(${data('task_type')}, ${data('workflow_type')})`,
    version: `coalesce(${data('agent_version')}, ${data('sdk_version')})`,
    ...named(data, [
      ['skill', 'skill_name'],
      ['tool', 'tool_name'],
      'model',
      'provider',
      ['error type', 'error_type'],
      ['error category', 'error_category'],
      'component',
      ['feature', 'feature_name'],
      'action',
      'operation',
    ]),
  },
  measures: named(data, [
    'cost',
    ['data size', 'data_size'],
    ['input tokens', 'input_tokens'],
    ['output tokens', 'output_tokens'],
  ]),
}

const executions = `CREATE TABLE executions (execution_id TEXT PRIMARY KEY, timestamp REAL, command TEXT, command_hash TEXT, working_directory TEXT, pattern TEXT, pattern_type TEXT, exit_code INTEGER, exit_reason TEXT, total_runtime REAL, match_count INTEGER DEFAULT 0, stdout_lines INTEGER, user_rating INTEGER, project_type TEXT, command_category TEXT)`
const matchEvents = `CREATE TABLE match_events (event_id TEXT PRIMARY KEY, execution_id TEXT NOT NULL, match_number INTEGER, line_content TEXT)`

/** The process's number: what is left of the id without what comes before its last digits. */
const pid = "replace(e.execution_id, rtrim(e.execution_id, '0123456789'), '')"
const matchesOf = `(SELECT count(*) FROM match_events m WHERE m.execution_id = 'exec_' || CAST(e.timestamp * 1000 AS INTEGER) || '_' || ${pid})`
const failedReasons = `('timeout', 'stuck', 'error', 'invalid_pattern', 'pattern_error', 'invalid_fd', 'unexpected_output', 'coverage_failed')`

const earlyexitWith = (name: string, wal: boolean): OracleCase => ({
  name,
  format: 'earlyexit',
  make: (folder, random) => {
    const path = join(folder, `${wal ? 'wal' : 'plain'}.db`)
    const begin = wal ? 'PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0;' : ''
    const times = moments(random, random.whole(40, 200))
    const fill = (from: number, to: number): void => {
      const db = new DatabaseSync(path)
      db.exec(`${begin} CREATE TABLE IF NOT EXISTS marker (x)`)
      if (from === 0) db.exec(`${executions}; ${matchEvents}`)
      db.exec('BEGIN')
      for (const [i, time] of times.entries()) {
        if (i < from || i >= to) continue
        const seconds = time / 1000
        const process = 1000 + i
        const reason = random.of([
          'match',
          'match',
          'no_match',
          'completed',
          'timeout',
          'stuck',
          'error',
          'interrupted',
          'broken_pipe',
          'coverage_failed',
        ])
        db.prepare('INSERT INTO executions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').run(
          `exec_${time + 400}_${process}`,
          seconds,
          'c',
          'h',
          '/w',
          'p',
          random.of(['python_re', 'perl_regex']),
          random.whole(0, 2),
          random.chance(0.05) ? null : reason,
          random.chance(0.05) ? null : random.next() * 9,
          0,
          0,
          null,
          random.of(['nodejs', 'unknown']),
          random.of(['test', 'build', null]),
        )
        const started = `exec_${Math.trunc(seconds * 1000)}_${process}`
        const matches = reason === 'match' ? random.whole(1, 4) : 0
        for (let n = 1; n <= matches; n++)
          db.prepare('INSERT INTO match_events VALUES (?, ?, ?, ?)').run(
            `match_${time}_${process}_${n}`,
            started,
            n,
            'line',
          )
      }
      db.exec('COMMIT')
      if (wal && to === times.length)
        open.push(db) // while it is open the rows stay in the -wal
      else db.close()
    }
    fill(0, Math.floor(times.length / 2))
    fill(Math.floor(times.length / 2), times.length)
    return path
  },
  from: 'executions e',
  ms: 'CAST(timestamp * 1000 AS INTEGER)',
  kind: "'execution'",
  failed: `exit_reason IN ${failedReasons}`,
  duration: 'total_runtime * 1000',
  dimensions: named(
    (column) => column,
    [
      ['exit reason', 'exit_reason'],
      ['command category', 'command_category'],
      ['project type', 'project_type'],
      ['pattern type', 'pattern_type'],
      ['exit code', 'exit_code'],
    ],
  ),
  measures: { matches: `nullif(${matchesOf}, 0)` },
})

/** Writers that keep a -wal alive until the test is over. */
const open: DatabaseSync[] = []
export const closeWriters = (): void => {
  for (const db of open.splice(0)) db.close()
}

export const earlyexit = earlyexitWith('earlyexit', false)
export const earlyexitInWal = earlyexitWith('earlyexit with rows in its -wal', true)

export const earlyexitOld: OracleCase = {
  ...earlyexit,
  name: 'earlyexit before its newest columns',
  make: (folder, random) =>
    write(
      join(folder, 'old.db'),
      'CREATE TABLE executions (execution_id TEXT PRIMARY KEY, timestamp REAL, command TEXT, exit_code INTEGER, exit_reason TEXT, total_runtime REAL)',
      (insert) => {
        for (const [i, time] of moments(random, random.whole(20, 90)).entries())
          insert(
            'executions',
            `exec_${time}_${i}`,
            time / 1000,
            'c',
            0,
            random.of(['match', 'timeout', 'stuck']),
            random.next(),
          )
      },
    ),
  dimensions: { 'exit reason': 'exit_reason', 'exit code': 'exit_code' },
  measures: {},
}

const tokens = { 'input tokens': 'input_tokens', 'output tokens': 'output_tokens' }

const responses = `CREATE TABLE responses (id TEXT PRIMARY KEY, model TEXT, prompt TEXT, system TEXT, prompt_json TEXT, options_json TEXT, response TEXT, response_json TEXT, conversation_id TEXT, duration_ms INTEGER, datetime_utc TEXT, input_tokens INTEGER, output_tokens INTEGER, token_details TEXT, schema_id TEXT, resolved_model TEXT);
  CREATE TABLE tool_calls (id INTEGER PRIMARY KEY, response_id TEXT, tool_id INTEGER, name TEXT, arguments TEXT, tool_call_id TEXT)`

export const llmOld: OracleCase = {
  name: 'llm before threads',
  format: 'llm',
  make: (folder, random) =>
    write(join(folder, 'old-llm.db'), responses, (insert) => {
      for (const [i, time] of moments(random, random.whole(20, 120)).entries()) {
        insert(
          'responses',
          `r${i}`,
          random.of(['gpt-4o', 'llama3']),
          'p',
          null,
          null,
          null,
          'r',
          null,
          'c',
          random.chance(0.2) ? null : random.whole(1, 30_000),
          offset(time, 0).replace('+00:00', random.of(['', '+00:00'])),
          random.chance(0.3) ? null : random.whole(1, 4000),
          random.whole(1, 900),
          null,
          null,
          random.chance(0.5) ? null : 'gpt-4o-2024',
        )
        const calls = random.chance(0.3) ? random.whole(1, 3) : 0
        for (let n = 0; n < calls; n++) insert('tool_calls', null, `r${i}`, 1, 'search', '{}', `t${n}`)
      }
    }),
  from: 'responses',
  ms: isoMilliseconds('datetime_utc'),
  kind: "'response'",
  failed: null,
  duration: 'duration_ms',
  dimensions: { model: 'coalesce(resolved_model, model)' },
  measures: {
    ...tokens,
    tools: 'nullif((SELECT count(*) FROM tool_calls WHERE response_id = responses.id), 0)',
  },
}

const turnColumns = 'model, resolved_model, input_tokens, output_tokens, duration_ms, datetime_utc'

export const llmNew: OracleCase = {
  name: 'llm with threads, and rows from before',
  format: 'llm',
  make: (folder, random) =>
    write(
      join(folder, 'new-llm.db'),
      `${responses};
       CREATE TABLE threads (id TEXT PRIMARY KEY, name TEXT, datetime_utc TEXT);
       CREATE TABLE turns (id TEXT PRIMARY KEY, thread_id TEXT, model TEXT, resolved_model TEXT, input_tokens INTEGER, output_tokens INTEGER, token_details TEXT, duration_ms INTEGER, datetime_utc TEXT, response_json TEXT)`,
      (insert) => {
        const times = moments(random, random.whole(30, 120))
        for (const [i, time] of times.entries()) {
          const old = i % 3 === 0
          const model = random.of(['gpt-4o', 'llama3'])
          const tokens = random.chance(0.3) ? null : random.whole(1, 4000)
          const duration = random.whole(1, 30_000)
          if (old || random.chance(0.2))
            insert(
              'responses',
              `x${i}`,
              model,
              'p',
              null,
              null,
              null,
              'r',
              null,
              'c',
              duration,
              offset(time, 0),
              tokens,
              5,
              null,
              null,
              null,
            )
          if (!old)
            insert(
              'turns',
              `x${i}`,
              `t${i % 4}`,
              model,
              null,
              tokens,
              5,
              null,
              duration,
              offset(time, 0),
              null,
            )
        }
      },
    ),
  from: `(SELECT 'turn' AS word, ${turnColumns} FROM turns
    UNION ALL SELECT 'response', ${turnColumns} FROM responses WHERE id NOT IN (SELECT id FROM turns))`,
  ms: isoMilliseconds('datetime_utc'),
  kind: 'word',
  failed: null,
  duration: 'duration_ms',
  dimensions: { model: 'coalesce(resolved_model, model)' },
  measures: tokens,
}
