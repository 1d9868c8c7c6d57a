import { describe, expect, it } from 'vitest'
import { guessTime } from '../../shared/formats/guess-time.ts'
import type { Confidence } from '../../shared/formats/guess-time.ts'
import { timeDecoders } from '../../shared/formats/time.ts'
import type { TimeEncoding } from '../../shared/formats/time.ts'
import type { Cell } from '../../shared/viewer/sqlite.ts'

/** 2001-09-09T01:46:40Z and 2026-11-20T12:34:56.789123Z, in microseconds. */
const old = 1_000_000_000_000_000n
const young = 1_795_178_096_789_123n

interface Way {
  readonly name: string
  readonly declared: string
  readonly values: readonly [Cell, Cell]
  readonly encoding: TimeEncoding
  /** The parts that the encoding can't hold, in milliseconds. */
  readonly lost?: number
  readonly confidence?: Confidence
  readonly others?: readonly TimeEncoding[]
}

const way = (
  name: string,
  declared: string,
  values: readonly [Cell, Cell],
  encoding: TimeEncoding,
  more: Partial<Way> = {},
): Way => ({ name, declared, values, encoding, ...more })

const ways: readonly Way[] = [
  way('seconds', 'INTEGER', [old / 1_000_000n, young / 1_000_000n], 'seconds', { lost: 789 }),
  way('seconds with a fraction', 'REAL', [1e9, 1_795_178_096.789123], 'seconds'),
  way('milliseconds', 'INTEGER', [old / 1000n, young / 1000n], 'milliseconds'),
  way('milliseconds as a real number', 'REAL', [1e12, 1_795_178_096_789], 'milliseconds'),
  way('microseconds', 'INTEGER', [old, young], 'microseconds'),
  way('nanoseconds', 'INTEGER', [old * 1000n + 7n, young * 1000n + 7n], 'nanoseconds'),
  way('seconds as text', 'TEXT', ['1000000000', '1795178096'], 'seconds', { lost: 789 }),
  way('milliseconds as text', 'TEXT', ['1000000000000', '1795178096789'], 'milliseconds'),
  way('WebKit', 'INTEGER', [12_644_473_600_000_000n, 13_439_651_696_789_123n], 'webkit'),
  way('FILETIME', 'INTEGER', [126_444_736_000_000_000n, 134_396_516_967_891_230n], 'filetime'),
  way('.NET ticks', 'INTEGER', [631_355_968_000_000_000n, 639_307_748_967_891_230n], 'ticks'),
  way('Cocoa seconds', 'REAL', [21_692_800, 816_870_896.789123], 'cocoa'),
  way(
    'Cocoa nanoseconds',
    'INTEGER',
    [21_692_800_000_000_000n, 816_870_896_789_123_000n],
    'cocoa-nanoseconds',
    { confidence: 'likely' },
  ),
  way(
    'Julian days',
    'REAL',
    [1e12 / 86_400_000 + 2_440_587.5, 1_795_178_096_789 / 86_400_000 + 2_440_587.5],
    'julian',
  ),
  way('OLE days', 'REAL', [37_143.0740740741, 46_346.52426839262], 'ole', { confidence: 'likely' }),
  way('GPS seconds', 'INTEGER', [684_035_200n, 1_479_213_296n], 'gps', {
    lost: 789,
    confidence: 'unsure',
    others: ['seconds'],
  }),
  way('ISO, Z, milliseconds', 'TEXT', ['2001-09-09T01:46:40.000Z', '2026-11-20T12:34:56.789Z'], 'iso'),
  way('ISO, Z', 'TEXT', ['2001-09-09T01:46:40Z', '2026-11-20T12:34:56Z'], 'iso', { lost: 789 }),
  way(
    'ISO, offset, microseconds',
    'TEXT',
    ['2001-09-09T12:46:40+11:00', '2026-11-20T23:34:56.789123+11:00'],
    'iso',
  ),
  way('ISO, offset without colon', 'TEXT', ['2001-09-08T22:16:40-0330', '2026-11-20T09:04:56-0330'], 'iso', {
    lost: 789,
  }),
  way('UTC with a space', 'TEXT', ['2001-09-09 01:46:40', '2026-11-20 12:34:56'], 'iso', { lost: 789 }),
  way(
    'a space and an offset',
    'TEXT',
    ['2001-09-09 01:46:40+00:00', '2026-11-20 12:34:56.789123+00:00'],
    'iso',
  ),
  way(
    'Go',
    'TEXT',
    ['2001-09-09 01:46:40.000000000 +0000 UTC', '2026-11-20 12:34:56.789123000 +0000 UTC'],
    'iso',
  ),
  way('without a zone, microseconds', 'TEXT', ['2001-09-09 01:46:40', '2026-11-20 12:34:56.789123'], 'iso'),
  way(
    'ISO, nanoseconds',
    'TEXT',
    ['2001-09-09T01:46:40.000000007Z', '2026-11-20T12:34:56.789123007Z'],
    'iso',
  ),
  way('a date', 'TEXT', ['2001-09-09', '2026-11-20'], 'iso', { lost: 86_400_000 }),
  way('a date as a number', 'INTEGER', [20_010_909n, 20_261_120n], 'date-number', { lost: 86_400_000 }),
  way('compact', 'TEXT', ['20010909T014640Z', '20261120T123456Z'], 'compact', { lost: 789 }),
  way('mail', 'TEXT', ['Sun, 09 Sep 2001 01:46:40 +0000', 'Fri, 20 Nov 2026 12:34:56 +0000'], 'mail', {
    lost: 789,
  }),
  way('month first', 'TEXT', ['09/09/2001 01:46:40 AM', '11/20/2026 12:34:56 PM'], 'month-first', {
    lost: 789,
  }),
  way(
    'UUIDv7',
    'TEXT',
    ['00e8d4a5-1000-7801-a94b-1a2e367764fe', '01a1f8f3-e895-7801-a94b-1a2e367764fe'],
    'uuid7',
  ),
  way('ULID', 'TEXT', ['00X3AAA400RFY7MZPKBF51DFMX', '01M7WF7T4NRFY7MZPKBF51DFMX'], 'ulid'),
]

