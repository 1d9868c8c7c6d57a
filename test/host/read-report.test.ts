// What `report --json` says, against SQL written by hand, and what reading leaves behind: nothing.
import { cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isRecord } from '../../shared/plain.ts'
import { sightglass } from './command-line.ts'
import { ask, makeEarlyexit, makeSmartAgents, startWriter, stateOf } from './tool-files.ts'

let folder = ''
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'sightglass-read-'))))
afterAll(() => rm(folder, { recursive: true, force: true }))

/** A file in a folder of its own, so that the folder can be compared. */
async function place(name: string): Promise<string> {
  const path = join(folder, name, 'telemetry.db')
  await mkdir(dirname(path))
  return path
}
async function report(path: string): Promise<Record<string, unknown>> {
  const ran = await sightglass(['report', '--json', path], { data: join(folder, 'data') })
  expect(ran).toMatchObject({ code: 0, err: '' })
  const summary: unknown = JSON.parse(ran.out)
  if (!isRecord(summary)) throw new Error('no object')
  return summary
}
const nothingLeftBehind = async () => expect(await readdir(join(folder, 'data', 'temporary'))).toEqual([])

const smartAgentsFailed = `SELECT count(*) FROM telemetry_events
  WHERE event_type = 'error' OR json_extract(event_data, '$.success') = 0`
const earlyexitFailed = `SELECT count(*) FROM executions WHERE exit_reason IN ('timeout', 'stuck', 'error',
  'invalid_pattern', 'pattern_error', 'invalid_fd', 'unexpected_output', 'coverage_failed')`

describe('the report of a Smart Agents file', () => {
  it('counts what SQL counts', async () => {
    const path = await place('smart-agents')
    makeSmartAgents(path, 1234)
    const summary = await report(path)
    expect(summary).toMatchObject({
      format: 'smart-agents',
      file: 'telemetry.db',
      events: 1234,
      first: ask(path, "SELECT substr(min(timestamp), 1, 19) || 'Z' FROM telemetry_events"),
      last: ask(path, "SELECT substr(max(timestamp), 1, 19) || 'Z' FROM telemetry_events"),
      failed: ask(path, smartAgentsFailed),
      warnings: [],
    })
    const kinds =
      'SELECT json_group_object(event_type, n) FROM (SELECT event_type, count(*) n FROM telemetry_events GROUP BY 1)'
    expect(summary['kinds']).toEqual(JSON.parse(String(ask(path, kinds))))
  })

  it('says which events have no time, and still counts them', async () => {
    const path = await place('no-time')
    makeSmartAgents(path, 10)
    const db = new DatabaseSync(path)
    db.exec("UPDATE telemetry_events SET timestamp = 'soon' WHERE rowid <= 3")
    db.close()
    const summary = await report(path)
    expect(summary['events']).toBe(10)
    expect(summary['warnings']).toEqual([expect.stringContaining('3')])
  })

  it('says of a file without events that it has none', async () => {
    const path = await place('none')
    makeSmartAgents(path, 0)
    expect(await report(path)).toMatchObject({ events: 0, first: null, last: null, kinds: {}, failed: 0 })
    const { out } = await sightglass(['report', path], { data: join(folder, 'data') })
    expect(out).toContain('The file holds no events yet.')
  })

  it('says of a filter that nothing fits so, and which values there are, not that the file is empty', async () => {
    const path = await place('typo')
    makeSmartAgents(path, 20)
    const asked = ['report', path, '--where', 'agent=debuger']
    const { out } = await sightglass(asked, { data: join(folder, 'data') })
    expect(out).toContain('No event of this file fits the filters.')
    expect(out).toContain('debugger')
    expect(out).not.toContain('no readable times')
  })
})

describe('the report of an earlyexit file', () => {
  it('counts runs, not their matches, and failures by the reason of the exit', async () => {
    const path = await place('earlyexit')
    makeEarlyexit(path, 50)
    const before = await stateOf(dirname(path))
    const summary = await report(path)
    expect(await stateOf(dirname(path)), 'P1').toEqual(before)
    expect(summary).toMatchObject({
      format: 'earlyexit',
      events: 50,
      kinds: { execution: 50 },
      first: ask(
        path,
        "SELECT strftime('%Y-%m-%dT%H:%M:%SZ', CAST(min(timestamp) AS INTEGER), 'unixepoch') FROM executions",
      ),
      last: ask(
        path,
        "SELECT strftime('%Y-%m-%dT%H:%M:%SZ', CAST(max(timestamp) AS INTEGER), 'unixepoch') FROM executions",
      ),
      failed: ask(path, earlyexitFailed),
    })
  })
})

