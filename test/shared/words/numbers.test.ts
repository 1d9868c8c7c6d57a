import { describe, expect, it } from 'vitest'
import { createNumbers } from '../../../shared/words/numbers.ts'

const numbers = createNumbers('en-US')
const plain = (text: string): string => text.replaceAll('\u00a0', ' ')

describe('numbers as a person reads them', () => {
  it.each([
    [0, '0'],
    [9_999, '9,999'],
    [12_840, '12.8 k'],
    [1_000_000, '1 M'],
    [999_999, '1 M'],
    [2_345_678_901, '2.35 G'],
  ])('%d is short as %s', (value, text) => expect(plain(numbers.short(value))).toBe(text))

  it('keeps the exact number beside the short one', () => expect(numbers.exact(12_840)).toBe('12,840'))

  it.each([
    [0.4, '0.4 ms'],
    [820, '820 ms'],
    [999.4, '999 ms'],
    [999.6, '1 s'],
    [6_200, '6.2 s'],
    [59_940, '59.9 s'],
    [59_960, '1 min'],
    [200_000, '3 min 20 s'],
    [3_599_900, '1 h'],
    [18_180_000, '5 h 3 min'],
  ])('%d milliseconds are %s', (value, text) => expect(plain(numbers.duration(value))).toBe(text))

  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [45_056, '45 kB'],
    [364_000_000, '364 MB'],
    [1_500_000_000, '1.5 GB'],
  ])('%d bytes are %s', (value, text) => expect(plain(numbers.bytes(value))).toBe(text))

  it('gives shares one decimal, so that they stand in line', () => {
    expect(numbers.share(0.041)).toBe('4.1%')
    expect(numbers.share(0.36)).toBe('36.0%')
  })
})
