// Rows S2, S3, S4, S6 and S7 of the plan for sending, on a clock that is set by hand.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, describe, it } from 'vitest'
import { Frozen } from '../../../host/sharing/freeze.ts'
import { drawIds } from '../../../host/sharing/ids.ts'
import { waitFor } from '../../../host/sharing/waits.ts'
import { ok } from '../../../shared/result.ts'
import {
  acknowledge,
  answer,
  consent,
  day,
  hour,
  lost,
  minute,
  reportsOf,
  second,
  sharingSide,
  start,
  told,
} from './sending.ts'
import type { Side, Wanted } from './sending.ts'

const sides: Side[] = []
function make(wanted?: Wanted): Side {
  const side = sharingSide(wanted)
  sides.push(side)
  return side
}
afterEach(() => {
  for (const side of sides.splice(0)) side.remove()
})
const reportsIn = ({ body }: { body: string }) => (JSON.parse(body) as { reports: { day: string }[] }).reports
const idOf = ({ body }: { body: string }): unknown => (JSON.parse(body) as { batch_id: string }).batch_id

describe('what waits', () => {
  it('goes when it is due and not before, as the very bytes that were frozen, and is then gone from the queue', async () => {
    const side = make()
    await side.keep(reportsOf(1), start + 3 * hour)
    const [item] = side.outbox.list()
    expect(await side.send()).toBe(start + 3 * hour)
    expect(side.went).toEqual([])
    side.again()
    side.pass(3 * hour)
    expect(await side.send()).toBeNull()
    expect(side.went.map(({ body }) => body)).toEqual([item?.request.body])
    expect(side.outbox.list()).toEqual([])
    expect(told(side)).toEqual(['attempt', 'delivered'])
    expect(side.outbox.has('community', 'smart-agents', '2026-11-19')).toBe(true)
  })

  it('is taken of frozen reports alone', () => {
    const side = make()
    // @ts-expect-error what only looks like one is none
    const pass = (made: { requests: [] }) => side.outbox.keep(consent, made, start)
    expect(pass).toBeTypeOf('function')
    // @ts-expect-error nor is there a way to freeze what anonymize didn't make
    const freeze = () => Frozen.of([{ format: 'smart-agents' }], side.destination, drawIds(''))
    expect(freeze).toBeTypeOf('function')
  })
})

it('S2: seven days offline: the queue stays under its cap, the oldest go, and the log tells which', async () => {
  const side = make({ cap: { bytes: 10_000_000, items: 5 } })
  side.carry = lost
  for (let back = 7; back > 0; back--) {
    await side.keep(reportsOf(back))
    side.pass(day)
    await side.send()
  }
  expect(side.outbox.size().items).toBe(5)
  const dropped = side.log.read('"dropped"', 10).map(({ entry }) => entry)
  expect(dropped).toMatchObject([
    { why: 'full', about: ['smart-agents 2026-11-14'] },
    { why: 'full', about: ['smart-agents 2026-11-13'] },
  ])
  const has = (date: string) => side.outbox.has('community', 'smart-agents', date)
  expect([has('2026-11-13'), has('2026-11-14'), has('2026-11-15')]).toEqual([false, false, true])
  const small = make({ cap: { bytes: 10_000, items: 500 } })
  for (let back = 1; back < 8; back++) await small.keep(reportsOf(back))
  expect(small.outbox.size().bytes).toBeLessThanOrEqual(10_000)
  expect(small.outbox.size().items).toBeGreaterThan(0)
})

describe('S3: a destination that asks to wait', () => {
  const wait = (after: string | null, attempts = 1) => waitFor(after, attempts, start, () => 0.5)

  it('is obeyed between one second and one hour, in seconds or as a date; nonsense counts as nothing asked', () => {
    const date = (ahead: number) => new Date(start + ahead).toUTCString()
    expect([wait('30'), wait('0'), wait('-5'), wait('1000000000'), wait('1.5')]).toEqual(
      [30, 1, 1, 3600, 1.5].map((seconds) => seconds * second),
    )
    expect([wait(date(2 * minute)), wait(date(-day)), wait(date(day))]).toEqual([2 * minute, second, hour])
    for (const junk of ['soon', '', '1e9', '0x10', 'NaN', '2026-11-20', '1;2', '\u0661'])
      expect(wait(junk)).toBe(wait(null))
  })

  it('is still obeyed after a new start', async () => {
    const side = make()
    await side.keep(reportsOf(1))
    side.carry = answer(429, { 'retry-after': '600' })
    await side.send()
    side.again()
    side.carry = acknowledge
    side.pass(599 * second)
    expect(await side.send()).toBe(start + 600 * second)
    expect(side.went).toHaveLength(1)
    side.pass(second)
    await side.send()
    expect(side.went).toHaveLength(2)
  })
})

