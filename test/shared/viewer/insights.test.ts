// What changed: on made-up usage, of which all is known, steps are found where they were planted, nothing is said
// where nothing was, and the cause is named. Both figures of the first test are printed at every run.
import { describe, expect, it } from 'vitest'
import type { Columns } from '../../../shared/viewer/columns.ts'
import { everything, Selection } from '../../../shared/viewer/filter.ts'
import type { Filter } from '../../../shared/viewer/filter.ts'
import { findChanges } from '../../../shared/viewer/insights.ts'
import type { Change } from '../../../shared/viewer/insights.ts'
import { createZone } from '../../../shared/viewer/zone.ts'
import { createRandom } from '../../oracle/random.ts'
import { dayMs, firstDay, makeUsage, normals } from './usage.ts'
import type { Sort, Usage } from './usage.ts'

const berlin = createZone('Europe/Berlin')

function changesOf(columns: Columns, days: number, filter: Filter = everything): readonly Change[] {
  const selection = new Selection(columns)
  selection.apply(filter, berlin)
  const now = firstDay + days * dayMs + 12 * 3_600_000
  return findChanges(columns, selection.rows(), { filter, zone: berlin, now })
}
const dayOf = ({ day }: Change): number => Math.round((Date.parse(day) - firstDay) / dayMs)
const nameOf = (day: number): string => new Date(firstDay + day * dayMs).toISOString().slice(0, 10)
const told = (changes: readonly Change[]) => changes.map((change) => `${change.metric} ${dayOf(change)}`)

/** A week of somebody who works less at weekends. */
const workWeek = [1, 1.1, 1.15, 1.05, 0.85, 0.25, 0.2]
const inWeek = (day: number, week = workWeek): number => week[day % 7] ?? 1
const usual: Sort = { perDay: 150, failing: 0.05, median: 800 }
const noise = { rate: 0.15, failing: 0.15, median: 0.05 }
const worked = (day: number, sort: Partial<Sort>): Sort => {
  const whole = { ...usual, ...sort }
  return { ...whole, perDay: whole.perDay * inWeek(day) }
}
function changesIn(days: number, on: (day: number) => readonly Partial<Sort>[], seed = 1): readonly Change[] {
  const usage: Usage = { seed, days, noise, on: (day) => on(day).map((sort) => worked(day, sort)) }
  return changesOf(makeUsage(usage), days)
}

type Planted = Change['metric'] | null

/** A life drawn by its number: how long, how busy, how even, and, if one is planted, a step up or down within it. */
function draw(seed: number, planted: Planted) {
  const random = createRandom(seed)
  const days = random.whole(42, 240)
  const at = random.whole(14, days - 14)
  const volume = 40 * 50 ** random.next()
  const weekend = 0.05 + 0.95 * random.next()
  const week = [1, 1.1, 1.15, 1.05, 0.85, weekend, weekend * 1.1]
  const mean = week.reduce((sum, part) => sum + part) / 7
  const failing = 0.01 + 0.09 * random.next()
  const up = random.chance(0.5)
  const usage: Usage = {
    seed: seed + 500_000,
    days,
    on: (day) => {
      const more = day >= at === up ? planted : null
      const perDay = ((volume * inWeek(day, week)) / mean) * (more === 'rate' ? 1.5 : 1)
      const median = more === 'latency' ? 1040 : 800
      return [{ perDay, median, failing: more === 'error rate' ? failing + 0.05 : failing }]
    },
    noise: { rate: 0.25 * random.next(), failing: 0.2 * random.next(), median: 0.1 * random.next() },
    spread: 0.4 + 0.7 * random.next(),
  }
  const columns = makeUsage(usage)
  return { at, events: columns.rows, changes: changesOf(columns, days) }
}

