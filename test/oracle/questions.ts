// What both sides are asked: everything, and a handful of filters that choose some of what a file has.
import { everything } from '../../shared/viewer/filter.ts'
import type { Filter } from '../../shared/viewer/filter.ts'
import { addDays } from './calendar.ts'
import type { OracleCase } from './case.ts'
import type { Question } from './figures.ts'
import { now } from './program.ts'
import type { Truth } from './truth.ts'

export type Asking =
  | 'nothing left out'
  | 'a period'
  | 'a period without an end, and a stretch of it'
  | 'what failed'
  | 'a value'
  | 'all but a value and a stretch of time'
  | 'a stretch of durations'
  | 'hours of the week'
  | 'everything at once'

const workHours = Array.from({ length: 168 }, (_, hour) => hour).filter(
  (hour) => hour < 120 && hour % 24 >= 9 && hour % 24 < 17,
)

export function questionsOf(
  truth: Truth,
  one: OracleCase,
  firstDayOfWeek: number,
): Readonly<Record<Asking, Question>> {
  const days = truth.rows('SELECT DISTINCT day FROM ev WHERE day IS NOT NULL ORDER BY 1').flat().map(String)
  const dayAt = (share: number): string => days[Math.floor(share * (days.length - 1))] ?? ''
  const midnight = (share: number): number => truth.midnight(dayAt(share))
  const durations = truth.rows('SELECT round(duration) FROM ev WHERE duration > 0 ORDER BY 1').flat()
  const length = (share: number): number => Number(durations[Math.floor(share * durations.length)] ?? 0)
  const [dimension = ''] = Object.keys(one.dimensions)
  const values = truth
    .rows('SELECT d0 FROM ev WHERE d0 IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1')
    .flat()
    .map(String)
  const value = { dimension, values: values.slice(0, 1), not: false }
  const period = { since: midnight(0.4), until: truth.midnight(addDays(dayAt(0.8), 1)) }
  const stretch = { from: midnight(0.5), to: midnight(0.6) + 7_200_000, not: false }
  const duration = { from: length(0.2), to: length(0.7), not: false }
  const hours = { of: workHours, not: false }
  const ask = (filter: Partial<Filter>, more: Partial<Question> = {}): Question => ({
    filter: { ...everything, ...filter },
    now,
    firstDayOfWeek,
    ...more,
  })
  return {
    'nothing left out': ask({}, { stack: 'kind' }),
    'a period': ask(period, { compare: { with: 'period', since: midnight(0) }, year: 2026 }),
    'a period without an end, and a stretch of it': ask(
      { since: period.since, range: stretch },
      { now: midnight(0.9) + 43_200_000 },
    ),
    'what failed': ask({ failed: one.failed !== null }),
    'a value': ask(
      { where: [value] },
      { compare: { with: 'values', dimension, values: values.slice(0, 2) } },
    ),
    'all but a value and a stretch of time': ask({
      where: [{ ...value, not: true }],
      range: { ...stretch, not: true },
    }),
    'a stretch of durations': ask({ duration }, { stack: 'kind' }),
    'hours of the week': ask({ hours }),
    'everything at once': ask({
      ...period,
      failed: false,
      where: [{ ...value, values: values.slice(0, 2) }],
      duration: { ...duration, not: true },
      hours: { ...hours, not: true },
    }),
  }
}
