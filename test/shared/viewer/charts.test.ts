// One Charts object keeps much between two choices: bits of conditions, counts over all rows, ranks, days. Here
// rows are added and filters changed in any order, and every figure is compared with a plain recount of the events.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { smartAgents } from '../../../shared/formats/smart-agents.ts'
import { Charts } from '../../../shared/viewer/charts.ts'
import type { Details, LanesSpec, Overview } from '../../../shared/viewer/charts.ts'
import { ChunkBuilder, Columns } from '../../../shared/viewer/columns.ts'
import type { TelemetryEvent } from '../../../shared/viewer/events.ts'
import { everything } from '../../../shared/viewer/filter.ts'
import type { Filter } from '../../../shared/viewer/filter.ts'
import { DurationBins } from '../../../shared/viewer/durations.ts'
import { Shapes, binsName, valuesName } from '../../../shared/viewer/shapes.ts'
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
const event0: TelemetryEvent = {
  rowid: 1,
  time: start,
  kind: 'error',
  outcome: 0,
  duration: 1,
  dimensions: [],
  measures: smartAgents.events.measures.map(() => NaN),
  tallies: [],
}
const condition = fc.record({
  dimension: fc.constantFrom('kind', firstName, secondName, 'what this file has not'),
  values: fc.subarray(['planner', 'debugger', '', '__proto__', 'agent_execution', 'error'], { minLength: 1 }),
  not: fc.boolean(),
})
const end = start + 20 * 86_400_000
const now = start + 15 * 86_400_000 + 34_567_890
const at = fc.integer({ min: start, max: end })
const moment = fc.option(at)
const not = fc.boolean()
const between = (value: fc.Arbitrary<number>): fc.Arbitrary<Filter['range']> =>
  fc.option(
    fc.tuple(value, value, not).map(([a, b, not]) => ({ from: Math.min(a, b), to: Math.max(a, b), not })),
    { freq: 2 },
  )
const filter: fc.Arbitrary<Filter> = fc.record({
  since: moment,
  until: moment,
  range: between(at),
  failed: fc.option(fc.boolean(), { freq: 2 }),
  duration: between(fc.nat(60)),
  hours: fc.option(fc.record({ of: fc.uniqueArray(fc.nat(167), { minLength: 60, maxLength: 167 }), not }), {
    freq: 2,
  }),
  where: fc.array(condition, { maxLength: 2 }),
  search: fc.constant(''),
})
const step = fc.oneof(
  fc.record({ add: fc.array(event, { maxLength: 40 }), takeIn: fc.boolean() }),
  fc.record({ look: filter }),
  fc.record({ stack: filter }),
)

const zone = createZone('Europe/Berlin')

function compare(charts: Charts, events: readonly TelemetryEvent[], filter: Filter, stack: string | null) {
  const view = charts.complete({ filter, zone, now, firstDayOfWeek: 1, stack })
  const expected = recount(events, filter)
  expect(told(view)).toEqual({ ...expected, overTime: view.overview.timeline && expected.overTime })
  for (const { counts, point } of divided(view.overview))
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(point)
  return view
}

/** So many rows that they are taken in blocks, and percentiles of groups in stretches. */
it('shows the same of thousands of rows, most of them in the order of time', () => {
  const columns = new Columns(smartAgents)
  const charts = new Charts(columns)
  const builder = new ChunkBuilder(smartAgents)
  const drawn = fc.sample(event, { seed: 5, numRuns: 9_500 })
  const ordered = drawn.toSorted((a, b) => b.time - a.time)
  const parts = [ordered.slice(0, 6_000), ordered.slice(6_000), drawn.slice(0, 500)]
  const whole = { from: start, to: end + 1 }
  const filters = [
    ...fc.sample(filter, { seed: 6, numRuns: 12 }),
    { ...everything, range: { ...whole, not: false } },
    { ...everything, range: { ...whole, not: true } },
  ]
  const events: TelemetryEvent[] = []
  let chosen = 0
  for (const part of parts) {
    for (const chunk of builder.chunks(part)) columns.append(chunk)
    events.push(...part)
    for (const one of filters) chosen += compare(charts, events, one, null).overview.figures.events
  }
  expect(chosen).toBeGreaterThan(5_000)
})

/** No two rows are alike in all of the first columns, of which each has so many words. */
const digits = (base: number, row: number): (string | null)[] =>
  names.map((_, i) => (i < 5 ? `${Math.floor(row / base ** i) % base}` : null))

