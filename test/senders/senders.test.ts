import { describe, expect, it } from 'vitest'
import { console as printing, printTo } from '../../senders/console.ts'
import { senders } from '../../senders/index.ts'
import { keyMark } from '../../senders/sender.ts'
import { smartAgents } from '../../shared/formats/smart-agents.ts'
import { lists } from '../../shared/sharing/lists/index.ts'
import { counts, durations, errorRates } from '../../shared/sharing/ranges.ts'
import { anonymize } from '../../shared/sharing/anonymize.ts'
import { dayFigures, utcDay } from '../../shared/sharing/report.ts'
import { encodeBatch, parseBatch, shownIds } from '../../shared/sharing/wire.ts'
import { jsonLines } from '../../shared/writers/json-lines.ts'
import { columnsOf } from '../shared/sharing/columns.ts'

const time = Date.parse('2026-11-20T12:00:00Z')
const dimensions = { agent: 'debugger', task: 'something of my own' }
const columns = columnsOf(smartAgents, [
  { time, kind: 'agent_execution', failed: false, duration: 1500, dimensions },
])
const outbound = anonymize(dayFigures([columns], 'smart-agents', [utcDay(time)]), {
  level: 'detailed',
  version: '0.1.0',
  platform: 'darwin',
})
const ids = {
  batchId: '6f1d3c2a-58e4-4b7d-9a11-0c2f6f1b7e55',
  anonymousId: '0b9e3d3c-1c9a-4f0e-8d67-3f1f5a2f9c10',
  secretHash: 'ab'.repeat(32),
  idOf: () => '5d1c9d0e-3f4b-8a0e-8c1b-2f0c3c2f7a11',
}

describe('the console', () => {
  it('prints one row of a report a line, each a whole JSON value, and sends nothing', async () => {
    let printed = ''
    const [request] = await printing.encode(outbound, ids, {})
    if (request === undefined) throw new Error('nothing to print')
    const response = await printTo((text) => (printed += text))(request)
    expect(printed).toBe(request.body)
    expect(request.events).toBe(3)
    expect(printed.endsWith('}\n')).toBe(true)
    const about = {
      type: 'daily_usage',
      time: '2026-11-20T00:00:00Z',
      format: 'smart-agents',
      level: 'detailed',
      tool_version: 'unknown',
      os: 'macos',
      program: '0.1',
    }
    const figures = { count: '1-4', error_rate: 'none', median: '1-2 s', p95: '1-2 s' }
    expect(
      printed
        .trimEnd()
        .split('\n')
        .map((line): unknown => JSON.parse(line)),
    ).toEqual([
      { ...about, kind: 'agent_execution', ...figures },
      { ...about, agent: 'debugger', ...figures },
      { ...about, task: 'other', ...figures },
    ])
    expect(printing.understand(response).kind).toBe('delivered')
  })
})

describe('the community server’s sender', () => {
  const told = { address: 'https://sharing.example/' }

  it('carries our own wire, byte for byte, to one address', async () => {
    expect(await senders.community.encode(outbound, ids, told)).toEqual([
      {
        address: 'https://sharing.example/api/v1/reports',
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: encodeBatch(outbound, ids),
        events: 3,
      },
    ])
  })

  it('knows what is delivered, what to send again and when, what is too large, and what is refused', () => {
    const understand = (status: number, headers: Record<string, string> = {}) =>
      senders.community.understand({ status, headers, body: 'why' })
    const receipt = JSON.stringify({ status: 'ok', batch_id: ids.batchId })
    expect(senders.community.understand({ status: 200, headers: {}, body: receipt })).toEqual({
      ...{ kind: 'delivered', receipt, batch: ids.batchId },
    })
    expect(understand(429, { 'retry-after': '30' })).toEqual({ kind: 'later', after: '30' })
    for (const status of [502, 503, 504]) expect(understand(status)).toEqual({ kind: 'later', after: null })
    expect(understand(413)).toEqual({ kind: 'too large' })
    for (const status of [301, 400, 401, 404, 422, 500])
      expect(understand(status)).toEqual({ kind: 'refused', status, reason: 'why' })
  })

  it('takes a page of some proxy in between for no receipt', () => {
    for (const body of ['<html>Log in to this network</html>', '', '{}', 'null', '{"status":"ok"}'])
      expect(senders.community.understand({ status: 200, headers: {}, body })).toEqual({
        kind: 'later',
        after: null,
      })
  })
})

it('our own wire reads the same in the order of the list, and is read back as it was', () => {
  const body = encodeBatch(outbound, ids)
  expect(body).toBe(encodeBatch(outbound, ids))
  expect(Object.keys(outbound[0] ?? {})).toEqual([
    'format',
    'day',
    'level',
    'tool_version',
    'os',
    'program',
    'rows',
  ])
  const read = parseBatch(JSON.parse(body))
  expect(read).toMatchObject({ ok: true, value: { batch_id: ids.batchId, reports: outbound } })
})

it('the ids of a preview are no ids: what was copied from one can’t be counted', () => {
  for (const name of ['batchId', 'anonymousId', 'secretHash'] as const)
    expect(parseBatch(JSON.parse(encodeBatch(outbound, { ...ids, [name]: shownIds[name] }))).ok).toBe(false)
})

it('what stands for a key in a preview can’t come from a report', () => {
  expect(JSON.stringify([lists, counts, errorRates, durations])).not.toContain(keyMark('')[0])
})

it('a long list of rows is never one string', () => {
  const rows = Array.from({ length: 10_000 }, (_, i) => ({ i }))
  const chunks = [...jsonLines(rows)]
  expect(Math.max(...chunks.map(({ length }) => length))).toBeLessThan(70_000)
  expect(chunks.length).toBeGreaterThan(1)
  const read = chunks
    .join('')
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line))
  expect(read).toEqual(rows)
})
