// What Smart Agents' document asks of its events: how many a day, and for whoever runs the server, which agents are
// used and fail, which errors grow, and how long operations take.
import { answer, unavailable } from '../door.ts'
import type { Call, Door } from '../door.ts'
import { openedBy } from '../keep.ts'
import { keyIn, refuseStranger } from '../operator.ts'
import { numberIn } from '../store.ts'
import type { Row, Store } from '../store.ts'
import { daysBefore } from '../totals.ts'
import { smartAgentsDoor } from './smart-agents.ts'

export const stats: Door = {
  name: 'stats',
  method: 'GET',
  paths: ['/api/v1/telemetry/stats'],
  answer: async (call, here) => {
    const key = await openedBy(keyIn(call.request.headers), here)
    if (!key.ok && (await refuseStranger(call, here)) !== null) return key.error
    const since = sinceOf(call)
    const rows = await ask(
      here.store,
      `SELECT day, kind AS event_type, count(*) AS events, count(DISTINCT anonymous_id) AS unique_ids
      FROM events WHERE day >= ? AND door = '${smartAgentsDoor}' GROUP BY day, kind ORDER BY day, kind`,
      since,
    )
    return rows === null ? unavailable : answer({ status: 'ok', since, stats: rows })
  },
}

export const agents: Door = analysis('agents', async (store, since) => {
  const rows = await ask(store, durationsBy(`body->>'agent_type'`, [50, 95]), since)
  return rows && { agents: rows.map(({ name, ...said }) => ({ agent: name, ...said, ...shareOf(said) })) }
})

export const errors: Door = analysis('errors', async (store, since) => {
  const rows = await ask(
    store,
    `SELECT day, body->>'error_type' AS error_type, count(*) AS errors, count(DISTINCT anonymous_id) AS unique_ids
    FROM events WHERE day >= ? AND door = '${smartAgentsDoor}' AND body->>'error_type' IS NOT NULL
    GROUP BY day, body->>'error_type' ORDER BY day, body->>'error_type'`,
    since,
  )
  return rows && { errors: byType(rows), trend: rows }
})

export const performances: Door = analysis('performance', async (store, since) => {
  const operation = `coalesce(body->>'operation', kind)`
  const rows = await ask(store, durationsBy(operation, [50, 75, 90, 95, 99]), since)
  return rows && { operations: rows.map(({ name, ...said }) => ({ operation: name, ...said })) }
})

function analysis(name: string, find: (store: Store, since: string) => Promise<object | null>): Door {
  return {
    name: `analytics-${name}`,
    method: 'GET',
    paths: [`/api/v1/analytics/${name}`],
    answer: async (call, here) => {
      const refused = await refuseStranger(call, here)
      if (refused !== null) return refused
      const since = sinceOf(call)
      const found = await find(here.store, since)
      return found === null ? unavailable : answer({ status: 'ok', since, ...found })
    },
  }
}

/** `?days=7`; a month where it isn't said. */
function sinceOf({ query, day }: Call): string {
  const days = Number(query.get('days') ?? 30)
  return daysBefore(day, Number.isInteger(days) && days >= 1 && days <= 365 ? days - 1 : 29)
}

async function ask(store: Store, sql: string, since: string): Promise<readonly Row[] | null> {
  const done = await store.run([{ sql, values: [since] }])
  return done.ok ? (done.value[0] ?? []) : null
}

/** Percentiles by nearest rank, in SQL that every engine reads. */
function durationsBy(name: string, percentiles: readonly number[]): string {
  const told = `CAST(body->>'success' AS TEXT)`
  const ranked = percentiles.map(
    (p) => `max(CASE WHEN place = (n * ${p} + 99) / 100 THEN ms END) AS p${p}_ms`,
  )
  return `WITH told AS (
      SELECT ${name} AS name, CAST(body->>'duration_ms' AS double precision) AS ms,
        CASE WHEN ${told} IN ('1', 'true') THEN 1 WHEN ${told} IN ('0', 'false') THEN 0 END AS good
      FROM events WHERE day >= ? AND door = '${smartAgentsDoor}' AND ${name} IS NOT NULL),
    placed AS (
      SELECT name, ms, good, count(ms) OVER (PARTITION BY name) AS n,
        row_number() OVER (PARTITION BY name ORDER BY CASE WHEN ms IS NULL THEN 1 ELSE 0 END, ms) AS place
      FROM told)
    SELECT name, count(*) AS uses, coalesce(sum(good), 0) AS succeeded, count(good) - coalesce(sum(good), 0) AS failed,
      avg(ms) AS mean_ms, ${ranked.join(', ')}
    FROM placed GROUP BY name ORDER BY count(*) DESC, name`
}

function shareOf(row: Row): { success_rate: number | null } {
  const [succeeded, failed] = [numberIn(row, 'succeeded'), numberIn(row, 'failed')]
  return { success_rate: succeeded + failed === 0 ? null : succeeded / (succeeded + failed) }
}

/** Most frequent first. */
function byType(rows: readonly Row[]): { error_type: string; errors: number }[] {
  const types = Map.groupBy(rows, (row) => String(row['error_type']))
  const sums = [...types].map(([type, days]) => ({
    error_type: type,
    errors: days.reduce((sum, row) => sum + numberIn(row, 'errors'), 0),
  }))
  return sums.toSorted((a, b) => b.errors - a.errors)
}
