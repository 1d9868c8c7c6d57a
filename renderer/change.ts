// How a figure compares with the period before: by how much, which way, and whether that is a failure that grew.
import type { Numbers } from '../shared/words/numbers.ts'

/** A share changes by points, everything else by a part of itself. */
export type Scale = 'share' | 'amount'

export interface Change {
  /** Signed: a part of the figure before, or the difference of two shares. */
  readonly by: number
  readonly way: 'up' | 'down' | 'same'
  /** As short as it stands beside a figure, without its sign. */
  readonly text: string
}

/** From here on it is said how many times as much. */
const manyTimes = 10

/** Null where there was nothing before to compare with. */
export function changeOf(
  now: number | null,
  before: number | null,
  scale: Scale,
  numbers: Numbers,
): Change | null {
  if (now === null || before === null) return null
  if (scale === 'share') return said(now - before, numbers.points(Math.abs(now - before)), numbers.points(0))
  if (before <= 0) return null
  const by = now / before - 1
  const text = by + 1 >= manyTimes ? numbers.times(by + 1) : numbers.progress(Math.abs(by), Infinity)
  return said(by, text, numbers.progress(0))
}

/** What rounds to nothing is no change. */
function said(by: number, text: string, nothing: string): Change {
  return { by, text, way: text === nothing ? 'same' : by > 0 ? 'up' : 'down' }
}
