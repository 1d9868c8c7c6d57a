import { describe, expect, it } from 'vitest'
import { createDates } from '../../../shared/words/dates.ts'
import { chooseTicks } from '../../../shared/viewer/ticks.ts'
import type { Step, TimelineSpec } from '../../../shared/viewer/charts.ts'
import { stepStarts } from '../../../shared/viewer/timeline.ts'
import { createZone } from '../../../shared/viewer/zone.ts'

function labels(step: Step, from: string, to: string, most: number, zoneName = 'UTC'): string[] {
  const zone = createZone(zoneName)
  const starts = stepStarts(step, Date.parse(from), Date.parse(to), zone)
  const points = starts.slice(0, -1).map((start, i) => ({
    start,
    end: starts[i + 1] ?? start,
    count: 1,
    failed: 0,
    withOutcome: 0,
    partial: false,
  }))
  const spec: TimelineSpec = { step, points, series: null, compare: null }
  return chooseTicks(spec, zone, createDates('en-US', zoneName, 'just now'), most).map(({ text }) => text)
}

describe('labels below a timeline', () => {
  it('stand at round seconds', () =>
    expect(labels('second', '2026-11-20T16:02:28Z', '2026-11-20T16:03:02Z', 5)).toEqual([
      '16:02:30',
      '16:02:40',
      '16:02:50',
      '16:03:00',
    ]))

  it('say midnight by the new day, in the local zone', () =>
    expect(labels('hour', '2026-11-19T05:00:00Z', '2026-11-20T04:00:00Z', 5, 'Asia/Tokyo')).toEqual([
      '18:00',
      'Nov 20',
      '06:00',
      '12:00',
    ]))

  it('count days back from the last', () =>
    expect(labels('day', '2026-11-01T00:00:00Z', '2026-11-20T00:00:00Z', 4)).toEqual([
      'Nov 6',
      'Nov 13',
      'Nov 20',
    ]))

  it('say months where weeks begin in them, and January by its year', () =>
    expect(labels('week', '2025-11-03T00:00:00Z', '2026-03-10T00:00:00Z', 12)).toEqual([
      'Nov',
      'Dec',
      '2026',
      'Feb',
      'Mar',
    ]))

  it('are fewer where there is less room', () =>
    expect(labels('month', '2025-01-01T00:00:00Z', '2026-12-01T00:00:00Z', 4)).toEqual([
      '2025',
      'Jul',
      '2026',
      'Jul',
    ]))
})
