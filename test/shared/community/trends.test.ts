// What calls itself a trends file may come from anybody. Each bad one is a good one with a single thing wrong.
import { describe, expect, it } from 'vitest'
import { ageOf, readTrends, trendsAddress } from '../../../shared/community/trends.ts'

interface Cell {
  word: string
  contributors: number
  share: number
  [measure: string]: unknown
}
const good = () => ({
  version: 1,
  made: '2026-11-18T02:00:00.000Z',
  threshold: 20,
  per_network_and_day: 3,
  rounded_to: 10,
  known_weaknesses: ['some'],
  weeks: [week('2026-W45', '2026-11-02', '2026-11-08'), week('2026-W46', '2026-11-09', '2026-11-15')],
})
const week = (name: string, from: string, to: string) => ({ name, from, to, tables: [table()] })
const table = () => ({
  format: 'smart-agents',
  subject: 'agent',
  contributors: 120,
  cells: [
    {
      word: 'planner',
      contributors: 100,
      share: 60,
      error_rate: '2-5%',
      error_rate_quarters: ['none', '5-10%'],
    },
    { word: 'debugger', contributors: 30, share: 25, median: '1-2 s' },
    { word: 'other', contributors: 20, share: 14 },
  ] as Cell[],
})
type File = ReturnType<typeof good>
function faultOf(change: (file: File, first: Cell) => void): string {
  const file = good()
  const first = file.weeks[0]?.tables[0]?.cells[0]
  if (first === undefined) throw new Error('a file without cells')
  change(file, first)
  const read = readTrends(JSON.stringify(file))
  return read.ok ? 'read' : read.error.fault
}

describe('a trends file', () => {
  it('is read when nothing is wrong with it, the newest week first', () => {
    const read = readTrends(JSON.stringify(good()))
    expect(read.ok && read.value.weeks.map(({ name }) => name)).toEqual(['2026-W46', '2026-W45'])
  })

  it('is refused with script, control characters or turned writing in a name', () => {
    for (const word of [
      '<script>alert(1)</script>',
      'a\u0000b',
      'a\u202eb',
      '\u001b[31mred',
      '',
      'x'.repeat(81),
    ])
      expect(
        faultOf((_, cell) => (cell.word = word)),
        JSON.stringify(word),
      ).toBe('name')
    expect(
      faultOf(
        ({ weeks }) =>
          (weeks[0] = {
            ...week('2026-W44', '2026-10-26', '2026-11-01'),
            tables: [{ ...table(), format: '"><b>' }],
          }),
      ),
    ).toBe('name')
  })

  it('is refused when its sums don’t add up, or it says something twice', () => {
    expect(faultOf((_, cell) => (cell.share = 80))).toBe('totals')
    expect(faultOf((_, cell) => (cell.share = 61))).toBe('read') // shares are rounded
    expect(faultOf((_, cell) => (cell.contributors = 130))).toBe('totals')
    expect(faultOf((_, cell) => (cell.word = 'debugger'))).toBe('totals')
    expect(faultOf(({ weeks }) => weeks[0]?.tables.push(table()))).toBe('totals')
  })

  it('is refused when it tells of fewer people than its threshold, or of numbers that aren’t rounded', () => {
    expect(faultOf((_, cell) => (cell.contributors = 10))).toBe('too-few')
    expect(faultOf((_, cell) => (cell.contributors = 97))).toBe('too-few')
  })

  it('is refused with ranges that don’t exist or lie the wrong way round', () => {
    expect(faultOf((_, cell) => (cell['error_rate'] = '3.7%'))).toBe('range')
    expect(faultOf((_, cell) => (cell['error_rate_quarters'] = ['5-10%', 'none']))).toBe('range')
    expect(faultOf((_, cell) => (cell['median_quarters'] = ['1-2 s', '2-5 s']))).toBe('range')
  })

  it('is refused with weeks that are none, or the same twice', () => {
    expect(faultOf(({ weeks }) => weeks.push(week('2026-W46', '2026-11-09', '2026-11-15')))).toBe('week')
    expect(faultOf(({ weeks }) => weeks.push(week('2026-W44', '2026-10-26', '2026-11-30')))).toBe('week')
    expect(faultOf(({ weeks }) => weeks.push(week('2026-W44', '9999-99-99', '9999-99-99')))).toBe('week')
  })

  it('is refused when it is huge, in bytes or in entries', () => {
    const cells = Array.from({ length: 201 }, (_, i) => ({ word: `w${i}`, contributors: 20, share: 0 }))
    expect(
      faultOf(({ weeks }) => (weeks[0] = { ...week('a', '', ''), tables: [{ ...table(), cells }] })),
    ).toBe('malformed')
    expect(faultOf((_, cell) => (cell.contributors = 1e9))).toBe('malformed')
    expect(faultOf((_, cell) => (cell.share = 1e9))).toBe('malformed')
    expect(readTrends(' '.repeat(8 * 1024 * 1024 + 1))).toMatchObject({ error: { fault: 'too-large' } })
    expect(readTrends('['.repeat(1_000_000))).toMatchObject({ error: { fault: 'not-json' } })
  })

  it('is refused when it is something else', () => {
    expect(readTrends('<!doctype html>')).toMatchObject({ error: { fault: 'not-json' } })
    for (const other of ['null', '[]', '{"weeks":7}', '"trends"'])
      expect(readTrends(other)).toMatchObject({ error: { fault: 'not-trends' } })
    expect(readTrends('{"version":2,"weeks":[]}')).toMatchObject({ error: { fault: 'other-version' } })
    expect(readTrends('{"version":1,"weeks":[]}')).toMatchObject({ error: { fault: 'malformed' } })
    expect(readTrends('{"__proto__":{"version":1},"weeks":[]}')).toMatchObject({
      error: { fault: 'not-trends' },
    })
  })

  it('says how old it is', () => {
    const read = readTrends(JSON.stringify(good()))
    if (!read.ok) throw new Error('it is good')
    const made = Date.parse('2026-11-18T02:00:00Z')
    const day = 86_400_000
    expect([-2, 0, 7, 9].map((days) => ageOf(read.value, made + days * day))).toEqual([
      'ahead',
      'fresh',
      'fresh',
      'old',
    ])
  })
})

it('the address of trends is the server’s with the file’s name, however it was typed', () => {
  for (const typed of [
    'https://a.example',
    ' https://a.example/ ',
    'https://a.example/trends.json',
    'https://a.example/api/v1/reports',
  ])
    expect(trendsAddress(typed)).toBe('https://a.example/trends.json')
  expect(trendsAddress('  ')).toBe('')
})