describe('S4: when it goes wrong', () => {
  it('waits longer and longer, drawn at random between nothing and 5 s up to 15 min', () => {
    const longest = [1, 2, 3, 4, 5, 6, 7, 8, 9, 30].map((attempts) => waitFor(null, attempts, start, () => 1))
    expect(longest).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 900, 900].map((seconds) => seconds * second))
    expect(waitFor(null, 9, start, () => 0.25)).toBe(225 * second)
    expect(waitFor(null, 9, start, () => 0)).toBe(second)
  })

  for (const [what, carry] of [
    ['429', answer(429)],
    ['502', answer(502)],
    ['503', answer(503)],
    ['504', answer(504)],
    ['a lost connection', lost],
    ['200 with a page of some proxy', answer(200, {}, '<html>')],
  ] as const)
    it(`${what} is tried again with the same bytes under the same key`, async () => {
      const side = make()
      await side.keep(reportsOf(1))
      side.carry = carry
      await side.send()
      expect(side.outbox.list()).toMatchObject([{ attempts: 1, state: 'waiting' }])
      side.carry = acknowledge
      side.pass(15 * minute)
      await side.send()
      expect(side.went).toHaveLength(2)
      expect(side.went[0]?.body).toBe(side.went[1]?.body)
      expect(side.outbox.list()).toEqual([])
    })

  for (const status of [400, 422, 401, 301])
    it(`${status} is final: it stays to be seen, and is not sent again; what waits behind it goes`, async () => {
      const side = make()
      await side.keep(reportsOf(2))
      await side.keep(reportsOf(1))
      side.carry = (sealed, signal) =>
        (side.went.length === 1 ? answer(status, {}, 'no such field') : acknowledge)(sealed, signal)
      await side.send()
      side.pass(day)
      await side.send()
      expect(side.went).toHaveLength(2)
      expect(side.outbox.list()).toMatchObject([{ state: 'refused', lastError: 'no such field' }])
      expect(told(side)).toEqual(['attempt', 'refused', 'attempt', 'delivered'])
    })

  it('413 splits: the halves are shown for an hour, carry ids of their own, and hold all the days once', async () => {
    const side = make()
    await side.keep(reportsOf(1, 4))
    side.carry = (sealed, signal) =>
      ((JSON.parse(String(sealed.body)) as { reports: unknown[] }).reports.length > 1
        ? answer(413)
        : acknowledge)(sealed, signal)
    await side.send()
    side.pass(hour - second)
    await side.send()
    expect(side.went).toHaveLength(1)
    for (let i = 0; i < 5; i++) {
      side.pass(hour)
      await side.send()
    }
    expect(side.outbox.list()).toEqual([])
    const arrived = side.went.map(reportsIn).filter(({ length }) => length === 1)
    const days = arrived.map(([report]) => report?.day)
    expect(days.sort()).toEqual(['2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19'])
    expect(new Set(side.went.map(idOf)).size).toBe(side.went.length)
  })

  it('one report that is too large by itself is refused, not cut', async () => {
    const side = make()
    await side.keep(reportsOf(1))
    side.carry = answer(413)
    await side.send()
    expect(side.outbox.list()).toMatchObject([{ state: 'refused', lastError: 'too large' }])
  })

  it('a destination that can’t tell copies apart gets nothing twice: what may have arrived is left as unclear', async () => {
    const side = make({ sender: { delivery: 'at most once' } })
    await side.keep(reportsOf(1))
    side.carry = lost
    await side.send()
    side.pass(day)
    await side.send()
    expect(side.went).toHaveLength(1)
    expect(side.outbox.list()).toMatchObject([{ state: 'unclear' }])
  })

  it('an answer that lies elsewhere is fetched, and losing it is no reason to send again', async () => {
    const sender = {
      delivery: 'at most once' as const,
      understand: ({ status, body }: { status: number; body: string }) =>
        status === 302
          ? { kind: 'elsewhere' as const, address: 'https://answers.example/1' }
          : { kind: 'delivered' as const, receipt: body },
    }
    const side = make({ sender })
    side.carry = answer(302)
    await side.keep(reportsOf(2))
    const asked: string[] = []
    await side.send({
      ask: (address) => {
        asked.push(address)
        return Promise.resolve(ok({ status: 200, headers: {}, body: 'row 7' }))
      },
    })
    expect(asked).toEqual(['https://answers.example/1'])
    expect(side.outbox.list()).toEqual([])
    await side.keep(reportsOf(1))
    side.pass(minute)
    await side.send()
    side.pass(day)
    await side.send()
    expect(side.went).toHaveLength(2)
    expect(told(side)).toEqual(['attempt', 'delivered', 'attempt', 'unclear'])
  })
})

