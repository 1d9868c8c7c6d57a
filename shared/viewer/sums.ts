// Sums over chosen rows: of measures, and of what events count by themselves. What no row has is left out: a sum
// of nothing is not zero.
import type { Unit } from '../formats/format.ts'
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
  readonly #told = new RowList()
  #values = new Float64Array(0)
  #seen = 0
  #infinite = false

  bring(values: Float64Array, rows: number): void {
    if (this.#seen === rows) return
    const known = this.#told.count
    for (let row = this.#seen; row < rows; row++) if (!Number.isNaN(values[row])) this.#told.push(row)
    this.#seen = rows
    if (this.#values.length < this.#told.rows.length) {
      const larger = new Float64Array(this.#told.rows.length)
      larger.set(this.#values)
      this.#values = larger
    }
    for (let i = known; i < this.#told.count; i++) {
      const value = values[this.#told.rows[i] ?? 0] ?? NaN
      this.#values[i] = value
      if (!Number.isFinite(value)) this.#infinite = true
    }
  }

  /** Of the rows that fail nothing asked for. */
  sum(fails: Uint32Array, asked: number): { count: number; sum: number } {
    const values = this.#values
    const { rows, count: told } = this.#told
    let count = 0
    let sum = 0
    if (this.#infinite) {
      for (let i = 0; i < told; i++) {
        if (((fails[rows[i] ?? 0] ?? 0) & asked) !== 0) continue
        count++
        sum += values[i] ?? 0
      }
      return { count, sum }
    }
    for (let i = 0; i < told; i++) {
      const failed = (fails[rows[i] ?? 0] ?? 0) & asked
      const passes = 1 + ((failed | -failed) >> 31) // no branch that can't be foreseen
      count += passes
      sum += passes * (values[i] ?? 0)
    }
    return { count, sum }
  }
}

export class Sums {
  readonly #columns: Columns
  readonly #selection: Selection
  readonly #told: Told[] = []

  constructor(columns: Columns, selection: Selection) {
    this.#columns = columns
    this.#selection = selection
  }

  /** Of the rows that fail none of the conditions. */
  measures(conditions = everyCondition): MeasureFigure[] {
    const { format, measures, rows } = this.#columns
    const { fails } = this.#selection
    const asked = this.#selection.asked(conditions)
    return measures
      .map(({ name, values }, i) => {
        const told = (this.#told[i] ??= new Told())
        told.bring(values, rows)
        const unit = format.events.measures[i]?.unit ?? 'number'
        return { name, unit, ...told.sum(fails, asked) }
      })
      .filter(({ count }) => count > 0)
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
