// What changed, and what a click on it chooses: the time from that day on, and the values that explain it. A change
// that was chosen stays with those beside it, marked, so that it can be let go again: within what it chooses there
// is no step to be found.
import type { Filter } from '../shared/viewer/filter.ts'
import type { Change } from '../shared/viewer/insights.ts'
import type { Chosen } from './place.ts'

export interface FoundChanges {
  readonly changes: readonly Change[]
  /** What was chosen when they were looked for. */
  readonly filter: Filter
  /** The most that this file has shown at once. */
  readonly most: number
}

export const atFirst = 3

export function keepsFound(
  before: FoundChanges | null,
  { changes, filter }: Pick<FoundChanges, 'changes' | 'filter'>,
): FoundChanges {
  if (before?.changes.some((change) => isChosen(change, filter, before)) === true) return before
  return { changes, filter, most: Math.max(before?.most ?? 0, Math.min(atFirst, changes.length)) }
}

/** `end` is when the last day that is shown is over. */
export function chosenBy({ filter }: Change, found: FoundChanges, end: number): Chosen {
  const { since, until, ...chosen } = filter
  const within = found.filter.range
  const last = within === null || within.not ? (until ?? end) : within.to
  const from = since ?? 0
  return { ...chosen, range: { from, to: Math.max(last, from + 1), not: false } }
}

/** What was chosen before it was. */
export function chosenBefore({ filter: { since: _, until: __, ...chosen } }: FoundChanges): Chosen {
  return chosen
}

export function isChosen({ filter }: Change, chosen: Chosen, { filter: { range } }: FoundChanges): boolean {
  const from = chosen.range?.not === false ? chosen.range.from : null
  if (from === null || from !== filter.since || from === range?.from) return false
  return JSON.stringify(chosen.where) === JSON.stringify(filter.where)
}