it.each<[string, number, (row: number) => (string | null)[], number]>([
  ['a column of many words', 4_000, (row) => digits(700, row), 2],
  ['more shapes than are counted, by columns of many words', 70_000, (row) => digits(200, row), 2],
  ['more shapes than are counted, by columns of few words', 70_000, (row) => digits(15, row), 0],
])('shows the same with %s', (_, rows, dimensionsOf, small) => {
  const columns = new Columns(smartAgents)
  const charts = new Charts(columns)
  const some = fc.sample(event, { seed: 7, numRuns: 1_000 })
  const events = Array.from({ length: rows }, (_, row): TelemetryEvent => {
    const { time, ...like } = some[row % some.length] ?? {}
    return { ...event0, ...like, time: (time ?? NaN) + row, dimensions: dimensionsOf(row) }
  })
  for (const chunk of new ChunkBuilder(smartAgents).chunks(events)) columns.append(chunk)
  const shapes = new Shapes(columns, new DurationBins(columns))
  shapes.bring()
  expect([valuesName('kind'), binsName].filter((name) => shapes.column(name) !== undefined)).toHaveLength(
    small,
  )
  expect(shapes.column(valuesName(firstName))).toBeUndefined()
  const half = { from: start, to: start + 10 * 86_400_000, not: false }
  const where = [{ dimension: firstName, values: ['7'], not: false }]
  for (const filter of [
    { failed: true },
    { range: half },
    { duration: { from: 3, to: 20, not: true } },
    { where },
  ]) {
    const view = charts.complete({ filter: { ...everything, ...filter }, zone, now, firstDayOfWeek: 1 })
    const { lanes: _, ...expected } = recount(events, { ...everything, ...filter }) // of few values only
    expect(told(view)).toMatchObject({ ...expected, overTime: expect.any(Number) })
    expect(view.overview.figures.events).toBeGreaterThan(0)
  }
})

it('shows after any changes what a recount of all events shows', () => {
  let looks = 0
  let shown = 0
  let before = 0
  let takenIn = 0
  fc.assert(
    fc.property(fc.array(step, { minLength: 2, maxLength: 12 }), (steps) => {
      const columns = new Columns(smartAgents)
      const charts = new Charts(columns)
      const builder = new ChunkBuilder(smartAgents)
      const events: TelemetryEvent[] = []
      let filter = everything
      for (const one of steps) {
        if ('add' in one) {
          for (const chunk of builder.chunks(one.add, 16)) columns.append(chunk)
          events.push(...one.add)
          if (one.takeIn) {
            charts.takeIn({ filter, zone, now, firstDayOfWeek: 1 })
            takenIn += one.add.length
          }
          continue
        }
        filter = 'look' in one ? one.look : one.stack
        const { overview } = compare(charts, events, filter, 'stack' in one ? firstName : null)
        looks++
        shown += overview.figures.events
        before += overview.before?.events ?? 0
      }
    }),
    { numRuns: 600 },
  )
  expect(looks).toBeGreaterThan(500)
  expect(shown).toBeGreaterThan(500)
  expect(before).toBeGreaterThan(50)
  expect(takenIn).toBeGreaterThan(500)
})

/** At each step of the timeline what its parts add up to. */
function divided({ timeline }: Overview): { counts: number[]; point: number }[] {
  const { points = [], series = null } = timeline ?? {}
  return series === null
    ? []
    : points.map(({ count }, i) => ({ counts: series.map(({ counts }) => counts[i] ?? NaN), point: count }))
}

const berlin = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Berlin',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  weekday: 'short',
})
interface Wall {
  readonly day: string
  readonly hourOfWeek: number
}
const weekdays = ['mån', 'tis', 'ons', 'tors', 'fre', 'lör', 'sön']
const walls = new Map<number, Wall>()
function wall(time: number): Wall {
  const known = walls.get(time)
  if (known !== undefined) return known
  const parts = Object.fromEntries(berlin.formatToParts(time).map(({ type, value }) => [type, value]))
  const found = {
    day: `${parts['year']}-${parts['month']}-${parts['day']}`,
    hourOfWeek: weekdays.indexOf((parts['weekday'] ?? '').replace('.', '')) * 24 + Number(parts['hour']),
  }
  walls.set(time, found)
  return found
}

/** Counts by name, without those of nothing: a chart's list and a recount then look alike. */
const filled = (entries: readonly (readonly [string | number, number])[]): Record<string, number> =>
  Object.fromEntries(entries.filter(([, count]) => count > 0))

