import { describe, expect, it } from 'vitest'
import { smartAgents } from '../../shared/formats/smart-agents.ts'
import { sampleSmartAgents } from '../../shared/sample/smart-agents.ts'
import type { SampleRow } from '../../shared/sample/smart-agents.ts'
import { isRecord } from '../../shared/plain.ts'

const until = Date.UTC(2026, 10, 21)
const day = 86_400_000
const make = (events: number, seed = 1): SampleRow[] => [...sampleSmartAgents({ events, seed, until }).rows]
const dataOf = ([, , text]: SampleRow): Record<string, unknown> => {
  const data: unknown = JSON.parse(text)
  if (!isRecord(data)) throw new Error('no object')
  return data
}
const timeOf = (row: SampleRow): number => Date.parse(row[4])
const p95 = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1] ?? NaN

const rows = make(20_000)
const events = rows.map((row) => ({ time: timeOf(row), data: dataOf(row) }))

describe('a sample', () => {
  it('is the same for the same seed, byte for byte, and another one for another', () => {
    const [one, same, other] = [make(300, 7), make(300, 7), make(300, 8)].map((made) => JSON.stringify(made))
    expect(one).toBe(same)
    expect(one).not.toBe(other)
  })

  it('has exactly as many events as were asked for, from one on', () => {
    for (const count of [1, 2, 7, 200, 5000]) expect(make(count)).toHaveLength(count)
  })

  it('is in the order of time and ends before the day it was asked to end', () => {
    const times = rows.map(timeOf)
    expect(times.every((time, i) => i === 0 || time >= (times[i - 1] ?? Infinity))).toBe(true)
    expect(times.at(-1)).toBeLessThan(until)
    expect(times.at(-1)).toBeGreaterThan(until - 4 * day)
  })

  it('stretches over weeks when it is small and over more than a year when it is large', () => {
    const days = (count: number): number => {
      const times = make(count).map(timeOf)
      return ((times.at(-1) ?? 0) - (times[0] ?? 0)) / day
    }
    expect(days(200)).toBeGreaterThan(14)
    expect(days(200)).toBeLessThan(30)
    expect(days(5000)).toBeGreaterThan(365)
  })

  it('looks like the tool’s own rows: six kinds, their keys, three ways to write a time', () => {
    const common = ['sdk_version', 'node_version', 'os_platform']
    const own: Record<string, string[]> = {
      agent_execution: ['agent_type', 'agent_version', 'success', 'duration_ms', 'cost', 'task_type'],
      skill_execution: ['skill_name', 'success', 'duration_ms', 'user_satisfaction', 'used_with_agent'],
      feature_usage: ['feature_name', 'action'],
      error: ['error_type', 'error_category', 'component', 'stack_trace_hash'],
      performance: ['operation', 'duration_ms', 'data_size'],
      workflow: ['workflow_type', 'steps_completed', 'total_steps', 'success'],
    }
    expect(new Set(rows.map(([, kind]) => kind))).toEqual(new Set(Object.keys(own)))
    for (const row of rows.slice(-2000)) {
      const [id, kind, , , timestamp, sent, sentAt, createdAt] = row
      const data = dataOf(row)
      expect(Object.keys(data)).toEqual(expect.arrayContaining([...common, ...(own[kind] ?? [])]))
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
      expect(createdAt).toBe(timestamp.slice(0, 19).replace('T', ' '))
      expect([sent, sentAt === null]).toEqual(sent === 1 ? [1, false] : [0, true])
    }
    expect(new Set(rows.map(([id]) => id)).size).toBe(rows.length)
  })

  it('fills every chart that the viewer draws of this format', () => {
    for (const { name, from } of [...smartAgents.events.dimensions, ...smartAgents.events.measures]) {
      const keys = from.flatMap((source) => ('json' in source ? [source.json] : [])).flat()
      const values = new Set(events.flatMap(({ data }) => keys.map((key) => data[key] ?? null)))
      values.delete(null)
      expect(values.size, name).toBeGreaterThanOrEqual(3)
    }
  })

  it('has the rhythm of working days and hours', () => {
    const weekday = (time: number): number => new Date(time).getUTCDay()
    const weekend = events.filter(({ time }) => [0, 6].includes(weekday(time))).length / 2
    const working = events.filter(({ time }) => ![0, 6].includes(weekday(time))).length / 5
    expect(working).toBeGreaterThan(4 * weekend)
    const atWork = events.filter(({ time }) => {
      const hour = new Date(time).getUTCHours()
      return hour >= 7 && hour < 18
    })
    expect(atWork.length / events.length).toBeGreaterThan(0.85)
  })

  it('grows', () => {
    const [first, last] = [events[0]?.time ?? 0, until]
    const part = (from: number, to: number): number =>
      events.filter(({ time }) => time >= first + from * (last - first) && time < first + to * (last - first))
        .length
    expect(part(0.75, 1)).toBeGreaterThan(1.5 * part(0, 0.25))
  })

  it('tells of a release that made one agent slower', () => {
    const durations = (version: string): number[] =>
      events
        .filter(({ data }) => data['agent_version'] === version && data['success'] === true)
        .map(({ data }) => Number(data['duration_ms']))
    const [before, after] = [durations('2.3.1'), durations('2.4.0')]
    expect(after.length).toBeGreaterThan(100)
    const ratio = p95(after) / p95(before)
    expect(ratio).toBeGreaterThan(1.3)
    expect(ratio).toBeLessThan(2.2)
  })

  it('tells of a day on which one provider was down', () => {
    const down = events.filter(({ data }) => data['error_type'] === 'ServiceUnavailableError')
    const days = new Set(down.map(({ time }) => Math.floor(time / day)))
    expect(days.size).toBe(1)
    const [outage] = days
    const that = events.filter(({ time, data }) => Math.floor(time / day) === outage && 'provider' in data)
    const failing = (down: boolean): number => {
      const mine = that.filter(({ data }) => (data['provider'] === 'anthropic') === down)
      expect(mine.length).toBeGreaterThan(10)
      return mine.filter(({ data }) => data['success'] === false).length / mine.length
    }
    expect(failing(true)).toBeGreaterThan(0.6)
    expect(failing(false)).toBeLessThan(0.25)
  })
})
