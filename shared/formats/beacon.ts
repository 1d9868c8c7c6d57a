// Heartbeats of installations, as a beacon endpoint takes them in: who (a random installation_id), which version,
// and what else it tells as ranges. Logged as JSON Lines; heartbeats in a database are found by recognise.ts,
// because there everybody names the table and its time as they like.
import type { Format } from './format.ts'
import { textProof } from './text-tables.ts'

export const beaconColumns = ['installation_id', 'version'] as const

export const beacon: Format = {
  name: 'beacon',
  title: 'Beacon',
  proof: textProof('beacon_heartbeats'),
  events: {
    table: 'beacon_heartbeats',
    key: 'line',
    json: 'data',
    time: {
      from: [
        { json: 'timestamp' },
        { json: 'received_at' },
        { json: 'inserted_at' },
        { json: 'sent_at' },
        { json: 'time' },
      ],
      encoding: 'mixed',
    },
    kind: { always: 'heartbeat' },
    outcome: null,
    failedKinds: [],
    duration: null,
    dimensions: [
      { name: 'version', from: [{ json: 'version' }] },
      { name: 'os', from: [{ json: ['platform', 'os'] }, { json: 'os' }, { json: 'platform' }] },
      { name: 'architecture', from: [{ json: ['platform', 'architecture'] }, { json: 'architecture' }] },
      { name: 'deployment', from: [{ json: 'deployment_type' }] },
      { name: 'users', from: [{ json: 'user_count_range' }] },
      { name: 'active users', from: [{ json: ['usage_metrics', 'active_users_7d_range'] }] },
      { name: 'projects', from: [{ json: ['usage_metrics', 'projects_count_range'] }] },
      { name: 'goals', from: [{ json: ['usage_metrics', 'goals_count_range'] }] },
      { name: 'database size', from: [{ json: ['performance_metrics', 'db_size_range'] }] },
      { name: 'elixir', from: [{ json: 'elixir_version' }] },
      { name: 'otp', from: [{ json: 'otp_version' }] },
    ],
    measures: [],
    tallies: [
      {
        name: 'features',
        from: [{ json: 'features_enabled' }, { json: ['usage_metrics', 'features_enabled'] }],
      },
    ],
  },
  sensitive: ['beacon_heartbeats.file', 'beacon_heartbeats.data'],
}
