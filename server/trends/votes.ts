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

/** Whose a report is does not come out of the store: it has a number while it is counted, one a contributor and day. */
export interface VotedCell {
  readonly word: string
  /** Of each day: how many, and whose reports, where they are few enough to be told. */
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
  const few = `CASE WHEN count(*) < CAST(? AS BIGINT) THEN string_agg(CAST(report AS TEXT), ' ') END AS ids`
  const ofReport = (
    name: string,
    column: string,
  ): string => `SELECT format, '${name}', ${column}, day, NULL, NULL, NULL,
    count(*), count(*) * 1.0, sum(weight), sum(weight), ${few} FROM admitted
    WHERE level <> 'basic' GROUP BY format, ${column}, day`
  // Only narrow rows are sorted, by what tells most of them apart first; what a report says is fetched once it is known
  // that it counts.
  return {
    sql: `WITH once AS (
        SELECT kind AS format, anonymous_id AS id, day, network, received, seen, position,
          row_number() OVER (PARTITION BY anonymous_id, day, kind ORDER BY received, seen, position) AS copy
        FROM events WHERE door = '${reportsDoor}' AND day >= CAST(? AS TEXT) AND day <= CAST(? AS TEXT)
      ), placed AS (
        SELECT format, id, day, seen, position, row_number() OVER (
          PARTITION BY coalesce(network, ''), day, format ORDER BY received, id) AS place
        FROM once WHERE copy = 1
      ), people AS (SELECT DISTINCT id FROM placed WHERE place <= CAST(? AS BIGINT)
      ), weights AS MATERIALIZED (
        SELECT id, CASE WHEN EXISTS (SELECT 1 FROM events AS before WHERE before.anonymous_id = people.id
            AND before.door = '${reportsDoor}' AND before.received < CAST(? AS BIGINT))
          THEN 1.0 ELSE ${newcomer} END AS weight FROM people
      ), admitted AS MATERIALIZED (
        SELECT row_number() OVER () AS report, placed.format, placed.day, events.os, events.version, events.body,
          events.body->>'level' AS level, weights.weight
        FROM placed JOIN weights ON weights.id = placed.id
          JOIN events ON events.seen = placed.seen AND events.position = placed.position
        WHERE placed.place <= CAST(? AS BIGINT)
      ), told AS (
        SELECT report, format, day, weight, CASE ${subject} END AS subject, coalesce(${word}) AS word,
          CASE r.value->>'count' ${count} END AS n, r.value->>'error_rate' AS error_rate,
          r.value->>'median' AS median, r.value->>'p95' AS p95
        FROM admitted, ${dialect.elements('body', 'rows')}
      ), votes AS (
        SELECT told.*, n * 1.0 / sum(n) OVER (PARTITION BY report, subject) AS part FROM told
      )
      SELECT format, subject, word, day, error_rate, median, p95, count(*) AS n, sum(part) AS votes,
        sum(part * weight) AS part, sum(weight) AS weight, ${few}
      FROM votes GROUP BY format, subject, word, day, error_rate, median, p95
      UNION ALL ${ofReport('os', 'os')}
      UNION ALL ${ofReport('tool_version', 'version')}`,
    values: [
      ...[week.from, week.to, rules.perNetwork, Date.parse(week.from), rules.perNetwork],
      ...[rules.contributors, rules.contributors, rules.contributors],
    ],
  }
}

const sumOf = (rows: readonly Row[], column: string): number =>
  rows.reduce((sum, row) => sum + numberIn(row, column), 0)
const byDay = (rows: readonly Row[]): readonly (readonly Row[])[] => [
  ...Map.groupBy(rows, (row) => textIn(row, 'day')).values(),
]

/** Each vote's parts come to one: a day's parts are as many as its contributors. */
function tableOf(rows: readonly Row[]): VotedTable {
  const cells = Map.groupBy(rows, (row) => textIn(row, 'word'))
  return {
    format: textIn(rows[0], 'format'),
    subject: textIn(rows[0], 'subject'),
    contributors: Math.max(...byDay(rows).map((day) => Math.round(sumOf(day, 'votes')))),
    weight: sumOf(rows, 'part'),
    cells: [...cells].map(([word, those]) => cellOf(word, those)),
  }
}

function cellOf(word: string, rows: readonly Row[]): VotedCell {
  const rangesOf = (measure: Measure): MeasureVotes => {
    const told = rows.filter((row) => row[measure] !== null)
    const ranges = Map.groupBy(told, (row) => textIn(row, measure))
    return {
      contributors: Math.max(0, ...byDay(told).map((day) => sumOf(day, 'n'))),
      votes: Object.fromEntries([...ranges].map(([range, those]) => [range, sumOf(those, 'weight')])),
    }
  }
  return {
    word,
    days: new Map(byDay(rows).map((day) => [textIn(day[0], 'day'), { n: sumOf(day, 'n'), ids: idsOf(day) }])),
    part: sumOf(rows, 'part'),
    ranges: { error_rate: rangesOf('error_rate'), median: rangesOf('median'), p95: rangesOf('p95') },
  }
}

function idsOf(day: readonly Row[]): readonly string[] | null {
  if (day.some((row) => row['ids'] === null)) return null
  return day.flatMap((row) => textIn(row, 'ids').split(' '))
}
