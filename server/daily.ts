// What is done once a day, on both homes: counts are written down before what they count is forgotten, then old
// batches and events go, a thousand rows at most in one transaction. It can be broken off anywhere and begun again.
import type { Result } from '../shared/result.ts'
import { fail, ok } from '../shared/result.ts'
import type { Config } from './config.ts'
import { forgetMarks, forgetSome } from './forget.ts'
import type { StoreFailure, Store } from './store.ts'
import { renewTrends } from './trends/renew.ts'
import type { TrendsFile } from './trends/renew.ts'
import { dayOf, daysBefore, startOf } from './totals.ts'

export interface Daily {
  readonly store: Store
  readonly config: Config
  readonly clock: () => number
  /** Asked between two steps: whether to stop here. */
  readonly stopped: () => boolean
}

/** Marks of deletions outlive every backup that is kept as long as the reports themselves. */
const marksAfter = 30

/** How many batches and events were forgotten. */
export async function runDaily({
  store,
  config,
  clock,
  stopped,
}: Daily): Promise<Result<number, StoreFailure>> {
  const now = clock()
  const today = dayOf(now)
  const before = startOf(daysBefore(today, config.keepDays))
  const counted = await countDays(store, daysBefore(today, config.keepDays + 1), today)
  if (!counted.ok) return counted
  await store.tend({ kind: 'night', now, before })
  let forgotten = 0
  for (;;) {
    if (stopped()) return ok(forgotten)
    const began = performance.now()
    const some = await forgetSome(store, before, now)
    if (!some.ok) return some
    if (some.value === 0) break
    forgotten += some.value
    await pause(performance.now() - began)
  }
  const renewed = await renewTrends(store, config, now)
  if (!renewed.ok) return renewed
  const told = await countPublished(store, renewed.value, now)
  if (!told.ok) return told
  const marks = await forgetMarks(store, now, startOf(daysBefore(today, config.keepDays + marksAfter)))
  return marks.ok ? ok(forgotten) : marks
}

/** As long as a step took: half of the time belongs to those who send. */
const pause = (milliseconds: number): Promise<void> => new Promise((over) => setTimeout(over, milliseconds))

/**
 * How much was taken in on each day that still stands in the store. A day's figure never falls: what was deleted or
 * forgotten since was taken in all the same.
 */
async function countDays(store: Store, since: string, today: string): Promise<Result<null, StoreFailure>> {
  const { each } = store.dialect
  const days: { day: string; from: number; to: number }[] = []
  for (let day = since; day <= today; day = daysBefore(day, -1))
    days.push({ day, from: startOf(day), to: startOf(daysBefore(day, -1)) })
  const counts = (what: string, count: string): string => `INSERT INTO totals (day, door, what, n, last_seen)
    SELECT e.value->>'day', seen.door, '${what}', ${count}, max(seen.last_seen)
    FROM ${each} JOIN seen ON seen.received >= CAST(e.value->>'from' AS BIGINT)
      AND seen.received < CAST(e.value->>'to' AS BIGINT)
    GROUP BY e.value->>'day', seen.door HAVING ${count} > 0
    ON CONFLICT (day, door, what) DO UPDATE SET last_seen = excluded.last_seen,
      n = CASE WHEN excluded.n > totals.n THEN excluded.n ELSE totals.n END`
  const values = [JSON.stringify(days)]
  const done = await store.run([
    { sql: counts('taken', 'count(*)'), values },
    { sql: counts('copies', 'sum(seen.duplicates)'), values },
  ])
  return done.ok ? ok(null) : fail('unavailable')
}

/** Of each week, under its last day, how many cells are told of it now; a month's report adds its weeks together. */
async function countPublished(
  store: Store,
  { weeks }: TrendsFile,
  now: number,
): Promise<Result<null, StoreFailure>> {
  const told = weeks.map(({ to, tables }) => ({ day: to, n: tables.flatMap(({ cells }) => cells).length }))
  const done = await store.run([
    {
      sql: `INSERT INTO totals (day, door, what, n, last_seen)
        SELECT e.value->>'day', 'trends', 'published', CAST(e.value->>'n' AS BIGINT), CAST(? AS BIGINT)
        FROM ${store.dialect.each} WHERE true
        ON CONFLICT (day, door, what) DO UPDATE SET n = excluded.n, last_seen = excluded.last_seen`,
      values: [now, JSON.stringify(told)],
    },
  ])
  return done.ok ? ok(null) : fail('unavailable')
}
