// earlyexit keeps one row for each run. Its counters of lines, ratings and times to a first match are always
// NULL or 0 in the files it writes, so they are no measures here: a chart of them would show zeros as facts.
import type { Format } from './format.ts'

export const earlyexit: Format = {
  name: 'earlyexit',
  title: 'earlyexit',
  proof: {
    executions: ['execution_id', 'timestamp', 'exit_reason', 'total_runtime'],
    match_events: ['event_id', 'execution_id'],
  },
  events: {
    table: 'executions',
    key: 'execution_id',
    time: { column: 'timestamp', encoding: 'seconds' },
    kind: { always: 'execution' },
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
    dimensions: [
      { name: 'exit reason', from: [{ column: 'exit_reason' }] },
      { name: 'command category', from: [{ column: 'command_category' }] },
      { name: 'project type', from: [{ column: 'project_type' }] },
      { name: 'pattern type', from: [{ column: 'pattern_type' }] },
      { name: 'exit code', from: [{ column: 'exit_code' }] },
    ],
    measures: [],
  },
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
