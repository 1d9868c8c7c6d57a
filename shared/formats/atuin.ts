// atuin keeps one row for each command, with times in nanoseconds. A duration or exit code of -1 means that the
// command had not ended when it was written. A deleted command stays in the file with the time of its deletion: it
// is counted, because it is there, and can be told apart.
import type { Format } from './format.ts'

export const atuin: Format = {
  name: 'atuin',
  title: 'atuin',
  proof: { history: ['id', 'timestamp', 'duration', 'exit', 'command', 'cwd', 'session', 'hostname'] },
  events: {
    table: 'history',
    key: 'id',
    time: { from: [{ column: 'timestamp' }], encoding: 'nanoseconds' },
    kind: { always: 'command' },
    outcome: { from: [{ sql: 'nullif(e.exit, -1)' }], succeeded: [0] },
    failedKinds: [],
    duration: { from: [{ sql: 'nullif(e.duration, -1)' }], toMilliseconds: 1e-6 },
    lanes: 'program',
    dimensions: [
      { name: 'program', from: [{ sql: "substr(e.command, 1, instr(e.command || ' ', ' ') - 1)" }] },
      { name: 'exit code', from: [{ sql: 'nullif(e.exit, -1)' }] },
      { name: 'shell', from: [{ column: 'shell' }] },
      { name: 'author', from: [{ column: 'author' }] },
      { name: 'computer', from: [{ sql: "substr(e.hostname, 1, instr(e.hostname || ':', ':') - 1)" }] },
      { name: 'folder', from: [{ column: 'cwd' }] },
      {
        name: 'deleted',
        from: [{ sql: "CASE WHEN e.deleted_at IS NOT NULL THEN 'deleted' END", needs: ['deleted_at'] }],
      },
    ],
    measures: [],
  },
  sensitive: [
    'history.command',
    'history.cwd',
    'history.session',
    'history.hostname',
    'history.author',
    'history.intent',
  ],
}