describe('S6: how fast, and clocks that are set', () => {
  async function mostInAnHour(
    side: Side,
    jump: (at: number) => void,
  ): Promise<{ minute: number; hour: number }> {
    for (let back = 1; back <= 100; back++) await side.keep(reportsOf(1 + back * 30, 15)) // 30 events each
    const end = side.steady + hour
    while (side.steady < end) {
      await side.send()
      side.pass(5 * second)
      jump(side.steady)
    }
    const within = (length: number) =>
      Math.max(
        ...side.went.map(({ at }) => side.went.filter((one) => one.at >= at && one.at < at + length).length),
      )
    return { minute: within(minute) * 30, hour: within(hour) * 30 }
  }

  it('never more than 60 events a minute and 1,000 an hour', async () => {
    const most = await mostInAnHour(make(), () => {})
    expect(most).toEqual({ minute: 60, hour: 990 })
  }, 60_000)

  it('nor when the clock jumps ten years ahead and back all the time', async () => {
    const side = make()
    let far = false
    const most = await mostInAnHour(side, () => {
      side.now += (far ? -1 : 1) * 3652 * day
      far = !far
    })
    expect(most.minute).toBeLessThanOrEqual(60)
    expect(most.hour).toBeLessThanOrEqual(1000)
    expect(side.went.length).toBeGreaterThan(20)
  }, 60_000)

  it('never more than fifteen requests a minute, however small, and in the order in which they were kept', async () => {
    const side = make()
    const kept: unknown[] = []
    for (let back = 40; back > 0; back--) await side.keep(reportsOf(back))
    kept.push(...side.outbox.list().map(({ batch }) => batch))
    for (let i = 0; i < 60; i++) {
      await side.send()
      side.pass(5 * second)
    }
    const within = side.went.map(
      ({ at }) => side.went.filter((one) => one.at >= at && one.at < at + minute).length,
    )
    expect(Math.max(...within)).toBe(15)
    expect(side.went.map(idOf)).toEqual(kept)
  })

  it('a clock set back ten years doesn’t leave anything waiting for ten years', async () => {
    const side = make()
    await side.keep(reportsOf(1), start + hour)
    side.now -= 3652 * day
    side.again()
    await side.send()
    await side.send()
    expect(side.went).toHaveLength(1)
  })

  it('a new start doesn’t begin to count anew', async () => {
    const side = make()
    for (let back = 1; back < 5; back++) await side.keep(reportsOf(back * 30, 15))
    await side.send()
    side.again()
    side.pass(second)
    await side.send()
    expect(side.went).toHaveLength(2)
  })
})

describe('S7: consent that ends', () => {
  it('is seen in the moment before a request, though nobody told of it', async () => {
    const side = make()
    await side.keep(reportsOf(1))
    side.consent = null
    await side.send()
    expect(side.went).toEqual([])
    expect(told(side)).toEqual([])
  })

  const steps = ['before the attempt', 'attempt written', 'answered', 'settled']
  for (const at of steps)
    it(`${at}: nothing goes any more, the queue is empty, and nothing of it lies on the disk`, async () => {
      const side = make()
      for (const back of [3, 2, 1]) await side.keep(reportsOf(back))
      const batches = side.outbox.list().map(({ batch }) => batch)
      const queued = batches.map((batch) => JSON.stringify(`"batch_id":"${batch}"`).slice(1, -1))
      const onDisk = (text: string) =>
        readdirSync(side.folder).some((name) => readFileSync(join(side.folder, name)).includes(text))
      expect(queued.map(onDisk)).toEqual([true, true, true])
      let stop = () => {}
      const before: number[] = []
      await side.send({
        watch: (given) => {
          stop = given
          return () => {}
        },
        step: (name) => {
          if (name !== at || side.consent === null) return
          side.consent = null
          stop()
          side.outbox.wipe()
          before.push(side.went.length)
        },
        carry: () => (sealed, signal) => {
          if (!signal.aborted) side.went.push({ at: 0, address: sealed.address, body: String(sealed.body) })
          return acknowledge(sealed, signal)
        },
      })
      side.pass(day)
      await side.send()
      expect(before).toEqual([side.went.length])
      expect(side.outbox.list()).toEqual([])
      // What was tried stands in the log, as it should, also when the attempt was stopped; the rest is nowhere.
      const tried = side.went.map(({ body }) => body)
      const rest = queued.filter((_, i) => !tried.some((body) => body.includes(batches[i] ?? '')))
      expect(rest.length).toBeGreaterThan(1)
      expect(rest.filter((_, i) => i > 0).map(onDisk)).not.toContain(true)
    })
})
