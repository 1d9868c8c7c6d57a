// One SQLite file, for one small machine. Transactions that are asked for in the same moment are committed together,
// and wait for the disk (synchronous = full) once. Where one of them fails they are all carried out anew, each on a
// savepoint of its own, so that it takes no other with it; savepoints at every turn would take half as long again.
import { DatabaseSync } from 'node:sqlite'
import type { StatementSync } from 'node:sqlite'
import type { Result } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'
import { limitCheck, sqliteDialect } from '../store.ts'
import type { Store, Row, Statement, Undone } from '../store.ts'

export type Outcome = Result<readonly (readonly Row[])[], Undone>
interface Asked {
  readonly statements: readonly Statement[]
  readonly answer: (outcome: Outcome) => void
  readonly broke: (error: unknown) => void
}

/** What is so of the store wherever it is opened. */
export const traits = { dialect: { ...sqliteDialect, repeats: true }, recoverable: 0 } as const

/** `migrations` in their order: each is carried out once. */
export function openSqliteStore(path: string, migrations: readonly string[]): Store {
  const db = new DatabaseSync(path, { timeout: 5000, enableForeignKeyConstraints: true })
  db.exec('PRAGMA auto_vacuum = INCREMENTAL') // heard only by a file that holds nothing yet
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON')
  migrate(db, migrations)
  const group = new Group(db)
  return {
    ...traits,
    run: (statements) => group.run(statements),
    tend: async ({ kind }) => {
      if (kind === 'night') await giveBack(db)
    },
    close: async () => {
      group.commit()
      db.close()
    },
  }
}

function migrate(db: DatabaseSync, migrations: readonly string[]): void {
  const version = (): number => Number(db.prepare('PRAGMA user_version').get()?.['user_version'])
  for (let next = version(); next < migrations.length; next = version())
    db.exec(`BEGIN IMMEDIATE; ${migrations[next] ?? ''}; PRAGMA user_version = ${next + 1}; COMMIT`)
}

/** Gives the pages that are free back to the disk, some at a time: others wait for each step. */
async function giveBack(db: DatabaseSync): Promise<void> {
  const free = (): number => Number(db.prepare('PRAGMA freelist_count').get()?.['freelist_count'])
  let left = free()
  while (left > 0) {
    db.exec('PRAGMA incremental_vacuum(500)')
    await new Promise((next) => setImmediate(next))
    const now = free()
    if (now >= left) return // a file of before this was chosen
    left = now
  }
}

class Group {
  readonly #db: DatabaseSync
  readonly #prepared = new Map<string, StatementSync>()
  #asked: Asked[] = []

  constructor(db: DatabaseSync) {
    this.#db = db
  }

  run(statements: readonly Statement[]): Promise<Outcome> {
    return new Promise((answer, broke) => {
      if (this.#asked.push({ statements, answer, broke }) === 1) setImmediate(() => this.commit())
    })
  }

  commit(): void {
    const asked = this.#asked
    this.#asked = []
    if (asked.length === 0) return
    try {
      const answers = this.#allAtOnce(asked) ?? this.#eachByItself(asked)
      for (const answer of answers) answer()
    } catch (error) {
      for (const { answer, broke } of asked)
        if (isRefusal(error)) answer(fail('unavailable'))
        else broke(error)
    }
  }

  /** Null where one of them failed: then none of them was carried out. */
  #allAtOnce(asked: readonly Asked[]): (() => void)[] | null {
    try {
      return this.#whole(() =>
        asked.map(({ statements, answer }) => {
          const rows = statements.map((statement) => this.#carryOut(statement))
          return () => answer(ok(rows))
        }),
      )
    } catch {
      return null
    }
  }

  #eachByItself(asked: readonly Asked[]): (() => void)[] {
    return this.#whole(() => asked.map((one) => this.#tryOne(one)))
  }

  /** What `act` gave, once it is on the disk. Throws where the transaction is lost. */
  #whole<T>(act: () => T): T {
    this.#db.exec('BEGIN IMMEDIATE')
    try {
      const made = act()
      this.#db.exec('COMMIT')
      return made
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK')
      throw error
    }
  }

  /** What is to be answered once all is on disk. */
  #tryOne({ statements, answer, broke }: Asked): () => void {
    this.#db.exec('SAVEPOINT one')
    try {
      const rows = statements.map((statement) => this.#carryOut(statement))
      this.#db.exec('RELEASE one')
      return () => answer(ok(rows))
    } catch (error) {
      if (!this.#db.isTransaction) throw error // a full disk may end it whole
      this.#db.exec('ROLLBACK TO one; RELEASE one')
      if (!isRefusal(error)) return () => broke(error)
      return () => answer(fail(error.message.includes(limitCheck) ? 'over limit' : 'unavailable'))
    }
  }

  #carryOut({ sql, values = [], rows }: Statement): readonly Row[] {
    const prepared = this.#prepare(sql)
    if (rows === undefined) return prepared.all(...values)
    for (const row of rows) prepared.run(...row)
    return []
  }

  #prepare(sql: string): StatementSync {
    const known = this.#prepared.get(sql)
    if (known !== undefined) return known
    const made = this.#db.prepare(sql)
    this.#prepared.set(sql, made)
    return made
  }
}

/** Of the engine's codes, in their low byte: an error in our own SQL, and an argument of the wrong kind. */
const bugs: readonly number[] = [1, 20, 21, 25]

/** SQLite's own refusals (full, busy, read-only, broken disk, a limit) are expected; anything else is a bug. */
function isRefusal(error: unknown): error is Error {
  return error instanceof Error && 'errcode' in error && !bugs.includes(Number(error.errcode) & 0xff)
}
