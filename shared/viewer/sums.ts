// Sums over chosen rows: of measures, and of what events count by themselves. What no row has is left out: a sum
// of nothing is not zero.
import type { Unit } from '../formats/format.ts'
import type { Columns } from './columns.ts'
import type { ChosenRows, Selection } from './filter.ts'
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

/** The rows that have a value at all: most measures are told by few kinds of events. */
class Told extends RowList {
  #seen = 0

  bring(values: Float64Array, rows: number): void {
    for (let row = this.#seen; row < rows; row++) {
      const value = values[row] ?? NaN
      if (value === value) this.push(row)
    }
    this.#seen = rows
  }
}

export class Sums {
  readonly #columns: Columns
  readonly #selection: Selection
  readonly #told: readonly Told[]

  constructor(columns: Columns, selection: Selection) {
    this.#columns = columns
    this.#selection = selection
    this.#told = columns.measures.map(() => new Told())
  }

  /** Of the rows that all conditions choose. */
  measures(): MeasureFigure[] {
    const { rows } = this.#columns
    const { fails } = this.#selection
    const chosen = this.#selection.rows()
    return this.#figures((values, told) => {
      told.bring(values, rows)
      if (chosen.count * 2 < told.count) return sumOf(values, chosen)
      let count = 0
      let sum = 0
      for (let i = 0; i < told.count; i++) {
        const row = told.rows[i] ?? 0
        if (fails[row] !== 0) continue
        count++
        sum += values[row] ?? 0
      }
      return { count, sum }
    })
  }

  /** Of any rows. */
  measuresOf(rows: ChosenRows): MeasureFigure[] {
    return this.#figures((values) => sumOf(values, rows))
  }

  tallies(): TallyFigure[] {
    const { format, tallies } = this.#columns
    const told = format.events.tallies ?? []
    return tallies
      .map((column, i) => ({
        name: told[i]?.name ?? '',
        bars: column.sums(this.#selection.fails, told[i]?.order),
      }))
      .filter(({ bars }) => bars.length > 0)
  }

  #figures(sum: (values: Float64Array, told: Told) => { count: number; sum: number }): MeasureFigure[] {
    const { format, measures } = this.#columns
    return measures
      .map(({ name, values }, i) => ({
        name,
        unit: format.events.measures[i]?.unit ?? 'number',
        ...sum(values, this.#told[i] ?? new Told()),
      }))
      .filter(({ count }) => count > 0)
  }
}

function sumOf(values: Float64Array, { count: chosen, list }: ChosenRows): { count: number; sum: number } {
  let count = 0
  let sum = 0
  for (let i = 0; i < chosen; i++) {
    const value = values[list === null ? i : (list[i] ?? 0)] ?? NaN
    if (value !== value) continue
    count++
    sum += value
  }
  return { count, sum }
}