describe('P1: reading leaves a file as it was', () => {
  it('when its tool has it open and its newest rows are only in the -wal', async () => {
    const path = await place('live')
    makeEarlyexit(path, 35)
    const four =
      "('a', 1795200000.9, 'timeout'), ('b', 1795200001, 'match'), ('c', NULL, NULL), ('d', 1, 'stuck')"
    const writer = await startWriter(
      path,
      `INSERT INTO executions (execution_id, timestamp, exit_reason) VALUES ${four}`,
    )
    try {
      const isShared = (name: string): boolean => name.endsWith('-shm') // where readers and writers note their locks
      const before = await stateOf(dirname(path), isShared)
      const summary = await report(path)
      expect(await stateOf(dirname(path), isShared)).toEqual(before)
      expect(before.map((line) => line.split(' ')[0])).toEqual([
        'telemetry.db',
        'telemetry.db-shm',
        'telemetry.db-wal',
      ])
      expect(summary).toMatchObject({
        events: 39,
        first: '1970-01-01T00:00:01Z',
        failed: ask(path, earlyexitFailed),
      })
    } finally {
      await writer.stop()
    }
  })

  it('when its tool was killed and left a -wal without a -shm', async () => {
    const path = await place('killed')
    const writer = await startWriter(
      path,
      "CREATE TABLE telemetry_events (id TEXT PRIMARY KEY, event_type TEXT, event_data TEXT, timestamp TEXT); INSERT INTO telemetry_events VALUES ('1', 'error', '{}', '2026-11-20T16:15:12.999Z')",
    )
    await writer.stop()
    await rm(`${path}-shm`)
    const before = await stateOf(dirname(path))
    expect(await report(path)).toMatchObject({ events: 1, first: '2026-11-20T16:15:12Z', failed: 1 })
    expect(await stateOf(dirname(path))).toEqual(before)
    await nothingLeftBehind()
  })

  it('when it was closed in WAL mode, and when it never knew one', async () => {
    for (const journal of ['wal', 'delete'] as const) {
      const path = await place(`closed-${journal}`)
      makeSmartAgents(path, 40, journal)
      const before = await stateOf(dirname(path))
      expect(await report(path)).toMatchObject({ events: 40 })
      expect(await stateOf(dirname(path))).toEqual(before)
    }
    await nothingLeftBehind()
  })

  it('when a copy of it is saved', async () => {
    const path = await place('saved')
    makeSmartAgents(path, 25, 'wal')
    const before = await stateOf(dirname(path))
    const out = join(folder, 'saved.db')
    expect(await sightglass(['snapshot', path, out], { data: join(folder, 'data') })).toMatchObject({
      code: 0,
      err: '',
    })
    expect(await stateOf(dirname(path))).toEqual(before)
    expect(ask(out, 'SELECT count(*) FROM telemetry_events')).toBe(25)
  })
})

describe('a file that is being written', () => {
  it('is read as one moment of it: never a torn pair, never fewer than before', async () => {
    const path = await place('busy')
    makeEarlyexit(path, 10)
    const pair = `BEGIN; INSERT INTO executions (execution_id, timestamp, exit_reason) VALUES (hex(randomblob(8)), 1795200000, 'match');
      INSERT INTO executions (execution_id, timestamp, exit_reason) VALUES (hex(randomblob(8)), 1795200000, 'timeout'); COMMIT`
    const writer = await startWriter(path, 'SELECT 1', pair)
    try {
      let last = 0
      for (let i = 0; i < 4; i++) {
        const events = Number((await report(path))['events'])
        expect(events % 2).toBe(0)
        expect(events).toBeGreaterThanOrEqual(last)
        last = events
      }
      expect(last).toBeGreaterThan(10)
    } finally {
      await writer.stop()
    }
  })
})

const fixtures = process.env['SIGHTGLASS_FIXTURES']
if (fixtures !== undefined)
  describe('the real files', () => {
    const real = [
      ['smart-agents/wal-open', 'telemetry.db', 66],
      ['earlyexit/wal-open', 'telemetry.db', 39],
      ['earlyexit', 'telemetry-checkpointed.db', 35],
      ['edge/wal-no-shm', 'telemetry.db', 39],
    ] as const
    for (const [from, name, events] of real)
      it(`${from}/${name} holds ${events} events and stays as it is`, async () => {
        const copy = join(folder, `real-${from.replace('/', '-')}`)
        await cp(join(fixtures, from), copy, { recursive: true, preserveTimestamps: true })
        const ignoring = (entry: string): boolean => entry.endsWith('-shm') || entry === 'wal-open'
        const before = await stateOf(copy, ignoring)
        expect(await report(join(copy, name))).toMatchObject({ events })
        expect(await stateOf(copy, ignoring)).toEqual(before)
      })
  })
