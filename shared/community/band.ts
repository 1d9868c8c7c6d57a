// Oneself among the many: one's own values as they are told, and where each lies among those that were published.
import { rangesOf } from './trends.ts'
import type { Measure, TrendsCell } from './trends.ts'

export interface OwnCell extends Readonly<Partial<Record<Measure, string>>> {
  readonly word: string
  /** Percent of one's own votes. */
  readonly share: number
}
export interface OwnTable {
  readonly format: string
  readonly subject: string
  /** Of one's own that are in it. */
  readonly days: number
  readonly cells: readonly OwnCell[]
}
export interface OwnWeek {
  readonly name: string
  readonly tables: readonly OwnTable[]
}
export interface OwnValues {
  readonly weeks: readonly OwnWeek[]
  /** Made-up data: it is compared, but is nobody's own. */
  readonly isSample: boolean
}

/** Between which percentiles of all votes a value lies: no narrower than what is published allows to say. */
export interface Band {
  readonly from: number
  readonly to: number
}

export function bandOf(cell: TrendsCell, measure: Measure, own: string): Band | null {
  const place = (word: string): number => rangesOf[measure].findIndex((range) => range.word === word)
  const [middle, quarters] = [cell[measure], cell[`${measure}_quarters`]]
  if (middle === undefined || place(own) < 0) return null
  const marks = [
    ...(quarters === undefined ? [] : [{ percent: 25, at: place(quarters[0]) }]),
    { percent: 50, at: place(middle) },
    ...(quarters === undefined ? [] : [{ percent: 75, at: place(quarters[1]) }]),
  ]
  // Who lies in a higher range than a mark has at least that many below; in a lower one, at most.
  return {
    from: marks.findLast(({ at }) => at < place(own))?.percent ?? 0,
    to: marks.find(({ at }) => at > place(own))?.percent ?? 100,
  }
}

export const ownTableOf = (
  { weeks }: OwnValues,
  wanted: { readonly week: string; readonly format: string; readonly subject: string },
): OwnTable | null =>
  weeks
    .find(({ name }) => name === wanted.week)
    ?.tables.find(({ format, subject }) => format === wanted.format && subject === wanted.subject) ?? null
