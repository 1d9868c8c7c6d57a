// A chosen stretch of durations may begin or end within a bin, and so cuts all shapes of that bin in two: some of their
// rows lie in the stretch, and some don't. Those rows are few, and are looked at one by one.
import type { Between } from './conditions.ts'
import { RowList } from './row-list.ts'
import type { Shapes } from './shapes.ts'

export class CutBins {
  readonly #bins: readonly number[]
  readonly #between: Between
  readonly #isCut = new Uint8Array(256)
  #passing: RowList | null = null

  constructor(bins: readonly number[], between: Between) {
    this.#bins = bins
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

  /** The rows in these bins that pass. Each is written down, and the length moves on where it is meant. */
  passing(shapes: Shapes, duration: Float64Array): RowList {
    if (this.#passing !== null) return this.#passing
    const { from, to, not } = this.#between
    const inBins = this.#bins.map((bin) => shapes.rowsOfBin(bin))
    const rows = new Uint32Array(inBins.reduce((sum, { length }) => sum + length, 0))
    const found = new RowList()
    let length = 0
    for (const list of inBins)
      for (let i = 0; i < list.length; i++) {
        const row = list[i] ?? 0
        const value = duration[row] ?? NaN
        rows[length] = row
        length += (Number(value >= from) & Number(value < to)) ^ Number(not)
      }
    found.rows = rows
    found.count = length
    return (this.#passing = found)
  }
}
