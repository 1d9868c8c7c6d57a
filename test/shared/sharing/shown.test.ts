// The five lines of one's own day and the fields of its report: each says truly whether a basic report would tell it.
import { expect, it } from 'vitest'
import { smartAgents } from '../../../shared/formats/smart-agents.ts'
import { anonymize } from '../../../shared/sharing/anonymize.ts'
import { fieldExamples } from '../../../shared/sharing/examples.ts'
import { dayFigures, utcDay } from '../../../shared/sharing/report.ts'
import { exampleLines } from '../../../shared/sharing/shown.ts'
import { columnsOf } from './columns.ts'

const day = 86_400_000
const noon = Date.parse('2026-11-20T12:00:00Z')

const events = ['agent_execution', 'skill_execution', 'skill_execution']

it('the kind that a basic report tells comes first and is the one in its fields, and all else is said to leave only if detailed', () => {
  const told: string[] = []
  for (let i = 0; i < 30; i++) {
    const time = noon - i * day
    const dimensions = { agent: 'debugger' }
    const columns = columnsOf(
      smartAgents,
      events.map((kind) => ({ time, kind, dimensions })),
    )
    const figures = dayFigures([columns], 'smart-agents', [utcDay(time)])
    const origin = { version: '0.1.0', platform: 'linux' } as const
    const [basic, detailed] = [
      anonymize(figures, { ...origin, level: 'basic' }),
      anonymize(figures, { ...origin, level: 'detailed' }),
    ]
    const lines = exampleLines(figures, detailed, basic)
    expect(lines.map(({ level }) => level)).toEqual(['basic', 'detailed', 'detailed'])
    expect(lines[0]?.word).toBe(basic[0]?.rows[0]?.kind)
    told.push(lines[0]?.word ?? '')
    const [figure, report] = [figures[0], basic[0]]
    if (figure === undefined || report === undefined) throw new Error('the day has no events')
    const fields = fieldExamples({
      columns,
      format: 'smart-agents',
      figures: figure,
      report,
      origin: { ...origin, level: 'basic' },
    })
    const after = Object.fromEntries(fields.map((field) => [field.field, field.after]))
    expect(after).toMatchObject({ ...report.rows[0], tool_version: 'unknown', os: 'other', agent: null })
    const { before } = fields.find(({ field }) => field === 'count') ?? {}
    const count = events.filter((kind) => kind === after['kind']).length
    expect(before).toEqual({ is: 'events', count })
  }
  expect(new Set(told).size).toBe(2) // so it isn't the most frequent one by rule
})
