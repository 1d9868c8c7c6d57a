// Rows that belong to a record: what its format says of them, and rows of other tables whose foreign key names it.
import type { Format } from '../formats/format.ts'
import type { RelatedRows } from './asks.ts'
import { hasAll } from './events.ts'
import type { Part, Where } from './parts.ts'
import { quote, rowidName } from './sqlite.ts'
import type { Schema, Sqlite, Table } from './sqlite.ts'
import type { ValueReader } from './values.ts'
import { columnOf, valueColumns } from './values.ts'

const mostRows = 50
const mostTables = 12
const mostColumns = 60
const most = { text: 2000, blob: 64 }

export function findRelated(
  db: Sqlite,
  schema: Schema,
  format: Format,
  part: Part,
  where: Where,
  values: ValueReader,
): RelatedRows[] {
  const relations = relationsOf(db, schema, format, part.table).slice(0, mostTables)
  return relations.flatMap(({ name, table, on, telling, first }) => {
    const rowid = table.withoutRowid ? null : rowidName(table.columns)
    const columns = table.columns.slice(0, mostColumns)
    const selected = columns.map((column) => valueColumns(columnOf('r', column), most))
    const sorted = first ?? (rowid === null ? null : `r.${rowid}`)
    const found = Array.from(
      db.rows(
        `SELECT ${[rowid === null ? 'NULL' : `r.${rowid}`, ...selected].join(', ')}
         FROM ${quote(part.table.name)} AS e CROSS JOIN ${quote(table.name)} AS r
         WHERE ${where.sql} AND (${on}) ${sorted === null ? '' : `ORDER BY ${sorted}`} LIMIT ${mostRows + 1}`,
        where.values,
      ),
    )
    if (found.length === 0) return []
    const rows = found.slice(0, mostRows).map((row) => ({
      rowid: row[0] === null || row[0] === undefined ? null : Number(row[0]),
      fields: values
        .values(row, 1, columns.length)
        .map((value, i) => ({ table: table.name, column: columns[i] ?? '', value })),
    }))
    return [{ name, table: table.name, telling, rows, more: found.length > mostRows }]
  })
}

interface Pointing {
  /** What they are to it, by its key in words/; null where only a foreign key says so. */
  readonly name: string | null
  readonly table: Table
  /** A condition on its rows, named `r`, and the record, named `e`. */
  readonly on: string
  readonly telling: readonly string[]
  readonly first: string | null
}

/** The tables whose rows belong to records of this one. */
export function relationsOf(db: Sqlite, schema: Schema, format: Format, target: Table): Pointing[] {
  const told = (format.related ?? []).filter(({ needs }) => hasAll(schema, needs))
  const found = told.flatMap(({ name, table: named, on, telling, first = null }) => {
    const table = schema.find((candidate) => candidate.name === named)
    return table === undefined ? [] : [{ name, table, on, telling, first }]
  })
  const pointing = schema.flatMap((table) =>
    table.kind !== 'table'
      ? []
      : foreignKeys(db, table, [target]).map(({ on }) => ({
          name: null,
          table,
          on,
          telling: [],
          first: null,
        })),
  )
  return [...found, ...pointing]
}

export interface ForeignKey {
  readonly to: string
  /** A condition on `r`, the row that points, and `e`, the one it points at. */
  readonly on: string
  /** What the schema wants done with it when that one goes: CASCADE, SET NULL, … */
  readonly whenDeleted: string
}

/** A table's pointers at others of these. A key that names no column means the other table's own. */
export function foreignKeys(db: Sqlite, table: Table, others: readonly Table[]): ForeignKey[] {
  const parts = Map.groupBy(
    db.rows('SELECT id, "table", "from", "to", on_delete FROM pragma_foreign_key_list(?)', [table.name]),
    ([id]) => Number(id),
  )
  return [...parts.values()].flatMap((columns) => {
    const [, named, , , whenDeleted] = columns[0] ?? []
    const to = others.find(({ name }) => name.toLowerCase() === String(named).toLowerCase())?.name
    if (to === undefined) return []
    const pairs = columns.map(([, , from, column]) => {
      const key = typeof column === 'string' ? column : columns.length === 1 ? primaryKey(db, to) : null
      return key === null ? null : `${columnOf('r', String(from))} = ${columnOf('e', key)}`
    })
    return pairs.includes(null) ? [] : [{ to, on: pairs.join(' AND '), whenDeleted: String(whenDeleted) }]
  })
}

function primaryKey(db: Sqlite, table: string): string | null {
  const names = Array.from(db.rows('SELECT name FROM pragma_table_info(?) WHERE pk > 0', [table]), ([name]) =>
    String(name),
  )
  return names.length === 1 ? (names[0] ?? null) : null
}
