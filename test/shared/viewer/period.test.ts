// A period that was asked for is shown whole: its empty days are days too.
import { describe, expect, it } from 'vitest'
import { smartAgents } from '../../../shared/formats/smart-agents.ts'
import { Charts } from '../../../shared/viewer/charts.ts'
import type { Overview } from '../../../shared/viewer/charts.ts'
import { ChunkBuilder, Columns } from '../../../shared/viewer/columns.ts'
import { outcome } from '../../../shared/viewer/events.ts'
import { everything } from '../../../shared/viewer/filter.ts'
import { createZone, dayLength } from '../../../shared/viewer/zone.ts'

const now = Date.parse('2026-11-20T12:00:00Z')

function show(times: readonly number[], since: number | null = null, firstDayOfWeek = 1): Overview {
  const events = times.map((time, rowid) => ({
    rowid,
    time,
    kind: 'agent_execution',
    outcome: outcome.ok,
    duration: NaN,
    dimensions: smartAgents.events.dimensions.map(() => null),
    measures: smartAgents.events.measures.map(() => NaN),
    tallies: [],
  }))
  const columns = new Columns(smartAgents)
  for (const chunk of new ChunkBuilder(smartAgents).chunks(events)) columns.append(chunk)
  const filter = { ...everything, since }
  return new Charts(columns).overview({ filter, zone: createZone('UTC'), now, firstDayOfWeek })
}
const isoDay = (time: number | undefined): string => new Date(time ?? NaN).toISOString().slice(0, 10)

describe('the period of the charts', () => {
  const week = Date.parse('2026-11-14T00:00:00Z')

  it('reaches from its first day to today, although the events are fewer', () => {
    const { timeline, days, figures } = show([now - 4 * dayLength, now - 2 * dayLength], week)
    expect(timeline?.points.map(({ count }) => count)).toEqual([0, 0, 1, 0, 1, 0, 0])
    expect(isoDay(timeline?.points.at(-1)?.start)).toBe('2026-11-20')
    expect(timeline?.points.at(-1)?.partial).toBe(true)
    expect([figures.activeDays, days]).toEqual([2, 7])
  })

  it('goes from the first event to the last when all is shown', () => {
    const { days } = show([now - 40 * dayLength, now - 30 * dayLength])
    expect(days).toBe(11)
  })

  it('has no timeline when one bar would hold everything', () =>
    expect(show([now, now + 10], week).timeline).toBeNull())

  it('that holds nothing still tells when the newest event was', () => {
    const { figures, newest, days } = show([now - 90 * dayLength], week)
    expect([figures.events, newest, days]).toEqual([0, now - 90 * dayLength, null])
  })

  it.each([
    [1, 'Mon'],
    [6, 'Sat'],
    [7, 'Sun'],
  ])('begins its weeks on the chosen day (%d)', (firstDayOfWeek, name) => {
    const { timeline } = show([now - 200 * dayLength, now], null, firstDayOfWeek)
    expect(timeline?.step).toBe('week')
    const names = timeline?.points.map(({ start }) =>
      new Date(start).toLocaleDateString('en', { weekday: 'short', timeZone: 'UTC' }),
    )
    expect(new Set(names)).toEqual(new Set([name]))
  })
})
