// What a week's reports say, summed by the store. A vote is what one contributor says of one day about one subject (the
// agents used, the system, …): it weighs one, divided among the words by how much each was used, so that nobody weighs
// more by having more events. Of a network only so many contributors of a day are let in, and who has never reported
// before that week weighs less: so neither a thousand ids from one place nor a tenth of newcomers that lie move a
// share by more than a few points.
import type { Result } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'
import { subjects } from '../../shared/sharing/fields.ts'
import { counts } from '../../shared/sharing/ranges.ts'
import { reportsDoor } from '../doors/reports.ts'
import { numberIn, textIn } from '../store.ts'
import type { Row, Statement, Store, StoreFailure } from '../store.ts'

export const measures = ['error_rate', 'median', 'p95'] as const
export type Measure = (typeof measures)[number]

/** Nobody can be published by name or number: ids stand here only while a renewal runs. */
export interface VotedCell {
  readonly word: string
  /** Of each day: how many, and who, where they are few enough to be told. */
  readonly days: ReadonlyMap<string, { readonly n: number; readonly ids: readonly string[] | null }>
  /** Its part of all votes of its table. */
  readonly part: number
  readonly ranges: Readonly<Record<Measure, MeasureVotes>>
}
export interface MeasureVotes {
  /** Contributors on its busiest day. */
  readonly contributors: number
  /** Weight by range. */
  readonly votes: Readonly<Record<string, number>>
}
export interface VotedTable {
  readonly format: string
  readonly subject: string
  /** On its busiest day. */
  readonly contributors: number
  readonly weight: number
  readonly cells: readonly VotedCell[]
}

export interface Week {
  /** As ISO 8601 counts: 2026-W47. */
  readonly name: string
  readonly from: string
  readonly to: string
}

export interface VoteRules {
  /** A cell with fewer contributors is not published: their ids are told so that cells can be joined. */
  readonly contributors: number
  readonly perNetwork: number
}

const newcomer = 0.4

export async function countVotes(
  store: Store,
  week: Week,
  rules: VoteRules,
): Promise<Result<readonly VotedTable[], StoreFailure>> {
  const done = await store.run([votesOf(store, week, rules)])
  if (!done.ok) return fail('unavailable')
  const rows = Map.groupBy(done.value[0] ?? [], (row) => `${textIn(row, 'format')} ${textIn(row, 'subject')}`)
  return ok([...rows.values()].map(tableOf))
}

function votesOf({ dialect }: Store, week: Week, rules: VoteRules): Statement {
  const names = subjects.map(({ name }) => name)
  const subject = names.map((name) => `WHEN r.value->>'${name}' IS NOT NULL THEN '${name}'`).join(' ')
  const word = names.map((name) => `r.value->>'${name}'`).join(', ')
  const count = counts.map(({ word: range, from }) => `WHEN '${range}' THEN ${from}`).join(' ')
  const once = (name: string, column: string): string =>
    `SELECT format, id, day, weight, '${name}', ${column}, 1, NULL, NULL, NULL FROM admitted`
  const ranged = measures
    .map(
      (measure) => `UNION ALL SELECT '${measure}', format, subject, word, NULL, count(*), sum(weight), NULL,
        0, 0, 0, ${measure} FROM votes WHERE ${measure} IS NOT NULL GROUP BY format, subject, word, ${measure}`,
    )
    .join(' ')
  return {
    sql: `WITH once AS (
        SELECT kind AS format, anonymous_id AS id, day, network, os, version, body, received,
          row_number() OVER (PARTITION BY kind, anonymous_id, day ORDER BY received, seen, position) AS copy
        FROM events WHERE door = '${reportsDoor}' AND day >= CAST(? AS TEXT) AND day <= CAST(? AS TEXT)
      ), placed AS (
        SELECT once.*, row_number() OVER (PARTITION BY format, day, coalesce(network, '')
          ORDER BY received, id) AS place
        FROM once WHERE copy = 1
      ), admitted AS MATERIALIZED (
        SELECT format, id, day, os, version, body, CASE WHEN EXISTS (SELECT 1 FROM events AS before
            WHERE before.anonymous_id = placed.id AND before.door = '${reportsDoor}'
              AND before.received < CAST(? AS BIGINT)) THEN 1.0 ELSE ${newcomer} END AS weight
        FROM placed WHERE place <= CAST(? AS BIGINT)
      ), told AS (
        SELECT format, admitted.id AS id, day, weight, CASE ${subject} END AS subject, coalesce(${word}) AS word,
          CASE r.value->>'count' ${count} END AS n, r.value->>'error_rate' AS error_rate,
          r.value->>'median' AS median, r.value->>'p95' AS p95
        FROM admitted, ${dialect.elements('body', 'rows')}
        UNION ALL ${once('os', 'os')} UNION ALL ${once('tool_version', 'version')}
      ), votes AS MATERIALIZED (
        SELECT told.*, weight * n / sum(n) OVER (PARTITION BY format, id, day, subject) AS part FROM told
      )
      SELECT 'cell' AS what, format, subject, word, day, count(*) AS n, sum(part) AS part,
        CASE WHEN count(*) < CAST(? AS BIGINT) THEN string_agg(id, ' ') END AS ids,
        count(error_rate) AS error_rate, count(median) AS median, count(p95) AS p95, NULL AS range
      FROM votes GROUP BY format, subject, word, day
      UNION ALL SELECT 'table', format, subject, NULL, day, count(DISTINCT id), sum(part), NULL, 0, 0, 0, NULL
        FROM votes GROUP BY format, subject, day
      ${ranged}`,
    values: [week.from, week.to, Date.parse(week.from), rules.perNetwork, rules.contributors],
  }
}

function tableOf(rows: readonly Row[]): VotedTable {
  const of = Map.groupBy(rows, (row) => textIn(row, 'what'))
  const days = of.get('table') ?? []
  const cells = Map.groupBy(of.get('cell') ?? [], (row) => textIn(row, 'word'))
  return {
    format: textIn(rows[0], 'format'),
    subject: textIn(rows[0], 'subject'),
    contributors: Math.max(0, ...days.map((row) => numberIn(row, 'n'))),
    weight: days.reduce((sum, row) => sum + numberIn(row, 'part'), 0),
    cells: [...cells].map(([word, each]) => cellOf(word, each, of)),
  }
}

function cellOf(word: string, days: readonly Row[], of: ReadonlyMap<string, readonly Row[]>): VotedCell {
  const rangesOf = (measure: Measure): MeasureVotes => ({
    contributors: Math.max(...days.map((row) => numberIn(row, measure))),
    votes: Object.fromEntries(
      (of.get(measure) ?? [])
        .filter((row) => textIn(row, 'word') === word)
        .map((row) => [textIn(row, 'range'), numberIn(row, 'part')]),
    ),
  })
  return {
    word,
    days: new Map(
      days.map((row) => [
        textIn(row, 'day'),
        { n: numberIn(row, 'n'), ids: row['ids'] === null ? null : textIn(row, 'ids').split(' ') },
      ]),
    ),
    part: days.reduce((sum, row) => sum + numberIn(row, 'part'), 0),
    ranges: { error_rate: rangesOf('error_rate'), median: rangesOf('median'), p95: rangesOf('p95') },
  }
}