it('finds 95 of 100 planted steps within three days, and says nothing in 95 of 100 lives without one', () => {
  const each = 100
  const kinds = ['rate', 'error rate', 'latency'] as const
  let events = 0
  const found = kinds.map((metric, kind) => {
    let hits = 0
    for (let i = 0; i < each; i++) {
      const { at, changes, ...life } = draw(10_000 * (kind + 1) + i, metric)
      events += life.events
      if (changes.some((change) => change.metric === metric && Math.abs(dayOf(change) - at) <= 3)) hits++
    }
    return hits
  })
  let alarms = 0
  const clean = 150
  for (let i = 0; i < clean; i++) {
    const life = draw(90_000 + i, null)
    events += life.events
    if (life.changes.length > 0) alarms++
  }
  const hits = found.reduce((sum, count) => sum + count)
  const all = each * kinds.length
  console.info(
    `planted steps found: ${hits} of ${all} (${kinds.map((kind, i) => `${kind} ${found[i] ?? 0}`).join(', ')}); ` +
      `alarms without any: ${alarms} of ${clean}; ${events} events`,
  )
  expect(events).toBeGreaterThan(5_000_000)
  expect(hits / all).toBeGreaterThanOrEqual(0.95)
  expect(alarms / clean).toBeLessThanOrEqual(0.05)
}, 120_000)

describe('what is told of a step', () => {
  it('is its day, what was before and after, its days, and what a click chooses', () => {
    const [change, ...more] = changesIn(90, (day) => [{ failing: day < 50 ? 0.05 : 0.15 }])
    expect(more).toEqual([])
    expect(change).toMatchObject({ metric: 'error rate', day: nameOf(50), explanation: null })
    expect(change?.before).toBeCloseTo(0.05, 1)
    expect(change?.after).toBeCloseTo(0.15, 1)
    expect(change?.confidence).toBeGreaterThan(0.99)
    expect(change?.series.from).toBe(nameOf(0))
    expect(change?.series.values).toHaveLength(90)
    const since = Date.parse(`${nameOf(50)}T00:00:00+01:00`)
    expect(change?.filter).toEqual({ ...everything, since })
  })

  it('is said of several steps, the largest first', () => {
    const changes = changesIn(150, (day) => [
      { perDay: 150 * (day < 40 ? 1 : day < 110 ? 4 : 2), median: day < 75 ? 800 : 1100 },
    ])
    expect(told(changes)).toEqual(['rate 40', 'rate 110', 'latency 75'])
    expect(changes[0]?.after).toBeCloseTo(changes[1]?.before ?? 0, 9)
  })

  it('keeps what is chosen, and replaces only the choice in its own dimension', () => {
    const on = (day: number) => [
      { words: ['planner', '1.0', 'here'], failing: day < 40 ? 0.02 : 0.2 },
      { words: ['tester', '1.0', 'here'] },
      { words: ['other', '1.0', 'there'] },
    ]
    const columns = makeUsage({
      seed: 3,
      days: 80,
      noise,
      on: (day) => on(day).map((sort) => worked(day, sort)),
    })
    const chosen = (dimension: string, values: string[]) => ({ dimension, values, not: false })
    const filter = {
      ...everything,
      where: [chosen('provider', ['here']), chosen('agent', ['planner', 'tester'])],
    }
    const [change] = changesOf(columns, 80, filter)
    expect(change?.explanation).toMatchObject({ dimension: 'agent', value: 'planner', how: 'itself' })
    expect(change?.filter.where).toEqual([chosen('provider', ['here']), chosen('agent', ['planner'])])
    expect(change?.filter.since).toBe(Date.parse(`${nameOf(40)}T00:00:00+01:00`))
  })
})

