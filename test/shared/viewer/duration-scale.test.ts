import { describe, expect, it } from 'vitest'
import { durationTicks, placeOnScale } from '../../../shared/viewer/duration-scale.ts'
import { createNumbers } from '../../../shared/words/numbers.ts'

const numbers = createNumbers('en')
/** Eight bins to each power of ten, as a histogram has them. */
const between = (low: number, high: number): number[] =>
  Array.from({ length: (high - low) * 8 + 1 }, (_, i) => 10 ** (low + i / 8))
const named = (edges: readonly number[]): string[] =>
  durationTicks(edges).map(({ value }) => numbers.brief(value).replace('\u00a0', ' '))

describe('the scale of durations', () => {
  it('is logarithmic within its bars', () => {
    const edges = [1, 10, 100, 1000]
    expect(placeOnScale(edges, 10)).toBeCloseTo(1 / 3)
    expect(placeOnScale(edges, Math.sqrt(1000))).toBeCloseTo(0.5)
    expect(placeOnScale(edges, 1000)).toBeNull()
    expect(placeOnScale([0, 1, 10], 0.3)).toBeCloseTo(0.25)
  })

  it('names durations that a person would say', () => {
    expect(named(between(0, 7))).toEqual(['1 ms', '10 ms', '100 ms', '1 s', '10 s', '1 min', '10 min', '1 h'])
    expect(named(between(6, 9))).toEqual(['1 h', '1 d', '10 d'])
  })

  it('names more of them where few would lie on it, and its ends where none does', () => {
    expect(named([133.4, 177.8, 237.1, 316.2, 421.7, 562.3])).toEqual(['200 ms', '500 ms'])
    expect(named([237.1, 316.2])).toEqual(['237 ms', '316 ms'])
  })

  it('puts each where it lies among the bars', () => {
    const places = durationTicks(between(3, 5)).map(({ at }) => at)
    expect(places).toHaveLength(3)
    ;[0, 0.5, Math.log10(60) / 2].forEach((place, i) => expect(places[i]).toBeCloseTo(place))
  })
})
