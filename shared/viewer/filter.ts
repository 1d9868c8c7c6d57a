// Stage 4: which rows count. A filter is plain data, so that it can stand in an address, on a command line and in
// a delete preview alike; selection.ts works out which rows it means.
import type { Codes, Columns } from './columns.ts'
import type { Between } from './conditions.ts'

export type { Between } from './conditions.ts'

export interface Filter {
  /** The period that is looked at: milliseconds since 1970, inclusive; null is open. */
  readonly since: number | null
  /** Exclusive; null is open. */
  readonly until: number | null
  /** A stretch of time chosen within the period; charts over time show what lies around it as well. */
  readonly range: Between | null
  /** True: only what failed; false: only what did not. */
  readonly failed: boolean | null
  /** Milliseconds. */
  readonly duration: Between | null
  /** Hours since Monday's local midnight, 0 to 167. */
  readonly hours: { readonly of: readonly number[]; readonly not: boolean } | null
  /** All conditions must hold. Within one, any of the values. The dimension `kind` is the event's kind. */
  readonly where: readonly Condition[]
  /** Words that a row's texts must contain; which rows do, whoever can read the texts finds out. Empty: any. */
  readonly search: string
}

export interface Condition {
  readonly dimension: string
  readonly values: readonly string[]
  readonly not: boolean
}

export const everything: Filter = {
  since: null,
  until: null,
  range: null,
  failed: null,
  duration: null,
  hours: null,
  where: [],
  search: '',
}

export function wordsOf(columns: Columns, dimension: string): { words: readonly string[]; codes: Codes } {
  if (dimension === 'kind') return { words: columns.kinds, codes: columns.kind }
  const found = columns.dimensions.find(({ name }) => name === dimension)
  return found ?? { words: [''], codes: new Uint8Array(0) }
}
