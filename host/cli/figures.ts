// Numbers and moments as a person reads them in a terminal.
import type { Unit } from '../../shared/formats/format.ts'
import { cli, locale } from './speech.ts'

const tenth = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 })

const dollars = new Intl.NumberFormat(locale, {
  style: 'currency',
  currency: 'USD',
  currencyDisplay: 'narrowSymbol',
})

export const count = (value: number): string => Math.round(value).toLocaleString(locale)

export function bytes(size: number): string {
  if (size < 1000) return cli.share.size(size)
  const units = ['kB', 'MB', 'GB', 'TB']
  const power = Math.min(units.length, Math.floor(Math.log10(size) / 3))
  return `${threeDigits(size / 1000 ** power)} ${units[power - 1] ?? ''}`
}

export function amount(value: number, unit: Unit): string {
  if (unit === 'bytes') return bytes(Math.round(value))
  if (unit === 'dollars') return dollars.format(value)
  return value.toLocaleString(locale, { maximumFractionDigits: unit === 'number' ? 1 : 0 })
}

export function duration(milliseconds: number): string {
  if (milliseconds < 1) return `${threeDigits(milliseconds)} ms`
  if (Math.round(milliseconds) < 1000) return `${Math.round(milliseconds)} ms`
  const seconds = milliseconds / 1000
  if (seconds < 59.95) return `${threeDigits(seconds)} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${Math.floor(Math.round(seconds) / 60)} min ${Math.round(seconds) % 60} s`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

export function share(part: number, whole: number): string {
  if (part === 0 || whole === 0) return '0 %'
  const percent = (100 * part) / whole
  if (percent < 0.1) return `<${tenth.format(0.1)} %`
  return percent < 10 ? `${tenth.format(percent)} %` : `${Math.round(percent)} %`
}

const threeDigits = (value: number): string =>
  value >= 10 ? Math.round(value).toString() : tenth.format(value)

export type Precision = 'year' | 'day' | 'minute' | 'second'
export function moment(time: number, zone: string, precision: Precision): string {
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  return new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    year: 'numeric',
    ...(precision === 'year' ? {} : { day: 'numeric', month: 'short' }),
    ...(precision === 'year' || precision === 'day' ? {} : clock),
    ...(precision === 'second' ? { second: '2-digit' } : {}),
  }).format(time)
}
