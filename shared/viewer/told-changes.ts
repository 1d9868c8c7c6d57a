// A change as its sentence, and the days of its picture as a table: the same words in the window and in a report.
import type { ChangeWords } from '../words/en-changes.ts'
import type { Dates } from '../words/dates.ts'
import type { Numbers } from '../words/numbers.ts'
import { fitted, oneLine } from './draw/drawing.ts'
import type { Change } from './insights.ts'
import type { Column, Table } from './tables.ts'
import { dayLength, dayName } from './zone.ts'
import type { Zone } from './zone.ts'

export interface Wording {
  readonly words: ChangeWords
  readonly numbers: Numbers
  readonly dates: Dates
  readonly zone: Zone
}

/** Names as long as a line would hide the sentence. */
const roomForName = 320
const named = (name: string): string => fitted(oneLine(name), roomForName)

export function changeSentence(
  { metric, part, day, before, after, explanation }: Change,
  { words, numbers, dates, zone }: Wording,
): string {
  return words.sentence({
    metric,
    rises: after > before,
    before: figureOf(metric, before, numbers),
    after: figureOf(metric, after, numbers),
    day: dates.day(zone.startOf(dayNumber(day))),
    part: part && { dimension: named(part.dimension), value: named(part.value) },
    cause: explanation && {
      how: explanation.how,
      dimension: named(explanation.dimension),
      value: named(explanation.value),
      share: numbers.progress(explanation.share),
    },
  })
}

export const figureOf = (metric: Change['metric'], value: number, numbers: Numbers): string =>
  figures[metric](value, numbers)
const figures: Readonly<Record<Change['metric'], (value: number, numbers: Numbers) => string>> = {
  rate: (value, numbers) => numbers.aDay(value),
  'error rate': (value, numbers) => numbers.share(value),
  latency: (value, numbers) => numbers.duration(value < 999.5 ? Math.round(value) : value),
}
const columns: Readonly<Record<Change['metric'], Column['as']>> = {
  rate: 'count',
  'error rate': 'share',
  latency: 'milliseconds',
}

export function changeTable(change: Change, wording: Wording): Table {
  const { metric, series } = change
  const { words } = wording
  const first = dayNumber(series.from)
  return {
    title: changeSentence(change, wording),
    columns: [
      { name: words.day, as: 'text' },
      { name: words.metrics[metric], as: columns[metric] },
    ],
    rows: series.values.map((value, i) => [dayName(first + i), value]),
  }
}

/** Days since 1970-01-01. */
export const dayNumber = (day: string): number => Math.round(Date.parse(day) / dayLength)
