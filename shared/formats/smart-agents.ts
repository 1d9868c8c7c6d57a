// Smart Agents writes no id of a run into its events: what an agent used is told by the agent's name and by time. An
// event is written when it ends, so a run's calls lie between its beginning and a little after its end.
import type { Format } from './format.ts'

const of = (row: string, key: string): string =>
  `CASE WHEN json_valid(${row}.event_data) THEN json_extract(${row}.event_data, '$.${key}') END`
const agentOf = (row: string): string => `coalesce(${of(row, 'agent_type')}, ${of(row, 'used_with_agent')})`
const moment = (shift: string): string => `strftime('%Y-%m-%dT%H:%M:%fZ', e.timestamp, ${shift})`
const length = `min(3600, coalesce(${of('e', 'duration_ms')}, 0) / 1000.0)`
const near = `r.timestamp BETWEEN ${moment(`(-60 - ${length}) || ' seconds'`)} AND ${moment("'+60 seconds'")}`
const session = `coalesce(${of('e', 'session_id')}, ${of('e', 'agent_id')})`
const sameSession = `${session} = coalesce(${of('r', 'session_id')}, ${of('r', 'agent_id')})`

export const smartAgents: Format = {
  name: 'smart-agents',
  title: 'Smart Agents',
  proof: { telemetry_events: ['id', 'event_type', 'event_data', 'timestamp'] },
  events: {
    table: 'telemetry_events',
    key: 'id',
    time: { from: [{ column: 'timestamp' }], encoding: 'iso' },
    kind: { column: 'event_type' },
    json: 'event_data',
    outcome: { from: [{ json: 'success' }], failed: [false] },
    failedKinds: ['error'],
    duration: { from: [{ json: 'duration_ms' }], toMilliseconds: 1 },
    loggedAt: 'end',
    lanes: 'agent',
    dimensions: [
      { name: 'agent', from: [{ json: 'agent_type' }, { json: 'used_with_agent' }] },
      { name: 'skill', from: [{ json: 'skill_name' }] },
      { name: 'tool', from: [{ json: 'tool_name' }, { json: 'tool' }] },
      { name: 'model', from: [{ json: 'model' }] },
      { name: 'provider', from: [{ json: 'provider' }] },
      { name: 'error type', from: [{ json: 'error_type' }] },
      { name: 'error category', from: [{ json: 'error_category' }] },
      { name: 'component', from: [{ json: 'component' }] },
      { name: 'task', from: [{ json: 'task_type' }, { json: 'workflow_type' }] },
      { name: 'feature', from: [{ json: 'feature_name' }] },
      { name: 'action', from: [{ json: 'action' }] },
      { name: 'operation', from: [{ json: 'operation' }] },
      { name: 'version', from: [{ json: 'agent_version' }, { json: 'sdk_version' }] },
    ],
    measures: [
      { name: 'cost', from: [{ json: 'cost' }], unit: 'dollars' },
      { name: 'input tokens', from: [{ json: 'input_tokens' }], unit: 'tokens' },
      { name: 'output tokens', from: [{ json: 'output_tokens' }], unit: 'tokens' },
      { name: 'data size', from: [{ json: 'data_size' }], unit: 'bytes' },
    ],
  },
  related: [
    {
      name: 'calls',
      table: 'telemetry_events',
      on: `r.id IS NOT e.id AND ${near} AND coalesce(${sameSession}, ${agentOf('r')} = ${agentOf('e')})
        AND (r.event_type <> 'agent_execution' OR ${of('r', 'tool_name')} IS NOT NULL OR ${of('r', 'tool')} IS NOT NULL)`,
      needs: { telemetry_events: ['id', 'event_type', 'event_data', 'timestamp'] },
      telling: ['timestamp', 'event_type', 'event_data'],
      first: 'r.timestamp',
    },
  ],
  sensitive: ['telemetry_events.event_data', 'telemetry_events.anonymous_id', 'telemetry_config.value'],
}
