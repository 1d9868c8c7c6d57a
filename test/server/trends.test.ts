// What is published about many, and what an attacker can learn from it or do to it. The attacker has what everybody
// has: the address to send reports to, and each day's file.
import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { usualConfig } from '../../server/config.ts'
import { runDaily } from '../../server/daily.ts'
import { deleteOnProof } from '../../server/forget.ts'
import { noPoints } from '../../server/door.ts'
import { seenId, take } from '../../server/intake.ts'
import type { Store } from '../../server/store.ts'
import { reportMonth } from '../../server/transparency.ts'
import { renewTrends } from '../../server/trends/renew.ts'
import type { PublishedTable } from '../../server/trends/publish.ts'
import { storeInMemory } from './app-in-memory.ts'

const dayLength = 86_400_000
const at = (day: string): number => Date.parse(`${day}T12:00:00Z`)
/** A week that is over, its Monday first, and the day on which it is published. */
const week = [
  '2026-11-09',
  '2026-11-10',
  '2026-11-11',
  '2026-11-12',
  '2026-11-13',
  '2026-11-14',
  '2026-11-15',
]
const before = '2026-11-02'
const told = '2026-11-18'

interface Says {
  readonly id: string
  readonly day: string
  readonly rows: readonly Readonly<Record<string, string>>[]
  /** Each has a network of its own, unless it is said. */
  readonly network?: string
  readonly os?: string
}

let store: Store
beforeEach(() => (store = storeInMemory()))

async function say({ id, day, rows, network = id, os = 'linux' }: Says): Promise<string> {
  const batch = randomUUID()
  const body = {
    format: 'smart-agents',
    day,
    level: 'detailed',
    tool_version: '2.0',
    os,
    program: '0.1',
    rows,
  }
  const taken = await take(
    { store, points: noPoints },
    {
      door: 'reports',
      received: at(day) + dayLength,
      network,
      pieces: [
        {
          id: batch,
          sha256: batch,
          secretHash: 'h',
          events: [{ kind: 'smart-agents', anonymousId: id, day, at: null, os, version: '2.0', body }],
        },
      ],
      limits: [],
      targets: [],
    },
  )
  expect(taken.ok).toBe(true)
  return batch
}
const uses = (agent: string, count = '10-19'): Record<string, string> => ({ agent, count })
const ids = (n: number): string[] => Array.from({ length: n }, () => randomUUID())
const everyDay = async (id: string, rows: Says['rows'], days = week, network = id): Promise<void> => {
  for (const day of days) await say({ id, day, rows, network })
}
/** People who have been there before, and go on. */
async function regulars(n: number, rowsOf: (index: number) => Says['rows']): Promise<string[]> {
  const all = ids(n)
  for (const [index, id] of all.entries()) await everyDay(id, rowsOf(index), [before, ...week])
  return all
}

async function publish(day = told): Promise<readonly PublishedTable[]> {
  const file = await renewTrends(store, usualConfig, at(day))
  if (!file.ok) throw new Error(file.error)
  return file.value.weeks.find(({ name }) => name === '2026-W46')?.tables ?? []
}
const tableOf = (tables: readonly PublishedTable[], subject: string) =>
  tables.find((table) => table.subject === subject)
async function sharesOf(subject: string, day = told): Promise<Record<string, number>> {
  const cells = tableOf(await publish(day), subject)?.cells ?? []
  return Object.fromEntries(cells.map(({ word, share }) => [word, share]))
}

