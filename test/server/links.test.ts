// Whoever has the server's whole store can't tell which id took the place of which: by when, in which order, how large,
// from where and under which ids batches came, no better than by guessing. What the reports themselves say is measured
// beside it, and PRIVACY.md tells the figures. Two crowds share across the day at which all ids are replaced.
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askHttp, carryHttp } from '../../host/sharing/carry.ts'
import type { SharingDeps } from '../../host/sharing/run.ts'
import { createRandom } from '../../shared/sample/random.ts'
import { disperse, firstMidnight, gather, share } from '../demo/crowd.ts'
import { day } from '../demo/habits.ts'
import { addressOf, switchOn } from '../demo/installation.ts'
import type { Installation } from '../demo/installation.ts'
import { makeRoom } from '../demo/room.ts'
import { startCommunity } from '../e2e/community-server.ts'
import { attacks, byContent, byDelay, readTraces, tryAttack } from './links.ts'
import type { Found, Trace, Traces } from './links.ts'

const each = 20
const days = 14
/** A day at which a new span of 28 begins for everybody; days are counted from 1970. */
const replaced = 28 * 733 * day
const until = replaced + (days / 2 + 1) * day

/** What really happened to each batch, which the store must not tell. */
interface Went {
  readonly at: number
  readonly from: string
  readonly length: number
  readonly written: number
  readonly headers: string
}
interface Side {
  readonly before: readonly Traces[]
  readonly after: readonly Traces[]
}

const clock = { now: firstMidnight(days, until) }
const went: Record<string, Went> = {}
let room = ''
let detailed: Side
let basic: Side

beforeAll(async () => {
  room = makeRoom(2 * each)
  const server = await startCommunity(() => clock.now, 5, { perNetwork: 3, within: room })
  const random = createRandom(7)
  const crowd = gather({
    folder: room,
    people: 2 * each,
    guild: 0,
    days,
    until,
    clock,
    roads,
    random: random.next,
  })
  for (const [i, one] of crowd.entries()) await switchOn(one, server.address, i < each ? 'detailed' : 'basic')
  await share(crowd, { days, until, clock })
  const db = new DatabaseSync(join(server.folder, 'sightglass-server.db'))
  const traces = readTraces(db, went)
  db.close()
  detailed = split(crowd.slice(0, each), traces)
  basic = split(crowd.slice(each), traces)
  disperse(crowd)
  await server.close()
}, 120_000)
afterAll(() => rmSync(room, { recursive: true, force: true, maxRetries: 3 }))

function roads(address: string): Pick<SharingDeps, 'carry' | 'ask'> {
  return {
    ask: () => askHttp(),
    carry: () => (sealed, signal) => {
      const body = String(sealed.body)
      const { batch_id } = JSON.parse(body) as { batch_id: string } // a door: what was frozen
      const { headers } = sealed
      const written = body.trimEnd().length
      went[batch_id] = {
        at: clock.now,
        from: address,
        length: body.length,
        written,
        headers: JSON.stringify(headers),
      }
      return carryHttp({}, undefined, address)(sealed, signal)
    },
  }
}

/** The traces of each person's batches, about days of before and of after. */
function split(people: readonly Installation[], traces: ReadonlyMap<string, Trace>): Side {
  const own = people.map(({ folder }) => {
    const db = new DatabaseSync(join(folder, 'sharing.db'), { readOnly: true })
    const batches = db.prepare('SELECT id FROM batch').all()
    db.close()
    return batches.flatMap(({ id }) => traces.get(String(id)) ?? [])
  })
  const isBefore = (trace: Trace): boolean => Date.parse(trace.day) < replaced
  return {
    before: own.map((all) => all.filter(isBefore)),
    after: own.map((all) => all.filter((one) => !isBefore(one))),
  }
}

/** By guessing it is 1 and 0.5. Of 20 people, either is passed by chance once in some thousand times. */
const isNoBetterThanChance = ({ timesChance, rank }: Found): boolean => timesChance < 7 && rank > 0.26

const changed = ({ before, after }: Side, change: (trace: Trace, really: Went) => Partial<Trace>): Side => {
  const all = (those: readonly Traces[]): Traces[] =>
    those.map((traces) =>
      traces.map((trace) => {
        const really = went[trace.batch]
        if (really === undefined) throw new Error('a batch that nobody sent')
        return { ...trace, ...change(trace, really) }
      }),
    )
  return { before: all(before), after: all(after) }
}

