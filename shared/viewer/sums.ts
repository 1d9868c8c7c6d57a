// Sums over chosen rows: of measures, and of what events count by themselves. What no row has is left out: a sum
// of nothing is not zero.
import type { Unit } from '../formats/format.ts'
import { blockBits } from './blocks.ts'
import type { SomeByShape } from './by-shape.ts'
import type { Columns } from './columns.ts'
import type { Selection, Stretch } from './selection.ts'
import { everyCondition } from './slots.ts'
import { RowList } from './row-list.ts'
import type { Shapes } from './shapes.ts'

export interface MeasureFigure {
  readonly name: string
  readonly unit: Unit
  /** Chosen rows that have a value. */
  readonly count: number
  readonly sum: number
}

/** A bar is a sum, not a number of events. */
export interface TallyFigure {
  readonly name: string
  readonly bars: readonly { readonly label: string; readonly count: number }[]
}

/**
 * The rows that have a value at all, and those values side by side: most measures are told by few kinds of events, and
 * reading what lies scattered takes longer than adding it up.
 */
class Told {
  readonly list = new RowList()
  values = new Float64Array(0)
  isFinite = true
  #seen = 0
  /** By block of rows: where its part of the list ends, and what that comes to. */
  readonly #ends: number[] = []
  readonly #sums: number[] = []

