// What SQL says of a file: every figure of the Overview, by name, for any filter. The events of a file become one
// table, with the local time of each as the runtime's own calendar says it; a filter is a WHERE; every figure is a
// question to that table. Nothing of the program is used here but the shape of its questions.
import { DatabaseSync } from 'node:sqlite'
import type { OracleCase } from './case.ts'
import { calendarOf } from './calendar.ts'
import { chosen, quote } from './conditions.ts'
import type { Conditions } from './conditions.ts'
import { percentiles } from './figures.ts'
import type { Asked, Figure, Figures, Question, Row } from './figures.ts'
import { timelineOf } from './steps.ts'

export interface Truth {
  ask(question: Question): Figures
  rows(sql: string): readonly Row[]
  /** When a local day begins. */
  midnight(day: string): number
  close(): void
}

export function openTruth(path: string, one: OracleCase, zone: string): Truth {
  const db = one.open?.(path) ?? new DatabaseSync(path, { readOnly: true })
  const calendar = calendarOf(zone)
  db.function('local', (ms) => (ms === null ? null : calendar.local(Number(ms))))
  db.function('midnight', (day) => calendar.midnight(String(day)))
  const rows = (sql: string): readonly Row[] => {
    const statement = db.prepare(sql)
    statement.setReturnArrays(true)
    return statement.all() as unknown as readonly Row[] // a door: rows of the oracle's own SQL
  }
  const columns = [
    ...Object.values(one.dimensions).map((sql, i) => `CAST(${sql} AS TEXT) AS d${i}`),
    ...Object.values(one.measures).map((sql, i) => `${sql} AS m${i}`),
    ...Object.values(one.tallies ?? {}).map((sql, i) => `${sql} AS t${i}`),
  ]
  db.exec(`CREATE TEMP TABLE ev AS WITH
    read AS (SELECT ${one.ms} AS ms, ${one.kind} AS kind, ${one.failed ?? 'NULL'} AS failed,
      ${one.duration ?? 'NULL'} AS duration, ${[...columns, '0'].join(', ')} FROM ${one.from}),
    at AS (SELECT *, local(ms) AS clock FROM read)
    SELECT *, date(clock) AS day,
      (strftime('%w', clock) + 6) % 7 * 24 + CAST(strftime('%H', clock) AS INTEGER) AS hour FROM at`)
  db.exec(`CREATE TEMP TABLE bins AS SELECT value AS low, lead(value, 1, 9007199254740991) OVER (ORDER BY value) AS high
    FROM json_each('[${[0, ...edges].join(', ')}]')`)
  const truth: Asked = { rows, exec: (sql) => db.exec(sql), one, calendar }
  return {
    ask: (question) => askAll(truth, question),
    rows,
    midnight: (day) => calendar.midnight(day),
    close: () => db.close(),
  }
}

/** Eight to each power of ten, with four digits, from a millisecond to 10^11. */
const eighths = [1, 1.334, 1.778, 2.371, 3.162, 4.217, 5.623, 7.499]
const edges = [...Array.from({ length: 11 }, (_, p) => eighths.map((n) => Number(`${n}e${p}`))).flat(), 1e11]

function askAll(asked: Asked, question: Question): Figures {
  const { rows, one, calendar } = asked
  const where = chosen(question.filter, one)
  const past = calendar.before(question)
  const inPast = past && `${where('period', 'range')} AND ms >= ${past.from} AND ms < ${past.to}`
  const [all = []] = rows(
    `SELECT max(ms), min(day), max(day), count(DISTINCT day) FROM ev WHERE ms IS NOT NULL`,
  )
  const [bins = []] = rows(
    `SELECT count(DISTINCT low) FROM ev JOIN bins ON duration >= low AND duration < high`,
  )
  return {
    ...figuresOf(asked, '', where()),
    ...percentilesOf(asked, '', 'all', where()),
    'before, from': past?.from ?? null,
    'before, to': past?.to ?? null,
    ...(inPast !== null && {
      ...figuresOf(asked, 'before, ', inPast),
      ...percentilesOf(asked, 'before, ', 'all', inPast),
      ...measuresOf(asked, 'before, ', inPast),
    }),
    newest: all[0] ?? null,
    'first day of all': all[1] ?? null,
    'last day of all': all[2] ?? null,
    'active days of all': all[3] ?? null,
    'bars of durations of all': bins[0] ?? null,
    ...timelineOf(asked, question, where),
    ...barsOf(asked, 'kind', 'kind', where),
    ...Object.assign(
      {},
      ...Object.keys(one.dimensions).map((name, i) => barsOf(asked, name, `d${i}`, where)),
    ),
    ...measuresOf(asked, '', where()),
    ...talliesOf(asked, where()),
    ...hoursOf(asked, where('hours')),
    ...calendarFigures(asked, question, where('period', 'range')),
    ...durationsOf(asked, where('duration')),
  }
}

function figuresOf({ rows, one }: Asked, name: string, where: string): Figures {
  const [found = []] = rows(`SELECT count(*), min(ms), max(ms), count(*) - count(ms), count(DISTINCT day),
    coalesce(sum(failed), 0), count(failed), count(duration) FROM ev WHERE ${where}`)
  // days that follow each other are as far from their place in the list, all of them
  const [run = []] = rows(`WITH days AS (SELECT DISTINCT day FROM ev WHERE ${where} AND day IS NOT NULL),
    runs AS (SELECT julianday(day) - row_number() OVER (ORDER BY day) AS begin FROM days)
    SELECT coalesce(max(n), 0) FROM (SELECT count(*) AS n FROM runs GROUP BY begin)`)
  const names = [
    'events',
    'first',
    'last',
    'without time',
    'active days',
    'failed',
    'with outcome',
    'with duration',
  ]
  const told = Object.fromEntries(names.map((one, i) => [`${name}${one}`, found[i] ?? null]))
  if (one.failed === null) told[`${name}failed`] = null
  return { ...told, [`${name}streak`]: run[0] ?? null }
}

