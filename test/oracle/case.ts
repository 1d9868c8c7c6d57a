// A kind of file, and where in its rows the figures lie, in SQL that is written by hand from what is known of the
// formats; no code of the program takes part in it.
import { DatabaseSync } from 'node:sqlite'
import type { Random } from './random.ts'

export type Value = string | number | bigint | null

/** Every text but the first four is an SQL expression over one row of `from`; NULL is no value. */
export interface OracleCase {
  readonly name: string
  readonly format: string
  /** Writes a file and gives its path: a database, or text. */
  make(folder: string, random: Random): string
  /** What SQL is asked of: the file itself, or a database that holds the text's records. */
  open?(path: string): DatabaseSync
  /** A FROM with one row for each event. */
  readonly from: string
  /** Milliseconds since 1970, cut. */
  readonly ms: string
  readonly kind: string
  /** 1 or 0; null where the format tells no outcome. */
  readonly failed: string | null
  /** In milliseconds. */
  readonly duration: string | null
  /** All that the program charts; a dimension that is not here must not be there. */
  readonly dimensions: Readonly<Record<string, string>>
  readonly measures: Readonly<Record<string, string>>
  /** JSON objects of counts. */
  readonly tallies?: Readonly<Record<string, string>>
}

export function write(
  path: string,
  ddl: string,
  fill: (insert: (table: string, ...values: Value[]) => void) => void,
): string {
  const db = new DatabaseSync(path)
  db.exec(ddl)
  db.exec('BEGIN')
  fill((table, ...values) => {
    db.prepare(`INSERT INTO "${table}" VALUES (${values.map(() => '?').join(', ')})`).run(...values)
  })
  db.exec('COMMIT')
  db.close()
  return path
}

export const iso = (time: number): string => new Date(time).toISOString()
/** 2026-11-20T12:34:56.789123+11:00 */
export const offset = (time: number, hours: number, digits = '123'): string =>
  `${iso(time + hours * 3_600_000).slice(0, 23)}${digits}${hours < 0 ? '-' : '+'}${String(Math.abs(hours)).padStart(2, '0')}:00`

/** Milliseconds of an ISO text with three digits or more after the second, whatever its zone. */
export const isoMilliseconds = (text: string): string =>
  `(CAST(strftime('%s', ${text}) AS INTEGER) * 1000 + CAST(substr(${text}, 21, 3) AS INTEGER))`

/** Dimensions whose names are not those of their columns, and those that are called alike. */
export const named = (
  expression: (name: string) => string,
  names: readonly (string | readonly [name: string, column: string])[],
): Record<string, string> =>
  Object.fromEntries(
    names.map((one) => (typeof one === 'string' ? [one, expression(one)] : [one[0], expression(one[1])])),
  )
