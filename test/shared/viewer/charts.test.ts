// One Charts object keeps much between two choices: bits of conditions, counts over all rows, ranks, days. Here
// rows are added and filters changed in any order, and every figure is compared with a plain recount of the events.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { smartAgents } from '../../../shared/formats/smart-agents.ts'
import { Charts } from '../../../shared/viewer/charts.ts'
import type { Overview } from '../../../shared/viewer/charts.ts'
import { ChunkBuilder, Columns } from '../../../shared/viewer/columns.ts'
import type { TelemetryEvent } from '../../../shared/viewer/events.ts'
import type { Filter } from '../../../shared/viewer/filter.ts'
import { createZone } from '../../../shared/viewer/zone.ts'

const names = smartAgents.events.dimensions.map(({ name }) => name)
const [firstName = '', secondName = ''] = names
const word = fc.option(fc.constantFrom('planner', 'debugger', 'architect', '', '__proto__'))
const start = Date.UTC(2026, 2, 20)
const event: fc.Arbitrary<TelemetryEvent> = fc.record({
  rowid: fc.nat(),
  time: fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: start, max: start + 20 * 86_400_000 }) },
    fc.constant(NaN),
  ),
  kind: fc.constantFrom('agent_execution', 'error', 'workflow'),
  outcome: fc.constantFrom(0, 1, 2),
  duration: fc.oneof(fc.nat(50), fc.constant(NaN)),
  dimensions: fc.tuple(...names.map((_, i) => (i < 2 ? word : fc.constant(null)))),
  measures: fc.tuple(...smartAgents.events.measures.map(() => fc.oneof(fc.nat(9), fc.constant(NaN)))),
  tallies: fc.constant([]),
})
const condition = fc.record({
  dimension: fc.constantFrom('kind', firstName, secondName, 'what this file has not'),
  values: fc.subarray(['planner', 'debugger', '', '__proto__', 'agent_execution', 'error'], { minLength: 1 }),
  not: fc.boolean(),
})
const moment = fc.option(fc.integer({ min: start, max: start + 20 * 86_400_000 }))
const filter: fc.Arbitrary<Filter> = fc.record({
  since: moment,
  until: moment,
  failed: fc.boolean(),
  where: fc.array(condition, { maxLength: 3 }),
})
const step = fc.oneof(
  fc.record({ add: fc.array(event, { maxLength: 40 }) }),
  fc.record({ look: filter }),
  fc.constant('settle' as const),
)

it('shows after any changes what a recount of all events shows', () => {
  let looks = 0
  let shown = 0
  fc.assert(
    fc.property(fc.array(step, { minLength: 2, maxLength: 12 }), (steps) => {
      const columns = new Columns(smartAgents)
      const charts = new Charts(columns)
      const builder = new ChunkBuilder(smartAgents)
      const events: TelemetryEvent[] = []
      for (const one of steps) {
        if (one === 'settle') charts.settle()
        else if ('add' in one) {
          for (const chunk of builder.chunks(one.add, 16)) columns.append(chunk)
          events.push(...one.add)
        } else {
          const zone = createZone('Europe/Berlin')
          const view = charts.overview({ filter: one.look, zone, now: start, firstDayOfWeek: 1 })
          const expected = recount(events, one.look)
          const found = told(view)
          if (found.inTimeline !== null) expected.inTimeline = view.figures.events - view.figures.withoutTime
          expect(found).toEqual(expected)
          looks++
          shown += view.figures.events
        }
      }
    }),
    { numRuns: 600 },
  )
  expect(looks).toBeGreaterThan(500)
  expect(shown).toBeGreaterThan(500)
})

/** Null where everything lies within one step and there is no timeline. */
function inTimeline(timeline: Overview['timeline']): number | null {
  return timeline?.points.reduce((sum, { count }) => sum + count, 0) ?? null
}

function told({ figures, timeline, kinds, dimensions, measures }: Overview) {
  const { events, failed, withOutcome, withoutTime, activeDays, median, p95, first, last } = figures
  return {
    figures: { events, failed, withOutcome, withoutTime, activeDays, median, p95, first, last },
    inTimeline: inTimeline(timeline),
    bars: Object.fromEntries(
      [kinds, ...dimensions].map(({ name, bars }) => [
        name,
        new Map(bars.map((bar) => [bar.label, [bar.count, bar.failed, bar.withOutcome]])),
      ]),
    ),
    sums: measures.map(({ name, sum, count }) => [name, sum, count]),
  }
}

function recount(events: readonly TelemetryEvent[], chosen: Filter): ReturnType<typeof told> {
  const valueOf = (one: TelemetryEvent, name: string): string | null =>
    name === 'kind' ? one.kind : (one.dimensions[names.indexOf(name)] ?? null)
  const passes = (one: TelemetryEvent, ignored: string | null): boolean => {
    if ((chosen.since ?? chosen.until) !== null) {
      if (!(one.time >= (chosen.since ?? -Infinity) && one.time < (chosen.until ?? Infinity))) return false
    }
    if (chosen.failed && one.outcome !== 1) return false
    return chosen.where.every(({ dimension, values, not }) => {
      if (dimension === ignored) return true
      const value = valueOf(one, dimension)
      return (value !== null && values.includes(value)) !== not
    })
  }
  const all = events.filter((one) => passes(one, null))
  const times = all.map(({ time }) => time).filter((time) => !Number.isNaN(time))
  const durations = all.map(({ duration }) => duration).filter((value) => !Number.isNaN(value))
  durations.sort((a, b) => a - b)
  const rank = (p: number): number | null => durations[Math.ceil(p * durations.length) - 1] ?? null
  const dayOf = (time: number): string =>
    new Intl.DateTimeFormat('en', { timeZone: 'Europe/Berlin' }).format(time)
  const days = new Set(times.map(dayOf))
  const barsOf = (name: string): Map<string, number[]> => {
    const counts = new Map<string, number[]>()
    for (const one of events.filter((candidate) => passes(candidate, name))) {
      const value = valueOf(one, name)
      if (value === null) continue
      const [count = 0, failed = 0, withOutcome = 0] = counts.get(value) ?? []
      counts.set(value, [
        count + 1,
        failed + Number(one.outcome === 1),
        withOutcome + Number(one.outcome !== 2),
      ])
    }
    return counts
  }
  return {
    figures: {
      events: all.length,
      failed: all.filter(({ outcome }) => outcome === 1).length,
      withOutcome: all.filter(({ outcome }) => outcome !== 2).length,
      withoutTime: all.length - times.length,
      activeDays: days.size,
      median: rank(0.5),
      p95: rank(0.95),
      first: times.length === 0 ? null : Math.min(...times),
      last: times.length === 0 ? null : Math.max(...times),
    },
    inTimeline: null,
    bars: Object.fromEntries(
      ['kind', ...names]
        .map((name) => [name, barsOf(name)] as const)
        .filter(([name, bars]) => name === 'kind' || bars.size > 0),
    ),
    sums: smartAgents.events.measures
      .map(({ name }, i) => {
        const values = all.map(({ measures }) => measures[i] ?? NaN).filter((value) => !Number.isNaN(value))
        return [name, values.reduce((sum, value) => sum + value, 0), values.length] as [
          string,
          number,
          number,
        ]
      })
      .filter(([, , count]) => count > 0),
  }
}
