// The operator's own SQL: it can only read, for ten seconds, and ten thousand rows of what it finds are shown.
import { Worker } from 'node:worker_threads'
import { server as words } from '../../shared/words/en-server.ts'
import type { Row } from '../store.ts'
import type { Place } from './place.ts'

const longest = 10_000
const mostRows = 10_000

export function queryStore({ store, databaseUrl }: Place, sql: string): Promise<readonly Row[]> {
  return databaseUrl === null ? querySqlite(store, sql) : queryPostgres(databaseUrl, sql)
}

/** In a thread of its own: SQLite can't be stopped in the middle of a statement, a thread can. */
async function querySqlite(path: string, sql: string): Promise<readonly Row[]> {
  const worker = new Worker(new URL('./query-thread.ts', import.meta.url), {
    workerData: { path, sql, mostRows },
  })
  let timer: NodeJS.Timeout | undefined
  try {
    return await new Promise<readonly Row[]>((found, failed) => {
      worker.once('message', found)
      worker.once('error', failed)
      timer = setTimeout(() => failed(new Error(words.queryTooLong)), longest)
    })
  } finally {
    clearTimeout(timer)
    void worker.terminate()
  }
}

async function queryPostgres(url: string, sql: string): Promise<readonly Row[]> {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: url, statement_timeout: longest })
  await client.connect()
  try {
    await client.query('BEGIN READ ONLY')
    const { rows } = await client.query<Row>(sql)
    return rows.slice(0, mostRows)
  } finally {
    await client.end()
  }
}
