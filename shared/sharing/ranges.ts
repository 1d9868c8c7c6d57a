// Numbers leave the machine as ranges only. Each range has its word, which is what leaves, and where it begins,
// for destinations that demand a number. A value belongs to the last range that begins at or before it.

export interface Range {
  readonly word: string
  readonly from: number
}

const ranges = (...pairs: readonly (readonly [word: string, from: number])[]): readonly Range[] =>
  pairs.map(([word, from]) => ({ word, from }))

export const counts = ranges(
  ['1-4', 1],
  ['5-9', 5],
  ['10-19', 10],
  ['20-49', 20],
  ['50-99', 50],
  ['100-199', 100],
  ['200-499', 200],
  ['500-999', 500],
  ['1000-1999', 1000],
  ['2000-4999', 2000],
  ['5000-9999', 5000],
  ['10000-19999', 10_000],
  ['20000-49999', 20_000],
  ['50000-99999', 50_000],
  ['100000 or more', 100_000],
)

/** Percent of the events that tell an outcome. */
export const errorRates = ranges(
  ['none', 0],
  ['under 1%', 0.0001],
  ['1-2%', 1],
  ['2-5%', 2],
  ['5-10%', 5],
  ['10-20%', 10],
  ['20-50%', 20],
  ['50-100%', 50],
)

/** Milliseconds. */
export const durations = ranges(
  ['under 10 ms', 0],
  ['10-20 ms', 10],
  ['20-50 ms', 20],
  ['50-100 ms', 50],
  ['100-200 ms', 100],
  ['200-500 ms', 200],
  ['0.5-1 s', 500],
  ['1-2 s', 1000],
  ['2-5 s', 2000],
  ['5-10 s', 5000],
  ['10-20 s', 10_000],
  ['20-50 s', 20_000],
  ['50-100 s', 50_000],
  ['100-200 s', 100_000],
  ['200-500 s', 200_000],
  ['500-1000 s', 500_000],
  ['1000-2000 s', 1_000_000],
  ['2000 s or more', 2_000_000],
)

/** What lies below the first range counts as the first. */
export function rangeOf(table: readonly Range[], value: number): string {
  const found = table.findLast((range) => range.from <= value) ?? table[0]
  if (found === undefined) throw new Error('a table of ranges is empty')
  return found.word
}
