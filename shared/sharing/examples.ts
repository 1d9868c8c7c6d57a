// For whoever is asked to share: what stands in their own file on one day, and what of it would leave. It is made on
// the machine, from the day that the report is about, and stays there.
import type { Format } from '../formats/format.ts'
import { sensitiveDimensions } from '../formats/sensitive.ts'
import { noValue } from '../viewer/columns.ts'
import type { Codes, Columns } from '../viewer/columns.ts'
import type { Origin } from './anonymize.ts'
import { closedWord, other, reportFields, subjectList, subjects } from './fields.ts'
import type { ReportFieldName, RowFieldName, Subject } from './fields.ts'
import { lists } from './lists/index.ts'
import type { SharedFormat } from './lists/index.ts'
import type { List } from './lists/list.ts'
import { dayOf, rowsOn } from './report.ts'
import type { DayFigures, Figure } from './report.ts'
import type { Report } from './shape.ts'

export type Before =
  /** As it stands in the file; `isSensitive` where the veil lies over such values. */
  | { readonly is: 'word'; readonly word: string; readonly isSensitive: boolean }
  /** Milliseconds since 1970. */
  | { readonly is: 'moment'; readonly at: number }
  | { readonly is: 'events'; readonly count: number }
  /** Of those that tell their outcome. */
  | { readonly is: 'failed'; readonly failed: number; readonly of: number }
  | { readonly is: 'duration'; readonly milliseconds: number }

export interface FieldExample {
  readonly field: ReportFieldName | RowFieldName
  /** Null where the day has nothing of the kind. */
  readonly before: Before | null
  /** Null where it doesn't leave at the report's level; `other` or `unknown` where every report has the field. */
  readonly after: string | null
}

interface Shown {
  readonly columns: Columns
  readonly format: SharedFormat
  readonly figures: DayFigures
  readonly report: Report
  readonly origin: Origin
}

export function fieldExamples({ columns, format, figures, report, origin }: Shown): FieldExample[] {
  const rows = rowsOn(columns, dayOf(report.day))
  const { versionFrom, versions } = lists[format]
  const version = versionFrom === null ? null : wordOf(columns, versionFrom, rows, versions)
  const first = rows.reduce((least, row) => Math.min(least, columns.time[row] ?? Infinity), Infinity)
  const once: Record<ReportFieldName, Before | null> = {
    format: plain(columns.format.title),
    day: { is: 'moment', at: first },
    level: null,
    tool_version: version === null ? null : plain(version),
    os: plain(origin.platform),
    program: plain(origin.version),
  }
  const said = reportFields.map(({ name }) => ({ field: name, before: once[name], after: report[name] }))
  return [...said, ...subjects.map(subjectExample), ...numberExamples(figures, report)]

  function subjectExample(subject: Subject): FieldExample {
    const { name: field, dimension } = subject
    const list = subjectList(format, subject)
    if (list === null) return { field, before: null, after: null }
    const leaves = report.level === 'detailed' || subject.level === 'basic'
    // A basic report tells one kind of the day, a detailed one so many rows: no other word is shown as leaving.
    const told = report.rows.flatMap((row) => row[field] ?? [])
    const isTold = (word: string): boolean => !leaves || told.includes(closedWord(list, word))
    const word = wordOf(columns, dimension, rows, list, isTold)
    // Where this file lacks what is told, another ticked one has it.
    if (word === null) return { field, before: null, after: told[0] ?? null }
    return {
      field,
      before: { is: 'word', word, isSensitive: isSensitive(columns.format, subject) },
      after: leaves ? closedWord(list, word) : null,
    }
  }
}

const plain = (word: string): Before => ({ is: 'word', word, isSensitive: false })

const isSensitive = (format: Format, { dimension }: Subject): boolean =>
  dimension !== null && sensitiveDimensions(format).has(dimension)

/** The most frequent word that stays here as `other`, since it shows the most; else the most frequent of all. */
function wordOf(
  columns: Columns,
  dimension: string | null,
  rows: readonly number[],
  list: List,
  isTold: (word: string) => boolean = () => true,
): string | null {
  const column =
    dimension === null
      ? { words: columns.kinds, codes: columns.kind }
      : columns.dimensions.find(({ name }) => name === dimension)
  if (column === undefined) return null
  const counts = countCodes(column.codes, rows)
  const found = [...counts]
    .sort(([, one], [, two]) => two - one)
    .map(([code]) => column.words[code] ?? '')
    .filter(isTold)
  return found.find((word) => closedWord(list, word) === other) ?? found[0] ?? null
}

function countCodes(codes: Codes, rows: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>()
  for (const row of rows) {
    const code = codes[row] ?? noValue
    if (code !== noValue) counts.set(code, (counts.get(code) ?? 0) + 1)
  }
  return counts
}

/** Of the kind of event that happened most, of those that the report tells. */
function numberExamples({ figures }: DayFigures, report: Report): FieldExample[] {
  const rowOf = ({ subject, word }: Figure) =>
    subject.dimension === null ? report.rows.find(({ kind }) => kind === word) : undefined
  const [most] = figures
    .filter((figure) => rowOf(figure) !== undefined)
    .sort((one, two) => two.count - one.count)
  const row = most && rowOf(most)
  return numbers.map(([field, tell]) => ({
    field,
    before: most === undefined ? null : tell(most),
    after: row?.[field] ?? null,
  }))
}

const numbers: readonly (readonly [RowFieldName, (figure: Figure) => Before | null])[] = [
  ['count', ({ count }) => ({ is: 'events', count })],
  ['error_rate', ({ failed, withOutcome: of }) => (of === 0 ? null : { is: 'failed', failed, of })],
  ['median', ({ median }) => duration(median)],
  ['p95', ({ p95 }) => duration(p95)],
]

const duration = (milliseconds: number | null): Before | null =>
  milliseconds === null ? null : { is: 'duration', milliseconds }
