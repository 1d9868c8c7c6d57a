// The list of records against plain sorting of plain objects.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EventSource, Format } from '../../../shared/formats/format.ts'
import { ChunkBuilder, Columns } from '../../../shared/viewer/columns.ts'
import type { TelemetryEvent } from '../../../shared/viewer/events.ts'
import { Found, RowNumbers } from '../../../shared/viewer/found.ts'
import { Listing } from '../../../shared/viewer/listing.ts'
import { sortByNumber } from '../../../shared/viewer/radix.ts'

const events: EventSource = {
  table: 't',
  key: 'id',
  time: { from: [{ column: 'at' }], encoding: 'milliseconds' },
  kind: { always: 'one' },
  outcome: null,
  failedKinds: [],
  duration: null,
  dimensions: [{ name: 'agent', from: [{ column: 'agent' }] }],
  measures: [{ name: 'cost', from: [{ column: 'cost' }], unit: 'number' }],
}
const format: Format = { name: 'generic', title: 't', proof: {}, events, sensitive: [] }

interface Plain {
  readonly time: number
  readonly agent: string | null
  readonly cost: number
  readonly outcome: number
}
const plain: fc.Arbitrary<Plain> = fc.record({
  time: fc.oneof(fc.integer({ min: -50, max: 50 }), fc.constant(NaN)),
  agent: fc.oneof(fc.constantFrom('b', 'B', 'a10', 'a9'), fc.constant(null)),
  cost: fc.oneof(fc.double({ noNaN: true }), fc.constant(NaN)),
  outcome: fc.constantFrom(0, 1, 2),
})

/** The newest first, as files are read. */
function columnsOf(rows: readonly Plain[]): Columns {
  const columns = new Columns(format)
  const all = rows
    .map(({ time, agent, cost, outcome }, i): TelemetryEvent => ({
      rowid: i + 1,
      time,
      kind: 'one',
      outcome,
      duration: NaN,
      dimensions: [agent],
      measures: [cost],
      tallies: [],
    }))
    .reverse()
  for (const chunk of new ChunkBuilder(format).chunks(all, 7)) columns.append(chunk)
  return columns
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })
const byColumn: Readonly<Record<string, (row: Plain) => number | string | null>> = {
  time: ({ time }) => (Number.isNaN(time) ? null : time),
  'measure:cost': ({ cost }) => (Number.isNaN(cost) ? null : cost),
  'dimension:agent': ({ agent }) => agent,
  outcome: ({ outcome }) => (outcome === 2 ? null : outcome),
}

function expected(rows: readonly Plain[], column: string, descending: boolean): number[] {
  const value = byColumn[column] ?? (() => null)
  const oldestFirst = column === 'time' && !descending
  return rows
    .map((row, i) => ({ rowid: i + 1, value: value(row) }))
    .sort((a, b) => {
      const tie = oldestFirst ? a.rowid - b.rowid : b.rowid - a.rowid
      if (a.value === null || b.value === null)
        return Number(a.value === null) - Number(b.value === null) || tie
      const order =
        typeof a.value === 'string' && typeof b.value === 'string'
          ? collator.compare(a.value, b.value)
          : Number(a.value) - Number(b.value)
      return (descending ? -order : order) || tie
    })
    .map(({ rowid }) => rowid)
}

describe('the list of records', () => {
  it('is in the order of any column, empty values last, the newest of equals first', () => {
    fc.assert(
      fc.property(
        fc.array(plain, { maxLength: 60 }),
        fc.constantFrom(...Object.keys(byColumn)),
        fc.boolean(),
        (rows, column, descending) => {
          // words that are equal to a reader but not to a computer stand in the order in which they came first
          fc.pre(column !== 'dimension:agent' || !rows.some(({ agent }) => agent === 'B'))
          const listing = new Listing(columnsOf(rows))
          listing.show({ column, descending }, { count: rows.length, list: null }, () => true)
          const listed = listing.rows(0, rows.length).map(({ rowid }) => rowid)
          expect(listed).toEqual(expected(rows, column, descending))
        },
      ),
      { numRuns: 400 },
    )
  })

  it('holds only chosen rows, tells where one stands, and takes over an order that comes bit by bit', () => {
    const rows = Array.from({ length: 10 }, (_, i) => ({ time: i, agent: null, cost: NaN, outcome: 0 }))
    const listing = new Listing(columnsOf(rows)) // row 0 of the columns is the newest, number 10
    const even = (row: number): boolean => row % 2 === 0
    listing.show({ column: 'time', descending: false }, { count: 5, list: new Uint32Array(5) }, even)
    expect(listing.rows(1, 3).map(({ rowid }) => rowid)).toEqual([4, 6, 8])
    expect([listing.position(0), listing.position(1)]).toEqual([4, null])
    const order = { column: 'raw:x', descending: true }
    const all = { count: 10, list: null }
    listing.give([3, 4])
    listing.show(order, all, () => true)
    expect(listing.rows(0, 4).map(({ row }) => row)).toEqual([3, 4, 0, 1])
    listing.give([9])
    listing.show(order, all, () => true)
    expect(listing.rows(0, 4).map(({ row }) => row)).toEqual([3, 4, 9, 0])
  })

  it('sorts numbers of any size and sign', () => {
    const extremes = [0, -0, 5e-324, -5e-324, 1e308, -1e308, Infinity, -Infinity, 2 ** 53, -1.5, 1.5, NaN]
    const sorted = (descending: boolean): number[] =>
      Array.from(
        sortByNumber(Uint32Array.from(extremes.keys()), Float64Array.from(extremes), descending),
        (i) => extremes[i] ?? 0,
      )
    expect(sorted(false)).toEqual([
      -Infinity,
      -1e308,
      -1.5,
      -5e-324,
      0,
      -0,
      5e-324,
      1.5,
      2 ** 53,
      1e308,
      Infinity,
      NaN,
    ])
    expect(sorted(true)).toEqual([
      Infinity,
      1e308,
      2 ** 53,
      1.5,
      5e-324,
      0,
      -0,
      -5e-324,
      -1.5,
      -1e308,
      -Infinity,
      NaN,
    ])
  })
})

describe('what a search has found', () => {
  it('is found again by row numbers, lying close or far apart, and by places', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.oneof(fc.integer({ min: -9, max: 60 }), fc.maxSafeInteger()), {
          minLength: 1,
          maxLength: 40,
        }),
        (rowids) => {
          const columns = columnsOf(rowids.map(() => ({ time: 1, agent: null, cost: 1, outcome: 0 })))
          columns.rowid.set(rowids)
          const found = new Found(columns, new RowNumbers(columns))
          const half = rowids.filter((_, i) => i % 2 === 0)
          found.add('rowid', [...half, 77_777])
          expect(rowids.map((_, row) => found.has(row))).toEqual(rowids.map((_, i) => i % 2 === 0))
          found.begin()
          found.add('place', [rowids.length - 1])
          expect(found.hits).toBe(1)
        },
      ),
    )
  })
})
