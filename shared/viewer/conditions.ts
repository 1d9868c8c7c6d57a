// How one condition is worked out for one column: every row that fails it gets the condition's bit. The loops have no
// branch that can't be foreseen, for they run over millions of rows at each choice.
import type { TimeBlocks } from './blocks.ts'

export interface Between {
  readonly from: number
  /** Exclusive. */
  readonly to: number
  readonly not: boolean
}

/** A column of small numbers, one for each row. */
export type Places = Uint8Array | Uint16Array | Uint32Array

/** Sets a bit in every row, of those from one to before another, that fails a condition; keeps only these others. */
export type Mark = (fails: Uint32Array, bit: number, from: number, end: number, kept: number) => void

/** Fails what is not among these places, or what is. */
export function among(places: Places, wanted: readonly number[], not: boolean, size = 256): Mark {
  return (fails, bit, from, end, kept) => {
    const bits = new Uint32Array(size).fill(not ? 0 : bit)
    for (const place of wanted) bits[place] = not ? bit : 0
    for (let row = from; row < end; row++)
      fails[row] = ((fails[row] ?? 0) & kept) | (bits[places[row] ?? 0] ?? 0)
  }
}

/** What has no value lies between nothing: it fails, and passes where the stretch is left out. */
export function outside(values: Float64Array, { from: low, to: high, not }: Between): Mark {
  const wanted = not ? 0 : 1
  return (fails, bit, from, end, kept) => {
    for (let row = from; row < end; row++) {
      const value = values[row] ?? NaN
      const inside = Number(value >= low) & Number(value < high)
      fails[row] = ((fails[row] ?? 0) & kept) | (bit & -(inside ^ wanted))
    }
  }
}

export function unless(passes: (row: number) => boolean): Mark {
  return (fails, bit, from, end, kept) => {
    for (let row = from; row < end; row++) fails[row] = ((fails[row] ?? 0) & kept) | (passes(row) ? 0 : bit)
  }
}

export const allOf: Mark = (fails, bit, from, end, kept) => {
  for (let row = from; row < end; row++) fails[row] = ((fails[row] ?? 0) & kept) | bit
}

/** As `outside`, for the column of times: most of its rows need not be looked at one by one. */
export function outsideTime(
  time: Float64Array,
  blocks: TimeBlocks,
  { from: low, to: high, not }: Between,
): Mark {
  const exactly = outside(time, { from: low, to: high, not })
  return (fails, bit, from, end, kept) => {
    for (const { start, end: stop, is } of blocks.parts(from, end, low, high)) {
      if (is === 'mixed') exactly(fails, bit, start, stop, kept)
      else if ((is === 'inside') === not) allOf(fails, bit, start, stop, kept)
      else if (kept !== ~0) keepOnly(fails, start, stop, kept)
    }
  }
}

/** The first mark takes the old bits away, the others add to it. */
export function markAll(
  marks: readonly Mark[],
  fails: Uint32Array,
  bit: number,
  from: number,
  end: number,
  kept: number,
): void {
  let keep = kept
  for (const mark of marks) {
    mark(fails, bit, from, end, keep)
    keep = ~0
  }
  if (keep !== ~0) keepOnly(fails, from, end, keep)
}

function keepOnly(fails: Uint32Array, from: number, end: number, kept: number): void {
  for (let row = from; row < end; row++) fails[row] = (fails[row] ?? 0) & kept
}
