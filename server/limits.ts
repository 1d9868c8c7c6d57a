// How often one id, network or key may send. The counters stand in the store, and a limit is a check on its row: what
// would go over it undoes the whole transaction, so a limit of N lets exactly N through, however many come at once.
import type { Result } from '../shared/result.ts'
import { fail, ok } from '../shared/result.ts'
import { networkKey } from './network.ts'
import type { DayKeys } from './network.ts'
import { numberIn, textIn } from './store.ts'
import type { Row, Statement, Store, StoreFailure, Value } from './store.ts'

export interface Limit {
  /** For whoever runs the server: `reports network 3f…`. */
  readonly name: string
  readonly most: number
  /** When it begins anew, in milliseconds since 1970. */
  readonly ends: number
}

export interface Limited {
  readonly kind: 'limited'
  /** The one that is full. */
  readonly limit: Limit
}

/** How many in a fixed hour; null is no limit. */
export interface HourlyLimits {
  readonly id: number | null
  readonly network: number | null
  readonly key: number | null
  /** All senders of a door together. */
  readonly all: number | null
}

/** Whom a request can be counted by. What isn't known isn't counted. */
export interface Sender {
  readonly id?: string | null
  readonly network?: string | null
  readonly key?: string | null
}

const hour = 3_600_000

function limitsOf(door: string, hourly: HourlyLimits, sender: Sender, now: number): Limit[] {
  const ends = (Math.floor(now / hour) + 1) * hour
  const by = [
    [`${door} id ${sender.id ?? ''}`, hourly.id, sender.id],
    [`${door} key ${sender.key ?? ''}`, hourly.key, sender.key],
    [`${door} network ${sender.network ?? ''}`, hourly.network, sender.network],
    [`${door} all`, hourly.all, ''],
  ] as const
  return by.flatMap(([name, most, known]) =>
    most === null || typeof known !== 'string' ? [] : [{ name, most, ends }],
  )
}

/** Seconds until it begins anew. */
export const retryAfter = ({ ends }: Limit, now: number): number =>
  Math.max(1, Math.ceil((ends - now) / 1000))

/** Counts once for a request that brought anything new of these pieces. */
export const chargeFresh = (
  store: Store,
  limits: readonly Limit[],
  pieces: string,
  intake: number,
): Statement =>
  charge(
    store,
    limits,
    `EXISTS (SELECT 1 FROM seen WHERE seen.intake = CAST(? AS BIGINT)
      AND seen.id IN (SELECT e.value->>'id' FROM ${store.dialect.each}))`,
    [intake, pieces],
  )

function charge(
  { dialect }: Store,
  limits: readonly Limit[],
  where: string,
  values: readonly Value[] = [],
): Statement {
  return {
    sql: `INSERT INTO limits (name, ends, used, most)
      SELECT e.value->>'name', CAST(e.value->>'ends' AS BIGINT), 1, CAST(e.value->>'most' AS BIGINT)
      FROM ${dialect.each} WHERE ${where}
      ON CONFLICT (name, ends) DO UPDATE SET used = limits.used + 1, most = excluded.most`,
    values: [JSON.stringify(limits), ...values],
  }
}

/** For what brings nothing: counts, or says which limit is full. */
export async function spend(
  store: Store,
  limits: readonly Limit[],
): Promise<Result<{ readonly kind: 'spent' } | Limited, StoreFailure>> {
  if (limits.length === 0) return ok({ kind: 'spent' })
  const done = await store.run([charge(store, limits, 'true')])
  if (done.ok) return ok({ kind: 'spent' })
  return done.error === 'unavailable' ? fail('unavailable') : fullLimit(store, limits)
}

/** After a transaction was undone over a limit: the one that is full for longest. */
export async function fullLimit(
  store: Store,
  limits: readonly Limit[],
): Promise<Result<Limited, StoreFailure>> {
  const done = await store.run([
    {
      sql: `SELECT limits.name, limits.ends, limits.used FROM limits JOIN ${store.dialect.each}
        ON limits.name = e.value->>'name' AND limits.ends = CAST(e.value->>'ends' AS BIGINT)`,
      values: [JSON.stringify(limits)],
    },
  ])
  if (!done.ok) return fail('unavailable')
  const [rows = []] = done.value
  const used = (limit: Limit): number => numberIn(rows.find(isRowOf(limit)), 'used')
  const full = limits.filter((limit) => used(limit) >= limit.most)
  const [limit] = (full.length > 0 ? full : limits).toSorted((a, b) => b.ends - a.ends)
  return limit === undefined ? fail('unavailable') : ok({ kind: 'limited', limit })
}

const isRowOf =
  ({ name, ends }: Limit) =>
  (row: Row): boolean =>
    textIn(row, 'name') === name && numberIn(row, 'ends') === ends

export interface UsedLimit extends Limit {
  readonly used: number
}

export async function listLimits(
  store: Store,
  now: number,
): Promise<Result<readonly UsedLimit[], StoreFailure>> {
  const done = await store.run([
    {
      sql: `SELECT name, ends, used, most FROM limits WHERE ends > CAST(? AS BIGINT)
        ORDER BY used DESC, name LIMIT 1000`,
      values: [now],
    },
  ])
  if (!done.ok) return fail('unavailable')
  return ok(
    (done.value[0] ?? []).map((row) => ({
      name: textIn(row, 'name'),
      ends: numberIn(row, 'ends'),
      used: numberIn(row, 'used'),
      most: numberIn(row, 'most'),
    })),
  )
}

/** Lets the limits whose names begin so start anew; how many did. */
export async function resetLimits(store: Store, begin: string): Promise<Result<number, StoreFailure>> {
  const done = await store.run([
    {
      sql: 'DELETE FROM limits WHERE substr(name, 1, length(CAST(? AS TEXT))) = CAST(? AS TEXT) RETURNING name',
      values: [begin, begin],
    },
  ])
  return done.ok ? ok(done.value[0]?.length ?? 0) : fail('unavailable')
}

/** What an application asks about its senders: their networks under the key of the day, and what limits them. */
export interface Limiter {
  network(address: string | null, day: string, about?: string): Promise<string | null>
  /** A door whose protocol has limits of its own says those. */
  limitsOf(door: string, sender: Sender, now: number, own?: Partial<HourlyLimits>): readonly Limit[]
}

export const createLimiter = (keys: DayKeys, hourly: HourlyLimits): Limiter => ({
  network: (address, day, about) => networkKey(keys, address, day, about),
  limitsOf: (door, sender, now, own) => limitsOf(door, { ...hourly, ...own }, sender, now),
})
