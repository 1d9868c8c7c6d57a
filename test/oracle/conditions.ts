// A filter as a WHERE, with or without some of its conditions.
import type { Between, Filter } from '../../shared/viewer/filter.ts'
import type { OracleCase } from './case.ts'

/** All conditions, but those that are named: `period`, `range`, `failed`, `duration`, `hours`, or a dimension. */
export type Conditions = (...without: string[]) => string

export const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** The column of a dimension. */
export const columnOf = (name: string, one: OracleCase): string =>
  name === 'kind' ? 'kind' : `d${Object.keys(one.dimensions).indexOf(name)}`

export function chosen(filter: Filter, one: OracleCase): Conditions {
  const { since, until, range, failed, duration, hours, where } = filter
  const conditions: (readonly [name: string, sql: string])[] = [
    ['period', since === null ? '1' : `ms >= ${since}`],
    ['period', until === null ? '1' : `ms < ${until}`],
    ['range', between('ms', range)],
    ['failed', failed === null ? '1' : failed ? 'failed IS 1' : 'failed IS NOT 1'],
    ['duration', between('duration', duration)],
    ['hours', hours === null ? '1' : among('hour', hours.of, hours.not)],
    ...where.map(
      ({ dimension, values, not }) =>
        [dimension, among(columnOf(dimension, one), values.map(quote), not)] as const,
    ),
  ]
  return (...without) =>
    ['1', ...conditions.filter(([name]) => !without.includes(name)).map(([, sql]) => sql)].join(' AND ')
}

/** What has no value is in nothing, and is left where something is taken out. */
const among = (column: string, values: readonly (string | number)[], not: boolean): string =>
  `coalesce(${column} IN (${values.join(', ')}), 0) = ${not ? 0 : 1}`
const between = (column: string, stretch: Between | null): string =>
  stretch === null
    ? '1'
    : `coalesce(${column} >= ${stretch.from} AND ${column} < ${stretch.to}, 0) = ${stretch.not ? 0 : 1}`
