// How many rows of each shape lie before a row, kept for every so many rows: what a stretch of rows has of each shape is
// the difference between two such totals, and only at its two ends rows are looked at one by one.
import type { Shapes } from './shapes.ts'
import type { RowsBetween } from './stretches.ts'

type Numbered = Pick<Shapes, 'version' | 'count' | 'ofRow'>

const everyBits = 16

export class ShapeTotals {
  readonly #shapes: Numbered
  #version = 0
  #rows = 0
  /** Of all rows that are in. */
  #last = new Uint32Array(0)
  /** Of those before each multiple of the distance. */
  #totals: Uint32Array[] = []

  constructor(shapes: Numbered) {
    this.#shapes = shapes
  }

  /** For rows that are new. */
  bring(rows: number): void {
    const { version, count, ofRow } = this.#shapes
    if (this.#version !== version) {
      this.#version = version
      this.#rows = 0
      this.#last = new Uint32Array(0)
      this.#totals = []
    }
    if (this.#last.length < count) {
      const larger = new Uint32Array(count)
      larger.set(this.#last)
      this.#last = larger
    }
    while (this.#rows < rows) {
      const next = this.#totals.length << everyBits
      if (this.#rows === next) this.#totals.push(this.#last.slice())
      const end = Math.min(this.#totals.length << everyBits, rows)
      addRows(this.#last, ofRow, this.#rows, end, 1)
      this.#rows = end
    }
  }

  add(counts: Uint32Array, { start, end }: RowsBetween): void {
    if ((end - start) >> everyBits === 0) addRows(counts, this.#shapes.ofRow, start, end, 1)
    else {
      this.#addBefore(counts, end, 1)
      this.#addBefore(counts, start, -1)
    }
  }

  #addBefore(counts: Uint32Array, row: number, step: 1 | -1): void {
    const { ofRow } = this.#shapes
    const nearest = Math.min((row + (1 << (everyBits - 1))) >> everyBits, this.#totals.length - 1)
    const from = nearest << everyBits
    addTotals(counts, this.#totals[nearest] ?? noTotals, step)
    if (from < row) addRows(counts, ofRow, from, row, step)
    else addRows(counts, ofRow, row, from, -step)
  }
}

const noTotals = new Uint32Array(0)

function addTotals(counts: Uint32Array, totals: Uint32Array, step: number): void {
  for (let shape = 0; shape < totals.length; shape++)
    counts[shape] = (counts[shape] ?? 0) + step * (totals[shape] ?? 0)
}

function addRows(counts: Uint32Array, ofRow: Uint32Array, start: number, end: number, step: number): void {
  for (let row = start; row < end; row++) {
    const shape = ofRow[row] ?? 0
    counts[shape] = (counts[shape] ?? 0) + step
  }
}
