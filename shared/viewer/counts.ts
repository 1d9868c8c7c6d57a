// How many of the chosen rows there are of each value, bin, day or hour, and how they ended. Columns of few words are
// counted by the shapes of rows, days and hours by runs of rows. Of columns of many words the counts of all rows are kept
// and only added to while rows come in, and where most rows are chosen it is the others that are counted, and taken from
// all: no choice costs more than half of the rows.
import { blockBits } from './blocks.ts'
import type { Columns } from './columns.ts'
import type { Places } from './conditions.ts'
import type { ChosenRows } from './divided-rows.ts'
import { HourCounts } from './hour-counts.ts'
import { LeftOfShapes } from './left-of-shapes.ts'
import { RowList } from './row-list.ts'
import { outcomes } from './run-counts.ts'
import type { HourCount } from './run-counts.ts'
import type { Selection } from './selection.ts'
import type { ShapeColumn, Shapes } from './shapes.ts'

const mostKept = 6
const largestKept = 100_000
const largestBlocks = 1 << 20

type Slots = Uint16Array | Uint32Array

interface Kept {
  rows: number
  all: Uint32Array
  /** For each row where it counts: four times its place, and its outcome. */
  slots: Slots
  /** The same counts of each block of rows, one after the other; null where that would be too much to keep. */
  blocks: Uint32Array | null
  /** The rows that have a place at all, where place 0 is none. */
  readonly told: RowList | null
  /** By what was chosen. */
  readonly lately: Map<string, Uint32Array>
}

export class Counts {
  readonly #columns: Columns
  readonly #selection: Selection
  readonly #kept = new Map<string, Kept>()
  readonly #shapes: Shapes
  readonly #left: LeftOfShapes
  readonly #hours: HourCounts

  constructor(columns: Columns, selection: Selection, shapes: Shapes) {
    this.#columns = columns
    this.#selection = selection
    this.#shapes = shapes
    this.#left = new LeftOfShapes(columns, selection, shapes)
    this.#hours = new HourCounts(columns, selection, shapes, this.#left)
  }

  getReady(): void {
    this.#hours.getReady()
    this.#left.getReady()
  }

  /** By local day and hour of the week. */
  hourly(conditions: number): HourCount {
    return this.#hours.of(conditions)
  }

  /**
   * Of the rows that fail none of the conditions. `name` stands for the column. Where place 0 is no value, it need not
   * be counted.
   */
  of(name: string, places: Places, size: number, conditions: number, zeroIsNone = false): Uint32Array {
    const shapes = this.#shapes.column(name)
    if (shapes !== undefined) return this.#addShapes(shapes, size, conditions)
    const kept = this.#all(name, places, size, zeroIsNone)
    const state = this.#selection.state(conditions)
    if (state === '') return kept.all
    const known = kept.lately.get(state)
    if (known !== undefined) return known
    const counts = this.#count(kept, conditions)
    const [oldest] = kept.lately.keys()
    if (kept.lately.size >= mostKept && oldest !== undefined) kept.lately.delete(oldest)
    if (counts.length <= largestKept) kept.lately.set(state, counts)
    return counts
  }

  /** Of any rows. */
  ofRows(places: Places, size: number, { count, list }: ChosenRows): Uint32Array {
    const { outcome } = this.#columns
    const counts = new Uint32Array(size * outcomes)
    for (let i = 0; i < count; i++) {
      const row = list === null ? i : (list[i] ?? 0)
      const at = ((places[row] ?? 0) << 2) | (outcome[row] ?? 0)
      counts[at] = (counts[at] ?? 0) + 1
    }
    return counts
  }

  #addShapes(column: ShapeColumn, size: number, conditions: number): Uint32Array {
    const { slots } = column
    const { sizes, shapes, lessened, counted } = this.#left.of(conditions)
    const known = counted.get(slots)
    if (known !== undefined) return known
    const counts = lessened === null ? new Uint32Array(size * outcomes) : this.#ofAll(column, size)
    if (lessened === null) addSizes(counts, slots, shapes, sizes)
    else takeSizes(counts, slots, lessened, this.#shapes.sizes, sizes)
    counted.set(slots, counts)
    return counts
  }

