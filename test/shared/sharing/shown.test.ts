// The five lines of one's own day: each says truly whether a basic report would tell it.
import { expect, it } from 'vitest'
import { smartAgents } from '../../../shared/formats/smart-agents.ts'
import { anonymize } from '../../../shared/sharing/anonymize.ts'
import { dayFigures, utcDay } from '../../../shared/sharing/report.ts'
import { exampleLines } from '../../../shared/sharing/shown.ts'
import { columnsOf } from './columns.ts'

const day = 86_400_000
const noon = Date.parse('2026-11-20T12:00:00Z')

it('the kind that a basic report tells comes first, and all else is said to leave only if detailed', () => {
  const told: string[] = []
  for (let i = 0; i < 30; i++) {
    const time = noon - i * day
    const dimensions = { agent: 'debugger' }
    const events = ['agent_execution', 'skill_execution', 'skill_execution'].map((kind) => ({
      ...{ time, kind, dimensions },
    }))
    const figures = dayFigures([columnsOf(smartAgents, events)], 'smart-agents', [utcDay(time)])
    const origin = { version: '0.1.0', platform: 'linux' } as const
    const [basic, detailed] = [
      anonymize(figures, { ...origin, level: 'basic' }),
      anonymize(figures, { ...origin, level: 'detailed' }),
    ]
    const lines = exampleLines(figures, detailed, basic)
    expect(lines.map(({ level }) => level)).toEqual(['basic', 'detailed', 'detailed'])
    expect(lines[0]?.word).toBe(basic[0]?.rows[0]?.kind)
    told.push(lines[0]?.word ?? '')
  }
  expect(new Set(told).size).toBe(2) // so it isn't the most frequent one by rule
})
