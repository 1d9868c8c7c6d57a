// How many rows of each shape a choice leaves. Conditions that tell shapes apart are asked of shapes; the rest, as time
// or a search, of rows, but once for all charts that ask the same of them.
import type { SomeByShape } from './by-shape.ts'
import type { Columns } from './columns.ts'
import type { Selection, Stretch } from './selection.ts'
import type { Shapes } from './shapes.ts'
import { ShapeTotals } from './shape-totals.ts'

const mostKept = 8

export interface Left {
  /** For each shape how many of its rows are left. */
  readonly sizes: Uint32Array
  /** The shapes that have any. */
  readonly shapes: Uint32Array
  /** The shapes of which not all are left, where these are much fewer; else null. */
  readonly lessened: Uint32Array | null
  /** All rows together. */
  readonly rows: number
  /** What was counted of them, by the slots of the column. */
  readonly counted: Map<Uint16Array, Uint32Array>
}

export class LeftOfShapes {
  readonly #columns: Columns
  readonly #selection: Selection
  readonly #shapes: Shapes
  readonly #totals: ShapeTotals
  readonly #kept = new Map<string, Left>()
  #version = ''

  constructor(columns: Columns, selection: Selection, shapes: Shapes) {
    this.#columns = columns
    this.#selection = selection
    this.#shapes = shapes
    this.#totals = new ShapeTotals(shapes)
  }

  getReady(): void {
    if (this.#shapes.count > 0) this.#totalsOfAll()
  }

  of(conditions: number): Left {
    const selection = this.#selection
    const version = `${this.#shapes.version} ${this.#columns.rows}`
    if (this.#version !== version) this.#kept.clear()
    this.#version = version
    const asked = selection.asked(conditions)
    const ofRows = selection.ofRowsOnly(asked)
    const before = this.#keep(ofRows, () => (ofRows === 0 ? this.#shapes.sizes : this.#count(ofRows)))
    if (asked === ofRows) return before
    return this.#keep(asked, () => {
      const left = this.#leave(before.sizes, asked & ~ofRows)
      if (ofRows !== 0) return left
      addCut(left, selection.fromCutShapes(asked))
      return left
    })
  }

  #keep(asked: number, count: () => Uint32Array): Left {
    const state = this.#selection.state(asked)
    const known = this.#kept.get(state)
    if (known !== undefined) return known
    const left = leftOf(count(), this.#shapes)
    const [oldest] = this.#kept.keys()
    if (this.#kept.size >= mostKept && oldest !== undefined) this.#kept.delete(oldest)
    this.#kept.set(state, left)
    return left
  }

  #count(asked: number): Uint32Array {
    const counts = new Uint32Array(this.#shapes.count)
    for (const stretch of this.#selection.stretches(asked))
      if (stretch.asked === 0) this.#totalsOfAll().add(counts, stretch)
      else addPassing(counts, this.#shapes.ofRow, stretch)
    return counts
  }

  #totalsOfAll(): ShapeTotals {
    this.#totals.bring(this.#columns.rows)
    return this.#totals
  }

  #leave(before: Uint32Array, asked: number): Uint32Array {
    const fails = this.#selection.failsOfShapes
    const { count } = this.#shapes
    const left = new Uint32Array(count)
    for (let shape = 0; shape < count; shape++) {
      const failed = (fails[shape] ?? 0) & asked
      left[shape] = (before[shape] ?? 0) & ~((failed | -failed) >> 31)
    }
    return left
  }
}

function addCut(left: Uint32Array, { shapes, ends }: SomeByShape): void {
  for (let i = 0, start = 0; i < shapes.length; i++) {
    const shape = shapes[i] ?? 0
    const end = ends[i] ?? 0
    left[shape] = (left[shape] ?? 0) + end - start
    start = end
  }
}

function leftOf(sizes: Uint32Array, { sizes: all, count }: Shapes): Left {
  const shapes = new Uint32Array(count)
  const lessened = new Uint32Array(count)
  let length = 0
  let less = 0
  let rows = 0
  for (let shape = 0; shape < count; shape++) {
    const size = sizes[shape] ?? 0
    shapes[length] = shape
    length += Number(size !== 0)
    lessened[less] = shape
    less += Number(size !== all[shape])
    rows += size
  }
  return {
    sizes,
    shapes: shapes.subarray(0, length),
    lessened: less > 0 && less * 2 < length ? lessened.subarray(0, less) : null,
    rows,
    counted: new Map(),
  }
}

/** Without a branch that can't be foreseen: a row that fails adds nothing. */
function addPassing(counts: Uint32Array, ofRow: Uint32Array, { fails, asked, start, end }: Stretch): void {
  for (let row = start; row < end; row++) {
    const failed = (fails[row] ?? 0) & asked
    const shape = ofRow[row] ?? 0
    counts[shape] = (counts[shape] ?? 0) + 1 + ((failed | -failed) >> 31)
  }
}
