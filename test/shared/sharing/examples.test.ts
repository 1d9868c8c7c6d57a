import { describe, expect, it } from 'vitest'
import { smartAgents } from '../../../shared/formats/smart-agents.ts'
import { anonymize } from '../../../shared/sharing/anonymize.ts'
import { fieldExamples } from '../../../shared/sharing/examples.ts'
import { reportFields, rowFields } from '../../../shared/sharing/fields.ts'
import { dayFigures, utcDay } from '../../../shared/sharing/report.ts'
import { columnsOf } from './columns.ts'
import type { Told } from './columns.ts'

const time = Date.parse('2026-11-20T17:15:12Z')
const kind = 'agent_execution'

function examplesOf(events: readonly Told[], level: 'basic' | 'detailed' = 'detailed') {
  const columns = columnsOf(smartAgents, events)
  const origin = { level, version: '0.1.0', platform: 'linux' }
  const all = dayFigures([columns], 'smart-agents', [utcDay(time)])
  const [figures, report] = [all[0], anonymize(all, origin)[0]]
  if (figures === undefined || report === undefined) throw new Error('the day has no events')
  const examples = fieldExamples({ columns, format: 'smart-agents', figures, report, origin })
  return Object.fromEntries(examples.map(({ field, before, after }) => [field, { before, after }]))
}
const word = (text: string, isSensitive = false) => ({ is: 'word', word: text, isSensitive })

describe('what a person is shown of their own day', () => {
  const events: Told[] = [
    ...['secret-project', 'debugger', 'debugger', 'planner'].map((agent, i) => ({
      time: time + i,
      kind,
      failed: i === 3,
      duration: 1000 + i,
      dimensions: { agent, model: 'claude-sonnet-4-5-20250929', version: '2.0.3' },
    })),
    { time: time + 9, kind: 'workflow' },
    { time: time - 86_400_000, kind, dimensions: { agent: 'of-another-day' } },
  ]

  it('is every field of the list, once, in its order', () => {
    const names = [...reportFields, ...rowFields].map(({ name }) => name)
    expect(Object.keys(examplesOf(events))).toEqual(names)
  })

  it('is a word that stays here, where the day has one, else the most frequent', () => {
    const { agent, model_family: model, tool } = examplesOf(events)
    expect(agent).toEqual({ before: word('secret-project'), after: 'other' })
    expect(model).toEqual({ before: word('claude-sonnet-4-5-20250929'), after: 'claude-sonnet' })
    expect(tool).toEqual({ before: null, after: null })
  })

  it('is the exact number beside its range, of the kind that happened most', () => {
    const { count, error_rate: rate, median, p95 } = examplesOf(events)
    expect(count).toEqual({ before: { is: 'events', count: 4 }, after: '1-4' })
    expect(rate).toEqual({ before: { is: 'failed', failed: 1, of: 4 }, after: '20-50%' })
    expect(median).toEqual({ before: { is: 'duration', milliseconds: 1001 }, after: '1-2 s' })
    expect(p95).toEqual({ before: { is: 'duration', milliseconds: 1003 }, after: '1-2 s' })
  })

  it('tells the moment, the versions and the system as they are, beside what is left of them', () => {
    const { day, tool_version: tool, program, os, format } = examplesOf(events)
    expect(day).toEqual({ before: { is: 'moment', at: time }, after: '2026-11-20' })
    expect(tool).toEqual({ before: word('2.0.3'), after: '2.0' })
    expect(program).toEqual({ before: word('0.1.0'), after: '0.1' })
    expect(os).toEqual({ before: word('linux'), after: 'linux' })
    expect(format).toEqual({ before: word('Smart Agents'), after: 'smart-agents' })
  })

  it('says of what only the other level shares that it stays', () => {
    const { agent, kind: ofKind } = examplesOf(events, 'basic')
    expect(agent).toEqual({ before: word('secret-project'), after: null })
    expect(ofKind).toEqual({ before: word('agent_execution'), after: 'agent_execution' })
  })
})
