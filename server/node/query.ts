// The operator's own SQL: one statement, which can only read, for ten seconds, and ten thousand rows of what it finds
// are shown.
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import * as v from 'valibot'
import { server as words } from '../../shared/words/en-server.ts'
import type { Row } from '../store.ts'
import { Explained, explaining } from './explained.ts'
import type { Place } from './place.ts'

export interface QueryBounds {
  /** Milliseconds. */
  readonly longest: number
  readonly mostRows: number
}
const usualBounds: QueryBounds = { longest: 10_000, mostRows: 10_000 }

export function queryStore(
  { store, databaseUrl }: Pick<Place, 'store' | 'databaseUrl'>,
  sql: string,
  bounds = usualBounds,
): Promise<readonly Row[]> {
  if (databaseUrl === null) return querySqlite(store, sql, bounds)
  return explaining(
    () => queryPostgres(databaseUrl, sql, bounds),
    (why) => why, // it is about the statement of whoever reads it
  )
}

const Answer = v.union([
  v.object({ rows: v.array(v.record(v.string(), v.unknown())) }),
  v.object({ error: v.string() }),
])
const program = fileURLToPath(new URL('./query-process.ts', import.meta.url))

/** SQLite can't be stopped in the middle of a statement, nor a thread that waits for it; a process can. */
function querySqlite(path: string, sql: string, { longest, mostRows }: QueryBounds): Promise<readonly Row[]> {
  const child = fork(program, [], { execArgv: [], serialization: 'advanced' })
  return new Promise((found, failed) => {
    const timer = setTimeout(() => {
      failed(new Explained(words.queryTooLong))
      child.kill('SIGKILL')
    }, longest)
    child.once('message', (message) => {
      const answer = v.parse(Answer, message)
      if ('rows' in answer) found(answer.rows)
      else failed(new Explained(answer.error))
    })
    child.once('error', failed)
    child.once('exit', () => {
      clearTimeout(timer)
      failed(new Explained(words.queryEnded)) // after an answer this says nothing
    })
    child.send({ path, sql, mostRows })
  })
}

/**
 * As a cursor, which takes nothing but a statement that reads; by a name, for the protocol of named statements takes
 * one at a time. So nothing ends the transaction, which can't be opened to writing once it has read something.
 */
async function queryPostgres(
  url: string,
  sql: string,
  { longest, mostRows }: QueryBounds,
): Promise<readonly Row[]> {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: url, statement_timeout: longest })
  await client.connect()
  try {
    await client.query('BEGIN READ ONLY; SELECT 1')
    await client.query({ name: 'found', text: `DECLARE found NO SCROLL CURSOR FOR ${sql}` })
    const { rows } = await client.query<Row>(`FETCH ${mostRows} FROM found`)
    return rows
  } finally {
    await client.end()
  }
}
