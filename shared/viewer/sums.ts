// Sums over chosen rows: of measures, and of what events count by themselves. What no row has is left out: a sum
// of nothing is not zero.
import type { Unit } from '../formats/format.ts'
import type { Columns } from './columns.ts'
import type { ChosenRows } from './filter.ts'

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

export function sumMeasures(
  { format, measures }: Columns,
  { count: chosen, list }: ChosenRows,
): MeasureFigure[] {
  return measures
    .map(({ name, values }, i) => {
      let count = 0
      let sum = 0
      for (let i = 0; i < chosen; i++) {
        const value = values[list === null ? i : (list[i] ?? 0)] ?? NaN
        if (value !== value) continue
        count++
        sum += value
      }
      return { name, unit: format.events.measures[i]?.unit ?? 'number', count, sum }
    })
    .filter(({ count }) => count > 0)
}

/** `fails` is 0 for the rows that are chosen. */
export function sumTallies({ format, tallies }: Columns, fails: Uint32Array): TallyFigure[] {
  const told = format.events.tallies ?? []
  return tallies
    .map((column, i) => ({ name: told[i]?.name ?? '', bars: column.sums(fails, told[i]?.order) }))
    .filter(({ bars }) => bars.length > 0)
}
