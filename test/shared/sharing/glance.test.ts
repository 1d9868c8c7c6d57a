// What is seen to be right at a glance is what the careful way takes in. A report whose keys stand the other way round
// says the same, and is never right at a glance: whatever is changed in a report, both have to be told the same.
import * as v from 'valibot'
import { expect, it } from 'vitest'
import { smartAgents } from '../../../shared/formats/smart-agents.ts'
import { anonymize } from '../../../shared/sharing/anonymize.ts'
import { rowFields } from '../../../shared/sharing/fields.ts'
import { isPlainlyRight } from '../../../shared/sharing/glance.ts'
import { dayFigures, utcDay } from '../../../shared/sharing/report.ts'
import { ReportShape } from '../../../shared/sharing/shape.ts'
import { createRandom } from '../../oracle/random.ts'
import type { Random } from '../../oracle/random.ts'
import { columnsOf } from './columns.ts'

const time = Date.parse('2026-11-20T10:00:00Z')
const event = (agent: string, failed: boolean) => ({
  time,
  kind: 'agent_execution',
  failed,
  duration: 1500,
  dimensions: { agent, ...(failed ? { 'error type': 'TimeoutError' } : {}) },
})
const columns = columnsOf(smartAgents, [event('debugger', false), event('planner', true)])

const reportAt = (level: 'basic' | 'detailed'): string => {
  const about = { level, version: '0.1.0', platform: 'linux' } as const
  return JSON.stringify(anonymize(dayFigures([columns], 'smart-agents', [utcDay(time)]), about)[0])
}

type Json = Record<string, unknown>
const turned = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(turned)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .toReversed()
            .map(([key, held]) => [key, turned(held)]),
        )
      : value

const words = ['none', '1-4', '2026-02-30', '0.1', 'other', 'debugger', 'basic', 'linux', '', 7, null, [], {}]
const names = ['kind', 'agent', 'tool', 'count', 'median', 'os', 'level', 'path', 'constructor', 'rows']

/** One change to the report itself or to one of its rows. */
function change(report: Json, random: Random): void {
  const rows = report['rows']
  const list: Json[] = Array.isArray(rows) ? rows : []
  const found = random.chance(0.3) || list.length === 0 ? report : random.of(list)
  const keys = Object.keys(found).length === 0 ? names : Object.keys(found)
  const key = random.of(keys)
  random.of([
    () => Reflect.deleteProperty(found, key),
    () => (found[key] = random.of(words)),
    () => (found[random.of(names)] = random.of(words)),
    () => list.push({ ...list[0] }),
    () => list.splice(0, 1),
    () => (found[key] = found[random.of(keys)]),
  ])()
}

/** In the order that the program writes, which a change may have broken. */
const order: readonly string[] = rowFields.map(({ name }) => name)
function ordered(report: Json): void {
  const { rows } = report
  if (!Array.isArray(rows)) return
  const place = (key: string): number => (order.includes(key) ? order.indexOf(key) : order.length)
  report['rows'] = rows.map((row: Json) =>
    Object.fromEntries(Object.entries(row).toSorted(([a], [b]) => place(a) - place(b))),
  )
}

it('takes in at a glance nothing that a careful look refuses, whatever is changed in a report', () => {
  const random = createRandom(11)
  let [right, refused] = [0, 0]
  for (let n = 0; n < 20_000; n++) {
    const text = reports[n % reports.length] ?? ''
    const report = JSON.parse(text)
    const changes = random.whole(0, 2)
    for (let i = 0; i < changes; i++) change(report, random)
    if (random.chance(0.5)) ordered(report)
    const seen = isPlainlyRight(report, 'smart-agents')
    const careful = v.safeParse(ReportShape, turned(report)).success
    if (seen) expect(careful, JSON.stringify(report)).toBe(true)
    if (changes === 0) expect(seen).toBe(true)
    expect(v.safeParse(ReportShape, report).success, JSON.stringify(report)).toBe(careful)
    if (seen) right++
    if (!careful) refused++
  }
  expect(right).toBeGreaterThan(5000)
  expect(refused).toBeGreaterThan(5000)
})

const reports = [reportAt('basic'), reportAt('detailed')]
