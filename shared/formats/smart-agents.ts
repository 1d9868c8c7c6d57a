import type { Format } from './format.ts'

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
  sensitive: ['telemetry_events.event_data', 'telemetry_events.anonymous_id', 'telemetry_config.value'],
}
