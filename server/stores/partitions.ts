// PostgreSQL's events, one partition a month. One that doesn't exist yet loses nothing: its events lie with those of
// other months until they are forgotten.
import type pg from 'pg'

export class Partitions {
  readonly #pool: pg.Pool

  constructor(pool: pg.Pool) {
    this.#pool = pool
  }

  /** Of this month and the next. */
  async make(now: number): Promise<void> {
    for (const ahead of [0, 1]) {
      const [from, to] = [monthStart(now, ahead), monthStart(now, ahead + 1)]
      const name = `events_${new Date(from).toISOString().slice(0, 7).replace('-', '_')}`
      // Refused where the other months' partition holds such events already: then they stay there.
      await this.#pool
        .query(`CREATE TABLE IF NOT EXISTS ${name} PARTITION OF events FOR VALUES FROM (${from}) TO (${to})`)
        .catch((error: unknown) => {
          if (!(error instanceof Error && 'code' in error && error.code === '23514')) throw error
        })
    }
  }

  /** Those of months that were over before this moment: whole, and at once. */
  async drop(before: number): Promise<void> {
    const { rows } = await this.#pool.query<{ name: string }>(
      `SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'events'::regclass`,
    )
    for (const { name } of rows) {
      const [, year, month] = /^events_(\d{4})_(\d{2})$/.exec(name) ?? []
      if (year !== undefined && month !== undefined && Date.UTC(Number(year), Number(month)) <= before)
        await this.#pool.query(`DROP TABLE ${name}`)
    }
  }
}

const monthStart = (now: number, ahead: number): number => {
  const date = new Date(now)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + ahead)
}
