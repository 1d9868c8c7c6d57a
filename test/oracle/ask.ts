// The same questions to SQL and to the program, as two flat lists of figures, and where they differ.
import { DatabaseSync } from 'node:sqlite'
import type { Summary } from '../../shared/viewer/summary.ts'
import type { OracleCase } from './case.ts'

export type Figures = Readonly<Record<string, number | string | null>>

/** Hours east of UTC that days are counted in; zones without summer time, so that SQL can count them by itself. */
export const zones: readonly { readonly name: string; readonly hours: number }[] = [
  { name: 'UTC', hours: 0 },
  { name: 'Etc/GMT-11', hours: 11 },
  { name: 'Etc/GMT+8', hours: -8 },
]

const second = (milliseconds: number): string =>
  `${new Date(Math.floor(milliseconds / 1000) * 1000).toISOString().slice(0, 19)}Z`

export function askSql(path: string, one: OracleCase, hours: number): Figures {
  const db = one.open?.(path) ?? new DatabaseSync(path, { readOnly: true })
  const rows = (sql: string): (readonly (number | string | null)[])[] => {
    const statement = db.prepare(sql)
    statement.setReturnArrays(true)
    return statement.all() as unknown as (readonly (number | string | null)[])[] // a door: rows of the oracle's own SQL
  }
  const figures: Record<string, number | string | null> = {}
  try {
    db.exec(`CREATE TEMP TABLE ev AS ${one.events}`)
    const [all] = rows('SELECT count(*), min(ms), max(ms), sum(failed) FROM ev')
    figures['events'] = all?.[0] ?? null
    figures['first'] = second(Number(all?.[1]))
    figures['last'] = second(Number(all?.[2]))
    figures['failed'] = one.tellsOutcome ? (all?.[3] ?? 0) : null
    for (const [kind, count] of rows('SELECT kind, count(*) FROM ev GROUP BY 1'))
      figures[`kind ${kind}`] = count ?? null
    const day = `date(ms / 1000, 'unixepoch', '${hours} hours')`
    for (const [name, count, failed] of rows(
      `SELECT ${day}, count(*), coalesce(sum(failed), 0) FROM ev GROUP BY 1`,
    )) {
      figures[`day ${name}`] = count ?? null
      figures[`day ${name} failed`] = failed ?? null
    }
    figures['active days'] = rows(`SELECT count(DISTINCT ${day}) FROM ev`)[0]?.[0] ?? null
    const [count] = rows('SELECT count(duration) FROM ev')
    const durations = Number(count?.[0])
    for (const [name, percent] of [
      ['median', 50],
      ['95th percentile', 95],
    ] as const) {
      const position = Math.floor((durations * percent + 99) / 100) // ceil(p·n), in whole numbers
      const found = rows(
        `SELECT duration FROM ev WHERE duration IS NOT NULL ORDER BY duration LIMIT 1 OFFSET ${Math.max(0, position - 1)}`,
      )
      figures[name] = found[0]?.[0] ?? null
    }
    for (const [name, sql] of Object.entries(one.dimensions))
      for (const [label, count] of rows(sql))
        if (label !== null) figures[`${name} = ${label}`] = count ?? null
    for (const [name, sql] of Object.entries(one.measures)) {
      const [found] = rows(sql)
      figures[`${name}, rows`] = found?.[0] ?? null
      figures[`${name}, sum`] = found?.[1] ?? null
    }
    for (const [name, sql] of Object.entries(one.tallies ?? {}))
      for (const [word, sum] of rows(sql)) if (Number(sum) !== 0) figures[`${name} ${word}`] = sum ?? null
  } finally {
    db.close()
  }
  return figures
}

/**
 * The same names, out of what the program says; `one` only says which dimensions the SQL was written for. Days are
 * told where the timeline is one of days.
 */
export function figuresOf(summary: Summary, one: OracleCase, hours: number): Figures {
  const figures: Record<string, number | string | null> = {
    events: summary.events,
    first: summary.first,
    last: summary.last,
    failed: summary.failed,
    'active days': summary.activeDays,
    median: summary.medianDuration,
    '95th percentile': summary.p95Duration,
  }
  for (const [kind, count] of Object.entries(summary.kinds)) figures[`kind ${kind}`] = count
  for (const { start, count, failed } of summary.timeline?.step === 'day' ? summary.timeline.points : []) {
    if (count === 0) continue
    const day = new Date(Date.parse(start) + hours * 3_600_000).toISOString().slice(0, 10)
    figures[`day ${day}`] = count
    figures[`day ${day} failed`] = failed
  }
  for (const { name, top } of summary.dimensions)
    if (Object.hasOwn(one.dimensions, name))
      for (const { label, count } of top) figures[`${name} = ${label}`] = count
  for (const { name, count, sum } of summary.measures)
    if (Object.hasOwn(one.measures, name)) {
      figures[`${name}, rows`] = count
      figures[`${name}, sum`] = sum
    }
  for (const { name, counts } of summary.tallies)
    if (Object.hasOwn(one.tallies ?? {}, name))
      for (const [word, count] of Object.entries(counts)) figures[`${name} ${word}`] = count
  return figures
}

/** Every figure that one side has and the other hasn't, or has otherwise. Sums of fractions may differ in their last digits. */
export function differences(truth: Figures, told: Figures): string[] {
  const names = [...new Set([...Object.keys(truth), ...Object.keys(told)])]
  return names
    .filter((name) => !isSame(truth[name], told[name]))
    .map((name) => `${name}: SQL says ${String(truth[name])}, the program ${String(told[name])}`)
}

function isSame(
  truth: number | string | null | undefined,
  told: number | string | null | undefined,
): boolean {
  if (typeof truth !== 'number' || typeof told !== 'number') return truth === told
  return Math.abs(truth - told) <= 1e-9 * Math.max(1, Math.abs(truth))
}
