// Cloudflare's D1: SQLite as well, spoken to over the network. Its `batch` is a transaction.
import { fail, ok } from '../../shared/result.ts'
import { limitCheck, sqliteDialect } from '../store.ts'
import type { Store, Row, Value } from '../store.ts'

/** What is used of the binding. */
export interface D1 {
  prepare(sql: string): D1Statement
  batch(statements: D1Statement[]): Promise<{ results?: Row[] }[]>
}
interface D1Statement {
  bind(...values: Value[]): D1Statement
}

/** Of its messages: an error in our own SQL. All others are the engine's or the network's. */
const bug = /SQLITE_ERROR|SQLITE_MISMATCH|SQLITE_MISUSE|D1_TYPE_ERROR/

export function openD1Store(d1: D1): Store {
  return {
    dialect: sqliteDialect,
    recoverable: 30, // its point-in-time recovery, at most; on the free plan it is 7
    run: async (statements) => {
      try {
        const done = await d1.batch(statements.map(({ sql, values = [] }) => d1.prepare(sql).bind(...values)))
        return ok(done.map(({ results = [] }) => results))
      } catch (error) {
        if (!(error instanceof Error) || bug.test(error.message)) throw error
        return fail(error.message.includes(limitCheck) ? 'over limit' : 'unavailable')
      }
    },
    tend: async () => {},
    close: async () => {},
  }
}