function told({ overview, details }: { overview: Overview; details: Details }) {
  const { figures, timeline, kinds, dimensions, measures, hours, calendar, durations, before } = overview
  const { events, failed, withOutcome, withoutTime, activeDays, streak, first, last, withDuration } = figures
  const barsOf = [kinds, ...dimensions].map(({ name, bars }) => {
    const rows = bars.map(({ label, count, failed, withOutcome }, i) => {
      return [label, [count, failed, withOutcome, details.medians[name]?.[i] ?? null]] as const
    })
    return [name, new Map(rows)] as const
  })
  const dayName = (i: number): string =>
    new Date(((calendar?.first ?? 0) + i) * 86_400_000).toISOString().slice(0, 10)
  return {
    figures: { events, failed, withOutcome, withoutTime, activeDays, streak, withDuration, first, last },
    percentiles: details.figures,
    before: before && [before.events, before.failed, details.before?.median ?? null],
    overTime: timeline && timeline.points.reduce((sum, { count }) => sum + count, 0),
    bars: Object.fromEntries(barsOf),
    sums: measures.map(({ name, sum, count }) => [name, sum, count]),
    hours: filled((hours?.counts ?? []).map((count, i) => [i, count])),
    failedHours: filled((hours?.failed ?? []).map((count, i) => [i, count])),
    calendar: filled((calendar?.counts ?? []).map((count, i) => [dayName(i), count])),
    durations: spread(durations?.edges ?? [], durations?.counts ?? []),
    lanes: details.lanes && tellLanes(details.lanes),
  }
}

/** The neighbours of the day, and of each lane when its bars begin and how long they are. */
function tellLanes({ day, lanes, rest, previous, next }: LanesSpec) {
  const bars = lanes.flatMap(({ label, bars }) =>
    bars.map(({ from, to, failed }) => [label ?? '(none)', from, to - from, failed].join(' ')),
  )
  return { days: [previous, day, next], rest, bars: bars.sort() }
}

/** A bar of a histogram is told by the power of ten that it begins in. */
function spread(edges: readonly number[], counts: readonly number[]): Record<string, number> {
  const sums = new Map<string, number>()
  counts.forEach((count, i) => {
    const power = powerOf(edges[i] ?? NaN)
    sums.set(power, (sums.get(power) ?? 0) + count)
  })
  return filled([...sums])
}
const powerOf = (value: number): string => (value < 1 ? '< 1' : value < 10 ? '1 to 10' : '10 to 100')

type Ignored = 'period' | 'range' | 'duration' | 'hours' | { readonly dimension: string }

function recount(events: readonly TelemetryEvent[], chosen: Filter): ReturnType<typeof told> {
  const valueOf = (one: TelemetryEvent, name: string): string | null =>
    name === 'kind' ? one.kind : (one.dimensions[names.indexOf(name)] ?? null)
  const lies = (value: number, { from, to, not }: NonNullable<Filter['range']>): boolean =>
    (value >= from && value < to) !== not
  const passes = (one: TelemetryEvent, ...ignored: Ignored[]): boolean => {
    const { since, until, range, failed, duration, hours, where } = chosen
    if ((since ?? until) !== null && !ignored.includes('period'))
      if (!(one.time >= (since ?? -Infinity) && one.time < (until ?? Infinity))) return false
    if (range !== null && !ignored.includes('range') && !lies(one.time, range)) return false
    if (duration !== null && !ignored.includes('duration') && !lies(one.duration, duration)) return false
    if (failed !== null && (one.outcome === 1) !== failed) return false
    if (hours !== null && !ignored.includes('hours')) {
      const inside = !Number.isNaN(one.time) && hours.of.includes(wall(one.time).hourOfWeek)
      if (inside === hours.not) return false
    }
    return where.every(({ dimension, values, not }) => {
      if (ignored.some((name) => typeof name === 'object' && name.dimension === dimension)) return true
      const value = valueOf(one, dimension)
      return (value !== null && values.includes(value)) !== not
    })
  }
  const shownUntil = lastShown(events)
  const all = events.filter((one) => passes(one))
  const times = all.map(({ time }) => time).filter((time) => !Number.isNaN(time))
  const days = [...new Set(times.map((time) => wall(time).day))].sort()
  const past = pastOf(chosen)
  const earlier = past && events.filter((one) => passes(one, 'period', 'range') && lies(one.time, past))
  const barsOf = (name: string) => {
    const bars = Map.groupBy(
      events.filter((one) => passes(one, { dimension: name }) && valueOf(one, name) !== null),
      (one) => valueOf(one, name) ?? '',
    )
    const counted = [...bars].map(([word, ones]) => {
      const failed = ones.filter(({ outcome }) => outcome === 1).length
      const withOutcome = ones.filter(({ outcome }) => outcome !== 2).length
      return [word, [ones.length, failed, withOutcome, percentile(ones, 0.5)]] as const
    })
    return new Map(counted)
  }
  const count = (ones: readonly TelemetryEvent[], by: (one: TelemetryEvent) => string | number) =>
    filled([...Map.groupBy(ones, by)].map(([key, { length }]) => [key, length]))
  const overHours = events.filter((one) => passes(one, 'hours') && !Number.isNaN(one.time))
  return {
    figures: {
      events: all.length,
      failed: all.filter(({ outcome }) => outcome === 1).length,
      withOutcome: all.filter(({ outcome }) => outcome !== 2).length,
      withoutTime: all.length - times.length,
      activeDays: days.length,
      streak: longestRun(days),
      withDuration: all.filter(({ duration }) => !Number.isNaN(duration)).length,
      first: times.length === 0 ? null : Math.min(...times),
      last: times.length === 0 ? null : Math.max(...times),
    },
    percentiles: { median: percentile(all, 0.5), p95: percentile(all, 0.95) },
    before: earlier && [
      earlier.length,
      earlier.filter(({ outcome }) => outcome === 1).length,
      percentile(earlier, 0.5),
    ],
    overTime: events.filter((one) => passes(one, 'range') && !Number.isNaN(one.time)).length,
    bars: Object.fromEntries(
      ['kind', ...names]
        .map((name) => [name, barsOf(name)] as const)
        .filter(([name, bars]) => name === 'kind' || bars.size > 0),
    ),
    sums: smartAgents.events.measures
      .map(({ name }, i) => {
        const values = all.map(({ measures }) => measures[i] ?? NaN).filter((value) => !Number.isNaN(value))
        const sum = values.reduce((total, value) => total + value, 0)
        return [name, sum, values.length] as [string, number, number]
      })
      .filter(([, , length]) => length > 0),
    hours: count(overHours, ({ time }) => wall(time).hourOfWeek),
    failedHours: count(
      overHours.filter(({ outcome }) => outcome === 1),
      ({ time }) => wall(time).hourOfWeek,
    ),
    calendar: count(
      events.filter(
        (one) =>
          passes(one, 'period', 'range') && !Number.isNaN(one.time) && wall(one.time).day <= shownUntil,
      ),
      ({ time }) => wall(time).day,
    ),
    durations: count(
      events.filter((one) => passes(one, 'duration') && !Number.isNaN(one.duration)),
      ({ duration }) => powerOf(duration),
    ),
    lanes: recountLanes(
      events.filter((one) => passes(one, 'range') && !Number.isNaN(one.time) && !Number.isNaN(one.duration)),
    ),
  }
}

