// The questions that whoever runs a server asks, each with a name: in /admin, as JSON, as CSV. Those that the seed
// documents wrote down in SQL are among them. A question is plain SQL over days; what a day or week is comes in as a
// list, so that no engine's own words for dates are needed.
import type { Result } from '../shared/result.ts'
import { fail, ok } from '../shared/result.ts'
import { reportsDoor } from './doors/reports.ts'
import type { Dialect, Row, Statement, Store, StoreFailure } from './store.ts'
import { daysBefore } from './totals.ts'

export interface Question {
  readonly name: string
  readonly title: string
  ask(when: When, dialect: Dialect): Statement
}

interface When {
  readonly today: string
  /** The first day to tell of. */
  readonly since: string
}

/** What VoiceMode's payload tells of a period. */
const sessions = `CAST(body->'usage'->>'total_sessions' AS BIGINT)`

/** What a sender did wrong. */
const invalid = [400, 408, 413, 415, 422]
const counted = (what: string): string => `CAST(sum(CASE WHEN ${what} THEN n ELSE 0 END) AS BIGINT)`

const since =
  (sql: string) =>
  ({ since: first }: When) => ({ sql, values: [first] })

export const questions: readonly Question[] = [
  {
    name: 'daily-active',
    title: 'Anonymous ids by day',
    ask: since(`SELECT day, count(DISTINCT anonymous_id) AS ids, count(*) AS events FROM events
      WHERE day >= CAST(? AS TEXT) GROUP BY day ORDER BY day DESC`),
  },
  {
    name: 'weekly-active',
    title: 'Anonymous ids in the seven days up to each day',
    ask: ({ today }, { each }) => ({
      sql: `SELECT e.value->>'to' AS day, count(DISTINCT events.anonymous_id) AS ids
        FROM ${each} JOIN events ON events.day > e.value->>'from' AND events.day <= e.value->>'to'
        GROUP BY e.value->>'to' ORDER BY 1 DESC`,
      values: [list(12, (n) => ({ to: daysBefore(today, 7 * n), from: daysBefore(today, 7 * n + 7) }))],
    }),
  },
  {
    name: 'retention',
    title: 'Of the ids first seen on a day, how many were seen 1, 7 and 28 days later',
    ask: ({ today }, { each }) => ({
      sql: `WITH firsts AS (
          SELECT anonymous_id AS id, min(day) AS day FROM events WHERE anonymous_id IS NOT NULL GROUP BY anonymous_id
        ), later AS (SELECT DISTINCT anonymous_id AS id, day FROM events)
        SELECT firsts.day, count(DISTINCT firsts.id) AS ids,
          count(DISTINCT CASE WHEN later.day = e.value->>'one' THEN later.id END) AS day_1,
          count(DISTINCT CASE WHEN later.day = e.value->>'seven' THEN later.id END) AS day_7,
          count(DISTINCT CASE WHEN later.day = e.value->>'month' THEN later.id END) AS day_28
        FROM ${each} JOIN firsts ON firsts.day = e.value->>'day' LEFT JOIN later ON later.id = firsts.id
        GROUP BY firsts.day ORDER BY firsts.day DESC`,
      values: [
        list(60, (n) => {
          const day = daysBefore(today, n)
          const after = (days: number): string => daysBefore(day, -days)
          return { day, one: after(1), seven: after(7), month: after(28) }
        }),
      ],
    }),
  },
  {
    name: 'kinds',
    title: 'Events by where they came in and what they are about',
    ask: since(`SELECT door, kind, count(*) AS events, count(DISTINCT anonymous_id) AS ids FROM events
      WHERE day >= CAST(? AS TEXT) GROUP BY door, kind ORDER BY events DESC, door, kind LIMIT 200`),
  },
  { name: 'versions', title: 'Versions of the tools', ask: byColumn('version') },
  { name: 'systems', title: 'Operating systems', ask: byColumn('os') },
  { name: 'providers', title: 'Providers in daily reports', ask: byRow('provider') },
  { name: 'agents', title: 'Agents in daily reports', ask: byRow('agent') },
  { name: 'error-types', title: 'Types of errors in daily reports', ask: byRow('error_type') },
  {
    name: 'errors',
    title: 'Error rates in daily reports, by day',
    ask: ({ since: first }, { elements }) => ({
      sql: `SELECT day, r.value->>'kind' AS kind, r.value->>'error_rate' AS error_rate, count(*) AS reports
        FROM events, ${elements('body', 'rows')}
        WHERE door = '${reportsDoor}' AND day >= CAST(? AS TEXT) AND r.value->>'kind' IS NOT NULL
          AND r.value->>'error_rate' IS NOT NULL
        GROUP BY day, r.value->>'kind', r.value->>'error_rate' ORDER BY day DESC, 2, 4 DESC`,
      values: [first],
    }),
  },
  {
    name: 'events-per-id',
    title: 'How many ids brought how many events',
    ask: since(`WITH each_id AS (
        SELECT anonymous_id, count(*) AS events FROM events
        WHERE day >= CAST(? AS TEXT) AND anonymous_id IS NOT NULL GROUP BY anonymous_id)
      SELECT events, count(*) AS ids FROM each_id GROUP BY events ORDER BY events LIMIT 200`),
  },
  {
    name: 'sessions-by-system',
    title: 'VoiceMode: sessions by operating system',
    ask: since(`SELECT os, sum(${sessions}) AS sessions FROM events
      WHERE day >= CAST(? AS TEXT) AND door = 'voicemode' GROUP BY os ORDER BY sessions DESC`),
  },
  {
    name: 'speech-providers',
    title: 'VoiceMode: providers of speech, as told',
    ask: since(`SELECT day, CAST(body->'usage'->'provider_usage'->'tts' AS TEXT) AS tts,
        CAST(body->'usage'->'provider_usage'->'stt' AS TEXT) AS stt, count(*) AS events
      FROM events WHERE day >= CAST(? AS TEXT) AND door = 'voicemode' GROUP BY 1, 2, 3 ORDER BY 1 DESC LIMIT 200`),
  },
  {
    name: 'sessions-per-id',
    title: 'VoiceMode: sessions of an id, on average',
    ask: since(`SELECT count(*) AS ids, avg(sessions) AS sessions_per_id FROM (
      SELECT anonymous_id, sum(${sessions}) AS sessions FROM events
      WHERE day >= CAST(? AS TEXT) AND door = 'voicemode' GROUP BY anonymous_id) AS each_id`),
  },
  {
    name: 'refused',
    title: 'Of what came in on whole days, how much was a copy, invalid, or over a limit',
    ask: ({ today, since: first }) => ({
      sql: `SELECT *, CAST(1000 * invalid / (CASE WHEN taken + copies + invalid > 0
          THEN taken + copies + invalid ELSE 1 END) AS BIGINT) AS invalid_in_1000 FROM (
        SELECT day, door, ${counted(`what = 'taken'`)} AS taken, ${counted(`what = 'copies'`)} AS copies,
          ${counted(`what IN (${invalid.map((status) => `'refused ${status}'`).join(', ')})`)} AS invalid,
          ${counted(`what = 'refused 429'`)} AS over_a_limit
        FROM totals WHERE day >= CAST(? AS TEXT) AND day < CAST(? AS TEXT) GROUP BY day, door) AS each_door
        WHERE taken + copies + invalid + over_a_limit > 0
        ORDER BY day DESC, door LIMIT 1000`,
      values: [first, today],
    }),
  },
  {
    name: 'health',
    title: 'What was taken in, and what was not',
    ask: since(`SELECT day, door, what, n FROM totals WHERE day >= CAST(? AS TEXT)
      ORDER BY day DESC, door, what LIMIT 1000`),
  },
]

