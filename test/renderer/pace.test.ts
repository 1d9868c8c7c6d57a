import { describe, expect, it } from 'vitest'
import { Pace } from '../../renderer/pace.ts'

const reading = (done: number) => ({ phase: 'reading', done, total: 1000 }) as const

describe('the time that is left', () => {
  it('is not guessed in the first second, and then follows from the pace so far', () => {
    const pace = new Pace()
    expect(pace.left(reading(0), 5000)).toBe(null)
    expect(pace.left(reading(90), 5900)).toBe(null)
    expect(pace.left(reading(200), 7000)).toBe(8000)
    expect(pace.left(reading(600), 9000)).toBe(3000)
  })

  it('is never less than a second while there is something to do, and nothing when there is not', () => {
    const pace = new Pace()
    pace.left(reading(0), 0)
    expect(pace.left(reading(999), 2000)).toBe(1000)
    expect(pace.left(reading(1000), 2100)).toBe(null)
  })

  it('begins anew with another part of the work, and with another file', () => {
    const pace = new Pace()
    pace.left({ phase: 'copying', done: 0, total: 10 }, 0)
    expect(pace.left({ phase: 'copying', done: 5, total: 10 }, 4000)).toBe(4000)
    expect(pace.left(reading(100), 4100)).toBe(null)
    expect(pace.left(reading(200), 5200)).toBe(9000)
    expect(pace.left(reading(10), 5300)).toBe(null)
  })
})