function percentilesOf(asked: Asked, name: string, by: string, where: string): Figures {
  const [found = []] = percentiles(asked, quote(by), 'ev', where)
  return { [`${name}median`]: found[1] ?? null, [`${name}95th percentile`]: found[2] ?? null }
}

function barsOf(asked: Asked, name: string, column: string, where: Conditions): Figures {
  const { rows } = asked
  const others = `${where(name)} AND ${column} IS NOT NULL`
  const found = rows(`SELECT ${column}, count(*), coalesce(sum(failed), 0), count(failed) FROM ev
    WHERE ${others} GROUP BY 1 ORDER BY 2 DESC, 1`)
  if (found.length === 0 && name !== 'kind') return {}
  const top = rows(`SELECT ${column} FROM ev WHERE ${column} IS NOT NULL GROUP BY 1 ORDER BY 1`)
  const told: Record<string, Figure> = {
    [`${name}: values`]: found.length,
    [`${name}: total`]: found.reduce((sum, [, count]) => sum + Number(count), 0),
    [`${name}: order`]: found.map(([label]) => label).join('|'),
    [`${name}: coloured`]: top.length < 8 ? top.flat().join('|') : 'eight',
  }
  for (const [label, count = null, failed = null, withOutcome = null] of found) {
    told[`${name} = ${label}`] = count
    told[`${name} = ${label}, failed`] = failed
    told[`${name} = ${label}, with outcome`] = withOutcome
    told[`${name} = ${label}, median`] = null
  }
  for (const [label, median = null] of percentiles(asked, column, 'ev', others))
    told[`${name} = ${label}, median`] = median
  return told
}

function measuresOf({ rows, one }: Asked, prefix: string, where: string): Figures {
  const told: Record<string, Figure> = {}
  for (const [i, name] of Object.keys(one.measures).entries()) {
    const [[count = null, sum = null] = []] = rows(`SELECT count(m${i}), sum(m${i}) FROM ev WHERE ${where}`)
    if (count === 0) continue // a sum of nothing is not zero
    told[`${prefix}${name}, rows`] = count
    told[`${prefix}${name}, sum`] = sum
  }
  return told
}

function talliesOf({ rows, one }: Asked, where: string): Figures {
  const told: Record<string, Figure> = {}
  for (const [i, name] of Object.keys(one.tallies ?? {}).entries())
    for (const [word, sum = null] of rows(
      `SELECT key, sum(value) FROM ev, json_each(t${i}) WHERE ${where} GROUP BY 1 HAVING sum(value) > 0`,
    ))
      told[`${name} ${word}`] = sum
  return told
}

function hoursOf({ rows }: Asked, where: string): Figures {
  const told: Record<string, Figure> = {}
  for (const [hour, count = null, failed = null] of rows(
    `SELECT hour, count(*), coalesce(sum(failed), 0) FROM ev WHERE ${where} AND hour IS NOT NULL GROUP BY 1`,
  )) {
    told[`hour ${hour}`] = count
    told[`hour ${hour}, failed`] = failed
  }
  return told
}

function calendarFigures({ rows, calendar }: Asked, question: Question, where: string): Figures {
  const { year = null, firstDayOfWeek, now } = question
  const told: Record<string, Figure> = {}
  const today = quote(calendar.local(now).slice(0, 10))
  const [[first, end] = []] = rows(
    year !== null
      ? `SELECT '${year}-01-01', '${year}-12-31'`
      : `WITH ends(at) AS (SELECT CASE WHEN min(day) > ${today} THEN max(day) ELSE min(max(day), ${today}) END FROM ev)
         SELECT date(at, '-6 days', 'weekday ${firstDayOfWeek % 7}', '-364 days'), at FROM ends`,
  )
  for (const [
    day,
    count = null,
    failed = null,
  ] of rows(`SELECT day, count(*), coalesce(sum(failed), 0) FROM ev
    WHERE ${where} AND day BETWEEN '${first}' AND '${end}' GROUP BY 1`)) {
    told[`calendar ${day}`] = count
    told[`calendar ${day}, failed`] = failed
  }
  const years = rows(`SELECT DISTINCT substr(day, 1, 4) FROM ev WHERE day IS NOT NULL ORDER BY 1`)
  const [[length = null] = []] = rows(`SELECT julianday('${end}') - julianday('${first}') + 1`)
  return {
    ...told,
    'calendar, first': first ?? null,
    'calendar, days': length,
    'calendar, years': years.join(' '),
  }
}

function durationsOf({ rows }: Asked, where: string): Figures {
  const told: Record<string, Figure> = {}
  const found = `found AS (SELECT low, failed FROM ev JOIN bins ON duration >= low AND duration < high WHERE ${where})`
  for (const [low, high = null, count = null, failed = null] of rows(
    `WITH ${found} SELECT b.low, b.high, count(f.low), coalesce(sum(f.failed), 0) FROM bins b LEFT JOIN found f ON f.low = b.low
     WHERE b.low BETWEEN (SELECT min(low) FROM found) AND (SELECT max(low) FROM found) GROUP BY 1`,
  )) {
    told[`duration from ${low}`] = count
    told[`duration from ${low}, to`] = high
    told[`duration from ${low}, failed`] = failed
  }
  return told
}
