// VoiceMode writes usage payloads: one for a period, which counts its sessions and exchanges. The worker's database
// keeps each in a row; the tool's own logs keep them as JSON beside its exchanges and events. A payload is one
// event here: the sessions inside are what it tells, not events of their own.
import type { Dimension, Format, Measure, Sources, Tally } from './format.ts'
import { textProof } from './text-tables.ts'

type At = (group: 'environment' | 'usage', ...path: string[]) => Sources

const durations = ['<1min', '1-5min', '5-10min', '10-20min', '20-60min', '>60min']
const exchanges = ['0', '1-5', '6-10', '11-20', '>20']

const dimensions = (at: At): readonly Dimension[] => [
  { name: 'version', from: at('environment', 'version') },
  { name: 'os', from: at('environment', 'os') },
  { name: 'install method', from: both(at, 'install_method', 'installation_method') },
  { name: 'host program', from: at('environment', 'mcp_host') },
  { name: 'started from', from: both(at, 'exec_source', 'execution_source') },
]

/** The tool's code says one word, its documentation another. */
const both = (at: At, name: string, documented: string): Sources => [
  ...at('environment', name),
  ...at('environment', documented),
]

const measures = (at: At): readonly Measure[] => [
  { name: 'sessions', from: at('usage', 'total_sessions'), unit: 'count' },
  { name: 'exchanges', from: at('usage', 'total_exchanges'), unit: 'count' },
]

const tallies = (at: At): readonly Tally[] => [
  { name: 'session length', from: at('usage', 'duration_distribution'), order: durations },
  { name: 'exchanges per session', from: at('usage', 'exchanges_per_session'), order: exchanges },
  { name: 'transport', from: at('usage', 'transport_usage') },
  { name: 'speech provider', from: at('usage', 'provider_usage', 'tts') },
  { name: 'listening provider', from: at('usage', 'provider_usage', 'stt') },
]

const inColumns: At = (group, ...path) => [{ json: path, in: group }]
const inRecord: At = (group, ...path) => [{ json: [group, ...path] }]

export const voiceModeWorker: Format = {
  name: 'voicemode-worker',
  title: 'VoiceMode',
  proof: { events: ['event_id', 'telemetry_id', 'timestamp', 'environment', 'usage'] },
  events: {
    table: 'events',
    key: 'event_id',
    time: { from: [{ column: 'timestamp' }], encoding: 'iso' },
    kind: { always: 'payload' },
    outcome: null,
    failedKinds: [],
    duration: null,
    dimensions: dimensions(inColumns),
    measures: measures(inColumns),
    tallies: tallies(inColumns),
  },
  sensitive: ['events.telemetry_id', 'events.client_ip_hash'],
}

export const voiceModeLog: Format = {
  name: 'voicemode-log',
  title: 'VoiceMode',
  proof: textProof('voicemode_log'),
  events: {
    table: 'voicemode_log',
    key: 'line',
    json: 'data',
    time: { from: [{ json: 'timestamp' }], encoding: 'iso' },
    kind: { column: 'record' },
    outcome: null,
    failedKinds: [],
    duration: { from: [{ json: 'duration_ms' }], toMilliseconds: 1 },
    dimensions: [
      ...dimensions(inRecord).map(({ name, from }): Dimension =>
        name === 'version'
          ? { name, from: [...from, { json: ['metadata', 'voice_mode_version'] }] }
          : { name, from },
      ),
      { name: 'provider', from: [{ json: ['metadata', 'provider'] }] },
      { name: 'model', from: [{ json: ['metadata', 'model'] }] },
      { name: 'voice', from: [{ json: ['metadata', 'voice'] }] },
      { name: 'channel', from: [{ json: ['metadata', 'transport'] }] },
    ],
    measures: measures(inRecord),
    tallies: tallies(inRecord),
  },
  sensitive: ['voicemode_log.file', 'voicemode_log.data'],
}
