// Text files. The oracle reads their records with SQLite's own JSON functions, out of a table with one JSON a row.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { iso, isoMilliseconds, named, offset } from './case.ts'
import type { OracleCase } from './case.ts'
import { ofPayload, payload } from './cases-others.ts'
import { moments } from './random.ts'
import type { Random } from './random.ts'

type Records = (random: Random) => readonly object[]

/** What the file says, read by SQLite: the elements of an array, one object, or one value a line. */
function openText(path: string): DatabaseSync {
  const text = readFileSync(path, 'utf8')
  const one = text.startsWith('{\n')
  const array = text.startsWith('[') ? text : `[${one ? text : text.trim().split('\n').join(',')}]`
  const db = new DatabaseSync(':memory:')
  db.exec('CREATE TABLE records (data TEXT)')
  db.prepare('INSERT INTO records SELECT value FROM json_each(?)').run(array)
  return db
}

const asLines = (records: Records, name: string): Pick<OracleCase, 'make' | 'open'> => ({
  open: openText,
  make: (folder, random) => {
    const path = join(folder, name)
    writeFileSync(
      path,
      records(random)
        .map((one) => `${JSON.stringify(one)}\n`)
        .join(''),
    )
    return path
  },
})
const asArray = (records: Records, name: string): Pick<OracleCase, 'make' | 'open'> => ({
  open: openText,
  make: (folder, random) => {
    const path = join(folder, name)
    writeFileSync(path, JSON.stringify(records(random), null, 2))
    return path
  },
})

const key = (path: string): string => `json_extract(data, '$.${path}')`
const inRecords = {
  from: 'records',
  ms: isoMilliseconds(key('timestamp')),
  failed: null,
  duration: null,
  measures: {},
} as const

export const voiceModePayloads: OracleCase = {
  name: 'VoiceMode’s payload log',
  format: 'voicemode-log',
  ...asArray(
    (random) => [...new Set(moments(random, random.whole(10, 60)))].map((time) => payload(random, time)),
    'telemetry.json',
  ),
  ...inRecords,
  kind: "'payload'",
  ...ofPayload((group, path) => key(`${group}.${path}`)),
}

export const voiceModeExchanges: OracleCase = {
  name: 'VoiceMode’s exchanges',
  format: 'voicemode-log',
  ...asLines(
    (random) =>
      moments(random, random.whole(30, 120)).map((time, i) => ({
        timestamp: offset(time, random.of([11, 10, 0, -8])),
        conversation_id: `c${i % 5}`,
        type: random.of(['tts', 'stt']),
        text: 'said "{[" with \n brackets',
        ...(random.chance(0.9) && { duration_ms: random.whole(0, 9000) }),
        metadata: { provider: random.of(['kokoro', 'openai']), model: 'tts-1' },
      })),
    'exchanges.jsonl',
  ),
  ...inRecords,
  kind: key('type'),
  duration: key('duration_ms'),
  dimensions: { provider: key('metadata.provider'), model: key('metadata.model') },
}

export const earlyexitExport: OracleCase = {
  name: 'earlyexit’s export',
  format: 'earlyexit',
  ...asLines(
    (random) =>
      moments(random, random.whole(30, 120)).map((time, i) => ({
        execution_id: `exec_${time}_${i}`,
        timestamp: time / 1000,
        exit_code: random.whole(0, 2),
        exit_reason: random.of(['match', 'timeout', 'pattern_error', 'completed']),
        total_runtime: random.chance(0.1) ? null : random.next() * 5,
        command_category: random.of(['test', 'build']),
      })),
    'export.jsonl',
  ),
  ...inRecords,
  ms: `CAST(${key('timestamp')} * 1000 AS INTEGER)`,
  kind: "'execution'",
  failed: `${key('exit_reason')} IN ('timeout', 'stuck', 'error', 'invalid_pattern', 'pattern_error', 'invalid_fd', 'unexpected_output', 'coverage_failed')`,
  duration: `${key('total_runtime')} * 1000`,
  dimensions: named(key, [
    ['exit reason', 'exit_reason'],
    ['command category', 'command_category'],
    ['exit code', 'exit_code'],
  ]),
}

export const beacon: OracleCase = {
  name: 'heartbeats',
  format: 'beacon',
  ...asLines(
    (random) =>
      moments(random, random.whole(30, 120)).map((time) => ({
        installation_id: `i${random.whole(1, 9)}`,
        version: random.of(['1.0.0', '1.1.0']),
        platform: { os: random.of(['linux', 'macos']) },
        user_count_range: random.of(['1-10', '11-50', '51-200', '200+']),
        timestamp: iso(time),
      })),
    'beacon.jsonl',
  ),
  ...inRecords,
  kind: "'heartbeat'",
  dimensions: named(key, ['version', ['users', 'user_count_range'], ['os', 'platform.os']]),
}

export const sharedReports: OracleCase = {
  name: 'this program’s own reports',
  format: 'shared-reports',
  ...asLines(
    (random) =>
      Array.from({ length: 40 }, (_, i) => ({
        format: random.of(['smart-agents', 'earlyexit']),
        day: iso(Date.UTC(2026, 9, 1 + i)).slice(0, 10),
        level: random.of(['basic', 'detailed']),
        tool_version: '2.0',
        os: 'linux',
        program: '0.1',
        rows: [{ kind: 'error', count: '1-4' }],
      })),
    'reports.jsonl',
  ),
  ...inRecords,
  ms: `CAST(strftime('%s', ${key('day')}) AS INTEGER) * 1000`,
  kind: key('format'),
  dimensions: named(key, ['level', ['version', 'tool_version'], 'os', 'program']),
}

export const sharingLog: OracleCase = {
  name: 'the log of what this program sent',
  format: 'sharing-log',
  ...asLines(
    (random) =>
      moments(random, random.whole(30, 120)).map((time, i) => {
        const common = { seq: i + 1, at: iso(time), hash: 'ab'.repeat(32) }
        const destination = random.of(['community', 'file'])
        if (random.of([true, false]))
          return { ...common, what: 'attempt', destination, address: 'https://there.example', bytes: i }
        return random.of([true, false])
          ? { ...common, what: 'outcome', of: i, outcome: random.of(['delivered', 'duplicate', 'later']) }
          : { ...common, what: 'dropped', destination, why: random.of(['off', 'full']) }
      }),
    'log.jsonl',
  ),
  ...inRecords,
  ms: isoMilliseconds(key('at')),
  kind: key('what'),
  failed: `${key('outcome')} NOT IN ('delivered', 'duplicate')`,
  dimensions: named(key, ['destination', 'address', 'outcome', ['reason', 'why']]),
  measures: { bytes: key('bytes') },
}
