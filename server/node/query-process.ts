// One statement of the operator's on a SQLite file, in a process of its own: it answers with rows, or is ended.
import { constants, DatabaseSync } from 'node:sqlite'
import process from 'node:process'
import * as v from 'valibot'
import { server as words } from '../../shared/words/en-server.ts'

const Asked = v.object({ path: v.string(), sql: v.string(), mostRows: v.number() })

/** What reading is made of. A read-only file alone would still let a statement write others, as VACUUM INTO does. */
const reading: readonly number[] = [
  constants.SQLITE_SELECT,
  constants.SQLITE_READ,
  constants.SQLITE_FUNCTION,
  constants.SQLITE_RECURSIVE,
]

function read({ path, sql, mostRows }: v.InferOutput<typeof Asked>): readonly unknown[] {
  const db = new DatabaseSync(path, { readOnly: true, timeout: 5000 })
  db.setAuthorizer((action) => (reading.includes(action) ? constants.SQLITE_OK : constants.SQLITE_DENY))
  const statement = db.prepare(sql)
  // The engine prepares the first of several, and says nothing of the others.
  if (/[^\s;]/.test(sql.slice(statement.sourceSQL.length))) throw new Error(words.oneStatement)
  const rows: unknown[] = []
  for (const row of statement.iterate()) if (rows.push(row) >= mostRows) break
  return rows
}

process.once('message', (asked) => {
  const answer = ((): Record<string, unknown> => {
    try {
      return { rows: read(v.parse(Asked, asked)) }
    } catch (error) {
      return { error: error instanceof Error ? error.message : String(error) }
    }
  })()
  process.send?.(answer, undefined, undefined, () => process.disconnect?.())
})
