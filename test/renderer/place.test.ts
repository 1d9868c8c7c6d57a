import { describe, expect, it } from 'vitest'
import { filterOf, readPlace, start, writePlace } from '../../renderer/place.ts'
import type { Place } from '../../renderer/place.ts'
import { createZone } from '../../shared/viewer/zone.ts'

describe('the address', () => {
  it.each<Place>([
    start,
    { screen: 'overview', file: '/home/me/a b&c=d?#ü.db', period: '30d', tables: true },
    { screen: 'settings', file: 'C:\\Users\\me\\telemetry.db', period: '1y', tables: false },
  ])('says the place %# and is read back as it was', (place) =>
    expect(readPlace(writePlace(place))).toEqual(place),
  )

  it('is short where nothing is chosen', () => expect(writePlace(start)).toBe('#/files'))

  it.each(['', '#', '#/nowhere', '#/files?period=2d&as=poem', '#code=abc'])(
    'that makes no sense (%s) leads to the Files screen',
    (hash) => expect(readPlace(hash)).toEqual(start),
  )
})

describe('the last days', () => {
  const now = Date.parse('2026-11-20T17:30:00Z')

  it('are whole local days with today as the last', () => {
    const { since, until } = filterOf('7d', createZone('Asia/Tokyo'), now)
    expect(new Date(since ?? 0).toISOString()).toBe('2026-11-14T15:00:00.000Z')
    expect(until).toBeNull()
  })

  it('begin at local midnight also across a change of the clock', () => {
    const { since } = filterOf('30d', createZone('Europe/Berlin'), now)
    expect(new Date(since ?? 0).toISOString()).toBe('2026-10-21T22:00:00.000Z')
  })

  it('are not counted when all is asked for', () =>
    expect(filterOf('all', createZone('UTC'), now)).toEqual({
      since: null,
      until: null,
      failed: false,
      where: [],
    }))
})
