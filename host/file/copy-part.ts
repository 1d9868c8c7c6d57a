// Copies the events that are meant into a file of the same schema, with all that belongs to them, such as an
// execution's matches, and all that they point at, such as the bucket of an event or the messages of a turn: no row of
// the copy points at nothing. What is copied already, the copy itself knows, so that memory doesn't grow with the file.
import type { DatabaseSync } from 'node:sqlite'
import { setImmediate } from 'node:timers/promises'
import { chosenKeys } from '../../shared/viewer/chosen-keys.ts'
import { ExactReader } from '../../shared/viewer/exact.ts'
import { partsOf } from '../../shared/viewer/parts.ts'
import { foreignKeys, relationsOf } from '../../shared/viewer/related.ts'
import { quote, rowidName } from '../../shared/viewer/sqlite.ts'
import type { Cell, Sqlite, Table } from '../../shared/viewer/sqlite.ts'
import type { Which } from '../../shared/viewer/which.ts'
import type { ExportedTable } from '../../shared/export.ts'
import { declaredOf } from '../../shared/writers/declared.ts'
import type { JobPort } from '../jobs.ts'
import type { ReadAs } from './read-as.ts'
import type { SqliteWriter } from './sqlite-writer.ts'

const keysAtOnce = 500

/** Indexes, virtual tables, triggers and views, in this order: no trigger may see the rows come. */
const restOfSchema = `SELECT sql FROM sqlite_schema
  WHERE sql IS NOT NULL AND (type <> 'table' OR sql LIKE 'CREATE VIRTUAL%') ORDER BY type`

export async function copyPart(
  file: ReadAs,
  which: Which,
  copy: SqliteWriter,
  port: JobPort,
): Promise<ExportedTable[]> {
  const { db, schema, format } = file
  const parts = partsOf(db, format, schema)
  const total = parts.reduce((sum, part) => sum + part.count(), 0)
  const tables = schema.filter(({ kind }) => kind === 'table')
  for (const table of tables) copy.make(table.name, declaredOf(db, table).sql)
  const copier = new Copier(file, tables, copy)
  for (const { part, keys, looked } of chosenKeys(db, schema, format, which)) {
    copier.copy(part.table, part.key, keys)
    port.progress({ phase: 'writing', done: looked, total })
    await setImmediate()
  }
  for (const [sql] of db.rows(restOfSchema)) copy.try(String(sql))
  for (const { name, kind } of schema)
    if (kind === 'virtual') copy.try(`INSERT INTO ${quote(name)} (${quote(name)}) VALUES ('rebuild')`)
  copy.finish()
  return tables.map(({ name }) => ({ name, rows: copier.rows.get(name) ?? 0 }))
}

/** Keys of events are put into a table of the connection's own: they are too many for one statement. */
const chosenNow = 'temp.sightglass_chosen'

/** Rows of one table that were copied, by what tells them apart. */
interface Copied {
  readonly table: Table
  /** In SQL, of the row named `e`. */
  readonly key: string
  /** What the key is among, in SQL, with the values that this needs. */
  readonly among: string
  readonly values: readonly Cell[]
  /** Events and what belongs to them come with all that names them; what they point at comes with its parts alone. */
  readonly as: 'belonging' | 'pointed at'
}

/** A table whose rows come with those of another. In the condition `r` is the row that points, `e` the one pointed at. */
interface Along {
  readonly table: Table
  readonly as: Copied['as']
  readonly on: string
}

class Copier {
  readonly rows = new Map<string, number>()
  readonly #db: Sqlite
  readonly #engine: DatabaseSync
  readonly #reader: ExactReader
  readonly #copy: SqliteWriter
  readonly #along: (copied: Copied) => readonly Along[]
  readonly #columns = new Map<Table, string[]>()

  constructor(file: ReadAs, tables: readonly Table[], copy: SqliteWriter) {
    this.#db = file.db
    this.#engine = file.engine
    this.#engine.exec(`PRAGMA temp_store = MEMORY; CREATE TEMP TABLE IF NOT EXISTS sightglass_chosen (k)`)
    this.#reader = new ExactReader(file.db, TextDecoder)
    this.#copy = copy
    this.#along = alongIn(file, tables)
  }

