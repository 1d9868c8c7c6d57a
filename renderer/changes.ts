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
  /** The most that were shown at once of the same period: while values are chosen, their room is kept. */
  readonly most: number
  /** Whether this file has shown any. */
  readonly ever: boolean
}

export const atFirst = 3

export function keepsFound(
  before: FoundChanges | null,
  { changes, filter }: Pick<FoundChanges, 'changes' | 'filter'>,
): FoundChanges {
  if (before?.changes.some((change) => isChosen(change, filter, before)) === true) return before
  const sameRoom = before?.filter.since === filter.since && before.filter.until === filter.until
  return {
    changes,
    filter,
    most: Math.max(sameRoom ? before.most : 0, Math.min(atFirst, changes.length)),
    ever: before?.ever === true || changes.length > 0,
  }
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
