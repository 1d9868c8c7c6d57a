// A kind of file, and what is asked of it in SQL. The SQL is written by hand from what is known of the formats; no
// code of the program takes part in it.
import { DatabaseSync } from 'node:sqlite'
import type { Random } from './random.ts'

export type Value = string | number | bigint | null

export interface OracleCase {
  readonly name: string
  readonly format: string
  /** Writes a file and gives its path: a database, or text. */
  make(folder: string, random: Random): string
  /** What SQL is asked of: the file itself, or a database that holds the text's records. */
  open?(path: string): DatabaseSync
  /** SELECT of ms (milliseconds since 1970, cut), kind, failed (1, 0 or NULL), duration (milliseconds or NULL). */
  readonly events: string
  readonly tellsOutcome: boolean
  /** By name: SELECT of a label and a count; labels that are NULL count nowhere. */
  readonly dimensions: Readonly<Record<string, string>>
  /** By name: SELECT of a count and a sum. */
  readonly measures: Readonly<Record<string, string>>
  /** By name: SELECT of a word and a sum. */
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
