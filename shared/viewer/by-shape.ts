// Rows in the order of their shapes: what is asked of the rows of a few shapes reads memory from front to back.

export interface RowsByShape {
  readonly rows: Uint32Array
  /** Where those of each shape end. */
  readonly ends: Uint32Array
  /** How long each took, in the same order. */
  readonly durations: Float64Array
}

/** Some of the rows, as places in that order: those of one shape after those of another. */
export interface SomeByShape {
  readonly places: Uint32Array
  readonly shapes: readonly number[]
  /** Where those of each of these shapes end. */
  readonly ends: readonly number[]
}

export const noneByShape: SomeByShape = { places: new Uint32Array(0), shapes: [], ends: [] }

/** `sizes` says of each of `count` shapes how many rows it has. */
export function sortByShape(
  ofRow: Uint32Array,
  sizes: Uint32Array,
  count: number,
  duration: Float64Array,
  rows: number,
): RowsByShape {
  const next = new Uint32Array(count)
  for (let shape = 1; shape < count; shape++) next[shape] = (next[shape - 1] ?? 0) + (sizes[shape - 1] ?? 0)
  const order = new Uint32Array(rows)
  const durations = new Float64Array(rows)
  for (let row = 0; row < rows; row++) {
    const shape = ofRow[row] ?? 0
    const to = next[shape] ?? 0
    next[shape] = to + 1
    order[to] = row
    durations[to] = duration[row] ?? NaN
  }
  return { rows: order, ends: next, durations }
}
