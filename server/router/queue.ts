// What is still to be forwarded stands in the store: written in the same transaction as the events themselves, gone
// when a destination has them. Deleted events leave nothing to forward.
import { isRecord } from '../../shared/plain.ts'
import type { KeptEvent } from '../intake.ts'
import { numberIn, textIn } from '../store.ts'
import type { Row, Statement, Store } from '../store.ts'

/** For what an intake brought that is new. */
export const enqueue = (
  { dialect }: Store,
  targets: readonly string[],
  pieces: string,
  intake: number,
  now: number,
): Statement => ({
  sql: `INSERT INTO forwards (target, seen, received, due)
    SELECT target.name, seen.id, seen.received, CAST(? AS BIGINT)
    FROM (SELECT e.value->>'name' AS name FROM ${dialect.each}) AS target
    CROSS JOIN (SELECT e.value->>'id' AS id FROM ${dialect.each}) AS piece
    JOIN seen ON seen.id = piece.id AND seen.intake = CAST(? AS BIGINT)
    WHERE true ON CONFLICT (target, seen) DO NOTHING`,
  values: [now, JSON.stringify(targets.map((name) => ({ name }))), pieces, intake],
})

/** One thing that came in once, and what of it is still there. */
export interface Waiting {
  readonly seen: string
  readonly tries: number
  /** Null where whoever sent it keeps no proof. */
  readonly secretHash: string | null
  readonly events: readonly KeptEvent[]
}

/** The next that are due, oldest first; null while the store is not available. */
export const nextWaiting = (store: Store, target: string, now: number): Promise<readonly Waiting[] | null> =>
  waiting(store, {
    sql: `target = ? AND due <= CAST(? AS BIGINT) ORDER BY due, forwards.seen`,
    values: [target, now],
  })

/** Of what was received in a span of time, the next after one of them. */
export const waitingIn = (
  store: Store,
  target: string,
  { from, to }: Span,
  after: string,
): Promise<readonly Waiting[] | null> =>
  waiting(store, {
    sql: `target = ? AND forwards.received >= CAST(? AS BIGINT) AND forwards.received < CAST(? AS BIGINT)
      AND forwards.seen > CAST(? AS TEXT) ORDER BY forwards.seen`,
    values: [target, from, to, after],
  })

/** When it began and ended, in milliseconds since 1970. */
export interface Span {
  readonly from: number
  readonly to: number
}

const mostAtOnce = 200

async function waiting(store: Store, { sql, values = [] }: Statement): Promise<readonly Waiting[] | null> {
  const heads = await store.run([
    {
      sql: `SELECT forwards.seen, forwards.tries, seen.secret_hash FROM forwards
        LEFT JOIN seen ON seen.id = forwards.seen WHERE ${sql} LIMIT ${mostAtOnce}`,
      values,
    },
  ])
  if (!heads.ok) return null
  const found = heads.value[0] ?? []
  const events = await eventsOf(store, found)
  return (
    events &&
    found.map((row) => ({
      seen: textIn(row, 'seen'),
      tries: numberIn(row, 'tries'),
      secretHash: textIn(row, 'secret_hash') || null,
      events: events.get(textIn(row, 'seen')) ?? [],
    }))
  )
}

/** When the first that waits was received; null where nothing waits, or the store is not available. */
export async function oldestWaiting(store: Store, target: string, now: number): Promise<number | null> {
  const done = await store.run([
    {
      sql: `SELECT received FROM forwards WHERE target = ? AND due <= CAST(? AS BIGINT)
        ORDER BY received LIMIT 1`,
      values: [target, now],
    },
  ])
  const row = done.ok ? done.value[0]?.[0] : undefined
  return row === undefined ? null : numberIn(row, 'received')
}

async function eventsOf(
  { run, dialect }: Store,
  found: readonly Row[],
): Promise<ReadonlyMap<string, KeptEvent[]> | null> {
  const ids = JSON.stringify(found.map((row) => ({ id: textIn(row, 'seen') })))
  const done = await run([
    {
      sql: `SELECT seen, kind, anonymous_id, day, at, os, version, CAST(body AS TEXT) AS body FROM events
        WHERE seen IN (SELECT e.value->>'id' FROM ${dialect.each}) ORDER BY seen, position`,
      values: [ids],
    },
  ])
  if (!done.ok) return null
  const events = new Map<string, KeptEvent[]>()
  for (const row of done.value[0] ?? []) {
    const seen = textIn(row, 'seen')
    events.set(seen, [...(events.get(seen) ?? []), eventIn(row)])
  }
  return events
}

function eventIn(row: Row): KeptEvent {
  const body: unknown = JSON.parse(textIn(row, 'body'))
  return {
    kind: textIn(row, 'kind'),
    anonymousId: textIn(row, 'anonymous_id') || null,
    day: textIn(row, 'day'),
    at: null,
    os: textIn(row, 'os') || null,
    version: textIn(row, 'version') || null,
    body: isRecord(body) ? body : {},
  }
}

export async function settle(store: Store, target: string, seen: readonly string[]): Promise<boolean> {
  const done = await store.run([
    {
      sql: `DELETE FROM forwards WHERE target = ?
        AND seen IN (SELECT e.value->>'id' FROM ${store.dialect.each})`,
      values: [target, JSON.stringify(seen.map((id) => ({ id })))],
    },
  ])
  return done.ok
}

export async function putOff(store: Store, target: string, seen: string, due: number): Promise<void> {
  await store.run([
    {
      sql: `UPDATE forwards SET due = CAST(? AS BIGINT), tries = tries + 1 WHERE target = ? AND seen = ?`,
      values: [due, target, seen],
    },
  ])
}

export async function settleSpan(store: Store, target: string, { from, to }: Span): Promise<void> {
  await store.run([
    {
      sql: `DELETE FROM forwards WHERE target = ? AND received >= CAST(? AS BIGINT)
        AND received < CAST(? AS BIGINT)`,
      values: [target, from, to],
    },
  ])
}