describe('the cause', () => {
  const agents = ['planner', 'tester', 'reviewer', 'writer']
  const split = (sort: (agent: string) => Partial<Sort>): Partial<Sort>[] =>
    agents.map((agent) => ({ perDay: 50, words: [agent, '1.0', agent < 'r' ? 'a' : 'b'], ...sort(agent) }))

  it('is a new version that fails more, although every agent has it', () => {
    const [change] = changesIn(90, (day) =>
      split((agent) => ({ failing: day < 45 ? 0.04 : 0.2, words: [agent, day < 45 ? '1.0' : '2.0', 'a'] })),
    )
    expect(change).toMatchObject({ metric: 'error rate', day: nameOf(45) })
    expect(change?.explanation).toMatchObject({ dimension: 'version', value: '2.0', how: 'new' })
    expect(change?.explanation?.share).toBeGreaterThan(0.9)
  })

  it('is a new version of one agent, rather than the agent', () => {
    const [change] = changesIn(90, (day) =>
      split((agent) =>
        agent === 'tester' && day >= 45 ? { failing: 0.4, words: [agent, '2.0', 'a'] } : { failing: 0.04 },
      ),
    )
    expect(change?.explanation).toMatchObject({ dimension: 'version', value: '2.0', how: 'new' })
  })

  it('is the one agent that became slower', () => {
    const [change] = changesIn(120, (day) =>
      split((agent) => ({ median: agent === 'reviewer' && day >= 70 ? 2600 : 800 })),
    )
    expect(change?.metric).toBe('latency')
    expect(change?.explanation).toMatchObject({ dimension: 'agent', value: 'reviewer', how: 'itself' })
  })

  it('is the slow agent that is used more, though nobody became slower', () => {
    const [change] = changesIn(120, (day) =>
      split((agent) => (agent === 'writer' ? { median: 9000, perDay: day < 70 ? 20 : 120 } : {})),
    ).filter(({ metric }) => metric === 'latency')
    expect(change?.explanation).toMatchObject({ dimension: 'agent', value: 'writer', how: 'mix' })
  })

  it('is the agent that brings the added events', () => {
    const [change] = changesIn(90, (day) =>
      split((agent) => (agent === 'planner' && day >= 40 ? { perDay: 160 } : {})),
    )
    expect(change).toMatchObject({ metric: 'rate', day: nameOf(40) })
    expect(change?.explanation).toMatchObject({ dimension: 'agent', value: 'planner', how: 'itself' })
    expect(change?.explanation?.share).toBeGreaterThan(0.8)
  })

  it('is the agent that was not seen since, and a click then shows what is left', () => {
    const [change] = changesIn(90, (day) =>
      split((agent) => (agent === 'planner' && day >= 40 ? { perDay: 0 } : {})),
    )
    expect(change?.explanation).toMatchObject({ dimension: 'agent', value: 'planner', how: 'gone' })
    expect(change?.filter.where).toEqual([])
  })

  it('is nobody, where all changed alike, also where one is most of all', () => {
    const [change, ...more] = changesIn(90, (day) => [
      { perDay: day < 45 ? 200 : 330, words: ['planner', '1.0', 'a'] },
      { perDay: day < 45 ? 40 : 66, words: ['tester', '1.0', 'a'] },
    ])
    expect(more).toEqual([])
    expect(change).toMatchObject({ metric: 'rate', explanation: null })
  })

  it('is not a version that came two weeks later', () => {
    const changes = changesIn(90, (day) =>
      split((agent) => ({ perDay: day < 45 ? 50 : 85, words: [agent, day < 58 ? '1.0' : '2.0', 'a'] })),
    )
    expect(changes).toHaveLength(1)
    expect(changes[0]?.explanation).toBeNull()
  })
})

describe('what is no step', () => {
  /** Lives of one kind in which anything was found. */
  function alarms(lives: number, life: (day: number, days: number, place: number) => Partial<Sort>): number {
    let count = 0
    for (let seed = 0; seed < lives; seed++) {
      const days = 80 + 11 * seed
      const place = 20 + ((seed * 17) % (days - 50))
      const found = changesIn(days, (day) => [life(day, days, place)], 700 + seed)
      if (found.length > 0) count++
    }
    return count
  }

  it('one day with ten times the events, or with most of them failed', () => {
    expect(alarms(10, (day, _, at) => (day === at ? { perDay: 1500 } : {}))).toBe(0)
    expect(alarms(10, (day, _, at) => (day === at ? { failing: 0.8, median: 9000 } : {}))).toBe(0)
  })

  it('ten days off, or nearly off', () => {
    expect(alarms(10, (day, _, at) => (day >= at && day < at + 10 ? { perDay: 0 } : {}))).toBe(0)
    expect(alarms(10, (day, _, at) => (day >= at && day < at + 10 ? { perDay: 20 } : {}))).toBe(0)
  })

  it('a slow drift', () => {
    expect(alarms(10, (day, days) => ({ perDay: 150 * (1 + day / days) }))).toBeLessThanOrEqual(1)
    expect(alarms(10, (day, days) => ({ median: 800 * (1 + (0.5 * day) / days) }))).toBeLessThanOrEqual(1)
  })

  it('days that fail in bursts, or resemble the day before', () => {
    const random = createRandom(5)
    const bursts = Array.from({ length: 400 }, () => (random.chance(0.08) ? 0.3 : 0.04))
    expect(alarms(10, (day) => ({ failing: bursts[day] ?? 0 }))).toBe(0)
    const normal = normals(random)
    const moods = [0]
    for (let day = 1; day < 400; day++) moods.push(0.4 * (moods[day - 1] ?? 0) + 0.2 * normal())
    expect(alarms(10, (day) => ({ perDay: 150 * Math.exp(moods[day] ?? 0) }))).toBeLessThanOrEqual(1)
  })

  it('the days on which clocks change', () => {
    // 29 March and 25 October are days 55 and 265; at midnight sharp there is one event in each hour.
    const columns = makeUsage({ seed: 1, days: 300, on: () => [{ perDay: 100, failing: 0.05, median: 800 }] })
    for (let row = 0; row < columns.rows; row++)
      columns.time[row] = firstDay - 3_600_000 + (row * 300 * dayMs) / columns.rows
    expect(changesOf(columns, 300)).toEqual([])
  })

  it('two weeks less a day at either end', () => {
    const step = (at: number) => told(changesIn(60, (day) => [{ failing: day < at ? 0.02 : 0.2 }]))
    expect(step(13)).not.toContain('error rate 13')
    expect(step(47)).not.toContain('error rate 47')
    expect(step(14)).toEqual(['error rate 14'])
    expect(step(46)).toEqual(['error rate 46'])
  })
})

