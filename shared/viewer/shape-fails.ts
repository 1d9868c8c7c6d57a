// The bits of the conditions that each shape fails, of those that tell shapes apart: then no row need be asked.
import { noneByShape } from './by-shape.ts'
import type { SomeByShape } from './by-shape.ts'
import { among, markAll } from './conditions.ts'
import type { Between, Mark } from './conditions.ts'
import type { Columns } from './columns.ts'
import { CutBins } from './cut-bins.ts'
import { binsBetween } from './durations.ts'
import { binsName } from './shapes.ts'
import type { Shapes } from './shapes.ts'
import { bitOf, durationBit } from './slots.ts'

export class ShapeFails {
  readonly #columns: Columns
  readonly #shapes: Shapes
  bits = new Uint32Array(0)
  /** So many shapes have their bits. */
  #done = 0
  #version = 0
  /** Of the conditions that are set those that can be asked of shapes. */
  #told = 0
  /** The bins that a chosen stretch of durations cuts in two: shapes in them count as failing. */
  #cut: CutBins | null = null
  readonly #fromCut = new Map<number, SomeByShape>()

  constructor(columns: Columns, shapes: Shapes) {
    this.#columns = columns
    this.#shapes = shapes
  }

  /** Before the conditions of a filter are marked, one slot after the other. */
  begin(): void {
    const shapes = this.#shapes
    shapes.bring()
    this.#told = 0
    this.#cut = null
    this.#fromCut.clear()
    if (shapes.version !== this.#version) {
      this.#version = shapes.version
      this.#done = 0
      this.bits = new Uint32Array(0)
    }
    if (this.bits.length >= shapes.count) return
    const larger = new Uint32Array(shapes.sizes.length)
    larger.set(this.bits)
    this.bits = larger
  }

  /** `marks` is null where the condition has to be asked of rows, and empty where there is none any more. */
  mark(slot: number, isNew: boolean, marks: readonly Mark[] | null): void {
    if (this.#shapes.count === 0) return
    const bit = bitOf(slot)
    if (marks !== null && marks.length > 0) this.#told |= bit
    markAll(marks ?? [], this.bits, bit, isNew ? 0 : this.#done, this.#shapes.count, isNew ? ~bit : ~0)
  }

  end(): void {
    this.#done = this.#shapes.count
  }

  ofDuration(between: Between): readonly Mark[] | null {
    const bins = this.#shapes.column(binsName)?.places
    if (bins === undefined) return null
    const { whole, cut } = binsBetween(between.from, between.to)
    if (cut.length > 0) this.#cut = new CutBins(cut, between)
    return [among(bins, between.not ? [...whole, ...cut] : whole, between.not)]
  }

  /** Those of the asked conditions that cannot be asked of shapes. */
  notTold(asked: number): number {
    const ofRows = asked & ~this.#told
    return ofRows === 0 || this.#cut === null ? ofRows : ofRows | (asked & durationBit)
  }

  /** Whether a row passes what is asked of its shape, and where that is cut in two, of itself. */
  passes(asked: number): (row: number) => boolean {
    const { bits } = this
    const { ofRow, binsOfRows } = this.#shapes
    const { duration } = this.#columns
    const cut = (asked & durationBit) === 0 ? null : this.#cut
    return (row) => {
      const failed = (bits[ofRow[row] ?? 0] ?? 0) & asked
      return cut?.has(binsOfRows[row] ?? 0) === true
        ? (failed & ~durationBit) === 0 && cut.passes(duration[row] ?? NaN)
        : failed === 0
    }
  }

  /** Where all that is asked can be asked of shapes: the rows that pass though their shape, which is cut in two, fails. */
  fromCut(asked: number): SomeByShape {
    if (this.#cut === null || (asked & durationBit) === 0) return noneByShape
    const known = this.#fromCut.get(asked)
    if (known !== undefined) return known
    const found = this.#passing(this.#cut, asked & ~durationBit)
    this.#fromCut.set(asked, found)
    return found
  }

  #passing(cut: CutBins, asked: number): SomeByShape {
    const { sizes, count } = this.#shapes
    const bins = this.#shapes.column(binsName)?.places ?? noBins
    const { ends, durations } = this.#shapes.inOrder()
    const divided = cut.shapesIn(bins, this.bits, asked, count)
    const places = new Uint32Array(divided.reduce((sum, shape) => sum + (sizes[shape] ?? 0), 0))
    const foundEnds: number[] = []
    let length = 0
    for (const shape of divided) {
      const end = ends[shape] ?? 0
      length = cut.passing(durations, end - (sizes[shape] ?? 0), end, places, length)
      foundEnds.push(length)
    }
    return { places: places.subarray(0, length), shapes: divided, ends: foundEnds }
  }
}

const noBins = new Uint8Array(0)