describe('a week that is over', () => {
  it('is told in shares of the votes, ranges, and contributors in tens', async () => {
    await regulars(50, (n) => [
      {
        ...uses(n < 30 ? 'debugger' : 'planner'),
        error_rate: n % 3 === 0 ? 'none' : '5-10%',
        median: '1-2 s',
      },
    ])
    expect(tableOf(await publish(), 'agent')).toEqual({
      format: 'smart-agents',
      subject: 'agent',
      contributors: 50,
      cells: [
        { word: 'debugger', contributors: 30, share: 60, error_rate: '5-10%', median: '1-2 s' },
        { word: 'planner', contributors: 20, share: 40, error_rate: '5-10%', median: '1-2 s' },
      ],
    })
  })

  it('tells quarters only where each of them is of enough people', async () => {
    const rate = ['none', '1-2%', '5-10%', '20-50%']
    await regulars(80, (n) => [{ ...uses('debugger'), error_rate: rate[n % 4] ?? '' }])
    const [cell] = tableOf(await publish(), 'agent')?.cells ?? []
    expect(cell).toMatchObject({ error_rate: '1-2%', error_rate_quarters: ['none', '5-10%'] })
    store = storeInMemory()
    await regulars(79, (n) => [{ ...uses('debugger'), error_rate: rate[n % 4] ?? '' }])
    expect(tableOf(await publish(), 'agent')?.cells[0]).not.toHaveProperty('error_rate_quarters')
  })

  it('gives each contributor one vote a day, divided by use, however many events there were', async () => {
    await regulars(25, () => [uses('debugger', '1000-1999')])
    await regulars(25, () => [uses('planner', '1-4')])
    expect(await sharesOf('agent')).toEqual({ debugger: 50, planner: 50 })
  })

  it('is in the month’s report, with how many of its figures are published, once', async () => {
    await regulars(20, () => [uses('debugger')])
    const daily = { store, config: usualConfig, clock: () => at(told), stopped: () => false }
    for (let night = 0; night < 2; night++) expect((await runDaily(daily)).ok).toBe(true)
    const file = await renewTrends(store, usualConfig, at(told))
    const cells = file.ok ? file.value.weeks.flatMap(({ tables }) => tables.flatMap((one) => one.cells)) : []
    const month = await reportMonth(store, '2026-11')
    expect(month).toMatchObject({ ok: true })
    const totals = month.ok ? month.value.totals : []
    expect(totals).toContainEqual({ door: 'trends', what: 'published', n: cells.length })
    expect(cells.length).toBeGreaterThan(0)
  })

  it('is not told while it may still be incomplete, nor again once its reports are forgotten', async () => {
    await regulars(20, () => [uses('debugger')])
    expect(await publish('2026-11-15')).toEqual([])
    expect(await publish('2026-11-16')).toEqual([])
    const first = await publish('2026-11-17')
    expect(first).not.toEqual([])
    await store.run([{ sql: 'DELETE FROM events' }])
    expect(await publish('2027-03-01')).toEqual(first) // published totals can't be recalled
  })

  it('counts a day once for each contributor, however many batches bring it', async () => {
    await regulars(40, (n) => [uses(n < 20 ? 'debugger' : 'planner')])
    const [first = ''] = ids(1)
    for (let n = 0; n < 50; n++) await say({ id: first, day: week[0] ?? '', rows: [uses('debugger')] })
    expect(await sharesOf('agent')).toEqual({ debugger: 50, planner: 50 })
  })
})

describe('B7: liars', () => {
  const honest = (n: number): Says['rows'] => [
    uses(['debugger', 'planner', 'architect', 'code-reviewer'][n % 4] ?? ''),
  ]
  const furthest = (a: Record<string, number>, b: Record<string, number>): number =>
    Math.max(...Object.keys({ ...a, ...b }).map((word) => Math.abs((a[word] ?? 0) - (b[word] ?? 0))))

  it.each([
    [1, 4, 1],
    [10, 44, 5],
  ])(
    'that are %i %% of all contributors, each somewhere else, move no share by more than %i of 400',
    async (_percent, liars, points) => {
      await regulars(400, honest)
      const fair = await sharesOf('agent')
      store = storeInMemory() // where nothing was published yet that could hold the figures back
      await regulars(400, honest)
      for (const id of ids(liars)) await everyDay(id, [uses('debugger')])
      const moved = furthest(await sharesOf('agent'), fair)
      expect(moved).toBeLessThanOrEqual(points)
      if (points > 1) expect(moved).toBeGreaterThan(0) // they were counted
    },
  )

  it('with 1,000 fresh ids from one network have three votes a day', async () => {
    await regulars(100, honest)
    const fair = await sharesOf('agent')
    store = storeInMemory()
    await regulars(100, honest)
    for (const [n, id] of ids(1000).entries())
      await say({ id, day: week[n % 7] ?? '', rows: [uses('debugger')], network: 'one' })
    const flooded = tableOf(await publish(), 'agent')
    expect(
      furthest(Object.fromEntries((flooded?.cells ?? []).map(({ word, share }) => [word, share])), fair),
    ).toBeLessThanOrEqual(1)
    expect(flooded?.contributors).toBe(100)
  })

  it('can’t bring a cell of their own into the file from one network, even with other ids on each day', async () => {
    await regulars(40, () => [uses('debugger')])
    for (const day of week)
      for (const id of ids(3)) await say({ id, day, rows: [uses('planner')], network: 'one' })
    expect(Object.keys(await sharesOf('agent'))).not.toContain('planner')
  })

  it('are known by what they did before: figures that were published stay until twenty have come or gone', async () => {
    await regulars(60, honest)
    const first = await publish()
    for (const id of ids(19)) await everyDay(id, [uses('debugger')])
    expect(await publish('2026-11-19')).toEqual(first)
  })

  it('move a median range by at most one step, and ranges of errors not at all', async () => {
    await regulars(200, (n) => [
      { ...uses('debugger'), error_rate: 'none', median: n % 2 === 0 ? '1-2 s' : '2-5 s' },
    ])
    for (const id of ids(22))
      await everyDay(id, [{ ...uses('debugger'), error_rate: '50-100%', median: '2000 s or more' }])
    const [cell] = tableOf(await publish(), 'agent')?.cells ?? []
    expect(cell).toMatchObject({ error_rate: 'none' })
    expect(['1-2 s', '2-5 s']).toContain(cell?.median)
  })
})

