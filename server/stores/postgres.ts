// PostgreSQL, where one machine's file is not enough. Numbers of 64 bits come back as numbers: times in milliseconds
// and counts stay far below 2^53.
import pg from 'pg'
import { fail, ok } from '../../shared/result.ts'
import type { Result } from '../../shared/result.ts'
import { Partitions } from './partitions.ts'
import { limitCheck, postgresDialect } from '../store.ts'
import type { Store, Row, Statement, Undone } from '../store.ts'

const { INT8, NUMERIC } = pg.types.builtins
for (const type of [INT8, NUMERIC]) pg.types.setTypeParser(type, Number)

export async function openPostgresStore(
  url: string,
  migrationsOf: (timescale: boolean) => readonly string[],
): Promise<Store> {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 15_000,
    pipeline: true,
  })
  pool.on('error', () => {}) // an idle connection was lost: the next call takes another
  const timescale = await hasTimescale(pool)
  await migrate(pool, migrationsOf(timescale))
  const partitions = timescale ? null : new Partitions(pool)
  await partitions?.make(Date.now())
  return {
    dialect: postgresDialect,
    recoverable: 0,
    run: (statements) => runAgain(pool, statements),
    tend: async (when) => {
      if (when.kind === 'hour') await pool.query('REFRESH MATERIALIZED VIEW CONCURRENTLY daily_stats')
      else if (partitions === null)
        await pool.query("SELECT drop_chunks('events', $1::bigint)", [when.before])
      else {
        await partitions.make(when.now)
        await partitions.drop(when.before)
      }
    },
    close: () => pool.end(),
  }
}

async function hasTimescale(pool: pg.Pool): Promise<boolean> {
  const { rows } = await pool.query("SELECT 1 FROM pg_available_extensions WHERE name = 'timescaledb'")
  return rows.length > 0
}

/** Two servers that start at once wait for one another. */
async function migrate(pool: pg.Pool, migrations: readonly string[]): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN; SELECT pg_advisory_xact_lock(5316711)')
    await client.query('CREATE TABLE IF NOT EXISTS migrations (n int PRIMARY KEY)')
    const { rows } = await client.query<{ n: number }>('SELECT count(*)::int AS n FROM migrations')
    for (const [n, sql] of migrations.entries()) {
      if (n < (rows[0]?.n ?? 0)) continue
      await client.query(sql)
      await client.query('INSERT INTO migrations VALUES ($1)', [n])
    }
    await client.query('COMMIT')
  } finally {
    client.release(true)
  }
}

type Outcome = Result<readonly (readonly Row[])[], Undone>
/** Two transactions that wait for each other's rows: the engine ends one, which is then tried again. */
const crossed: readonly string[] = ['40001', '40P01']

async function runAgain(pool: pg.Pool, statements: readonly Statement[], left = 5): Promise<Outcome> {
  try {
    return ok(await runOnce(pool, statements))
  } catch (error) {
    if (error instanceof pg.DatabaseError) {
      const { code = '', constraint } = error
      if (constraint === limitCheck) return fail('over limit')
      if (crossed.includes(code) && left > 0) return runAgain(pool, statements, left - 1)
      if (!unavailable.test(code)) throw error
    } else if (!(error instanceof Error)) throw error
    return fail('unavailable') // what isn't the engine's own word is the connection's
  }
}
/** Classes of its codes: connection, resources (a full disk among them), an operator who stops it, the system. */
const unavailable = /^(08|53|57|58|25006|40)/

/** All of it is sent at once: where a statement is refused, so are those after it, and COMMIT undoes what went before. */
async function runOnce(pool: pg.Pool, statements: readonly Statement[]): Promise<(readonly Row[])[]> {
  const client = await pool.connect()
  const asked = statements.map(({ sql, values = [] }) => ({ text: numberedIn(sql), values: [...values] }))
  const whole = asked.length === 1 ? asked : [{ text: 'BEGIN' }, ...asked, { text: 'COMMIT' }]
  const said = await Promise.allSettled(whole.map((one) => client.query<Row>(one)))
  client.release(said.at(-1)?.status === 'rejected')
  const answers = said.map((one) => {
    if (one.status === 'rejected') throw one.reason // the first: what came after it says no more
    return one.value.rows
  })
  return asked.length === 1 ? answers : answers.slice(1, -1)
}

const numbered = new Map<string, string>()

/** `$1` for each `?`. */
function numberedIn(sql: string): string {
  const known = numbered.get(sql)
  if (known !== undefined) return known
  let n = 0
  const text = sql.replaceAll('?', () => `$${++n}`)
  numbered.set(sql, text)
  return text
}
