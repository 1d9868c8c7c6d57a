// Local days without asking for every time: compared with the language's own calendar, at any time it knows.
import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import { createZone } from '../../../shared/viewer/zone.ts'

const ourOwn = fc.integer({ min: Date.UTC(1880, 0, 1), max: Date.UTC(2120, 0, 1) })
const any = fc.integer({ min: -8.6e15, max: 8.6e15 })
const around = fc
  .constantFrom(Date.UTC(1800, 0, 1), Date.UTC(1900, 0, 1), Date.UTC(2100, 0, 1), Date.UTC(2200, 0, 1))
  .chain((edge) => fc.integer({ min: edge - 400 * 86_400_000, max: edge + 400 * 86_400_000 }))

it.each(['Europe/Berlin', 'America/New_York', 'Africa/Casablanca', 'Asia/Kolkata', 'Australia/Lord_Howe'])(
  'reads the clock on the wall of %s at any time',
  (name) => {
    const zone = createZone(name)
    const wall = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      weekday: 'long',
      hour: 'numeric',
      minute: 'numeric',
      hourCycle: 'h23',
    })
    const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
    let looked = 0
    fc.assert(
      fc.property(fc.oneof(ourOwn, any, around), (time) => {
        looked++
        const { weekday, hour, minute } = Object.fromEntries(
          wall.formatToParts(time).map(({ type, value }) => [type, value]),
        )
        const day = (((zone.dayOf(time) + 3) % 7) + 7) % 7 // 1970-01-01 was a Thursday
        expect([days[day], zone.minuteOf(time)]).toEqual([weekday, Number(hour) * 60 + Number(minute)])
      }),
      { numRuns: 3000 },
    )
    expect(looked).toBeGreaterThanOrEqual(3000)
  },
)

it('asks the calendar for no more than a few centuries, however far apart times lie', () => {
  const ask = vi.spyOn(Intl.DateTimeFormat.prototype, 'formatToParts')
  const zone = createZone('Europe/Berlin')
  for (let time = -8.6e15; time < 8.6e15; time += 8.6e15 / 50_000) zone.offsetAt(time)
  expect(ask.mock.calls.length).toBeGreaterThan(1000)
  expect(ask.mock.calls.length).toBeLessThan(100_000)
  ask.mockRestore()
})
