// A chosen stretch of durations may begin or end within a bin, and so cuts all shapes of that bin in two: some of their
// rows lie in the stretch, and some don't. Those rows are few, and are looked at one by one.
import type { Between } from './conditions.ts'

export class CutBins {
  readonly #between: Between
  readonly #isCut = new Uint8Array(256)

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

  /** The shapes whose bin is cut, and that nothing else leaves out. */
  shapesIn(bins: Uint8Array, fails: Uint32Array, asked: number, count: number): number[] {
    const isCut = this.#isCut
    const found: number[] = []
    for (let shape = 0; shape < count; shape++)
      if (isCut[bins[shape] ?? 0] === 1 && ((fails[shape] ?? 0) & asked) === 0) found.push(shape)
    return found
  }

  /**
   * The places, of those from one to before another, at which a value passes. Each is written down, and the length
   * moves on where it is meant: a branch could not be foreseen. Gives the length.
   */
  passing(values: Float64Array, start: number, end: number, places: Uint32Array, length: number): number {
    const { from, to, not } = this.#between
    const left = Number(not)
    let found = length
    for (let i = start; i < end; i++) {
      const value = values[i] ?? NaN
      places[found] = i
      found += (Number(value >= from) & Number(value < to)) ^ left
    }
    return found
  }
}
