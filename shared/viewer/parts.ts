// The tables that hold a file's events, and how one row of them is found again.
import type { EventSource, Format } from '../formats/format.ts'
import type { Address } from './asks.ts'
import { quote, rowidName } from './sqlite.ts'
import type { Cell, Schema, Sqlite, Table } from './sqlite.ts'

export interface Part {
  readonly source: EventSource
  readonly table: Table
  /** SQLite's name for the row number; null where the table has none, or numbers that a double can't hold. */
  readonly rowid: string | null
  /** What tells its rows apart, whatever they are addressed by. */
  readonly key: string
  /** FROM with the condition of the source, and the word that joins another condition to it. */
  readonly from: string
  readonly and: 'AND' | 'WHERE'
  /** Newest first, as events.ts reads them. */
  readonly order: string
  /** Counted when it is asked for: in a big file that alone takes a second. */
  count(): number
}

/** A condition that holds for one row, named `e`. */
export interface Where {
  readonly sql: string
  readonly values: readonly Cell[]
}

/** The columns that the events' tables have, each once. */
export function rawColumns(format: Format, schema: Schema): string[] {
  return [...new Set(sourcesOf(format, schema).flatMap(({ table }) => table.columns))]
}

export function partsOf(db: Sqlite, format: Format, schema: Schema): Part[] {
  return sourcesOf(format, schema).map(({ source, table }) => {
    const number = table.withoutRowid ? null : rowidName(table.columns)
    const key = `e.${number ?? quote(source.key)}`
    const from = `FROM ${quote(source.table)} AS e${source.where === undefined ? '' : ` WHERE (${source.where})`}`
    let counted: number | null = null
    return {
      source,
      table,
      rowid: number !== null && hasSafe(db, source.table, number) ? number : null,
      key,
      from,
      and: source.where === undefined ? 'WHERE' : 'AND',
      order: `${key} DESC`,
      count: () => (counted ??= Number([...db.rows(`SELECT count(*) ${from}`)][0]?.[0])),
    }
  })
}

function hasSafe(db: Sqlite, table: string, rowid: string): boolean {
  const ends = ['min', 'max'].map(
    (end) => [...db.rows(`SELECT ${end}(${rowid}) FROM ${quote(table)}`)][0]?.[0],
  )
  return ends.every((number) => Number.isSafeInteger(Number(number ?? 0)))
}

function sourcesOf({ events, also }: Format, schema: Schema): { source: EventSource; table: Table }[] {
  return [events, ...(also === undefined ? [] : [also])].flatMap((source) => {
    const table = schema.find(({ name, kind }) => name === source.table && kind !== 'view')
    return table === undefined ? [] : [{ source, table }]
  })
}

/** Only the first part is addressed by row numbers: the same number in the second names another row. */
export function findRow(
  [first, second]: readonly Part[],
  { rowid, place }: Address,
): { readonly part: Part; readonly where: Where } | null {
  if (first === undefined) return null
  if (rowid !== null && first.rowid !== null)
    return { part: first, where: { sql: `e.${first.rowid} = ?`, values: [BigInt(rowid)] } }
  const [part, offset] = place < first.count() ? [first, place] : [second, place - first.count()]
  if (part === undefined) return null
  const sql = `${part.key} = (SELECT ${part.key} ${part.from} ORDER BY ${part.order} LIMIT 1 OFFSET ?)`
  return { part, where: { sql, values: [BigInt(offset)] } }
}