describe('B8: few', () => {
  it('19 contributors are not told of, 20 are', async () => {
    await regulars(19, () => [uses('debugger')])
    expect(await publish()).toEqual([])
    await regulars(1, () => [uses('debugger')])
    expect(await sharesOf('agent', '2026-11-19')).toEqual({ debugger: 100 })
  })

  it('nor are they by what is left when all others are subtracted', async () => {
    await regulars(60, () => [uses('debugger')])
    await regulars(40, () => [uses('planner')])
    await regulars(5, () => [uses('architect')])
    // The five alone would be 5 % of the votes; they stand together with the smallest cell that hides them.
    expect(await sharesOf('agent')).toEqual({ debugger: 57, other: 43 })
  })

  it('in every table at every size: each cell holds 20, or nothing of them is told', async () => {
    const words = ['debugger', 'planner', 'architect', 'code-reviewer', 'docs-writer']
    for (const [index, n] of [31, 22, 19, 7, 2].entries()) await regulars(n, () => [uses(words[index] ?? '')])
    const cells = (await publish()).flatMap((table) => table.cells)
    expect(cells.length).toBeGreaterThan(3)
    for (const cell of cells) expect(cell.contributors).toBeGreaterThanOrEqual(20)
    expect(Object.keys(await sharesOf('agent'))).toEqual(['debugger', 'other', 'planner'].toSorted())
  })

  it('a file and the one after it don’t differ by one who came', async () => {
    await regulars(30, () => [uses('debugger')])
    await regulars(30, () => [uses('planner')])
    const first = await publish()
    await everyDay(randomUUID(), [uses('planner', '100-199'), uses('debugger')])
    expect(await publish('2026-11-19')).toEqual(first)
    await regulars(20, () => [uses('planner')])
    expect(await publish('2026-11-20')).not.toEqual(first) // and do by twenty
  })

  it('nor by one who was deleted; a cell that has become too small goes at once', async () => {
    await regulars(40, () => [uses('planner')])
    await regulars(20, () => [uses('debugger')])
    const leaver = randomUUID()
    const batches = [await say({ id: leaver, day: before, rows: [uses('debugger')] })]
    for (const day of week) batches.push(await say({ id: leaver, day, rows: [uses('debugger')] }))
    const first = await publish()
    const forget = (some: readonly string[]) =>
      deleteOnProof(
        store,
        some.map((id) => ({ id: seenId('reports', id), secretHash: 'h', at: 1 })),
      )
    expect(await forget(batches)).toEqual({ ok: true, value: 8 })
    expect(await publish('2026-11-19')).toEqual(first)
    const [another] = await debuggers()
    await store.run([{ sql: 'DELETE FROM events WHERE anonymous_id = ?', values: [another ?? ''] }])
    expect(await sharesOf('agent', '2026-11-20')).toEqual({ other: 100 })
  })
})

async function debuggers(): Promise<string[]> {
  const done = await store.run([
    { sql: "SELECT DISTINCT anonymous_id FROM events WHERE body LIKE '%debugger%' ORDER BY 1" },
  ])
  return done.ok ? (done.value[0] ?? []).map((row) => String(row['anonymous_id'])) : []
}
