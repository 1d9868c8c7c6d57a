import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { loadColumns } from '../../host/file/columns.ts'
import { TextReader } from '../../shared/formats/text.ts'
import { Charts } from '../../shared/viewer/charts.ts'
import { everything } from '../../shared/viewer/filter.ts'
import { summarize } from '../../shared/viewer/summary.ts'
import { createZone } from '../../shared/viewer/zone.ts'

const folder = mkdtempSync(join(tmpdir(), 'sightglass-text-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const now = Date.UTC(2026, 10, 21)
async function report(path: string) {
  const loaded = await loadColumns({ path, temporary: folder, now }, () => {})
  if (!loaded.ok) return loaded.error
  const { columns, unreadableLines } = loaded.value
  const zone = createZone('UTC')
  const view = new Charts(columns).complete({ filter: everything, zone, now, firstDayOfWeek: 1 })
  return { ...summarize(columns, { ...view, changes: [] }, 'file', 'UTC', []), unreadableLines }
}

let made = 0
function file(text: string, name = `anything-${made++}.bin`): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const payload = (i: number, more = {}) => ({
  ...more,
  telemetry_id: '5217d243-126f-4168-82f3-3cff8680df9e',
  timestamp: `2026-11-${String(i + 1).padStart(2, '0')}T16:05:48.137679+00:00`,
  environment: {
    os: 'Linux',
    install_method: 'pip',
    mcp_host: 'claude-code',
    exec_source: 'cli',
    version: '7.0.1',
  },
  usage: {
    total_sessions: 2,
    total_exchanges: 34,
    duration_distribution: { '5-10min': 1, '<1min': 1 },
    exchanges_per_session: { '>20': 1, '6-10': 1 },
    transport_usage: { local: 2 },
    provider_usage: { tts: { openai: 3, kokoro: 4 }, stt: { 'whisper-local': 2 } },
  },
})

describe('VoiceMode’s payloads', () => {
  const expected = {
    format: 'voicemode-log',
    events: 3,
    first: '2026-11-01T16:05:48Z',
    last: '2026-11-03T16:05:48Z',
    kinds: { payload: 3 },
    failed: null,
    unreadableLines: 0,
  }

  it('are read from an array, whatever the file is called', async () => {
    const found = await report(file(JSON.stringify([payload(0), payload(1), payload(2)], null, 2)))
    expect(found).toMatchObject(expected)
    expect(found).toMatchObject({
      measures: [
        { name: 'sessions', count: 3, sum: 6 },
        { name: 'exchanges', count: 3, sum: 102 },
      ],
      tallies: [
        { name: 'session length', counts: { '<1min': 3, '5-10min': 3 } },
        { name: 'exchanges per session', counts: { '6-10': 3, '>20': 3 } },
        { name: 'transport', counts: { local: 6 } },
        { name: 'speech provider', counts: { kokoro: 12, openai: 9 } },
        { name: 'listening provider', counts: { 'whisper-local': 6 } },
      ],
    })
    if ('tallies' in found) expect(Object.keys(found.tallies[0]?.counts ?? {})).toEqual(['<1min', '5-10min'])
  })

  it('are read from an array on one line, with a byte order mark', async () => {
    expect(await report(file(`\uFEFF${JSON.stringify([payload(0), payload(1), payload(2)])}`))).toMatchObject(
      expected,
    )
  })

  it('are read from a folder of logs and queue, each once', async () => {
    const logs = join(folder, 'voicemode')
    mkdirSync(join(logs, 'telemetry'), { recursive: true })
    mkdirSync(join(logs, 'telemetry_queue'))
    file(JSON.stringify([payload(0), payload(1)]), 'voicemode/telemetry/telemetry_2026-11-20.json')
    file(JSON.stringify(payload(1, { event_id: 'b' }), null, 2), 'voicemode/telemetry_queue/event_b.json')
    file(JSON.stringify(payload(2, { event_id: 'c' }), null, 2), 'voicemode/telemetry_queue/event_c.json')
    file('{"unrelated": true}', 'voicemode/config.json')
    file('RIFF....WAVE', 'voicemode/speech.wav')
    expect(await report(logs)).toMatchObject(expected)
  })
})

describe('VoiceMode’s lines', () => {
  const exchange = (i: number, type: string) =>
    JSON.stringify({
      version: 3,
      timestamp: `2026-11-20T2${i}:14:39.069128+11:00`,
      conversation_id: 'conv_1',
      type,
      text: 'something "said" {with} [brackets]\\',
      duration_ms: 100 * (i + 1),
      metadata: { provider: 'kokoro', model: 'tts-1', transport: 'local', voice_mode_version: '7.0.1' },
    })

  it('are exchanges with their length, provider and model', async () => {
    const found = await report(
      file(`${exchange(0, 'tts')}\n\n${exchange(1, 'stt')}\r\n${exchange(2, 'tts')}\n`),
    )
    expect(found).toMatchObject({
      format: 'voicemode-log',
      events: 3,
      first: '2026-11-20T09:14:39Z',
      kinds: { tts: 2, stt: 1 },
      medianDuration: 200,
      unreadableLines: 0,
    })
  })

  it('may break off in the middle: what came before is read, and the broken one is counted', async () => {
    const text = `${exchange(0, 'tts')}\n${exchange(1, 'stt')}\n${exchange(2, 'tts').slice(0, 60)}`
    expect(await report(file(text))).toMatchObject({ events: 2, unreadableLines: 1 })
  })

  it('cost themselves only, where they are broken in the middle', async () => {
    const text = `${exchange(0, 'tts')}\n{"torn": "\n\u0000garbage\n[1, 2]\n${exchange(2, 'tts')}\n`
    expect(await report(file(text))).toMatchObject({ events: 2, unreadableLines: 3 })
  })

  it('are events, where they say so', async () => {
    const event = {
      timestamp: '2026-11-20T12:34:56.789+00:00',
      event_type: 'TTS_START',
      session_id: 's',
      data: {},
    }
    expect(
      await report(file(`${JSON.stringify(event)}\n${JSON.stringify({ ...event, event_type: 'STT_END' })}`)),
    ).toMatchObject({
      kinds: { TTS_START: 1, STT_END: 1 },
    })
  })
})

describe('other tools’ lines', () => {
  it('are earlyexit’s runs, with their outcome', async () => {
    const run = (reason: string, timestamp: number | string) =>
      JSON.stringify({
        execution_id: 'exec_1_2',
        timestamp,
        exit_reason: reason,
        exit_code: 0,
        total_runtime: 0.25,
        command: 'x',
      })
    const text = [
      run('match', 1_795_190_548.76761),
      run('timeout', '2026-11-20T16:02:30Z'),
      run('error', 1_795_190_560),
    ].join('\n')
    expect(await report(file(text))).toMatchObject({
      format: 'earlyexit',
      events: 3,
      failed: 2,
      first: '2026-11-20T16:02:28Z',
      last: '2026-11-20T16:02:40Z',
      kinds: { execution: 3 },
      medianDuration: 250,
    })
  })

  it('are heartbeats, with their ranges', async () => {
    const beat = (i: number) => ({
      installation_id: `i${i}`,
      version: '1.2.0',
      platform: { os: 'linux', architecture: 'x86_64' },
      user_count_range: i < 2 ? '1-10' : '11-50',
      usage_metrics: { features_enabled: ['sso', 'notifications'] },
      timestamp: `2026-11-0${i + 1}T12:00:00Z`,
    })
    const found = await report(file([0, 1, 2].map((i) => JSON.stringify(beat(i))).join('\n')))
    expect(found).toMatchObject({
      format: 'beacon',
      events: 3,
      last: '2026-11-03T12:00:00Z',
      tallies: [{ name: 'features', counts: { sso: 3, notifications: 3 } }],
    })
    const users = 'dimensions' in found ? found.dimensions.find(({ name }) => name === 'users') : null
    expect(users?.top.map(({ label, count }) => [label, count])).toEqual([
      ['1-10', 2],
      ['11-50', 1],
    ])
  })

  it('are this program’s own reports, one by one or in batches', async () => {
    const daily = (day: string) => ({
      format: 'smart-agents',
      day,
      level: 'basic',
      tool_version: '2.0',
      os: 'linux',
      program: '0.1',
      rows: [{ kind: 'error', count: '1-4' }],
    })
    const batch = { version: 1, batch_id: 'x', reports: [daily('2026-11-01'), daily('2026-11-02')] }
    expect(
      await report(file(`${JSON.stringify(batch)}\n${JSON.stringify(daily('2026-11-03'))}\n`)),
    ).toMatchObject({
      format: 'shared-reports',
      events: 3,
      first: '2026-11-01T00:00:00Z',
      last: '2026-11-03T00:00:00Z',
      kinds: { 'smart-agents': 3 },
    })
  })

  it('that nobody knows are refused as before', async () => {
    const unknown = file('{"name": "a package", "dependencies": {}}')
    expect(await report(unknown)).toMatchObject({ kind: 'file-not-sqlite', path: unknown })
    expect(await report(file('just words\n'))).toMatchObject({ kind: 'file-not-sqlite' })
    const empty = join(folder, 'empty')
    mkdirSync(empty)
    expect(await report(empty)).toMatchObject({ kind: 'file-is-folder', path: empty })
  })
})

describe('text in pieces', () => {
  it('gives the same records wherever the pieces end', () => {
    const records = [payload(0), payload(1, { note: '"{[\\"]}' }), payload(2)]
    const texts = [
      JSON.stringify(records),
      JSON.stringify(records, null, 1),
      records.map((one) => JSON.stringify(one)).join('\n'),
      JSON.stringify(records[0], null, 2),
    ]
    for (const text of texts) {
      const read = (size: number): string => {
        const found: string[] = []
        const reader = new TextReader(
          ({ line, data }) => found.push(`${line} ${JSON.stringify(JSON.parse(data))}`),
          (line) => found.push(`bad ${line}`),
        )
        for (let i = 0; i < text.length; i += size) reader.push(text.slice(i, i + size))
        reader.end()
        return found.join('\n')
      }
      const whole = read(text.length)
      expect(whole).not.toContain('bad')
      expect(whole.split('\n')).toHaveLength(text === texts[3] ? 1 : 3)
      for (const size of [1, 2, 7, 64, 1000]) expect(read(size)).toBe(whole)
    }
  })
})
