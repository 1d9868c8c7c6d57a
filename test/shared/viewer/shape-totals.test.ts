// What a stretch of rows has of each shape, against counting its rows one by one.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ShapeTotals } from '../../../shared/viewer/shape-totals.ts'

const rows = 300_000
const mostShapes = 40

it('tells of any stretch how many rows of each shape it has, also while rows come in and are numbered anew', () => {
  const ofRow = Uint32Array.from({ length: rows }, (_, row) => ((row * 7919) % 1013) % (1 + (row >> 13)))
  const shapes = { version: 1, count: 0, ofRow }
  const totals = new ShapeTotals(shapes)
  let long = 0
  const look = (known: number): void => {
    shapes.count = ofRow.subarray(0, known).reduce((most, shape) => Math.max(most, shape), 0) + 1
    totals.bring(known)
    const stretch = fc.tuple(fc.nat(known), fc.nat(known)).map(([a, b]) => ({
      start: Math.min(a, b),
      end: Math.max(a, b),
    }))
    const ends = [0, 1 << 16, (1 << 16) + 1, known].map((end) => ({ start: 0, end: Math.min(end, known) }))
    for (const { start, end } of [...fc.sample(stretch, { seed: known, numRuns: 60 }), ...ends]) {
      const counts = new Uint32Array(mostShapes)
      totals.add(counts, { start, end })
      const expected = new Uint32Array(mostShapes)
      for (const shape of ofRow.subarray(start, end)) expected[shape] = (expected[shape] ?? 0) + 1
      expect(counts, `${start} to ${end} of ${known}`).toEqual(expected)
      if (end - start > 1 << 16) long++
    }
  }
  for (const known of [1000, 1 << 16, 150_001, rows]) look(known)
  expect(long).toBeGreaterThan(60)
  ofRow.reverse()
  shapes.version++
  look(rows)
})