  copy(table: Table, key: string, keys: readonly Cell[]): void {
    this.#engine.exec(`DELETE FROM ${chosenNow}`)
    const choose = this.#engine.prepare(`INSERT INTO ${chosenNow} VALUES (?)`)
    for (const one of keys) choose.run(one)
    const among = `SELECT k FROM ${chosenNow}`
    this.#add(table, 'e', `WHERE ${key} IN (${among})`, [])
    const waiting = this.#copyAlong({ table, key, among, values: [], as: 'belonging' })
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop())
      waiting.push(...this.#copyAlong(next))
  }

  /** Gives those rows that weren't in the copy before: what goes with the others is there already. */
  #copyAlong(copied: Copied): Copied[] {
    const found: Copied[] = []
    for (const { table, as, on } of this.#along(copied)) {
      const key = `e.${rowNumber(table)}`
      const added = this.#addAlong(table, as === 'belonging' ? 'r' : 'e', on, copied)
      for (let at = 0; at < added.length; at += keysAtOnce) {
        const values = added.slice(at, at + keysAtOnce)
        found.push({ table, key, among: values.map(() => '?').join(', '), values, as })
      }
    }
    return found
  }

  #addAlong(table: Table, alias: 'e' | 'r', on: string, copied: Copied): bigint[] {
    const { table: of, key, among, values } = copied
    const [other, number] = [alias === 'e' ? 'r' : 'e', rowNumber(table)]
    const join = `JOIN ${quote(of.name)} AS ${other} ON (${on})`
    // the sign keeps SQLite from going through the whole table for each of the keys
    const condition = `WHERE +${key.replace(/^e\./, `${other}.`)} IN (${among})`
    if (alias === 'r' || number === null) return this.#add(table, alias, `${join} ${condition}`, values)
    const once = `SELECT e.${number} FROM ${quote(table.name)} AS e ${join} ${condition}` // many may point at one
    return this.#add(table, 'e', `WHERE e.${number} IN (${once})`, values)
  }

  /** Gives the numbers of the rows that are new in the copy, where the table has such. */
  #add(table: Table, as: 'e' | 'r', rest: string, values: readonly Cell[]): bigint[] {
    const columns = this.#columnsOf(table)
    const number = rowNumber(table)
    const names = number === null ? columns : [...columns, number]
    const also = number === null ? [] : [`${as}.${number}`]
    const added: bigint[] = []
    let count = 0
    for (const cells of this.#reader.rows({ table, as, columns, also, rest, values })) {
      if (this.#copy.add(table.name, names, cells) === 0) continue
      count++
      const last = cells.at(-1)
      if (number !== null && typeof last === 'bigint') added.push(last)
    }
    this.rows.set(table.name, (this.rows.get(table.name) ?? 0) + count)
    return added
  }

  #columnsOf(table: Table): string[] {
    const known = this.#columns.get(table)
    if (known !== undefined) return known
    const declared = declaredOf(this.#db, table).columns
    const columns = declared.flatMap(({ name, generated }) => (generated === true ? [] : [name]))
    this.#columns.set(table, columns)
    return columns
  }
}

/** No other event comes along: those that are meant were chosen one by one. */
function alongIn({ db, schema, format }: ReadAs, tables: readonly Table[]) {
  const events = partsOf(db, format, schema).map(({ table }) => table)
  const others = tables.filter((table) => events.every(({ name }) => name !== table.name))
  const contents = format.contents ?? {}
  const find = ({ table, as }: Copied): Along[] => {
    const naming =
      as === 'belonging' ? others : others.filter(({ name }) => contents[table.name]?.includes(name))
    const belonging = events.includes(table)
      ? relationsOf(db, schema, format, table).filter((one) => others.includes(one.table))
      : naming.flatMap((one) => foreignKeys(db, one, [table]).map(({ on }) => ({ table: one, on })))
    const pointedAt = foreignKeys(db, table, others).flatMap(({ to, on }) =>
      others.filter(({ name }) => name === to).map((one) => ({ table: one, on })),
    )
    return [
      ...belonging.map(({ table: one, on }): Along => ({ table: one, as: 'belonging', on })),
      ...pointedAt.map((one): Along => ({ ...one, as: 'pointed at' })),
    ]
  }
  const known = new Map<string, Along[]>()
  return (copied: Copied): readonly Along[] => {
    const name = `${copied.as}\0${copied.table.name}`
    const along = known.get(name) ?? find(copied)
    known.set(name, along)
    return along
  }
}

const rowNumber = ({ withoutRowid, columns }: Table): string | null =>
  withoutRowid ? null : rowidName(columns)
