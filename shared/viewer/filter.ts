// Stage 4: which rows count. A filter is plain data, so that it can stand in an address, on a command line
// and in a delete preview alike; here it becomes one byte for each row.
import type { Columns } from './columns.ts'
import { outcome } from './events.ts'

export interface Filter {
  /** Milliseconds since 1970, inclusive; null is open. */
  readonly since: number | null
  /** Exclusive; null is open. */
  readonly until: number | null
  readonly failed: boolean
  /** All conditions must hold. Within one, any of the values. The dimension `kind` is the event's kind. */
  readonly where: readonly Condition[]
}

export interface Condition {
  readonly dimension: string
  readonly values: readonly string[]
  readonly not: boolean
}

export const everything: Filter = { since: null, until: null, failed: false, where: [] }

export const isEverything = (filter: Filter): boolean =>
  filter.since === null && filter.until === null && !filter.failed && filter.where.length === 0

/** One byte for each row: 1 where the row counts. */
export function selectRows(columns: Columns, filter: Filter): Uint8Array {
  const chosen = new Uint8Array(columns.rows).fill(1)
  if (filter.since !== null || filter.until !== null) {
    const since = filter.since ?? -Infinity
    const until = filter.until ?? Infinity
    const { time } = columns
    for (let i = 0; i < chosen.length; i++) {
      const at = time[i] ?? NaN
      if (!(at >= since && at < until)) chosen[i] = 0
    }
  }
  if (filter.failed)
    for (let i = 0; i < chosen.length; i++) if (columns.outcome[i] !== outcome.failed) chosen[i] = 0
  for (const condition of filter.where) {
    const column =
      condition.dimension === 'kind'
        ? { words: columns.kinds, codes: columns.kind }
        : columns.dimensions.find(({ name }) => name === condition.dimension)
    const wanted = new Set(condition.values.map((value) => column?.words.indexOf(value, 1) ?? -1))
    for (let i = 0; i < chosen.length; i++) {
      const code = column?.codes[i] ?? 0
      if (wanted.has(code) === condition.not) chosen[i] = 0
    }
  }
  return chosen
}