  bring(values: Float64Array, rows: number): void {
    const { list } = this
    const known = list.count
    for (let row = this.#seen; row < rows; row++) if (!Number.isNaN(values[row])) list.push(row)
    this.#seen = rows
    if (this.values.length < list.rows.length) {
      const larger = new Float64Array(list.rows.length)
      larger.set(this.values)
      this.values = larger
    }
    for (let i = known; i < list.count; i++) {
      const value = values[list.rows[i] ?? 0] ?? NaN
      this.values[i] = value
      if (!Number.isFinite(value)) this.isFinite = false
      const block = (list.rows[i] ?? 0) >> blockBits
      while (this.#ends.length <= block) {
        this.#ends.push(i)
        this.#sums.push(0)
      }
      this.#ends[block] = i + 1
      this.#sums[block] = (this.#sums[block] ?? 0) + value
    }
  }

  /** Of rows that are all chosen, in a few stretches: blocks that lie within are added as they are. */
  ofStretches(stretches: readonly Stretch[]): Sum {
    const { list, values } = this
    const begin = (block: number): number => (block === 0 ? 0 : (this.#ends[block - 1] ?? list.count))
    let count = 0
    let sum = 0
    for (const { start, end } of stretches)
      for (let block = start >> blockBits; block << blockBits < end; block++) {
        const [from, to] = [begin(block), begin(block + 1)]
        if (start <= block << blockBits && end >= (block + 1) << blockBits) {
          count += to - from
          sum += this.#sums[block] ?? 0
          continue
        }
        for (let i = from; i < to; i++) {
          const row = list.rows[i] ?? 0
          if (row < start || row >= end) continue
          count++
          sum += values[i] ?? 0
        }
      }
    return { count, sum }
  }

  /** Whether the same rows tell both. */
  isLike({ list }: Told): boolean {
    const { count, rows } = this.list
    if (count !== list.count) return false
    for (let i = 0; i < count; i++) if (rows[i] !== list.rows[i]) return false
    return true
  }
}

interface Sum {
  count: number
  sum: number
}

export class Sums {
  readonly #columns: Columns
  readonly #selection: Selection
  readonly #told: Told[] = []
  /** Measures that the same rows tell, as tokens and their cost are: those rows are looked at once for all of them. */
  #together: readonly (readonly number[])[] = []
  #rows = 0
  readonly #shapes: Shapes
  #ofShapes: readonly SumsOfShapes[] = []
  #version = 0

  constructor(columns: Columns, selection: Selection, shapes: Shapes) {
    this.#columns = columns
    this.#selection = selection
    this.#shapes = shapes
  }

  /** Of the rows that fail none of the conditions. */
  measures(conditions = everyCondition): MeasureFigure[] {
    this.#bring()
    const { format, measures } = this.#columns
    const asked = this.#selection.asked(conditions)
    const byShape = this.#shapes.count > 0 && this.#selection.ofRowsOnly(asked) === 0
    const stretches = byShape ? [] : this.#selection.stretches(conditions)
    const inTime = stretches.every((stretch) => stretch.asked === 0)
    const sums = byShape ? this.#byShape(asked) : []
    for (const together of byShape ? [] : this.#together) {
      const fails = inTime ? noFails : this.#selection.fails
      const told = together.flatMap((i) => this.#told[i] ?? [])
      const found = inTime
        ? told.map((one) => one.ofStretches(stretches))
        : told.every(({ isFinite }) => isFinite)
          ? sumTogether(told, fails, asked)
          : told.map((one) => sumOneByOne(one, fails, asked))
      together.forEach((measure, i) => (sums[measure] = found[i] ?? { count: 0, sum: 0 }))
    }
    return measures
      .map(({ name }, i) => {
        const unit = format.events.measures[i]?.unit ?? 'number'
        return { name, unit, ...(sums[i] ?? { count: 0, sum: 0 }) }
      })
      .filter(({ count }) => count > 0)
  }

  #byShape(asked: number): Sum[] {
    const selection = this.#selection
    const sums = this.#ofShapes.map((one) => one.of(selection.failsOfShapes, asked))
    const cut = selection.fromCutShapes(asked)
    if (cut.places.length === 0) return sums
    const { rows } = this.#shapes.inOrder()
    for (const together of this.#together) {
      const [first = 0] = together
      const values = this.#columns.measures[first]?.values ?? noValues
      const left = this.#ofShapes[first]?.rowsOf(values, rows, cut) ?? noRows
      for (const i of together) addRows(sums[i], this.#columns.measures[i]?.values ?? noValues, left)
    }
    return sums
  }

  #bring(): void {
    const { measures, rows } = this.#columns
    if (this.#rows === rows) return
    const { version } = this.#shapes
    if (this.#version !== version) this.#ofShapes = measures.map(() => new SumsOfShapes())
    this.#version = version
    this.#rows = rows
    const together: number[][] = []
    measures.forEach(({ values }, i) => {
      const told = (this.#told[i] ??= new Told())
      told.bring(values, rows)
      this.#ofShapes[i]?.bring(told, this.#shapes)
      const like = together.find(
        ([first = 0, ...others]) => others.length + 1 < mostTogether && this.#told[first]?.isLike(told),
      )
      if (like === undefined) together.push([i])
      else like.push(i)
    })
    this.#together = together
  }

  tallies(): TallyFigure[] {
    const { format, tallies } = this.#columns
    const told = format.events.tallies ?? []
    if (tallies.length === 0) return []
    const asked = this.#selection.asked()
    return tallies
      .map((column, i) => ({
        name: told[i]?.name ?? '',
        bars: column.sums(this.#selection.fails, asked, told[i]?.order),
      }))
      .filter(({ bars }) => bars.length > 0)
  }
}

/** What the values of each shape come to, of the shapes that have any. */
class SumsOfShapes {
  readonly #shapes = new RowList()
  /** So many of the values are in. */
  #done = 0
  #counts = new Uint32Array(0)
  #sums = new Float64Array(0)

  bring({ list, values }: Told, { ofRow, sizes }: Shapes): void {
    if (this.#counts.length < sizes.length) {
      const [counts, sums] = [new Uint32Array(sizes.length), new Float64Array(sizes.length)]
      counts.set(this.#counts)
      sums.set(this.#sums)
      this.#counts = counts
      this.#sums = sums
    }
    const [counts, sums] = [this.#counts, this.#sums]
    for (let i = this.#done; i < list.count; i++) {
      const shape = ofRow[list.rows[i] ?? 0] ?? 0
      if (counts[shape] === 0) this.#shapes.push(shape)
      counts[shape] = (counts[shape] ?? 0) + 1
      sums[shape] = (sums[shape] ?? 0) + (values[i] ?? 0)
    }
    this.#done = list.count
  }

  of(fails: Uint32Array, asked: number): Sum {
    const { rows: shapes, count: length } = this.#shapes
    const [counts, sums] = [this.#counts, this.#sums]
    let count = 0
    let sum = 0
    for (let i = 0; i < length; i++) {
      const shape = shapes[i] ?? 0
      if (((fails[shape] ?? 0) & asked) !== 0) continue
      count += counts[shape] ?? 0
      sum += sums[shape] ?? 0
    }
    return { count, sum }
  }

  /** Of some rows those that have a value; whole shapes have none. */
  rowsOf(values: Float64Array, rows: Uint32Array, { places, shapes, ends }: SomeByShape): Uint32Array {
    const found = new Uint32Array(places.length)
    let length = 0
    for (let k = 0; k < shapes.length; k++) {
      if ((this.#counts[shapes[k] ?? 0] ?? 0) === 0) continue
      length = addTelling(found, length, values, rows, places, ends[k - 1] ?? 0, ends[k] ?? 0)
    }
    return found.subarray(0, length)
  }
}

/** The rows at these places that have a value, to those that were found; gives how many these are by now. */
function addTelling(
  found: Uint32Array,
  count: number,
  values: Float64Array,
  rows: Uint32Array,
  places: Uint32Array,
  from: number,
  end: number,
): number {
  let length = count
  for (let i = from; i < end; i++) {
    const row = rows[places[i] ?? 0] ?? 0
    const value = values[row] ?? NaN
    found[length] = row
    length += Number(value === value)
  }
  return length
}

const noFails = new Uint32Array(0)
const noValues = new Float64Array(0)
const noRows = new Uint32Array(0)
const mostTogether = 4

/** Up to four at once, all of the same rows. A row that fails adds nothing, without a branch that can't be foreseen. */
function sumTogether(told: readonly Told[], fails: Uint32Array, asked: number): Sum[] {
  const [first] = told
  if (first === undefined) return []
  const [one, two, three, four] = [0, 1, 2, 3].map((i) => told[i]?.values ?? first.values)
  if (one === undefined || two === undefined || three === undefined || four === undefined) return []
  const { rows, count: all } = first.list
  let count = 0
  let [ofOne, ofTwo, ofThree, ofFour] = [0, 0, 0, 0]
  for (let i = 0; i < all; i++) {
    const failed = (fails[rows[i] ?? 0] ?? 0) & asked
    const passes = 1 + ((failed | -failed) >> 31)
    count += passes
    ofOne += passes * (one[i] ?? 0)
    ofTwo += passes * (two[i] ?? 0)
    ofThree += passes * (three[i] ?? 0)
    ofFour += passes * (four[i] ?? 0)
  }
  const sums = [ofOne, ofTwo, ofThree, ofFour]
  return told.map((_, i) => ({ count, sum: sums[i] ?? 0 }))
}

function addRows(sum: Sum | undefined, values: Float64Array, rows: Uint32Array): void {
  if (sum === undefined) return
  let added = 0
  for (let i = 0; i < rows.length; i++) added += values[rows[i] ?? 0] ?? 0
  sum.count += rows.length
  sum.sum += added
}

/** Nothing times infinity is no number. */
function sumOneByOne({ list: { rows, count: all }, values }: Told, fails: Uint32Array, asked: number): Sum {
  let count = 0
  let sum = 0
  for (let i = 0; i < all; i++) {
    if (((fails[rows[i] ?? 0] ?? 0) & asked) !== 0) continue
    count++
    sum += values[i] ?? 0
  }
  return { count, sum }
}
