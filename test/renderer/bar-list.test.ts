import { describe, expect, it } from 'vitest'
import { colourOf, columnsOf, firstOf, found, mediansOf, sorted, valuesOf } from '../../renderer/bar-list.ts'
import type { BarsSpec } from '../../shared/viewer/charts.ts'

const bar = (label: string, count: number, failed = 0, withOutcome = count) => ({
  label,
  count,
  failed,
  withOutcome,
})
const bars = [
  bar('planner', 50, 1),
  bar('debugger', 30, 6),
  bar('Agent 10', 12),
  bar('agent 9', 6),
  bar('none', 2, 0, 0),
]
const spec: BarsSpec = { name: 'agent', bars, total: 100, values: 5, top: ['debugger', 'planner'] }
const labels = (values: readonly { readonly label: string }[]): string[] => values.map(({ label }) => label)
const values = valuesOf(
  spec,
  new Map([
    ['planner', 20],
    ['agent 9', 900],
  ]),
)

describe('a list of values', () => {
  it('tells share, error rate and median of each', () => {
    expect(values[1]).toMatchObject({ share: 0.3, errors: 0.2, median: null })
    expect(values[4]).toMatchObject({ share: 0.02, errors: null })
  })

  it('is sorted by any column, and what has no figure comes last', () => {
    expect(labels(sorted(values, 'errors')).slice(0, 2)).toEqual(['debugger', 'planner'])
    expect(labels(sorted(values, 'errors')).at(-1)).toBe('none')
    expect(labels(sorted(values, 'median')).slice(0, 2)).toEqual(['agent 9', 'planner'])
    expect(labels(sorted(values, 'value')).slice(0, 2)).toEqual(['agent 9', 'Agent 10'])
    expect(labels(sorted(values, 'count'))).toEqual(labels(bars))
  })

  it('leaves out columns that tell nothing', () => {
    expect(columnsOf(values)).toEqual({ errors: true, median: true })
    expect(columnsOf(valuesOf({ ...spec, bars: [bar('a', 3, 3), bar('b', 1, 1)] }, new Map()))).toEqual({
      errors: false,
      median: false,
    })
  })

  it('finds values whatever the case, and shows what is chosen though it stands far down', () => {
    expect(labels(found(values, ' AGENT '))).toEqual(['Agent 10', 'agent 9'])
    const { shown, rest } = firstOf(values, 2, ['none'])
    expect(labels(shown)).toEqual(['planner', 'debugger', 'none'])
    expect(labels(rest)).toEqual(['Agent 10', 'agent 9'])
  })

  it('keeps medians with their values while the order changes', () => {
    const kinds = { ...spec, name: 'kind' }
    const earlier = { kinds, dimensions: [spec] }
    const details = {
      figures: { median: 1, p95: 2 },
      before: null,
      timeline: null,
      medians: { agent: [5, null, 7] },
      lanes: null,
    }
    const medians = mediansOf('agent', details, earlier)
    expect([...medians]).toEqual([
      ['planner', 5],
      ['Agent 10', 7],
    ])
    expect(mediansOf('tool', details, earlier).size).toBe(0)
  })

  it('gives a value the same colour whatever its place', () => {
    expect(colourOf(spec.top, 'planner')).toBe('--series-2')
    expect(colourOf(spec.top, 'none')).toBe('--series-rest')
    expect(colourOf(spec.top, null)).toBe('--series-rest')
  })
})