function byColumn(column: 'version' | 'os'): Question['ask'] {
  return since(`SELECT door, coalesce(${column}, '') AS ${column}, count(*) AS events,
      count(DISTINCT anonymous_id) AS ids FROM events WHERE day >= CAST(? AS TEXT)
    GROUP BY door, coalesce(${column}, '') ORDER BY ids DESC, events DESC LIMIT 200`)
}

function byRow(field: 'provider' | 'agent' | 'error_type'): Question['ask'] {
  return ({ since: first }, { elements }) => ({
    sql: `SELECT kind AS format, r.value->>'${field}' AS ${field}, count(*) AS reports,
        count(DISTINCT anonymous_id) AS ids
      FROM events, ${elements('body', 'rows')}
      WHERE door = '${reportsDoor}' AND day >= CAST(? AS TEXT) AND r.value->>'${field}' IS NOT NULL
      GROUP BY kind, r.value->>'${field}' ORDER BY ids DESC, reports DESC LIMIT 200`,
    values: [first],
  })
}

const list = (n: number, make: (index: number) => Readonly<Record<string, string>>): string =>
  JSON.stringify(Array.from({ length: n }, (_, index) => make(index)))

export async function askQuestion(
  store: Store,
  question: Question,
  today: string,
  days: number,
): Promise<Result<readonly Row[], StoreFailure>> {
  const done = await store.run([question.ask({ today, since: daysBefore(today, days) }, store.dialect)])
  return done.ok ? ok(done.value[0] ?? []) : fail('unavailable')
}
