import { describe, expect, it } from 'vitest'
import { filterOf, readPlace, settle, start, writePlace } from '../../renderer/place.ts'
import type { Place } from '../../renderer/place.ts'
import { everything } from '../../shared/viewer/filter.ts'
import { createZone } from '../../shared/viewer/zone.ts'

describe('the address', () => {
  it.each<Place>([
    start,
    { ...start, screen: 'overview', file: '/home/me/a b&c=d?#ü.db', period: '30d' },
    { ...start, screen: 'settings', file: 'C:\\Users\\me\\telemetry.db', period: 'year' },
    {
      screen: 'overview',
      file: '/x.db',
      period: { from: 20_500, to: 20_530 },
      chosen: {
        range: { from: 1_771_200_000_000, to: 1_771_300_000_000, not: true },
        failed: false,
        duration: { from: 0, to: 1333.5, not: false },
        hours: { of: [0, 33, 167], not: true },
        where: [
          { dimension: 'agent', values: ['planner', 'a=b%3D&c', ''], not: false },
          { dimension: 'error=type', values: ['ü %25'], not: true },
        ],
        search: 'not "found here" & = ü',
      },
      drawing: {
        stack: 'error type',
        line: 'p95',
        compare: { with: 'values', dimension: 'agent', values: ['a', 'b=c'] },
        year: 2025,
        day: 20_776,
        tables: true,
      },
    },
    { ...start, drawing: { ...start.drawing, compare: { with: 'period', since: -86_400_000 } } },
  ])('says the place %# and is read back as it was', (place) =>
    expect(readPlace(writePlace(place))).toEqual(place),
  )

  it('is short where nothing is chosen', () => expect(writePlace(start)).toBe('#/files'))

  it.each([
    '',
    '#',
    '#/nowhere',
    '#/files?period=2d&as=poem',
    '#code=abc',
    '#/files?period=2026-13-01..2026-01-01&range=5~2&took=x~y&hours=168.-1&failed=perhaps&where=agent&compare=a=b&year=x',
  ])('that makes no sense (%s) leads to the Files screen', (hash) => expect(readPlace(hash)).toEqual(start))
})

describe('another address', () => {
  const chosen = {
    ...start.chosen,
    range: { from: 1, to: 2, not: false },
    where: [
      { dimension: 'agent', values: ['planner'], not: false },
      { dimension: 'kind', values: ['error'], not: true },
    ],
  }
  const before: Place = { ...start, screen: 'overview', file: '/x.db', period: '30d', chosen }

  it('keeps what it has in common with the one before', () => {
    const next = settle(readPlace(writePlace({ ...before, chosen: { ...chosen, failed: true } })), before)
    expect(next.chosen).toEqual({ ...chosen, failed: true })
    expect(next.chosen.range).toBe(before.chosen.range)
    expect(next.chosen.where).toBe(before.chosen.where)
    expect(next.drawing).toBe(before.drawing)
  })

  it('has anew what differs, and only that', () => {
    const [planner, error] = chosen.where
    const where = [
      { dimension: 'agent', values: ['planner', 'coder'], not: false },
      ...(error ? [error] : []),
    ]
    const next = settle({ ...before, chosen: { ...chosen, where } }, before)
    expect(next.chosen.where).toEqual(where)
    expect(next.chosen.where[0]).not.toBe(planner)
    expect(next.chosen.where[1]).toBe(error)
  })
})

describe('the last days', () => {
  const now = Date.parse('2026-11-20T17:30:00Z')

  it('are whole local days with today as the last', () => {
    const { since, until } = filterOf({ ...start, period: '7d' }, createZone('Asia/Tokyo'), now)
    expect(new Date(since ?? 0).toISOString()).toBe('2026-11-14T15:00:00.000Z')
    expect(until).toBeNull()
  })

  it('begin at local midnight also across a change of the clock', () => {
    const { since } = filterOf({ ...start, period: '30d' }, createZone('Europe/Berlin'), now)
    expect(new Date(since ?? 0).toISOString()).toBe('2026-10-21T22:00:00.000Z')
  })

  it('are not counted when all is asked for', () =>
    expect(filterOf(start, createZone('UTC'), now)).toEqual(everything))

  it('of this year begin on its first', () => {
    const { since } = filterOf({ ...start, period: 'year' }, createZone('Europe/Berlin'), now)
    expect(new Date(since ?? 0).toISOString()).toBe('2025-12-31T23:00:00.000Z')
  })

  it('may be chosen day by day, the last within', () => {
    const period = { from: 20_776, to: 20_777 }
    const { since, until } = filterOf({ ...start, period }, createZone('Asia/Tokyo'), now)
    expect(new Date(since ?? 0).toISOString()).toBe('2026-11-18T15:00:00.000Z')
    expect(new Date(until ?? 0).toISOString()).toBe('2026-11-20T15:00:00.000Z')
  })
})
