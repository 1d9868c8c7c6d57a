// The timeline in SQL: its steps as a table, and the events that lie in each.
import { columnOf } from './conditions.ts'
import type { Conditions } from './conditions.ts'
import { daysBetween } from './calendar.ts'
import { percentiles } from './figures.ts'
import type { Asked, Figure, Figures, Question } from './figures.ts'

const minute = 60_000
const day = 1440 * minute
/** Up to a bar for each of 120; days and longer ones as soon as there are three days. */
const lengths = {
  second: 1000,
  'ten seconds': 10_000,
  minute,
  'ten minutes': 10 * minute,
  hour: 60 * minute,
  day,
  week: 7 * day,
  month: 30 * day,
  year: 365 * day,
}
type Step = keyof typeof lengths
const steps: readonly Step[] = [
  'second',
  'ten seconds',
  'minute',
  'ten minutes',
  'hour',
  'day',
  'week',
  'month',
  'year',
]
const ofCalendar: Readonly<Record<string, readonly [begin: string, next: string]>> = {
  day: ['+0 days', '+1 day'],
  week: ['-6 days', '+7 days'],
  month: ['start of month', '+1 month'],
  year: ['start of year', '+1 year'],
}

function stepOf(first: number, last: number): Step {
  const span = last - first
  const found = steps.find((step) => span / lengths[step] <= 120 && (lengths[step] >= day || span < 3 * day))
  if (found === undefined) throw new Error('a span for centuries')
  return found
}

/** Fills a table with the steps from the one that holds `first` to the one that holds `last`; gives their number. */
function makeSteps(
  { exec, rows, calendar }: Asked,
  name: string,
  step: Step,
  [first, last]: readonly [number, number],
  { firstDayOfWeek }: Question,
): number {
  const [begin, next] = ofCalendar[step] ?? []
  const length = lengths[step]
  const clock = calendar.local(first)
  const shift = Date.parse(`${clock.replace(' ', 'T')}Z`) - Math.floor(first / 1000) * 1000
  const weekday = step === 'week' ? `, 'weekday ${firstDayOfWeek % 7}'` : ''
  exec(
    `DROP TABLE IF EXISTS ${name}; CREATE TEMP TABLE ${name} AS ${
      begin === undefined
        ? `WITH RECURSIVE s(start) AS (SELECT (${first} + ${shift}) / ${length} * ${length} - ${shift}
          UNION ALL SELECT start + ${length} FROM s WHERE start + ${length} <= ${last})
         SELECT start, start + ${length} AS until FROM s`
        : `WITH RECURSIVE s(d) AS (SELECT date('${clock.slice(0, 10)}', '${begin}'${weekday})
          UNION ALL SELECT date(d, '${next}') FROM s WHERE midnight(date(d, '${next}')) <= ${last})
         SELECT midnight(d) AS start, midnight(date(d, '${next}')) AS until FROM s`
    }`,
  )
  return Number(rows(`SELECT count(*) FROM ${name}`)[0]?.[0])
}

export function timelineOf(asked: Asked, question: Question, where: Conditions): Figures {
  const { rows, calendar } = asked
  const { filter, now, stack = null } = question
  const { since, until } = filter
  const spanOf = (first: number, last: number): readonly [number, number] => [
    Math.min(first, since ?? first),
    since === null && until === null ? last : Math.max(last, until === null ? now : until - 1),
  ]
  const ends = (...without: string[]): readonly [number, number] | null => {
    const [[first = null, last = null] = []] = rows(
      `SELECT min(ms), max(ms) FROM ev WHERE ${where(...without)}`,
    )
    return first === null ? null : [Number(first), Number(last)]
  }
  const own = ends()
  const [begin, end] = own === null ? [0, -1] : spanOf(...own).map((at) => calendar.local(at).slice(0, 10))
  const told: Record<string, Figure> = {
    days: own === null ? null : daysBetween(String(begin), String(end)) + 1,
    step: null,
  }
  const around = ends('range')
  if (around === null || makeSteps(asked, 'steps', stepOf(...around), around, question) < 2) return told
  const span = spanOf(...around)
  const step = stepOf(...span)
  makeSteps(asked, 'steps', step, span, question)
  told['step'] = step
  const joined = 'steps JOIN ev ON ms >= start AND ms < until'
  for (const [start, until = null, count = null, failed = null, withOutcome = null] of rows(
    `SELECT start, until, count(ev.ms), coalesce(sum(failed), 0), count(failed) FROM steps
     LEFT JOIN ev ON ms >= start AND ms < until AND ${where('range')} GROUP BY 1`,
  )) {
    const name = pointName(start)
    told[name] = count
    told[`${name}, failed`] = failed
    told[`${name}, with outcome`] = withOutcome
    told[`${name}, until`] = until
    told[`${name}, running`] = Number(Number(start) <= now && now < Number(until))
    told[`${name}, median`] = told[`${name}, 95th percentile`] = null
  }
  for (const [start, median = null, p95 = null] of percentiles(asked, 'start', joined, where('range'))) {
    told[`${pointName(start)}, median`] = median
    told[`${pointName(start)}, 95th percentile`] = p95
  }
  if (stack !== null)
    for (const [start, label, count = null] of rows(
      `SELECT start, ${columnOf(stack, asked.one)}, count(*) FROM ${joined} WHERE ${where('range')} GROUP BY 1, 2`,
    ))
      told[`${pointName(start)}, of ${label ?? 'no value'}`] = count
  return { ...told, ...compared(asked, question, where, step, span) }
}

/** What is laid over the timeline: lines that are zero somewhere are told where they are not. */
function compared(
  asked: Asked,
  question: Question,
  where: Conditions,
  step: Step,
  [first, last]: readonly [number, number],
): Figures {
  const { compare = null, filter } = question
  const { rows, one } = asked
  const told: Record<string, Figure> = {}
  if (compare === null) return told
  if (compare.with === 'values') {
    const column = columnOf(compare.dimension, one)
    for (const [start, label, count = null] of rows(`SELECT start, ${column}, count(*) FROM steps JOIN ev
      ON ms >= start AND ms < until WHERE ${where('range', compare.dimension)} GROUP BY 1, 2`))
      if (compare.values.includes(String(label))) told[`${pointName(start)}, compared ${label}`] = count
    return told
  }
  const end = compare.since + (filter.until ?? last + 1) - first
  makeSteps(asked, 'others', step, [compare.since, end], question)
  const most = rows('SELECT count(*) FROM steps').flat().join('')
  for (const [
    start,
    count = null,
  ] of rows(`SELECT start, count(ev.ms) FROM (SELECT * FROM others LIMIT ${most})
    LEFT JOIN ev ON ms >= max(start, ${compare.since}) AND ms < until AND ${where('period', 'range')} GROUP BY 1`))
    told[`other ${pointName(start)}`] = count
  return told
}

export const pointName = (start: Figure | undefined): string =>
  `step ${new Date(Number(start)).toISOString()}`
