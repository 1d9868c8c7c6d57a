// The order of the rows by a raw column, as SQLite sorts: numbers before text, the case of letters aside. What is
// empty comes last whichever way, and of equals the newest first.
import type { Batch } from './asks.ts'
import type { Part } from './parts.ts'
import type { Sqlite } from './sqlite.ts'
import { columnOf } from './values.ts'

const batch = 50_000
/** Texts are sorted by their beginnings: a sort by whole ones would take as much memory as they do. */
const letters = 128

export function* order(
  db: Sqlite,
  parts: readonly Part[],
  column: string,
  descending: boolean,
): Generator<Batch> {
  const total = parts.reduce((sum, part) => sum + part.count(), 0)
  let first = 0
  const selects = parts.map((part, i) => {
    const select = selectOf(part, column, i === 0, first)
    first += part.count()
    return select
  })
  const direction = descending ? 'DESC' : 'ASC'
  const sql = `SELECT p, i FROM (${selects.join(' UNION ALL ')})
    ORDER BY k IS NULL, k COLLATE NOCASE ${direction}, p, n DESC`
  let done = 0
  let by: Batch['by'] = 'rowid'
  let rows: number[] = []
  for (const [p, i] of db.rows(sql)) {
    const next = p === 0n ? 'rowid' : 'place'
    if (rows.length === batch || (next !== by && rows.length > 0)) {
      yield { by, rows, done, total }
      rows = []
    }
    by = next
    rows.push(Number(i))
    done++
  }
  yield { by, rows, done, total }
}

/** p: how it is addressed, i: by what, n: the newer the higher, k: what it is sorted by. */
function selectOf(
  { table, key: by, rowid, from }: Part,
  column: string,
  isFirst: boolean,
  first: number,
): string {
  const raw = columnOf('e', column)
  const key = table.columns.includes(column)
    ? `CASE WHEN typeof(${raw}) IN ('text', 'blob') THEN substr(${raw}, 1, ${letters}) ELSE ${raw} END`
    : 'NULL'
  if (isFirst && rowid !== null) return `SELECT 0 AS p, e.${rowid} AS i, e.${rowid} AS n, ${key} AS k ${from}`
  return `SELECT 1 AS p, ${first} + row_number() OVER (ORDER BY ${by} DESC) - 1 AS i,
    -row_number() OVER (ORDER BY ${by} DESC) AS n, ${key} AS k ${from}`
}
