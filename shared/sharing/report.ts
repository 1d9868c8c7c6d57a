// Counts what happened on whole UTC days, for sharing: how often each kind of event and each value of a listed
// dimension occurred, how many failed, how long they took. Words are closed here already, so that everything
// that is not on a list is counted together; the numbers are still exact, and anonymize.ts makes ranges of them.
import { nearestRank } from '../viewer/ranks.ts'
import type { Codes, Columns } from '../viewer/columns.ts'
import { noValue } from '../viewer/columns.ts'
import { outcome } from '../viewer/events.ts'
import { dayLength, dayName } from '../viewer/zone.ts'
import { closedWord, other, subjectList, subjects, unknown } from './fields.ts'
import type { ClosedWord, Subject } from './fields.ts'
import { lists } from './lists/index.ts'
import type { SharedFormat } from './lists/index.ts'
import type { FormatLists, List } from './lists/list.ts'

export interface DayFigures {
  readonly format: SharedFormat
  /** 2026-11-20, in UTC. */
  readonly day: string
  readonly toolVersion: string
  readonly figures: readonly Figure[]
}

export interface Figure {
  readonly subject: Subject
  readonly word: ClosedWord
  readonly count: number
  readonly failed: number
  readonly withOutcome: number
  /** Milliseconds. */
  readonly median: number | null
  readonly p95: number | null
}

/** The UTC day of a time, as days since 1970-01-01. */
export const utcDay = (time: number): number => Math.floor(time / dayLength)
/** Of a text that begins with the day, as 2026-11-20. */
export const dayOf = (text: string): number => utcDay(Date.parse(`${text.slice(0, 10)}T00:00:00Z`))

/** The UTC days that have events and had ended by `now`, oldest first. */
export function completedDays(columns: Columns, now: number): number[] {
  const today = utcDay(now)
  const days = new Set<number>()
  for (let row = 0; row < columns.rows; row++) {
    const day = utcDay(columns.time[row] ?? NaN)
    if (day < today) days.add(day)
  }
  return [...days].sort((a, b) => a - b)
}

/** One for each of the days that has events, over all files of the format. */
export function dayFigures(
  files: readonly Columns[],
  format: SharedFormat,
  days: readonly number[],
): DayFigures[] {
  const grouped = files.map((columns) => groupByDay(columns, days))
  const codings = subjects.map((subject) => files.map((columns) => codingOf(columns, format, subject)))
  const versions = files.map((columns) => versionCoding(columns, format))
  return days.flatMap((day) => {
    const parts = files.map((columns, at) => ({ columns, rows: grouped[at]?.get(day) ?? [] }))
    if (parts.every(({ rows }) => rows.length === 0)) return []
    const figures = subjects.flatMap((subject, at) => tally(subject, parts, codings[at] ?? []))
    return [{ format, day: dayName(day), toolVersion: mostFrequent(versions, parts), figures }]
  })
}

/** The rows of a file that lie on one day. */
interface DayRows {
  readonly columns: Columns
  readonly rows: readonly number[]
}

export const rowsOn = (columns: Columns, day: number): readonly number[] =>
  groupByDay(columns, [day]).get(day) ?? []

export function groupByDay(columns: Columns, days: readonly number[]): Map<number, number[]> {
  const wanted = new Set(days)
  const groups = new Map<number, number[]>()
  for (let row = 0; row < columns.rows; row++) {
    const day = utcDay(columns.time[row] ?? NaN)
    if (!wanted.has(day)) continue
    const group = groups.get(day)
    if (group === undefined) groups.set(day, [row])
    else group.push(row)
  }
  return groups
}

/** For each code of a column, the place of its closed word; -1 where the row has no value. */
interface Coding {
  readonly words: readonly ClosedWord[]
  readonly codes: Codes
  readonly places: Int32Array
}

function codingOf(columns: Columns, format: SharedFormat, subject: Subject): Coding | null {
  const list = subjectList(format, subject)
  if (list === null) return null
  const column = columnOf(columns, subject.dimension)
  return column === null ? null : makeCoding(list, column.words, column.codes)
}

/** The words of the kind or of a dimension, and which each row has. */
function columnOf(
  columns: Columns,
  dimension: string | null,
): { readonly words: readonly string[]; readonly codes: Codes } | null {
  if (dimension === null) return { words: columns.kinds, codes: columns.kind }
  return columns.dimensions.find(({ name }) => name === dimension) ?? null
}

function makeCoding(list: List, from: readonly string[], codes: Codes): Coding {
  const words = [...list.words, other].map((word) => closedWord({ words: list.words, source: '' }, word))
  const places = Int32Array.from(from, (word, code) =>
    code === noValue ? -1 : words.indexOf(closedWord(list, word)),
  )
  return { words, codes, places }
}

function versionCoding(columns: Columns, format: SharedFormat): Coding | null {
  const { versions, versionFrom }: FormatLists = lists[format]
  const column = versionFrom === null ? null : columnOf(columns, versionFrom)
  return column === null ? null : makeCoding(versions, column.words, column.codes)
}

function tally(subject: Subject, parts: readonly DayRows[], codings: readonly (Coding | null)[]): Figure[] {
  const words = codings.find((coding) => coding !== null)?.words ?? [] // one list for all files of a format
  const sums = words.map(newSum)
  for (const [at, { columns, rows }] of parts.entries()) {
    const coding = codings[at] ?? null
    if (coding !== null) addUp(sums, columns, rows, coding)
  }
  return words.flatMap((word, place) => {
    const sum = sums[place]
    if (sum === undefined || sum.count === 0) return []
    const { durations, ...counted } = sum
    const sorted = Float64Array.from(durations).sort()
    return [{ subject, word, ...counted, median: nearestRank(sorted, 0.5), p95: nearestRank(sorted, 0.95) }]
  })
}

function addUp(
  sums: readonly Sum[],
  columns: Columns,
  rows: readonly number[],
  { codes, places }: Coding,
): void {
  for (const row of rows) {
    const sum = sums[places[codes[row] ?? noValue] ?? -1]
    if (sum === undefined) continue
    sum.count++
    const how = columns.outcome[row]
    if (how !== outcome.unknown) sum.withOutcome++
    if (how === outcome.failed) sum.failed++
    const duration = columns.duration[row] ?? NaN
    if (!Number.isNaN(duration)) sum.durations.push(duration)
  }
}

interface Sum {
  count: number
  failed: number
  withOutcome: number
  readonly durations: number[]
}
const newSum = (): Sum => ({ count: 0, failed: 0, withOutcome: 0, durations: [] })

/** Of several versions on one day, the one that ran most; the first of the list where they ran equally often. */
function mostFrequent(codings: readonly (Coding | null)[], parts: readonly DayRows[]): string {
  const words = codings.find((coding) => coding !== null)?.words ?? []
  const counts = words.map(() => 0)
  for (const [at, { rows }] of parts.entries())
    for (const row of rows) {
      const coding = codings[at]
      const place = coding?.places[coding.codes[row] ?? noValue] ?? -1
      if (place >= 0) counts[place] = (counts[place] ?? 0) + 1
    }
  const most = Math.max(0, ...counts)
  return most > 0 ? (words[counts.indexOf(most)] ?? unknown) : unknown
}