/** Of the newest day; an event of this tool is written down at its end. */
function recountLanes(events: readonly TelemetryEvent[]) {
  const dayOf = ({ time }: TelemetryEvent): number => Date.parse(wall(time).day) / 86_400_000
  const days = [...new Set(events.map(dayOf))].sort((a, b) => a - b)
  const day = days.at(-1)
  if (day === undefined) return null
  const bars = events
    .filter((one) => dayOf(one) === day)
    .map(({ time, duration, outcome, dimensions }) =>
      [dimensions[0] ?? '(none)', time - duration, duration, outcome === 1].join(' '),
    )
  return { days: [days.at(-2) ?? null, day, null], rest: 0, bars: bars.sort() }
}

/** The calendar ends today, also where events lie in the future; where all of them do, with the last of them. */
function lastShown(events: readonly TelemetryEvent[]): string {
  const days = events.filter(({ time }) => !Number.isNaN(time)).map(({ time }) => wall(time).day)
  const today = wall(now).day
  return days.some((day) => day <= today) ? today : '9999'
}

function percentile(ones: readonly TelemetryEvent[], p: number): number | null {
  const values = ones.map(({ duration }) => duration).filter((value) => !Number.isNaN(value))
  values.sort((a, b) => a - b)
  return values[Math.ceil(p * values.length) - 1] ?? null
}

function longestRun(days: readonly string[]): number {
  let longest = 0
  for (const day of days) {
    let length = 1
    const next = (): string => new Date(Date.parse(day) + length * 86_400_000).toISOString().slice(0, 10)
    while (days.includes(next())) length++
    longest = Math.max(longest, length)
  }
  return longest
}

/** As many calendar days earlier as the period, or the stretch chosen in it, takes up. */
function pastOf({ since, until, range }: Filter): NonNullable<Filter['range']> | null {
  const stretch = range !== null && !range.not ? range : null
  const from = stretch?.from ?? since
  const to = stretch?.to ?? until ?? now + 1
  if (from === null || to <= from) return null
  const midnight = (time: number): number => Date.parse(wall(time).day)
  const length = midnight(to - 1) - midnight(from) + 86_400_000
  const earlier = (time: number): number => {
    // by the clock on the wall: the same time of day, so many dates before
    const day = midnight(time)
    return startOf(day - length) + (time - startOf(day))
  }
  return { from: earlier(from), to: earlier(to), not: false }
}
/** When a local day begins: in these weeks one or two hours before UTC's. */
const startOf = (utcMidnight: number): number =>
  [1, 2].map((hours) => utcMidnight - hours * 3_600_000).find((time) => wall(time).hourOfWeek % 24 === 0) ??
  utcMidnight
