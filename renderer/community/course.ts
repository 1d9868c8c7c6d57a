// How the most frequent values of one subject went from week to week: the many's, and one's own.
import { ownTableOf } from '../../shared/community/band.ts'
import type { OwnValues } from '../../shared/community/band.ts'
import { rangesOf } from '../../shared/community/trends.ts'
import type { Measure, TrendsWeek } from '../../shared/community/trends.ts'

/** Drawn at percent or milliseconds; a range where it begins. */
export interface CoursePoint {
  readonly at: number
  readonly range: string | null
}
export interface Course {
  readonly word: string
  readonly community: readonly (CoursePoint | null)[]
  readonly own: readonly (CoursePoint | null)[]
}

const most = 5

export function courseOf(of: {
  readonly weeks: readonly TrendsWeek[]
  readonly own: OwnValues | null
  readonly format: string
  readonly subject: string
  readonly what: Measure | 'share'
}): Course[] {
  const { weeks, own, format, subject, what } = of
  const tables = weeks.map(({ tables }) =>
    tables.find((table) => table.format === format && table.subject === subject),
  )
  const sums = new Map<string, number>()
  for (const { word, share } of tables.flatMap((table) => table?.cells ?? []))
    sums.set(word, (sums.get(word) ?? 0) + share)
  const frequent = [...sums].toSorted((a, b) => b[1] - a[1]).slice(0, most)
  const ownTables = weeks.map(({ name }) =>
    own === null ? null : ownTableOf(own, { week: name, format, subject }),
  )
  return frequent.map(([word]) => ({
    word,
    community: tables.map((table) =>
      pointOf(
        table?.cells.find((cell) => cell.word === word),
        what,
      ),
    ),
    own: ownTables.map((table) =>
      pointOf(
        table?.cells.find((cell) => cell.word === word),
        what,
      ),
    ),
  }))
}

type Told = { readonly share: number } & Readonly<Partial<Record<Measure, string | undefined>>>

function pointOf(cell: Told | undefined, what: Measure | 'share'): CoursePoint | null {
  if (cell === undefined) return null
  if (what === 'share') return { at: cell.share, range: null }
  const range = rangesOf[what].find(({ word }) => word === cell[what])
  if (range === undefined) return null
  // A logarithmic scale has no nought.
  return { at: what === 'error_rate' ? range.from : Math.max(1, range.from), range: range.word }
}