describe('thirty-two ways to write a time', () => {
  it('are thirty-two', () => {
    expect(ways).toHaveLength(32)
  })

  for (const { name, declared, values, encoding, lost = 0, confidence = 'sure', others = [] } of ways) {
    it(`${name}: is told, and read to the millisecond with the rest cut off`, () => {
      const table = name.startsWith('GPS') ? 'gps_fixes' : 't'
      const guess = guessTime(values, { table, column: 'ts', declared })
      expect(guess).toMatchObject({ encoding, confidence, others })
      const [first, last] = values.map(timeDecoders[encoding])
      const truth = [Number(old / 1000n), Number(young / 1000n)]
      for (const [i, time] of [first, last].entries()) {
        const missing = (truth[i] ?? NaN) - (time ?? NaN)
        expect(missing).toBeGreaterThanOrEqual(0) // never later than it was
        expect(missing).toBeLessThanOrEqual(lost)
      }
    })
  }
})

describe('a time', () => {
  const read = (encoding: TimeEncoding, cell: Cell): number => timeDecoders[encoding](cell)

  it('before 1970 is cut towards the past, too', () => {
    expect(read('microseconds', -1n)).toBe(-1)
    expect(read('nanoseconds', -1_000_001n)).toBe(-2)
    expect(read('seconds', -0.0005)).toBe(-1)
    expect(read('milliseconds', -1n)).toBe(-1)
  })

  it('beyond 2^53 keeps its millisecond', () => {
    for (let i = 0n; i < 50n; i++) {
      const nanoseconds = 1_795_178_096_789_999_999n + i * 1_000_000n
      expect(read('nanoseconds', nanoseconds)).toBe(Number(1_795_178_096_789n + i))
    }
  })

  it('that tells no second is that of the full minute', () => {
    const minute = Date.UTC(2026, 10, 20, 12, 34)
    expect(read('iso', '2026-11-20T12:34Z')).toBe(minute)
    expect(read('mail', 'Fri, 20 Nov 2026 12:34 +0000')).toBe(minute)
    expect(read('month-first', '11/20/2026 12:34 PM')).toBe(minute)
    expect(read('day-first', '20/11/2026 12:34')).toBe(minute)
  })

  it('that is no time of any calendar is none', () => {
    for (const text of [
      '2026-02-30',
      '2026-13-01',
      '2026-02-29T12:00:00.000Z',
      '2026-04-31T12:00:00.000Z',
      '2026-12-32T12:00:00.000Z',
      '2026-11-20 25:00',
      '2026-11-20T12:60',
      'yesterday',
      '',
      '2026',
      '1/2/3',
    ])
      expect([text, read('iso', text)]).toEqual([text, NaN])
    expect(read('date-number', 20_260_230n)).toBeNaN()
    expect(read('month-first', '13/01/2026')).toBeNaN()
    expect(read('month-first', '01/01/2026 13:00 PM')).toBeNaN()
    expect(read('uuid7', '01a1f8f3-e895-4801-a94b-1a2e367764fe')).toBeNaN() // a version 4
    for (const cell of [null, new Uint8Array(4), 'x'])
      for (const encoding of ['seconds', 'webkit', 'julian', 'mixed'] as const)
        expect(read(encoding, cell)).toBeNaN()
  })

  it('as text without a zone is UTC, and the guess says so', () => {
    expect(read('iso', '2026-11-20 12:34:56')).toBe(Date.UTC(2026, 10, 20, 12, 34, 56))
    const hint = { table: 't', column: 'created_at', declared: 'TEXT' }
    expect(guessTime(['2026-11-20 12:34:56', '2026-11-20 12:34:57'], hint)).toMatchObject({
      withoutZone: true,
    })
    expect(guessTime(['2026-11-20 12:34:56Z', '2026-11-20T12:34:57+01:00'], hint)).toMatchObject({
      withoutZone: false,
    })
  })

  it('with an offset is that moment', () => {
    const noon = Date.UTC(2026, 10, 20, 12)
    for (const text of [
      '2026-11-20T13:00:00+01:00',
      '2026-11-20 08:30-0330',
      '2026-11-20T23:00:00.000 +11',
      '2026-11-20 12:00:00 UTC',
      '2026-11-20 12:00:00.000000000 +0000 UTC m=+0.1',
    ])
      expect([text, read('iso', text)]).toEqual([text, noon])
  })

  it('is right on every day that the calendar has, the leap days too', () => {
    for (let day = -20_000; day < 40_000; day += 1) {
      const time = day * 86_400_000 + 43_200_123
      if (read('iso', new Date(time).toISOString()) !== time)
        throw new Error(`wrong on ${new Date(time).toISOString()}`)
    }
  })

  it('in a column that says it is something else is not guessed', () => {
    const seconds = [1_700_000_000n, 1_700_000_001n]
    for (const column of ['order_no', 'phone', 'size_bytes', 'user_id', 'port', 'checksum'])
      expect(guessTime(seconds, { table: 't', column, declared: 'INTEGER' })).toBeNull()
    expect(guessTime(seconds, { table: 't', column: 'x', declared: '' })).toMatchObject({
      confidence: 'likely',
    })
  })
})
