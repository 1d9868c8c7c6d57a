// A chosen stretch of durations may begin or end within a bin, and so cuts all shapes of that bin in two: some of their
// rows lie in the stretch, and some don't. Those rows are few, and are looked at one by one.
import type { Between } from './conditions.ts'
import { RowList } from './row-list.ts'

export class CutBins {
  readonly #between: Between
  readonly #isCut = new Uint8Array(256)
  #passing: RowList | null = null

  constructor(bins: readonly number[], between: Between) {
    this.#between = between
    for (const bin of bins) this.#isCut[bin] = 1
  }

  has(bin: number): boolean {
    return this.#isCut[bin] === 1
  }

  passes(value: number): boolean {
    const { from, to, not } = this.#between
    return (value >= from && value < to) !== not
  }

  /** The rows in these bins that pass. */
  passing(bins: Uint8Array, duration: Float64Array, rows: number): RowList {
    if (this.#passing !== null) return this.#passing
    const found = new RowList()
    const inBins = new Uint32Array(atOnce)
    for (let start = 0; start < rows; start += atOnce) {
      const count = collect(inBins, this.#isCut, bins, start, Math.min(start + atOnce, rows))
      for (let i = 0; i < count; i++)
        if (this.passes(duration[inBins[i] ?? 0] ?? NaN)) found.push(inBins[i] ?? 0)
    }
    return (this.#passing = found)
  }
}

const atOnce = 4096

/** Each row is written down, and the length moves on where it is meant: no branch that can't be foreseen. */
function collect(
  found: Uint32Array,
  wanted: Uint8Array,
  places: Uint8Array,
  from: number,
  end: number,
): number {
  let length = 0
  for (let row = from; row < end; row++) {
    found[length] = row
    length += wanted[places[row] ?? 0] ?? 0
  }
  return length
}
