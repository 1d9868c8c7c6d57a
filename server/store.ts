// What the store needs of an engine, small enough for three of them: a transaction is a list of statements that is
// known beforehand, for D1 knows no other. So nothing here looks first and writes then; what a statement must know of
// the one before it asks in its own WHERE.
import type { Result } from '../shared/result.ts'

export type Value = string | number | null
export type Row = Readonly<Record<string, unknown>>

/** SQL that all three engines read, with `?` for its values; where they differ, a `Dialect` says it. */
export interface Statement {
  readonly sql: string
  readonly values?: readonly Value[]
  /** Carried out once with each of these instead; only for an engine whose dialect repeats. */
  readonly rows?: readonly (readonly Value[])[]
}

/** What a transaction came to, where it came to nothing. */
export type Undone =
  /** The store can't take anything now, a full disk for instance; what it accepted before is safe. */
  | 'unavailable'
  /** A row would have gone over its limit. */
  | 'over limit'

/** All that a caller can meet, where nothing it asks for has a limit. */
export type StoreFailure = Exclude<Undone, 'over limit'>

export interface Store {
  readonly dialect: Dialect
  /** For how many days whoever lends the engine can still bring back what was deleted; 0 where nobody can. */
  readonly recoverable: number
  /** All of them or none, in this order; answers with each one's rows, and only when they are on disk. */
  run(statements: readonly Statement[]): Promise<Result<readonly (readonly Row[])[], Undone>>
  /** What this engine wants done by itself, every hour and every night. */
  tend(when: Tending): Promise<void>
  close(): Promise<void>
}

export type Tending =
  | { readonly kind: 'hour' }
  /** Events that were received before this moment are no longer wanted. */
  | { readonly kind: 'night'; readonly now: number; readonly before: number }

export interface Dialect {
  /** Whether many rows are put in one by one: within the process that costs half of taking them out of JSON. */
  readonly repeats: boolean
  /**
   * After INSERT, for rows put in one by one: the transaction is undone at a failure, so the engine needs no second copy
   * of each page to undo the one row by; among random places that copy costs as much as the row.
   */
  readonly orFail: string
  /** The elements of a JSON array that is given as a value, as `e.value`. */
  readonly each: string
  /** The elements of an array that a column's JSON holds under a key, as `r.value`. */
  elements(column: string, key: string): string
  /** An expression that is a JSON text, as what a column of JSON takes. */
  json(expression: string): string
  /** Where an engine numbers rows as they come, the column of that number, with a comma before it; else nothing. */
  readonly place: string
}

export const sqliteDialect: Dialect = {
  repeats: false,
  orFail: 'OR FAIL ',
  each: 'json_each(?) AS e',
  elements: (column, key) => `json_each(${column}, '$.${key}') AS r`,
  json: (expression) => expression,
  place: ', rowid',
}

export const postgresDialect: Dialect = {
  repeats: false,
  orFail: '',
  each: 'json_array_elements(CAST(? AS json)) AS e (value)',
  elements: (column, key) => `json_array_elements(${column}->'${key}') AS r (value)`,
  json: (expression) => `CAST(${expression} AS json)`,
  place: '', // what it writes anew lies where there is room: no column tells of an order
}

/** The name of the check in the migrations. Every engine's message about it holds the name. */
export const limitCheck = 'within_limit'

export const numberIn = (row: Row | undefined, column: string): number => Number(row?.[column] ?? 0)
export function textIn(row: Row | undefined, column: string): string {
  const value = row?.[column]
  return typeof value === 'string' ? value : ''
}
