// Numbers, sizes and spans of time as a person reads them: short where they stand, exact on hover and in tables.
import type { Unit } from '../formats/format.ts'
import type { Count } from './plural.ts'

export interface Numbers {
  /** 12840 -> 12,840 */
  exact(value: number): string
  /** 12840 -> 12.8 k; up to 9,999 it is exact. */
  short(value: number): string
  count(value: number): Count
  /** 0.041 -> 4.1%; one decimal always, so that shares stand in line below each other. */
  share(part: number): string
  /** 0.414 -> 41%, for what is still moving; it goes no further than `most`. */
  progress(part: number, most?: number): string
  /** 0.041 -> 4.1%, 0.414 -> 41%: no more digits than a narrow column has room for. */
  part(part: number): string
  /** 0.0124 -> 1.2: the difference of two shares, in hundredths. */
  points(part: number): string
  /** 12.4 -> 12, 2.64 -> 2.6: so many on an average day. */
  aDay(value: number): string
  /** 12.4 -> 12 ×: how many times as much. */
  times(factor: number): string
  bytes(size: number): string
  /** A sum in its measure's unit, short; `exactly` with all its digits. */
  amount(value: number, unit: Unit, exactly?: boolean): string
  /** Milliseconds -> 820 ms, 6.2 s, 3 min 20 s, 5 h 3 min */
  duration(milliseconds: number): string
  /** The same in one unit: 820 ms, 6.2 s, 3.3 min, 5.1 h. */
  brief(milliseconds: number): string
}

const space = '\u00a0'
const magnitudes = [
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
] as const
const briefUnits = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1000, 's'],
] as const
const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

export function createNumbers(locale: string): Numbers {
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
  const three = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 })
  const percent = new Intl.NumberFormat(locale, {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  })
  const wholePercent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 })
  const sizes = byteUnits.map(
    (unit) =>
      new Intl.NumberFormat(locale, {
        style: 'unit',
        unit,
        unitDisplay: unit === 'byte' ? 'long' : 'short', // the short "818 byte" is no English
        maximumFractionDigits: unit === 'byte' || unit === 'kilobyte' ? 0 : 1,
      }),
  )
  const tenth = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
  const dollars = new Intl.NumberFormat(locale, { style: 'currency', currency: 'USD' })
  const exact = (value: number): string => whole.format(value)
  const withUnit = (value: number, unit: string): string => `${three.format(value)}${space}${unit}`
  const pair = (big: number, bigUnit: string, small: number, smallUnit: string): string =>
    small === 0
      ? `${exact(big)}${space}${bigUnit}`
      : `${exact(big)}${space}${bigUnit} ${exact(small)}${space}${smallUnit}`

  const short = (value: number): string => {
    if (Math.abs(value) < 10_000) return exact(value)
    const [by, letter] = magnitudes.find(([size]) => Math.abs(value) >= size * 0.9995) ?? [1, '']
    return withUnit(value / by, letter)
  }
  const bytes = (size: number): string => {
    const step = Math.min(byteUnits.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(size, 1)) / 3)))
    return sizes[step]?.format(size / 1000 ** step) ?? exact(size)
  }

  return {
    exact,
    short,
    bytes,
    amount: (value, unit, exactly = false) => {
      if (unit === 'dollars') return dollars.format(value)
      if (unit === 'bytes') return exactly ? (sizes[0]?.format(value) ?? '') : bytes(value)
      return exactly ? exact(value) : short(value)
    },
    count: (value) => ({ of: value, text: exact(value) }),
    share: (part) => percent.format(part),
    progress: (part, most = 1) => wholePercent.format(Math.min(most, part)),
    part: (part) => (part > 0 && part < 0.0995 ? percent : wholePercent).format(part),
    points: (part) => tenth.format(part * 100),
    aDay: (value) => (value < 9.95 ? tenth : whole).format(value),
    times: (factor) => withUnit(Math.round(factor), '×'),
    brief: (milliseconds) => {
      const [by, unit] = briefUnits.find(([size]) => milliseconds >= size * 0.9995) ?? [1, 'ms']
      const value = milliseconds / by
      return withUnit(value < 10 ? Math.round(value * 10) / 10 : Math.round(value), unit)
    },
    duration: (milliseconds) => {
      if (milliseconds < 999.5) return withUnit(milliseconds, 'ms')
      if (milliseconds < 59_950) return withUnit(Math.round(milliseconds / 10) / 100, 's')
      const seconds = Math.round(milliseconds / 1000)
      if (seconds < 3600) return pair(Math.floor(seconds / 60), 'min', seconds % 60, 's')
      const minutes = Math.round(seconds / 60)
      return pair(Math.floor(minutes / 60), 'h', minutes % 60, 'min')
    },
  }
}
