// Sums over chosen rows: of measures, and of what events count by themselves. What no row has is left out: a sum
// of nothing is not zero.
import type { Unit } from '../formats/format.ts'
import { blockBits } from './blocks.ts'
import type { Pieces } from './blocks.ts'
import type { Columns } from './columns.ts'
import { everyCondition } from './filter.ts'
import type { Selection } from './filter.ts'
import { RowList } from './row-list.ts'

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

  ofPieces({ whole, mixed }: Pieces, fails: Uint32Array, asked: number): Sum {
    const { list, values } = this
    const start = (block: number): number => this.#ends[block - 1] ?? (block === 0 ? 0 : list.count)
    const end = (block: number): number => this.#ends[block] ?? list.count
    let count = 0
    let sum = 0
    for (const block of whole) {
      count += end(block) - start(block)
      sum += this.#sums[block] ?? 0
    }
    for (const block of mixed)
      for (let i = start(block); i < end(block); i++) {
        if (((fails[list.rows[i] ?? 0] ?? 0) & asked) !== 0) continue
        count++
        sum += values[i] ?? 0
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

  constructor(columns: Columns, selection: Selection) {
    this.#columns = columns
    this.#selection = selection
  }

  /** Of the rows that fail none of the conditions. */
  measures(conditions = everyCondition): MeasureFigure[] {
    this.#bring()
    const { format, measures } = this.#columns
    const { fails } = this.#selection
    const asked = this.#selection.asked(conditions)
    const pieces = this.#selection.pieces(conditions)
    const sums: Sum[] = []
    for (const together of this.#together) {
      const told = together.flatMap((i) => this.#told[i] ?? [])
      const found =
        pieces !== null
          ? told.map((one) => one.ofPieces(pieces, fails, asked))
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

  #bring(): void {
    const { measures, rows } = this.#columns
    if (this.#rows === rows) return
    this.#rows = rows
    const together: number[][] = []
    measures.forEach(({ values }, i) => {
      const told = (this.#told[i] ??= new Told())
      told.bring(values, rows)
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
    const asked = this.#selection.asked()
    return tallies
      .map((column, i) => ({
        name: told[i]?.name ?? '',
        bars: column.sums(this.#selection.fails, asked, told[i]?.order),
      }))
      .filter(({ bars }) => bars.length > 0)
  }
}

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
