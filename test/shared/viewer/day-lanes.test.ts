import { describe, expect, it } from 'vitest'
import { layOut, momentsIn, nearest, pathOfBars, stepInLanes } from '../../../shared/viewer/day-lanes.ts'
import type { LanesSpec } from '../../../shared/viewer/charts.ts'

const bar = (from: number, to: number, track = 0, failed = false) => ({ from, to, track, failed })
const spec: LanesSpec = {
  name: 'agent',
  day: 20_000,
  lanes: [
    { label: 'planner', tracks: 2, bars: [bar(0, 400), bar(100, 200, 1, true)] },
    { label: null, tracks: 1, bars: [bar(150, 150), bar(900, 1000)] },
  ],
  rest: 0,
  previous: null,
  next: null,
}
const layout = layOut(spec)

describe('a day, event by event', () => {
  it('reaches from the first beginning to the last end, each lane as high as what runs at once in it', () => {
    expect(layout).toMatchObject({ from: 0, to: 1000, height: 28 + 18 })
    expect(layout.lanes.map(({ top, height }) => [top, height])).toEqual([
      [0, 28],
      [28, 18],
    ])
    expect(layout.bars.map(({ from }) => from)).toEqual([0, 100, 150, 900])
  })

  it('draws what took no time so that it can be seen, and nothing beyond its end', () => {
    expect(pathOfBars(layout, ({ from }) => from === 150)).toMatch(/^M0\.15 32h0\.0022/)
    expect(pathOfBars(layout, ({ failed }) => failed)).toBe('M0.1 14h0.1v8h-0.1z')
    const moment = layOut({ ...spec, lanes: [{ label: 'a', tracks: 1, bars: [bar(5, 5)] }] })
    expect(pathOfBars(moment, () => true)).toMatch(/^M0\.499\d* 4h/)
  })

  it('points at the nearest bar of the lane under the hand', () => {
    expect(nearest(layout, 0.12, 6)).toBe(0)
    expect(nearest(layout, 0.12, 18)).toBe(1)
    expect(nearest(layout, 0.5, 38)).toBe(2)
    expect(nearest(layout, 0.6, 38)).toBe(3)
  })

  it('is walked along in time, and to the lane below', () => {
    expect(stepInLanes(layout, 'ArrowRight', null)).toBe(0)
    expect(stepInLanes(layout, 'ArrowRight', 3)).toBe(3)
    expect(stepInLanes(layout, 'ArrowDown', 1)).toBe(2)
    expect(stepInLanes(layout, 'ArrowUp', 2)).toBe(1)
    expect(stepInLanes(layout, 'ArrowUp', 0)).toBe(0)
    expect(stepInLanes(layout, 't', 0)).toBeUndefined()
  })

  it('has its labels at round moments of the clock on the wall', () => {
    const hour = 3_600_000
    const night = { ...layout, from: 22.2 * hour, to: 30.5 * hour }
    const { times, step } = momentsIn(night, () => hour / 2, 5)
    expect(step).toBe('minute')
    expect(times.map((time) => (time + hour / 2) / hour)).toEqual([24, 26, 28, 30])
    expect(momentsIn({ ...layout, to: 2500 }, () => 0, 8)).toEqual({ times: [0, 1000, 2000], step: 'second' })
  })
})