const numberOf = (address: string): number =>
  Array.from({ length: 2 * each }, (_, n) => addressOf(n)).indexOf(address)

describe('the ids of before and after the day at which all are replaced', () => {
  it('are one and another for each who shares in detail, and as many as reports for all others', () => {
    const idsIn = (traces: Traces): Set<string> => new Set(traces.map(({ id }) => id))
    for (const [i, before] of detailed.before.entries()) {
      const after = detailed.after[i] ?? []
      expect([idsIn(before).size, idsIn(after).size, idsIn([...before, ...after]).size]).toEqual([1, 1, 2])
    }
    const all = [...basic.before, ...basic.after].flat()
    expect(idsIn(all).size).toBe(all.length)
  })

  for (const [name, attack] of Object.entries(attacks))
    it(`can’t be matched by ${name}`, () => {
      const found = tryAttack(attack, detailed.before, detailed.after)
      expect(isNoBetterThanChance(found), JSON.stringify(found)).toBe(true)
    })

  const leaks: Readonly<Record<string, (trace: Trace, really: Went) => Partial<Trace>>> = {
    'hour of arrival': (_, { at }) => ({ received: at }),
    size: (_, { written }) => ({ length: written }),
    headers: (_, { from }) => ({ headers: `x-id: ${from}` }),
    network: (_, { from }) => ({ network: from }),
    intake: (_, { from }) => ({ intake: 1000 * numberOf(from) }),
    'ids of batches': ({ batch }, { from }) => ({ batch: `${1000 + numberOf(from)}${batch.slice(4)}` }),
    'hashes of secrets': (_, { from }) => ({ secretHash: from }),
    order: (_, { from, at }) => ({ place: numberOf(from) * 1e15 + at }),
  }
  for (const [name, leak] of Object.entries(leaks))
    it(`would be matched by ${name}, if the store told it`, () => {
      const { before, after } = changed(detailed, leak)
      const attack = attacks[name]
      if (attack === undefined) throw new Error(`no attack by ${name}`)
      const found = tryAttack(attack, before, after)
      expect(isNoBetterThanChance(found), JSON.stringify(found)).toBe(false)
    })
})

describe('what the reports say', () => {
  it('is measured, and told in PRIVACY.md', () => {
    const delay = tryAttack(byDelay, detailed.before, detailed.after)
    const content = tryAttack(byContent, detailed.before, detailed.after)
    console.log(
      `Of ${each} people, as many times as by guessing: basic reports by content ${basicByContent().toFixed(2)};`,
      `ids of detailed ones by content ${content.timesChance.toFixed(1)}, by delay ${delay.timesChance.toFixed(1)}`,
    )
    const page = readFileSync(new URL('../../PRIVACY.md', import.meta.url), 'utf8')
    expect(page).toContain('test/server/links.test.ts')
    const printed = [...page.matchAll(/^\| (?:what|how) .*\| ([\d.]+) +\|$/gm)].map(([, told]) =>
      Number(told),
    )
    expect(basicByContent()).toBeLessThan(1.5)
    const measured = [content.timesChance, delay.timesChance, basicByContent()]
    expect(printed).toHaveLength(measured.length)
    for (const [i, figure] of printed.entries()) {
      expect((measured[i] ?? NaN) / figure).toBeGreaterThan(0.7)
      expect((measured[i] ?? NaN) / figure).toBeLessThan(1.3)
    }
  })
})

/** Each carries an id of its own: one of a day, and the one of another day among all of that day. */
function basicByContent(): number {
  const found: number[] = []
  const people = basic.before.map((before, i) => [...before, ...(basic.after[i] ?? [])])
  const daysIn = [...new Set(people.flat().map((trace) => trace.day))]
  for (const one of daysIn)
    for (const other of daysIn.filter((day) => day !== one)) {
      const pairs = people.flatMap((all) => {
        const first = all.filter((trace) => trace.day === one)
        const second = all.filter((trace) => trace.day === other)
        return first.length === 1 && second.length === 1 ? [[first, second] as const] : []
      })
      if (pairs.length < each / 2) continue
      const { timesChance } = tryAttack(
        byContent,
        pairs.map(([a]) => a),
        pairs.map(([, b]) => b),
      )
      found.push(timesChance)
    }
  return found.reduce((sum, times) => sum + times, 0) / found.length
}