describe('hardly anything to go by', () => {
  it.each([
    ['no event', 0, 90],
    ['one day', 150, 1],
    ['a fortnight', 150, 14],
    ['an event now and then', 0.3, 90],
  ])('%s: nothing is said', (_, perDay, days) => {
    expect(changesIn(days, (day) => [{ perDay: day < days / 2 ? perDay : perDay * 2 }])).toEqual([])
  })

  it('no readable time: nothing is said', () => {
    const columns = makeUsage({ seed: 1, days: 60, on: (day) => [{ ...usual, perDay: day < 30 ? 50 : 150 }] })
    columns.time.fill(NaN)
    expect(changesOf(columns, 60)).toEqual([])
  })

  it('no durations and no outcome: the rate is still watched', () => {
    const columns = makeUsage({ seed: 1, days: 60, on: (day) => [{ ...usual, perDay: day < 30 ? 50 : 150 }] })
    columns.duration.fill(NaN)
    columns.outcome.fill(2)
    expect(told(changesOf(columns, 60))).toEqual(['rate 30'])
  })

  it('today, days to come and a stray event of 1970 don’t count', () => {
    const columns = makeUsage({ seed: 1, days: 60, on: () => [usual] })
    const [first, last] = [0, columns.rows - 1]
    columns.time[first] = 86_400_000
    columns.time[last] = Date.UTC(2199, 1, 1)
    expect(changesOf(columns, 60)).toEqual([])
    expect(changesOf(columns, 59)).toEqual([])
  })

  it('a break of three weeks is two steps of the rate, and none of what fails or how long it takes', () => {
    const changes = changesIn(120, (day) => [{ perDay: day >= 50 && day < 71 ? 0 : 150 }])
    expect(told(changes).sort()).toEqual(['rate 50', 'rate 71'])
    expect(changes.find((change) => dayOf(change) === 50)?.after).toBe(0)
  })

  it('after a break of three months only what came then is looked at', () => {
    expect(changesIn(240, (day) => [{ perDay: day < 60 ? 50 : day < 150 ? 0 : 150 }])).toEqual([])
  })
})

it('looks through a million events in two years in about a tenth of a second', () => {
  const days = 731
  const columns = makeUsage({
    seed: 8,
    days,
    on: (day) => [
      { perDay: 900 * inWeek(day), failing: 0.05, median: 800, words: ['planner', '1.0', 'a'] },
      {
        perDay: 900 * inWeek(day) * (day < 400 ? 1 : 2),
        failing: day < 250 ? 0.05 : 0.12,
        median: 800,
        words: ['tester', '1.0', 'a'],
      },
    ],
  })
  expect(columns.rows).toBeGreaterThan(1_000_000)
  const times = Array.from({ length: 5 }, () => {
    const before = process.cpuUsage()
    expect(told(changesOf(columns, days)).length).toBeGreaterThanOrEqual(2)
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000
  })
  console.info(`a million events: ${Math.min(...times).toFixed(0)} ms of processor time`)
  expect(Math.min(...times)).toBeLessThan(400) // a loose bound: other work shares the machine
}, 60_000)
