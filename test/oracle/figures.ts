// Figures by name, and what asks for them.
import type { View } from '../../shared/viewer/specs.ts'
import type { Calendar } from './calendar.ts'
import type { OracleCase } from './case.ts'

export type Figure = number | string | null
export type Figures = Readonly<Record<string, Figure>>
export type Row = readonly Figure[]

/** The questions of one view, without its zone: a truth has one. */
export type Question = Omit<View, 'zone'>

export interface Asked {
  readonly rows: (sql: string) => readonly Row[]
  readonly exec: (sql: string) => void
  readonly one: OracleCase
  readonly calendar: Calendar
}

/** Nearest rank, position ceil(p·n), in whole numbers; by groups, where `by` is no constant. */
export function percentiles({ rows }: Asked, by: string, from: string, where: string): readonly Row[] {
  return rows(`WITH placed AS (SELECT ${by} AS part, duration,
      row_number() OVER (PARTITION BY ${by} ORDER BY duration) AS place,
      count(*) OVER (PARTITION BY ${by}) AS n FROM ${from} WHERE duration IS NOT NULL AND ${where})
    SELECT part, max(duration) FILTER (WHERE place = (n * 50 + 99) / 100),
      max(duration) FILTER (WHERE place = (n * 95 + 99) / 100) FROM placed GROUP BY part`)
}
