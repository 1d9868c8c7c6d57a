// The ways files write a moment, each read into milliseconds since 1970 (UTC). What is finer is cut off, never
// rounded up into a moment that had not come yet; times before 1970 are cut towards the past as well. Integers
// beyond 2^53 arrive as BigInt and are brought down to milliseconds before they become numbers.
import type { Cell } from '../viewer/sqlite.ts'
import {
  readCompact,
  readDateNumber,
  readMail,
  readSlash,
  readText,
  readUlid,
  readUuid7,
} from './time-text.ts'

export const timeEncodings = [
  /** 2026-11-20T12:34:56.789Z and its kin: space or T, any fraction, any offset; without one it is UTC. */
  'iso',
  'seconds',
  'milliseconds',
  'microseconds',
  'nanoseconds',
  /** Seconds, milliseconds, microseconds and nanoseconds in one column, told apart by their size; text as iso. */
  'mixed',
  /** Microseconds since 1601. */
  'webkit',
  /** 100 nanoseconds since 1601. */
  'filetime',
  /** 100 nanoseconds since the year 1. */
  'ticks',
  /** Seconds since 2001. */
  'cocoa',
  'cocoa-nanoseconds',
  /** Seconds since 1980-01-06. */
  'gps',
  'julian',
  /** Days since 1899-12-30. */
  'ole',
  /** 20261120 */
  'date-number',
  /** 20261120T123456Z */
  'compact',
  /** Fri, 20 Nov 2026 12:34:56 +0000 */
  'mail',
  /** 11/20/2026 12:34:56 PM */
  'month-first',
  /** 20/11/2026 12:34:56 */
  'day-first',
  'uuid7',
  'ulid',
] as const
export type TimeEncoding = (typeof timeEncodings)[number]

export type TimeDecoder = (cell: Cell) => number

const epoch1601 = 11_644_473_600_000
const epoch1 = 62_135_596_800_000
const epoch2001 = 978_307_200_000
const epoch1980 = 315_964_800_000
const dayLength = 86_400_000

const floorDivide = (value: bigint, by: bigint): number => {
  const whole = Number(value / by)
  return value < 0n && value % by !== 0n ? whole - 1 : whole
}

const digits = /^\s*-?\d{1,20}\s*$/

/** Some tools keep numbers as text. */
function numeric(cell: Cell): number | bigint | null {
  if (typeof cell === 'number' || typeof cell === 'bigint') return cell
  if (typeof cell !== 'string') return null
  if (digits.test(cell)) return BigInt(cell.trim())
  return /^\s*-?\d{1,15}\.\d+\s*$/.test(cell) ? Number(cell) : null
}

/** Units of which several make a millisecond. */
const finer =
  (perMillisecond: bigint, epoch: number): TimeDecoder =>
  (cell) => {
    if (typeof cell === 'bigint') return floorDivide(cell, perMillisecond) - epoch
    const value = numeric(cell)
    if (typeof value === 'bigint') return floorDivide(value, perMillisecond) - epoch
    return value === null ? NaN : Math.floor(value / Number(perMillisecond)) - epoch
  }

/**
 * Units of which one is many milliseconds. A fraction of them is rarely a binary number: what a double can't tell
 * from a whole millisecond (`blur`) is that millisecond, not the one before it.
 */
const coarser =
  (milliseconds: number, epoch: number, blur = 0): TimeDecoder =>
  (cell) => {
    const value = numeric(cell)
    if (typeof value === 'bigint') return Number(value) * milliseconds - epoch
    return value === null ? NaN : Math.floor(value * milliseconds - epoch + blur)
  }

const bySize: readonly (readonly [number, TimeEncoding])[] = [
  [1e11, 'seconds'],
  [1e14, 'milliseconds'],
  [1e17, 'microseconds'],
  [1e20, 'nanoseconds'],
]

function mixed(cell: Cell): number {
  const value = numeric(cell)
  if (value === null) return typeof cell === 'string' ? readText(cell) : NaN
  const size = Math.abs(Number(value))
  const found = bySize.find(([limit]) => size < limit)
  return found === undefined ? NaN : timeDecoders[found[1]](value)
}

const textOnly =
  (read: (text: string) => number): TimeDecoder =>
  (cell) =>
    typeof cell === 'string' ? read(cell) : NaN

export const timeDecoders: Readonly<Record<TimeEncoding, TimeDecoder>> = {
  iso: textOnly(readText),
  seconds: coarser(1000, 0),
  milliseconds: finer(1n, 0),
  microseconds: finer(1000n, 0),
  nanoseconds: finer(1_000_000n, 0),
  mixed,
  webkit: finer(1000n, epoch1601),
  filetime: finer(10_000n, epoch1601),
  ticks: finer(10_000n, epoch1),
  cocoa: coarser(1000, -epoch2001, 0.0005),
  'cocoa-nanoseconds': finer(1_000_000n, -epoch2001),
  gps: coarser(1000, -epoch1980, 0.0005),
  julian: coarser(dayLength, 2_440_587.5 * dayLength, 0.05),
  ole: coarser(dayLength, 25_569 * dayLength, 0.005),
  'date-number': (cell) => {
    const value = numeric(cell)
    return value === null ? NaN : readDateNumber(Number(value))
  },
  compact: textOnly(readCompact),
  mail: textOnly(readMail),
  'month-first': textOnly((text) => readSlash(text, true)),
  'day-first': textOnly((text) => readSlash(text, false)),
  uuid7: textOnly(readUuid7),
  ulid: textOnly(readUlid),
}
