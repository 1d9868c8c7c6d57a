// The reference: Debian's sqlite3 shell, answering in SQL what the charts answer, on the same file in the same run.
import { spawnSync } from 'node:child_process'

/** Count, span, and events of each day: what the first screen says. */
export const threeQuestions: readonly string[] = [
  'SELECT count(*) FROM telemetry_events',
  'SELECT min(timestamp), max(timestamp) FROM telemetry_events',
  'SELECT substr(timestamp, 1, 10) AS day, count(*) FROM telemetry_events GROUP BY day',
]

const of = (key: string): string => `json_extract(event_data, '$.${key}')`

/** The nine questions of a dashboard. Their time is T. */
export const nineQuestions: readonly string[] = [
  'SELECT count(*), min(timestamp), max(timestamp) FROM telemetry_events',
  'SELECT substr(timestamp, 1, 10) AS day, event_type, count(*) FROM telemetry_events GROUP BY 1, 2',
  `SELECT ${of('agent_type')}, count(*), avg(${of('success')} = 0), avg(${of('duration_ms')}) FROM telemetry_events GROUP BY 1`,
  `SELECT ${of('tool')}, count(*) FROM telemetry_events GROUP BY 1`,
  `SELECT ${of('model')}, count(*), sum(${of('input_tokens')}), sum(${of('output_tokens')}) FROM telemetry_events GROUP BY 1`,
  `SELECT ${of('error_type')}, count(*) FROM telemetry_events GROUP BY 1`,
  "SELECT strftime('%w', timestamp), strftime('%H', timestamp), count(*) FROM telemetry_events GROUP BY 1, 2",
  `SELECT day, min(ms) FROM (SELECT substr(timestamp, 1, 10) AS day, ${of('duration_ms')} AS ms,
     percent_rank() OVER (PARTITION BY substr(timestamp, 1, 10) ORDER BY ${of('duration_ms')}) AS share
     FROM telemetry_events WHERE ${of('duration_ms')} IS NOT NULL) WHERE share >= 0.95 GROUP BY day`,
  `SELECT CAST(4 * log10(${of('duration_ms')} + 1) AS INTEGER), count(*) FROM telemetry_events GROUP BY 1`,
]

/** Milliseconds to answer all, one shell after another. */
export function timeShell(path: string, questions: readonly string[]): number {
  const started = performance.now()
  for (const question of questions) askShell(path, question)
  return performance.now() - started
}

export function askShell(path: string, question: string): string {
  const shell = spawnSync('sqlite3', ['-readonly', path, question], { encoding: 'utf8', maxBuffer: 1 << 28 })
  if (shell.error)
    throw new Error('the sqlite3 shell is the reference, and is not installed', { cause: shell.error })
  if (shell.status !== 0) throw new Error(shell.stderr)
  return shell.stdout.trim()
}
