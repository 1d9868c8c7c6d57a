// Fills a new SQLite file with rows as they stood in another. It is built without a journal, since nobody reads it
// before it is whole.
import { DatabaseSync } from 'node:sqlite'
import type { StatementSync } from 'node:sqlite'
import { BrokenText } from '../../shared/viewer/exact.ts'
import type { Exact } from '../../shared/viewer/exact.ts'
import { quote } from '../../shared/viewer/sqlite.ts'

const cacheKilobytes = 64 * 1024

export class SqliteWriter {
  readonly #db: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()

  constructor(path: string, pragmas: Readonly<Record<string, string | number>>) {
    // Defensive mode, which is the default, quietly keeps the journal.
    this.#db = new DatabaseSync(path, { defensive: false, enableForeignKeyConstraints: false })
    for (const [name, value] of Object.entries(pragmas))
      this.#db.exec(`PRAGMA ${name} = ${typeof value === 'string' ? quote(value) : value}`)
    this.#db.exec(`PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
      PRAGMA trusted_schema = OFF; PRAGMA cache_size = -${cacheKilobytes}; BEGIN`)
  }

  /** What prepare() takes is one statement; it may make something else than this table all the same. */
  make(table: string, sql: string): 'made' | 'failed' | 'something else' {
    try {
      this.#db.prepare(sql).run()
    } catch {
      return 'failed'
    }
    const made = this.#db
      .prepare("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?")
      .get(table)
    return made?.['sql'] === sql ? 'made' : 'something else'
  }

  /** What may be missing here, such as the module of a virtual table, is left out. */
  try(sql: string): void {
    try {
      this.#db.prepare(sql).run()
    } catch {
      // the rows are what matters
    }
  }

  /** Gives how many rows came to be: 0 for one that is there already. */
  add(table: string, columns: readonly string[], cells: readonly Exact[]): number {
    const broken = cells.map((cell) => cell instanceof BrokenText)
    const key = `${table}\0${columns.length}\0${broken.includes(true) ? broken.map(Number).join('') : ''}`
    let statement = this.#statements.get(key)
    if (statement === undefined) {
      const places = broken.map((is) => (is ? 'CAST(? AS TEXT)' : '?'))
      const names = columns.map(quote).join(', ')
      statement = this.#db.prepare(
        `INSERT OR IGNORE INTO ${quote(table)} (${names}) VALUES (${places.join(', ')})`,
      )
      this.#statements.set(key, statement)
    }
    const { changes } = statement.run(
      ...cells.map((cell) => (cell instanceof BrokenText ? cell.bytes : cell)),
    )
    return Number(changes)
  }

  finish(): void {
    this.#db.exec('COMMIT')
  }
  close(): void {
    this.#db.close()
  }
}
