// Exact percentiles of any choice of rows, without sorting at each choice. All durations are sorted once; a choice
// then walks along the rows in that order and stops at the position asked for. Groups are walked all at once: what a
// row belongs to is kept in the same order, so that memory is read from front to back.

/** The value at position ceil(p·n) of the sorted values: always one that really occurred. */
export function nearestRank(sorted: Float64Array, p: number): number | null {
  return sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)] ?? null
}

type Codes = Uint8Array | Uint16Array | Uint32Array

export class Ranks {
  /** How many rows were sorted; with more than those, it is out of date. */
  readonly rows: number
  /** The rows that have a value, by that value ascending. */
  readonly order: Uint32Array
  /** Their values. */
  readonly values: Float64Array
  readonly #groups = new Map<string, Codes>()
  readonly #fails: Uint32Array

  constructor(values: Float64Array, rows: number) {
    this.rows = rows
    this.order = sortedRows(values, rows)
    this.values = Float64Array.from(this.order, (row) => values[row] ?? NaN)
    this.#fails = new Uint32Array(this.order.length)
  }

  /** Takes over which rows are chosen, before percentiles of them are asked for. */
  choose(fails: Uint32Array): void {
    const { order } = this
    const own = this.#fails
    for (let i = 0; i < order.length; i++) own[i] = fails[order[i] ?? 0] ?? 0
  }

  /** The percentiles of the rows that fail none of the asked conditions. */
  of(asked: number, wanted: readonly number[]): (number | null)[] {
    const fails = this.#fails
    let chosen = 0
    for (let i = 0; i < fails.length; i++) if (((fails[i] ?? 0) & asked) === 0) chosen++
    if (chosen === 0) return wanted.map(() => null)
    const positions = wanted.map((p) => Math.max(1, Math.ceil(p * chosen)))
    return positions.map((position) => {
      if (chosen === fails.length) return this.values[position - 1] ?? null
      let seen = 0
      for (let i = 0; i < fails.length; i++)
        if (((fails[i] ?? 0) & asked) === 0 && ++seen === position) return this.values[i] ?? null
      return null
    })
  }

  /** The percentile of each group. `key` names the grouping while it stays the same for every row. */
  ofGroups(
    key: string | null,
    codes: Codes,
    groups: number,
    asked: number,
    wanted: readonly number[],
  ): (number | null)[][] {
    const own = this.#grouped(key, codes)
    const fails = this.#fails
    const sizes = new Uint32Array(groups)
    for (let i = 0; i < own.length; i++)
      if (((fails[i] ?? 0) & asked) === 0) sizes[own[i] ?? 0] = (sizes[own[i] ?? 0] ?? 0) + 1
    const positions = wanted.map((p) => sizes.map((size) => Math.max(1, Math.ceil(p * size))))
    const found = wanted.map(() => Array.from<number | null>({ length: groups }).fill(null))
    const seen = new Uint32Array(groups)
    for (let i = 0; i < own.length; i++) {
      if (((fails[i] ?? 0) & asked) !== 0) continue
      const group = own[i] ?? 0
      const position = (seen[group] = (seen[group] ?? 0) + 1)
      for (let w = 0; w < wanted.length; w++)
        if (positions[w]?.[group] === position) (found[w] ?? [])[group] = this.values[i] ?? null
    }
    return found
  }

  #grouped(key: string | null, codes: Codes): Codes {
    const known = key === null ? undefined : this.#groups.get(key)
    if (known !== undefined) return known
    const { order } = this
    const own = likeness(codes, order.length)
    for (let i = 0; i < order.length; i++) own[i] = codes[order[i] ?? 0] ?? 0
    if (key !== null) this.#groups.set(key, own)
    return own
  }
}

function likeness(codes: Codes, length: number): Codes {
  if (codes instanceof Uint8Array) return new Uint8Array(length)
  return codes instanceof Uint16Array ? new Uint16Array(length) : new Uint32Array(length)
}

const digits = 4
const digitSize = 0x1_0000

/** By the bits of the values, 16 at a time from the lowest: no comparison, and equal rows stay in their order. */
function sortedRows(values: Float64Array, rows: number): Uint32Array {
  let order = new Uint32Array(rows)
  let present = 0
  for (let row = 0; row < rows; row++) if (!Number.isNaN(values[row])) order[present++] = row
  order = order.slice(0, present)
  const bits = new Uint16Array(values.buffer, values.byteOffset, rows * digits)
  const keys = new Uint16Array(present)
  for (let digit = 0; digit < digits; digit++) {
    const starts = new Uint32Array(digitSize + 1)
    for (let i = 0; i < present; i++) {
      const at = (order[i] ?? 0) * digits
      // a negative number's bits ascend with its size, so they are turned round; the others' stand above them
      const negative = ((bits[at + digits - 1] ?? 0) & 0x8000) !== 0
      const raw = bits[at + digit] ?? 0
      const key = negative ? raw ^ 0xffff : digit === digits - 1 ? raw ^ 0x8000 : raw
      keys[i] = key
      starts[key + 1] = (starts[key + 1] ?? 0) + 1
    }
    if (starts[(keys[0] ?? 0) + 1] === present) continue // the same in all: whole numbers have such digits
    for (let key = 0; key < digitSize; key++) starts[key + 1] = (starts[key + 1] ?? 0) + (starts[key] ?? 0)
    const next = new Uint32Array(present)
    for (let i = 0; i < present; i++) {
      const key = keys[i] ?? 0
      const at = starts[key] ?? 0
      starts[key] = at + 1
      next[at] = order[i] ?? 0
    }
    order = next
  }
  return order
}
