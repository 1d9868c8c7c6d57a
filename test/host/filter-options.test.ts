import { describe, expect, it } from 'vitest'
import { readArguments } from '../../host/cli/arguments.ts'
import { filterOptions, readFilter } from '../../host/cli/filter-options.ts'
import type { Filter } from '../../shared/viewer/filter.ts'
import { everything } from '../../shared/viewer/filter.ts'
import { createZone } from '../../shared/viewer/zone.ts'

const now = Date.UTC(2026, 10, 20, 12, 30)
const hour = 3_600_000

function filter(args: readonly string[], zone = 'Europe/Berlin'): Filter | string {
  const given = readArguments({ name: 'report', usage: '', options: filterOptions, operands: [] }, args)
  if (!given.ok) return given.error.sentence
  const read = readFilter(given.value, createZone(zone), now)
  return read.ok ? read.value : read.error.sentence
}
const times = (...args: string[]): (string | null)[] => {
  const read = filter(args)
  if (typeof read === 'string') return [read]
  return [read.since, read.until].map((time) =>
    time === null ? null : new Date(time).toISOString().slice(0, 19),
  )
}

describe('on the command line', () => {
  it('nothing said is everything', () => {
    expect(filter([])).toEqual(everything)
  })

  it('a day is the person’s own, and --until holds it whole, also where a clock is put back', () => {
    expect(times('--since', '2026-11-01')).toEqual(['2026-10-31T23:00:00', null])
    expect(times('--until', '2026-11-01')).toEqual([null, '2026-11-01T23:00:00'])
    expect(times('--since', '2026-10-25', '--until', '2026-10-25')).toEqual([
      '2026-10-24T22:00:00',
      '2026-10-25T23:00:00',
    ])
    expect(times('--since', '2026-11-01T12:30')).toEqual(['2026-11-01T11:30:00', null])
    expect(times('--since', '2026-07-01 12:30:15')).toEqual(['2026-07-01T10:30:15', null])
  })

  it('the last days are whole days with today, and --until parts them from those before', () => {
    expect(times('--since', '1d')).toEqual(['2026-11-19T23:00:00', null])
    expect(times('--since', '30d')).toEqual(['2026-10-21T22:00:00', null]) // before the clock was put back
    expect(times('--since', '2w', '--until', '1w')).toEqual(['2026-11-06T23:00:00', '2026-11-13T23:00:00'])
    expect(filter(['--since', '36h'])).toMatchObject({ since: now - 36 * hour })
  })

  it('values of one name join, those of different names must all hold', () => {
    const args = [
      '--where',
      'agent=planner',
      '--where=agent=a=b',
      '--where',
      'tool!=bash',
      '--kind',
      'x',
      '--kind',
      'y',
      '--failed',
    ]
    expect(filter(args)).toEqual({
      ...everything,
      failed: true,
      where: [
        { dimension: 'kind', values: ['x', 'y'], not: false },
        { dimension: 'agent', values: ['planner', 'a=b'], not: false },
        { dimension: 'tool', values: ['bash'], not: true },
      ],
    })
  })
})
