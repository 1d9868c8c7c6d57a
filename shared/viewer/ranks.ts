// Exact percentiles of any choice of rows, without sorting at each choice. All durations are sorted once, and each
// row keeps the rank of its own; a choice then counts ranks and walks up to the position asked for.

/** The value at position ceil(p·n) of the sorted values: always one that really occurred. */
export function nearestRank(sorted: Float64Array, p: number): number | null {
  return sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)] ?? null
}

export const noRank = 0xffff_ffff

export class Ranks {
  /** The different values, ascending. */
  readonly values: Float64Array
  /** For each row the position of its value there; noRank where it has none. */
  readonly ofRow: Uint32Array

  constructor(values: Float64Array, rows: number) {
    const present = values
      .slice(0, rows)
      .filter((value) => !Number.isNaN(value))
      .sort()
    let different = 0
    for (let i = 0; i < present.length; i++)
      if (i === 0 || present[i] !== present[i - 1]) present[different++] = present[i] ?? NaN
    this.values = present.slice(0, different)
    this.ofRow = new Uint32Array(rows)
    const known = new Map<number, number>()
    for (let row = 0; row < rows; row++) this.ofRow[row] = this.#find(values[row] ?? NaN, known)
  }

  /** Counts for each value how many chosen rows have it; what percentile() walks over. */
  percentiles(counts: Uint32Array, total: number, wanted: readonly number[]): (number | null)[] {
    const positions = wanted.map((p) => Math.max(1, Math.ceil(p * total)))
    const found: (number | null)[] = wanted.map(() => null)
    let seen = 0
    let next = 0
    for (let rank = 0; rank < counts.length && next < wanted.length; rank++) {
      seen += counts[rank] ?? 0
      while (next < wanted.length && seen >= (positions[next] ?? Infinity))
        found[next++] = this.values[rank] ?? null
    }
    return found
  }

  #find(value: number, known: Map<number, number>): number {
    if (Number.isNaN(value)) return noRank
    const seen = known.get(value)
    if (seen !== undefined) return seen
    let low = 0
    let high = this.values.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.values[middle] ?? Infinity) < value) low = middle + 1
      else high = middle
    }
    if (known.size < 100_000) known.set(value, low)
    return low
  }
}
