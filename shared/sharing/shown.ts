// What a person is shown of a day before anything leaves: the rows that say most, and each field of the list with
// what stands in their own file and what would leave of it. The exact figures in here never reach an encoder.
import type { ExampleLine, ShownField } from '../share.ts'
import type { Outbound } from './anonymize.ts'
import type { Level } from './consent.ts'
import type { FieldExample } from './examples.ts'
import { reportFields, rowFields } from './fields.ts'
import type { Field, FieldType } from './fields.ts'
import { isSharedFormat } from './lists/index.ts'
import type { SharedFormat } from './lists/index.ts'
import type { DayFigures, Figure } from './report.ts'
import type { Report, Row } from './shape.ts'

const mostLines = 5

/**
 * What a basic report tells, too, comes first; then one row of each subject, the most frequent; then what is left, until
 * there are five.
 */
export function exampleLines(days: readonly DayFigures[], reports: Outbound, basic: Outbound): ExampleLine[] {
  const lines = reports.flatMap((report) => {
    const isOf = ({ format, day }: Pick<Report, 'format' | 'day'>): boolean =>
      format === report.format && day === report.day
    const figures = days.find(isOf)?.figures ?? []
    const kinds = basic.find(isOf)?.rows.map(({ kind }) => kind) ?? []
    return report.rows.flatMap((row) => {
      const isBasic = row.kind !== undefined && kinds.includes(row.kind)
      return lineOf(report, row, isBasic ? 'basic' : 'detailed', figures) ?? []
    })
  })
  const [always, ifDetailed] = [lines.filter(isBasic), lines.filter((line) => !isBasic(line))]
  const ordered = [always, ifDetailed].flatMap((some) => some.sort((a, b) => b.exact.count - a.exact.count))
  const firsts = ordered.filter(
    (line, at) => ordered.findIndex(({ subject }) => subject === line.subject) === at,
  )
  return [...firsts, ...ordered.filter((line) => !firsts.includes(line))].slice(0, mostLines)
}

const isBasic = ({ level }: ExampleLine): boolean => level === 'basic'

function lineOf(report: Report, row: Row, level: Level, figures: readonly Figure[]): ExampleLine | null {
  const figure = figures.find(({ subject, word }) => row[subject.name] === word)
  if (figure === undefined) return null
  const { count, failed, withOutcome, median, p95 } = figure
  return {
    format: report.format,
    subject: figure.subject.name,
    word: figure.word,
    level,
    count: row.count ?? '',
    errorRate: row.error_rate ?? null,
    median: row.median ?? null,
    p95: row.p95 ?? null,
    exact: { count, failed, withOutcome, median, p95 },
  }
}

/** Every field of the list, also those that the level keeps back or that the day says nothing of. */
export function shownFields(
  [report]: Outbound,
  level: Level,
  examples: readonly FieldExample[],
): ShownField[] {
  const fields: readonly Field[] = [...reportFields, ...rowFields]
  return fields.map(({ name, level: least, type, reason }) => {
    const example = examples.find(({ field }) => field === name)
    return {
      name,
      level: least,
      leaves: least === 'basic' || level === 'detailed',
      what: kinds[type.kind],
      reason,
      source: report !== undefined && isSharedFormat(report.format) ? sourceOf(type, report.format) : null,
      before: example?.before ?? null,
      after: example?.after ?? null,
    }
  })
}

const kinds = { words: 'words', ranges: 'range', day: 'day', version: 'version' } as const

const sourceOf = (type: FieldType, format: SharedFormat): string | null =>
  type.kind === 'words' ? (type.list(format)?.source ?? null) : null
