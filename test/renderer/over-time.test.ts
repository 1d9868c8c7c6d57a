import { describe, expect, it } from 'vitest'
import { barsOf, lineValues, linesOf, shownOf, stretchOf } from '../../renderer/over-time.ts'
import { start } from '../../renderer/place.ts'
import type { BarsSpec, TimelineSpec } from '../../shared/viewer/charts.ts'

const counts = [
  [4, 1],
  [0, 0],
  [6, 3],
] as const
const points = counts.map(([count, failed], i) => ({
  start: i * 100,
  end: i * 100 + 100,
  count,
  failed,
  withOutcome: count,
  partial: i === 2,
}))
const spec: TimelineSpec = { step: 'day', points, series: null, compare: null }
const kinds: BarsSpec = { name: 'kind', bars: [], total: 10, values: 2, top: ['a', 'b'] }
const lists = { kinds, dimensions: [] }
const shown = (one: TimelineSpec, change: Partial<typeof start.drawing> = {}, detailed = spec) =>
  shownOf(
    lists,
    one,
    { ...start.drawing, ...change },
    {
      spec: detailed,
      timeline: [
        { median: 5, p95: 9 },
        { median: null, p95: null },
        { median: 7, p95: 70 },
      ],
    },
  )

describe('the timeline', () => {
  it('stacks what failed on what did not', () =>
    expect(barsOf(shown(spec))).toEqual([
      { values: [3, 0, 3], colour: '--bar' },
      { values: [1, 0, 3], colour: '--failed' },
    ]))

  it('has gaps where nothing was: a rate of nothing is not zero', () => {
    expect(lineValues(shown(spec, { line: 'errors' }))).toEqual([0.25, null, 0.5])
    expect(linesOf(shown(spec, { line: 'p95' }))).toEqual([
      { values: [9, null, 70], colour: '--ink', axis: 'duration' },
    ])
  })

  it('does not take percentiles of other steps for its own', () => {
    const other = { ...spec, points: points.map((point) => ({ ...point, start: point.start + 7 })) }
    expect(lineValues(shown(spec, { line: 'median' }, other))).toEqual([null, null, null])
  })

  it('gives each value its own colour, and grey to all other', () => {
    const series = [
      { label: 'b', counts: [1, 0, 2] },
      { label: 'x', counts: [1, 0, 2] },
      { label: null, counts: [2, 0, 2] },
    ]
    const divided = barsOf(shown({ ...spec, series }, { stack: 'kind' }))
    expect(divided.map(({ colour }) => colour)).toEqual(['--series-2', '--series-rest', '--series-rest'])
  })

  it('marks a stretch where it lies, also within a step, and cuts it off at its ends', () => {
    expect(stretchOf(spec, { from: 100, to: 250, not: false })).toEqual({ from: 1, to: 2.5, not: false })
    expect(stretchOf(spec, { from: -50, to: 900, not: true })).toEqual({ from: 0, to: 3, not: true })
    expect(stretchOf(spec, { from: 300, to: 400, not: false })).toBeNull()
  })
})
