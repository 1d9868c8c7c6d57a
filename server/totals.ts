// What happened, by day and door, without anybody in it: what was refused and why, what was dropped, deleted,
// forgotten. Counted in memory and written down every few seconds, so that a flood of refused requests doesn't
// become a flood of writes. What was taken in is not counted here but in the store, where it stands.
import type { Statement, Store } from './store.ts'

export interface Total {
  readonly day: string
  readonly door: string
  readonly what: string
  readonly n: number
  readonly lastSeen: number
}

export interface Totals {
  count(door: string, what: string, now: number, n?: number): void
  /** Writes down what was counted since the last time. */
  flush(store: Store): Promise<void>
}

export const dayLength = 86_400_000
export const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10)
export const startOf = (day: string): number => Date.parse(`${day}T00:00:00Z`)
export const daysBefore = (day: string, days: number): string => dayOf(startOf(day) - days * dayLength)

export function createTotals(): Totals {
  let counted = new Map<string, Total>()
  const add = (total: Total): void => {
    const key = `${total.day} ${total.door} ${total.what}`
    counted.set(key, { ...total, n: total.n + (counted.get(key)?.n ?? 0) })
  }
  return {
    count: (door, what, now, n = 1) => {
      if (n > 0) add({ day: dayOf(now), door, what, n, lastSeen: now })
    },
    flush: async (store) => {
      if (counted.size === 0) return
      const flushed = [...counted.values()]
      counted = new Map()
      const done = await store.run([addTotals(store, flushed)])
      if (!done.ok) flushed.forEach(add)
    },
  }
}

/** For a transaction that does what it counts. */
export const addTotals = ({ dialect }: Store, totals: readonly Total[]): Statement => ({
  sql: `INSERT INTO totals (day, door, what, n, last_seen)
    SELECT e.value->>'day', e.value->>'door', e.value->>'what', CAST(e.value->>'n' AS BIGINT),
      CAST(e.value->>'lastSeen' AS BIGINT)
    FROM ${dialect.each} WHERE true
    ON CONFLICT (day, door, what) DO UPDATE
      SET n = totals.n + excluded.n, last_seen = excluded.last_seen`,
  values: [JSON.stringify(totals)],
})
