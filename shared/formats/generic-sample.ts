// Looks at a file that no format knows: a few of the newest and oldest rows of each table, never all of it, long
// cells cut short. Views and virtual tables are left alone, since reading them runs what the file says.
import type { AppError, Result } from '../result.ts'
import { fail, ok } from '../result.ts'
import { quote } from '../viewer/sqlite.ts'
import type { Cell, Schema, Sqlite, Table } from '../viewer/sqlite.ts'

export interface SampledColumn {
  readonly name: string
  /** The type it was declared with, as written. */
  readonly declared: string
  readonly values: readonly Cell[]
}

export interface Reference {
  readonly column: string
  readonly table: string
}

export interface SampledTable {
  readonly name: string
  /** How many rows, from the highest row number; a guess where rows were deleted. */
  readonly rows: number
  readonly columns: readonly SampledColumn[]
  /** The one integer column that is the key, by which a row is found at once. */
  readonly integerKey: string | null
  /** A column to read in order of, where there are no row numbers. */
  readonly key: string
  /** Declared foreign keys of one column. */
  readonly references: readonly Reference[]
}

const mostColumns = 8000
const mostTables = 400
const rowsEachEnd = 60
const cellsOfTable = 60_000
const charactersOfTable = 4_000_000

export function sampleTables(db: Sqlite, schema: Schema, path: string): Result<SampledTable[]> {
  const tables = schema.filter(({ kind, columns }) => kind === 'table' && columns.length > 0)
  const columns = tables.reduce((sum, table) => sum + table.columns.length, 0)
  if (columns > mostColumns) return fail(tooWide(path, columns))
  const sampled: SampledTable[] = []
  let broken: { readonly thrown: unknown } | null = null
  for (const table of tables.slice(0, mostTables)) {
    try {
      sampled.push(sampleTable(db, table))
    } catch (thrown) {
      broken ??= { thrown } // a damaged table is no reason not to read the others
    }
  }
  if (sampled.length === 0 && broken !== null) throw broken.thrown
  return ok(sampled)
}

const tooWide = (path: string, columns: number): AppError => ({
  kind: 'schema-too-large',
  path,
  columns,
  limit: mostColumns,
})

interface ColumnFacts {
  readonly name: string
  readonly declared: string
  readonly primary: number
}

function sampleTable(db: Sqlite, table: Table): SampledTable {
  const facts = [
    ...db.rows('SELECT name, type, pk FROM pragma_table_xinfo(?)', [table.name]),
  ].map<ColumnFacts>(([name, type, primary]) => ({
    name: String(name),
    declared: typeof type === 'string' ? type : '',
    primary: Number(primary),
  }))
  const references = [
    ...db.rows('SELECT "from", "table", id FROM pragma_foreign_key_list(?)', [table.name]),
  ].map(([from, to]) => ({ column: String(from), table: String(to) }))
  const keys = facts.filter(({ primary }) => primary > 0)
  const [only] = keys
  const isInteger = only !== undefined && keys.length === 1 && only.declared.toUpperCase() === 'INTEGER'
  const rowid = table.withoutRowid ? null : rowidName(facts)
  const rows = sampleRows(db, table.name, facts, rowid)
  return {
    name: table.name,
    rows: countRows(db, table.name, rowid),
    columns: facts.map(({ name, declared }, i) => ({
      name,
      declared,
      values: rows.map((row) => row[i] ?? null),
    })),
    integerKey: isInteger && !table.withoutRowid ? only.name : null,
    key: keys.find(({ primary }) => primary === 1)?.name ?? facts[0]?.name ?? '',
    references,
  }
}

function rowidName(facts: readonly ColumnFacts[]): string | null {
  const taken = new Set(facts.map(({ name }) => name.toLowerCase()))
  return ['rowid', '_rowid_', 'oid'].find((name) => !taken.has(name)) ?? null
}

function sampleRows(db: Sqlite, table: string, facts: readonly ColumnFacts[], rowid: string | null) {
  const each = Math.max(4, Math.min(rowsEachEnd, Math.floor(cellsOfTable / facts.length / 2)))
  const longest = Math.min(8000, Math.floor(charactersOfTable / facts.length / each))
  const cells = facts.map(({ name }) => {
    const cell = quote(name)
    return `CASE typeof(${cell}) WHEN 'blob' THEN NULL WHEN 'text' THEN substr(${cell}, 1, ${longest}) ELSE ${cell} END`
  })
  const select = `SELECT ${cells.join(', ')} FROM ${quote(table)}`
  if (rowid === null) return [...db.rows(`${select} LIMIT ${2 * each}`)]
  const oldest = [...db.rows(`${select} ORDER BY ${rowid} LIMIT ${2 * each}`)]
  if (oldest.length < 2 * each) return oldest
  return [
    ...oldest.slice(0, each),
    ...[...db.rows(`${select} ORDER BY ${rowid} DESC LIMIT ${each}`)].reverse(),
  ]
}

function countRows(db: Sqlite, table: string, rowid: string | null): number {
  if (rowid === null) {
    const few = `SELECT count(*) FROM (SELECT 1 FROM ${quote(table)} LIMIT 10000)`
    for (const [count] of db.rows(few)) return Number(count)
    return 0
  }
  const [low] = db.rows(`SELECT min(${rowid}) FROM ${quote(table)}`)
  const [high] = db.rows(`SELECT max(${rowid}) FROM ${quote(table)}`)
  if (typeof high?.[0] !== 'bigint' && typeof high?.[0] !== 'number') return 0
  return Number(high[0]) - Number(low?.[0] ?? 0) + 1
}