  /** In an array of their own. */
  #ofAll(column: ShapeColumn, size: number): Uint32Array {
    return this.#addShapes(column, size, 0).slice()
  }

  #all(name: string, places: Places, size: number, zeroIsNone: boolean): Kept {
    const { rows, outcome, time } = this.#columns
    const known = this.#kept.get(name)
    if (known?.rows === rows && known.all.length === size * outcomes) return known
    const kept: Kept = known ?? {
      rows: 0,
      all: new Uint32Array(0),
      slots: new Uint16Array(0),
      blocks: new Uint32Array(0),
      told: zeroIsNone ? new RowList() : null,
      lately: new Map(),
    }
    this.#kept.set(name, kept)
    kept.lately.clear()
    const all = new Uint32Array(size * outcomes)
    all.set(kept.all)
    const length = Math.max(rows, time.length)
    const slots = roomFor(kept.slots, size * outcomes, length)
    const before = kept.rows
    for (let row = kept.rows; row < rows; row++) {
      const place = places[row] ?? 0
      const at = (place << 2) | (outcome[row] ?? 0)
      slots[row] = at
      all[at] = (all[at] ?? 0) + 1
      if (place !== 0) kept.told?.push(row)
    }
    Object.assign(kept, { all, slots, rows })
    countBlocks(kept, before, length)
    return kept
  }

  #count({ slots, all, told, blocks }: Kept, conditions: number): Uint32Array {
    const { rows } = this.#columns
    const pieces = this.#selection.pieces(conditions)
    if (pieces !== null && blocks !== null) {
      const counts = new Uint32Array(all.length)
      addBlocks(counts, blocks, strideOf(all.length), pieces.whole)
      for (const block of pieces.mixed)
        addRange(
          counts,
          slots,
          block << blockBits,
          Math.min((block + 1) << blockBits, rows),
          this.#selection.fails,
          this.#selection.asked(conditions),
        )
      return counts
    }
    const chosen = this.#selection.rows(conditions)
    const counts = new Uint32Array(all.length)
    if (told !== null && told.count < Math.min(chosen.count, rows - chosen.count)) {
      addUnless(counts, slots, told, this.#selection.fails, this.#selection.asked(conditions))
      return counts
    }
    if (chosen.count * 2 <= rows) {
      add(counts, slots, chosen)
      return counts
    }
    add(counts, slots, this.#selection.others(conditions))
    for (let at = 0; at < all.length; at++) counts[at] = (all[at] ?? 0) - (counts[at] ?? 0)
    return counts
  }
}

function addSizes(counts: Uint32Array, slots: Uint16Array, shapes: Uint32Array, sizes: Uint32Array): void {
  for (let i = 0; i < shapes.length; i++) {
    const shape = shapes[i] ?? 0
    const at = slots[shape] ?? 0
    counts[at] = (counts[at] ?? 0) + (sizes[shape] ?? 0)
  }
}

function takeSizes(
  counts: Uint32Array,
  slots: Uint16Array,
  shapes: Uint32Array,
  all: Uint32Array,
  left: Uint32Array,
): void {
  for (let i = 0; i < shapes.length; i++) {
    const shape = shapes[i] ?? 0
    const at = slots[shape] ?? 0
    counts[at] = (counts[at] ?? 0) - (all[shape] ?? 0) + (left[shape] ?? 0)
  }
}

/** The counts of blocks lie so far apart; there is room for places that are yet to come. */
const strideOf = (length: number): number => 1 << (32 - Math.clz32(Math.max(length, 64) - 1))

function countBlocks(kept: Kept, from: number, length: number): void {
  const stride = strideOf(kept.all.length)
  const size = ((length >> blockBits) + 1) * stride
  if (size > largestBlocks) kept.blocks = null
  if (kept.blocks === null) return
  const isNew = kept.blocks.length !== size
  const blocks = isNew ? new Uint32Array(size) : kept.blocks
  const { slots, rows } = kept
  for (let row = isNew ? 0 : from; row < rows; row++) {
    const at = (row >> blockBits) * stride + (slots[row] ?? 0)
    blocks[at] = (blocks[at] ?? 0) + 1
  }
  kept.blocks = blocks
}

function addBlocks(counts: Uint32Array, blocks: Uint32Array, stride: number, whole: readonly number[]): void {
  for (const block of whole) {
    const start = block * stride
    for (let at = 0; at < counts.length; at++) counts[at] = (counts[at] ?? 0) + (blocks[start + at] ?? 0)
  }
}

function addRange(
  counts: Uint32Array,
  slots: Slots,
  from: number,
  end: number,
  fails: Uint32Array,
  asked: number,
): void {
  for (let row = from; row < end; row++) {
    if (((fails[row] ?? 0) & asked) !== 0) continue
    const at = slots[row] ?? 0
    counts[at] = (counts[at] ?? 0) + 1
  }
}

function add(counts: Uint32Array, slots: Slots, { count, list }: ChosenRows): void {
  for (let i = 0; i < count; i++) {
    const at = slots[list === null ? i : (list[i] ?? 0)] ?? 0
    counts[at] = (counts[at] ?? 0) + 1
  }
}

/** Without a branch that can't be foreseen: a row that fails is counted at place 0, which is none. */
function addUnless(
  counts: Uint32Array,
  slots: Slots,
  { rows, count }: RowList,
  fails: Uint32Array,
  asked: number,
): void {
  for (let i = 0; i < count; i++) {
    const row = rows[i] ?? 0
    const failed = (fails[row] ?? 0) & asked
    const at = (slots[row] ?? 0) & ~((failed | -failed) >> 31)
    counts[at] = (counts[at] ?? 0) + 1
  }
}

/**
 * The same numbers in an array that is long enough. All slots are of one kind wherever they can be: a loop that has
 * met arrays of several kinds takes three times as long for each of them.
 */
function roomFor(slots: Slots, highest: number, length: number): Slots {
  const wide = highest > 0x1_0000 || slots instanceof Uint32Array
  if (slots.length >= length && wide === slots instanceof Uint32Array) return slots
  const larger = wide ? new Uint32Array(length) : new Uint16Array(length)
  larger.set(slots)
  return larger
}

export const countAt = (counts: Uint32Array, place: number): number =>
  (counts[place << 2] ?? 0) + (counts[(place << 2) | 1] ?? 0) + (counts[(place << 2) | 2] ?? 0)
