// Sorts row numbers by keys in typed arrays: a million in a tenth of a second, where a comparison for each pair
// would take more than one. Stable, so that rows of equal keys keep the order they came in.

const digit = 16
const size = 1 << digit

type Rows = Uint32Array<ArrayBuffer>

/** By one 32-bit key for each row, ascending. */
export function sortByWord(order: Rows, keys: Uint32Array): Rows {
  return byDigit(byDigit(order, keys, 0), keys, digit)
}

/** By one number for each row; rows without one (NaN) come last, whichever the direction. */
export function sortByNumber(order: Rows, values: Float64Array, descending: boolean): Rows {
  const rows = values.length
  const low = new Uint32Array(rows)
  const high = new Uint32Array(rows)
  const bits = new Uint32Array(values.buffer, values.byteOffset, rows * 2)
  for (let row = 0; row < rows; row++) {
    const value = values[row] ?? NaN
    if (value !== value) {
      low[row] = high[row] = 0xffffffff
      continue
    }
    // Read as unsigned integers, doubles sort like their values once the sign bit is turned round, and all bits where
    // it was set. Descending is the same with every bit turned round once more.
    const first = value === 0 ? 0 : (bits[2 * row] ?? 0)
    const second = value === 0 ? 0 : (bits[2 * row + 1] ?? 0)
    const negative = second >>> 31 === 1
    const all = negative === descending ? 0 : 0xffffffff
    low[row] = first ^ all
    high[row] = second ^ all ^ (negative ? 0 : 0x80000000)
  }
  return sortByWord(sortByWord(order, low), high)
}

function byDigit(order: Rows, keys: Uint32Array, shift: number): Rows {
  const starts = new Uint32Array(size)
  for (const row of order) {
    const at = ((keys[row] ?? 0) >>> shift) & (size - 1)
    starts[at] = (starts[at] ?? 0) + 1
  }
  let sum = 0
  for (let at = 0; at < size; at++) {
    const count = starts[at] ?? 0
    if (count === order.length) return order // all alike
    starts[at] = sum
    sum += count
  }
  const sorted = new Uint32Array(order.length)
  for (const row of order) {
    const at = ((keys[row] ?? 0) >>> shift) & (size - 1)
    const to = starts[at] ?? 0
    sorted[to] = row
    starts[at] = to + 1
  }
  return sorted
}
