// earlyexit keeps one row for each run. Its counters of lines, ratings and times to a first match are always
// NULL or 0 in the files it writes, so they are no measures here: a chart of them would show zeros as facts.
//
// A match names a run that isn't there: it carries an id made of the millisecond in which the run began, the run
// one of the millisecond in which it ended. Both end in the process's number, so the first can be made again.
import type { EventSource, Format, Source, Sources } from './format.ts'
import { textProof } from './text-tables.ts'

const idInMatches = `'exec_' || CAST(e.timestamp * 1000 AS INTEGER) || '_'
  || substr(e.execution_id, 6 + instr(substr(e.execution_id, 6), '_'))`

const matches = {
  as: 'm',
  from: '(SELECT execution_id AS id, count(*) AS matches FROM match_events GROUP BY execution_id)',
  on: `m.id = ${idInMatches}`,
  needs: { match_events: ['execution_id'] },
} as const

export const earlyexit: Format = {
  name: 'earlyexit',
  title: 'earlyexit',
  proof: { executions: ['execution_id', 'timestamp', 'exit_reason', 'total_runtime'] },
  events: {
    table: 'executions',
    key: 'execution_id',
    time: { from: [{ column: 'timestamp' }], encoding: 'seconds' },
    kind: { always: 'execution' },
    joins: [matches],
    outcome: {
      from: [{ column: 'exit_reason' }],
      failed: [
        'timeout',
        'stuck',
        'error',
        'invalid_pattern',
        'pattern_error',
        'invalid_fd',
        'unexpected_output',
        'coverage_failed',
      ],
    },
    failedKinds: [],
    duration: { from: [{ column: 'total_runtime' }], toMilliseconds: 1000 },
    lanes: 'command category',
    dimensions: [
      { name: 'exit reason', from: [{ column: 'exit_reason' }] },
      { name: 'command category', from: [{ column: 'command_category' }] },
      { name: 'project type', from: [{ column: 'project_type' }] },
      { name: 'pattern type', from: [{ column: 'pattern_type' }] },
      { name: 'exit code', from: [{ column: 'exit_code' }] },
    ],
    measures: [{ name: 'matches', from: [{ sql: 'm.matches', join: 'm' }], unit: 'count' }],
  },
  related: [
    {
      name: 'matches',
      table: 'match_events',
      on: `r.execution_id = ${idInMatches}`,
      needs: { match_events: ['execution_id'] },
      telling: ['match_number', 'matched_substring', 'line_content'],
    },
  ],
  sensitive: [
    'executions.command',
    'executions.command_hash',
    'executions.working_directory',
    'executions.pattern',
    'match_events.source_file',
    'match_events.line_content',
    'match_events.matched_substring',
    'match_events.context_before',
    'match_events.context_after',
    'user_sessions.command',
    'user_sessions.selected_pattern',
    'user_sessions.working_directory',
    'learned_settings.command_hash',
    'learned_settings.features_json',
    'learned_settings.learned_pattern',
  ],
}

/** The same, where each run is a line of JSON with the columns' names as keys: what `earlyexit-export` writes. */
export const earlyexitExport: Format = {
  ...earlyexit,
  proof: textProof('earlyexit_export'),
  events: inJson(earlyexit.events),
  related: [],
  sensitive: ['earlyexit_export.data'],
}

function inJson(events: EventSource): EventSource {
  const one = (from: Source): Source => ('column' in from ? { json: from.column } : from)
  const all = (from: Sources): Sources => [one(from[0]), ...from.slice(1).map(one)]
  return {
    ...events,
    table: 'earlyexit_export',
    key: 'line',
    json: 'data',
    time: { from: [{ json: 'timestamp' }], encoding: 'mixed' },
    outcome: events.outcome && { ...events.outcome, from: all(events.outcome.from) },
    duration: events.duration && { ...events.duration, from: all(events.duration.from) },
    dimensions: events.dimensions.map(({ name, from }) => ({ name, from: all(from) })),
  }
}
