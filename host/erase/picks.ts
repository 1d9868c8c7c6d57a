// The rows that are to go, as keys in a table of the connection's own: by row number, or by primary key where a table
// has no row numbers. Whatever is asked of them (which rows depend on them, what is in them, their deletion) is one
// statement that joins with those keys.
import type { DatabaseSync } from 'node:sqlite'
import type { ErasedTable } from '../../shared/erase.ts'
import type { Part } from '../../shared/viewer/parts.ts'
import { quote, rowidName } from '../../shared/viewer/sqlite.ts'
import type { Cell, Table } from '../../shared/viewer/sqlite.ts'
import { nativeSqlite } from '../file/native.ts'

/** The keys of one table's rows, as they go from the process that found them to the one that deletes them. */
export interface PickedRows {
  readonly table: string
  readonly because: ErasedTable['because']
  /** Row numbers; empty for a table without. */
  readonly rowids: BigInt64Array
  /** Primary keys, where there are no row numbers. */
  readonly keys: readonly (readonly Cell[])[]
}

export class Picks {
  readonly table: Table
  readonly because: PickedRows['because']
  /** A row that was to be picked is not found again by its key, which is NULL or no valid text. */
  lost = false
  /** What tells rows apart, in SQL without an alias. */
  readonly key: readonly string[]
  readonly #db: DatabaseSync
  readonly #name: string
  readonly #byNumber: boolean

  constructor(db: DatabaseSync, table: Table, because: PickedRows['because'], number: number) {
    this.#db = db
    this.table = table
    this.because = because
    const rowid = table.withoutRowid ? null : rowidName(table.columns)
    this.#byNumber = rowid !== null
    this.key = rowid === null ? primaryKey(db, table.name).map(quote) : [rowid]
    this.#name = `temp.sightglass_${number}`
    const columns = this.key.map((_, i) => `k${i}`)
    db.exec(
      this.#byNumber
        ? `CREATE TEMP TABLE sightglass_${number} (k0 INTEGER PRIMARY KEY)`
        : `CREATE TEMP TABLE sightglass_${number} (${columns.join(', ')}, PRIMARY KEY (${columns.join(', ')})) WITHOUT ROWID`,
    )
  }

  /** A condition that holds for the picked rows. */
  where(alias = ''): string {
    return this.#among(alias === '' ? '' : `${alias}.`)
  }

  /**
   * The same, for a join that goes through all rows of the table: with the signs SQLite doesn't look the keys up one by
   * one, of which it would expect few, and go through the whole other table for each of them.
   */
  whereOfMany(alias: string): string {
    return this.#among(`+${alias}.`)
  }

  #among(before: string): string {
    const key = this.key.map((column) => before + column).join(', ')
    const kept = this.key.map((_, i) => `k${i}`).join(', ')
    return `(${key}) IN (SELECT ${kept} FROM ${this.#name})`
  }

  add(keys: Iterable<readonly Cell[]>): void {
    const insert = this.#db.prepare(
      `INSERT OR IGNORE INTO ${this.#name} VALUES (${this.key.map(() => '?').join(', ')})`,
    )
    for (const key of keys) insert.run(...key)
  }

  /** By what the events' part tells its rows apart, which may be another column than the table's own key. */
  addKeys(part: Part, keys: readonly Cell[]): void {
    if (this.#byNumber) return this.add(keys.map((key) => [key]))
    const own = this.key.map((column) => `e.${column}`).join(', ')
    const find = `SELECT ${own} FROM main.${quote(this.table.name)} AS e WHERE ${part.key} = ?`
    for (const key of keys) if (this.addFrom(find, [key]) === 0) this.lost = true
  }

  /** Picks what a statement finds; its columns are the key's. Gives how many rows are new. */
  addFrom(select: string, parameters: readonly Cell[] = []): number {
    return Number(
      this.#db.prepare(`INSERT OR IGNORE INTO ${this.#name} ${select}`).run(...parameters).changes,
    )
  }

  count(): number {
    return this.#number(`SELECT count(*) FROM ${this.#name}`)
  }

  /** All rows of the table. */
  countTable(): number {
    return this.#number(`SELECT count(*) FROM main.${quote(this.table.name)}`)
  }

  /** Those of the picked rows that are in the table. */
  countThere(): number {
    return this.#number(`SELECT count(*) FROM main.${quote(this.table.name)} WHERE ${this.where()}`)
  }

  delete(): number {
    return Number(
      this.#db.prepare(`DELETE FROM main.${quote(this.table.name)} WHERE ${this.where()}`).run().changes,
    )
  }

  /** Of no use after all. */
  drop(): void {
    this.#db.exec(`DROP TABLE ${this.#name}`)
  }

  taken(): PickedRows {
    const { because } = this
    const names = this.key.map((_, i) => `k${i}`).join(', ')
    const rows = nativeSqlite(this.#db).rows(`SELECT ${names} FROM ${this.#name} ORDER BY ${names}`)
    const about = { table: this.table.name, because }
    if (!this.#byNumber) return { ...about, rowids: new BigInt64Array(0), keys: [...rows] }
    const rowids = new BigInt64Array(this.count())
    let at = 0
    for (const [rowid] of rows) rowids[at++] = BigInt(String(rowid))
    return { ...about, rowids, keys: [] }
  }

  #number(sql: string): number {
    return Number(Object.values(this.#db.prepare(sql).get() ?? {})[0])
  }
}

export function* keysOf({ rowids, keys }: PickedRows): Generator<readonly Cell[]> {
  for (const rowid of rowids) yield [rowid]
  yield* keys
}

/** Whether its rows can be told apart at all: some name of their numbers is free, or there is a key. */
export const hasKey = (db: DatabaseSync, { name, columns, withoutRowid }: Table): boolean =>
  (!withoutRowid && rowidName(columns) !== null) || primaryKey(db, name).length > 0

function primaryKey(db: DatabaseSync, table: string): string[] {
  const found = nativeSqlite(db).rows('SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk', [
    table,
  ])
  return Array.from(found, ([name]) => String(name))
}
