import { describe, expect, it } from 'vitest'
import { earlyexit } from '../../../shared/formats/earlyexit.ts'
import { smartAgents } from '../../../shared/formats/smart-agents.ts'
import { completedDays, dayFigures, utcDay } from '../../../shared/sharing/report.ts'
import { columnsOf } from './columns.ts'
import type { Told } from './columns.ts'

const at = (text: string): number => Date.parse(text)
const kind = 'agent_execution'
const wordsOf = (events: readonly Told[], name: string, day = '2026-11-20') =>
  dayFigures([columnsOf(smartAgents, events)], 'smart-agents', [utcDay(at(day))]).flatMap(({ figures }) =>
    figures.filter(({ subject }) => subject.name === name).map(({ word, count }) => [word, count]),
  )

describe('a day of sharing is a day in UTC', () => {
  const events = [
    { time: at('2026-11-19T23:59:59.999Z'), kind },
    { time: at('2026-11-20T00:00:00.000Z'), kind },
    { time: at('2026-11-20T01:30:00+05:45'), kind }, // evening of the 19th in UTC
    { time: at('2026-11-20T23:59:59.999Z'), kind },
    { time: at('2026-11-21T00:00:00.000Z'), kind },
    { time: NaN, kind },
  ]
  const columns = columnsOf(smartAgents, events)

  it('begins and ends at midnight UTC, to the millisecond', () => {
    const days = [19, 20, 21].map((day) => utcDay(Date.UTC(2026, 10, day)))
    const counted = dayFigures([columns], 'smart-agents', days).map(({ day, figures }) => [
      day,
      figures[0]?.count,
    ])
    expect(counted).toEqual([
      ['2026-11-19', 2],
      ['2026-11-20', 2],
      ['2026-11-21', 1],
    ])
  })

  it('is over only when the next has begun in UTC', () => {
    const over = (now: string) => completedDays(columns, at(now)).map((day) => day - utcDay(at('2026-11-20')))
    expect(over('2026-11-20T23:59:59.999Z')).toEqual([-1])
    expect(over('2026-11-21T00:00:00.000Z')).toEqual([-1, 0])
    expect(over('2026-11-20T20:00:00-05:00')).toEqual([-1, 0])
    expect(over('2027-01-01')).toEqual([-1, 0, 1])
  })

  it('says nothing of a day without events', () => {
    expect(dayFigures([columns], 'smart-agents', [utcDay(at('2026-11-05'))])).toEqual([])
  })
})

describe('what is counted', () => {
  const time = at('2026-11-20T12:00:00Z')

  it('every word that is not on the list is counted together, after those that are', () => {
    const dimension = (agent: string): Told => ({ time, kind, dimensions: { agent } })
    const events = ['my-own', 'debugger', 'secret-project', 'debugger', 'Debugger'].map(dimension)
    expect(wordsOf(events, 'agent')).toEqual([
      ['debugger', 2],
      ['other', 3],
    ])
    expect(wordsOf([{ time, kind: 'made_up' }], 'kind')).toEqual([['other', 1]])
  })

  it('of a model only its family is told, and of a fine-tuned one not its owner', () => {
    const models = [
      'claude-sonnet-4-5',
      'claude-3-5-sonnet-20241022',
      'anthropic/claude-sonnet-4',
      'gpt-4o-2024-08-06',
      'ft:gpt-4o:acme-corp:secret',
      'llama3.1:8b',
      'mixtral-8x7b',
    ]
    const events = models.map((model) => ({ time, kind, dimensions: { model } }))
    expect(wordsOf(events, 'model_family')).toEqual([
      ['claude-sonnet', 3],
      ['gpt-4o', 1],
      ['llama', 1],
      ['mistral', 1],
      ['other', 1],
    ])
  })

  it('durations are by nearest rank, failures of those that tell an outcome', () => {
    const durations = [10, 20, 30, 40, 1000]
    const events: Told[] = [
      ...durations.map((duration, i) => ({ time, kind, duration, failed: i === 0 })),
      { time, kind },
    ]
    const [day] = dayFigures([columnsOf(smartAgents, events)], 'smart-agents', [utcDay(time)])
    expect(day?.figures[0]).toMatchObject({ count: 6, failed: 1, withOutcome: 5, median: 30, p95: 1000 })
  })

  it('the version is the one that ran most, by its first two numbers', () => {
    const versions = ['2.0.0', '2.3.1', '2.3.0', '99.1.0', 'nightly from /home/ada']
    const events = versions.map((version) => ({ time, kind, dimensions: { version } }))
    const version = (some: readonly Told[]) =>
      dayFigures([columnsOf(smartAgents, some)], 'smart-agents', [utcDay(time)])[0]?.toolVersion
    expect(version(events)).toBe('2.3')
    expect(version(events.slice(3))).toBe('other')
    expect(version([{ time, kind }])).toBe('unknown')
  })

  it('an earlyexit run is counted by its reason, category and project, and by nothing else', () => {
    const dimensions = {
      'exit reason': 'timeout',
      'command category': 'build',
      'project type': 'python',
      'pattern type': 'python_re',
      'exit code': '124',
    }
    const columns = columnsOf(earlyexit, [{ time, kind: 'execution', failed: true, duration: 5, dimensions }])
    const [day] = dayFigures([columns], 'earlyexit', [utcDay(time)])
    expect(day?.figures.map(({ subject, word }) => `${subject.name} ${word}`)).toEqual([
      'kind execution',
      'exit_reason timeout',
      'command_category build',
      'project_type python',
    ])
  })
})
