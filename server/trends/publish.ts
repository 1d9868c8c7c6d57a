// From votes to what is published: pure, and made so that no figure is about few, neither by itself nor by subtraction.
//
// - A cell of fewer contributors than the threshold is joined to `other`, and with it the smallest ones that could be
//   worked out from it: what is left over is never fewer either.
// - Numbers of contributors are rounded down to tens, shares to whole percent.
// - Quarters are told only where each of them is of as many contributors as the threshold.
// - A table that was published changes only when at least as many contributors as the threshold have come or gone. Two
//   files that follow each other are the same, or tell of many; only what has become too small goes at once.
import { other } from '../../shared/sharing/fields.ts'
import { durations, errorRates } from '../../shared/sharing/ranges.ts'
import { measures } from './votes.ts'
import type { Measure, MeasureVotes, VotedCell, VotedTable } from './votes.ts'

/** What is remembered of a table between renewals: sums, nobody's id. */
export interface HeldTable {
  readonly format: string
  readonly subject: string
  readonly contributors: number
  readonly weight: number
  readonly cells: readonly HeldCell[]
  /** Words that are told as `other`. */
  readonly folded: readonly string[]
  /** Of `other`, at least. */
  readonly otherContributors: number
  /** Too few contributors are left of it: nothing is told. */
  readonly withheld: boolean
}
export interface HeldCell {
  readonly word: string
  readonly contributors: number
  readonly part: number
  readonly ranges: Readonly<Record<Measure, MeasureVotes>>
}

export interface PublishedCell {
  readonly word: string
  readonly contributors: number
  /** Percent of the table's votes. */
  readonly share: number
  readonly error_rate?: string
  readonly median?: string
  readonly p95?: string
  /** The ranges that a quarter, and three quarters, of the weight lie at or below. */
  readonly error_rate_quarters?: readonly [string, string]
  readonly median_quarters?: readonly [string, string]
  readonly p95_quarters?: readonly [string, string]
}
export interface PublishedTable {
  readonly format: string
  readonly subject: string
  readonly contributors: number
  readonly cells: readonly PublishedCell[]
}

/** Null for what may not be told, and never was. */
export function renewTable(
  voted: VotedTable,
  held: HeldTable | undefined,
  threshold: number,
): HeldTable | null {
  const folding = foldCells(voted, threshold)
  if (held === undefined && folding.withheld) return null
  const moved = held === undefined || Math.abs(voted.contributors - held.contributors) >= threshold
  if (moved)
    return {
      format: voted.format,
      subject: voted.subject,
      contributors: voted.contributors,
      weight: voted.weight,
      cells: voted.cells.map(({ word, part, ranges, days }) => ({
        word,
        part,
        ranges,
        contributors: busiest([...days.values()].map(({ n }) => n)),
      })),
      ...folding,
    }
  const folded = [...new Set([...held.folded, ...folding.folded])]
  const joined = held.cells.filter(({ word }) => folding.folded.includes(word))
  return {
    ...held,
    folded,
    otherContributors: busiest([held.otherContributors, ...joined.map(({ contributors }) => contributors)]),
    withheld: folding.withheld,
  }
}

/** A table that has no votes any more is told no longer. */
export const withhold = (held: HeldTable): HeldTable => ({ ...held, withheld: true })

const busiest = (all: readonly number[]): number => Math.max(0, ...all)

function foldCells(
  { cells, contributors }: VotedTable,
  threshold: number,
): Pick<HeldTable, 'folded' | 'otherContributors' | 'withheld'> {
  const all = cells
    .map((cell) => ({ cell, n: busiest([...cell.days.values()].map(({ n }) => n)) }))
    .toSorted((a, b) => a.n - b.n || (a.cell.word < b.cell.word ? -1 : 1))
  const rare = all.filter(({ cell, n }) => n < threshold || cell.word === other)
  const rest = all.filter((one) => !rare.includes(one))
  let together = contributorsOf(rare.map(({ cell }) => cell))
  while (together > 0 && together < threshold) {
    const smallest = rest.shift()
    if (smallest === undefined) break
    rare.push(smallest)
    together = contributorsOf(rare.map(({ cell }) => cell))
  }
  return {
    folded: rare.map(({ cell }) => cell.word),
    otherContributors: together,
    withheld: contributors < threshold || (together > 0 && together < threshold),
  }
}

/** On the busiest day, at least: ids are known of small cells only, and may be the same in several. */
function contributorsOf(cells: readonly VotedCell[]): number {
  const days = new Set(cells.flatMap((cell) => [...cell.days.keys()]))
  return busiest(
    [...days].map((day) => {
      const those = cells.flatMap((cell) => cell.days.get(day) ?? [])
      const known = new Set(those.flatMap(({ ids }) => ids ?? []))
      return busiest([known.size, ...those.map(({ n }) => n)])
    }),
  )
}

/** Null where nothing of it may be told. */
export function publishTable(held: HeldTable, threshold: number): PublishedTable | null {
  if (held.withheld) return null
  const told = held.cells.filter(({ word }) => !held.folded.includes(word))
  const rest = held.cells.filter(({ word }) => held.folded.includes(word))
  const joined = rest.length === 0 ? [] : [joinCells(rest, held.otherContributors)]
  const cells = [...told, ...joined].map((cell) => publishCell(cell, held.weight, threshold))
  return {
    format: held.format,
    subject: held.subject,
    contributors: inTens(held.contributors),
    cells: cells.toSorted((a, b) => b.share - a.share || (a.word < b.word ? -1 : 1)),
  }
}

const inTens = (n: number): number => Math.floor(n / 10) * 10

function joinCells(cells: readonly HeldCell[], contributors: number): HeldCell {
  const join = (measure: Measure): MeasureVotes => {
    const votes: Record<string, number> = {}
    for (const { ranges } of cells)
      for (const [range, weight] of Object.entries(ranges[measure].votes))
        votes[range] = (votes[range] ?? 0) + weight
    return { contributors: busiest(cells.map(({ ranges }) => ranges[measure].contributors)), votes }
  }
  const part = cells.reduce((sum, cell) => sum + cell.part, 0)
  const ranges = { error_rate: join('error_rate'), median: join('median'), p95: join('p95') }
  return { word: other, contributors, part, ranges }
}

function publishCell(cell: HeldCell, weight: number, threshold: number): PublishedCell {
  const told = measures.flatMap((measure): (readonly [string, string | readonly [string, string]])[] => {
    const { contributors, votes } = cell.ranges[measure]
    if (contributors < threshold) return []
    const at = (part: number): string => rangeAt(orders[measure], votes, part)
    const quarters =
      contributors < 4 * threshold ? [] : [[`${measure}_quarters`, [at(0.25), at(0.75)] as const] as const]
    return [[measure, at(0.5)], ...quarters]
  })
  return {
    word: cell.word,
    contributors: inTens(cell.contributors),
    share: Math.round((100 * cell.part) / weight),
    ...Object.fromEntries(told),
  }
}

const orders: Readonly<Record<Measure, readonly string[]>> = {
  error_rate: errorRates.map(({ word }) => word),
  median: durations.map(({ word }) => word),
  p95: durations.map(({ word }) => word),
}

/** The range that this part of the weight lies at or below. */
function rangeAt(order: readonly string[], votes: Readonly<Record<string, number>>, part: number): string {
  const wanted = Object.values(votes).reduce((sum, weight) => sum + weight, 0) * part
  let below = 0
  for (const range of order) {
    below += votes[range] ?? 0
    if (below >= wanted && below > 0) return range
  }
  return order.at(-1) ?? ''
}
