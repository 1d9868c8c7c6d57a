import { describe, expect, it } from 'vitest'
import { changeOf } from '../../renderer/change.ts'
import { createNumbers } from '../../shared/words/numbers.ts'

const numbers = createNumbers('en')
const change = (now: number | null, before: number | null, scale: 'share' | 'amount' = 'amount') => {
  const found = changeOf(now, before, scale, numbers)
  return found && `${found.way} ${found.text}`
}

describe('a change against the period before', () => {
  it.each([
    [109, 100, 'up 9%'],
    [50, 100, 'down 50%'],
    [1003, 1000, 'same 0%'],
    [100, 100, 'same 0%'],
    [1200, 100, 'up 12\u00a0×'],
    [0, 7, 'down 100%'],
  ])('from %d, after %d, is %s', (now, before, said) => expect(change(now, before)).toBe(said))

  it('of a share is said in points', () => {
    expect(change(0.041, 0.029, 'share')).toBe('up 1.2')
    expect(change(0.0401, 0.04, 'share')).toBe('same 0.0')
    expect(change(0, 0.125, 'share')).toBe('down 12.5')
    expect(change(0.02, 0, 'share')).toBe('up 2.0')
  })

  it('is not said where there was nothing', () => {
    expect(change(5, 0)).toBeNull()
    expect(change(5, null)).toBeNull()
    expect(change(null, 5)).toBeNull()
  })
})
