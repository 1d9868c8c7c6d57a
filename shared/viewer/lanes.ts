// One day, event by event: what ran when, in lanes by the values of one dimension. The time of an event is when it
// began, but for tools that write it down at its end.
import type { Columns } from './columns.ts'
import { outcome } from './events.ts'
import { wordsOf } from './filter.ts'
import type { Selection } from './selection.ts'
import type { Lane, LaneBar, LanesSpec } from './specs.ts'

const mostBars = 500
const mostLanes = 12
/** What runs beside something else of its lane stands below it; so deep are all lanes together, nearly. */
const mostTracks = 40
const fewestTracks = 2

/** `day`, or the newest one on which any of the chosen rows tells how long it took; null where none does. */
export function countLanes(
  columns: Columns,
  selection: Selection,
  conditions: number,
  day: number | null,
): LanesSpec | null {
  const { rows, duration, outcome: how, format } = columns
  const { local, fails } = selection
  const asked = selection.asked(conditions)
  const seen = new Uint8Array(local.days.length)
  for (let row = 0; row < rows; row++)
    if (((fails[row] ?? 0) & asked) === 0 && (duration[row] ?? NaN) >= 0) seen[local.dayPlace[row] ?? 0] = 1
  const days = local.days.filter((_, place) => place > 0 && seen[place] === 1).sort((a, b) => a - b)
  const shown = day ?? days.at(-1) ?? null
  if (shown === null) return null
  const place = local.days.indexOf(shown)
  const name = format.events.lanes ?? 'kind'
  const { words, codes } = wordsOf(columns, name)
  const found: { row: number; took: number }[] = []
  for (let row = 0; row < rows && place > 0; row++) {
    const took = duration[row] ?? NaN
    if (local.dayPlace[row] === place && ((fails[row] ?? 0) & asked) === 0 && took >= 0)
      found.push({ row, took })
  }
  const many = found.length > mostBars
  const kept = many ? found.toSorted((a, b) => b.took - a.took).slice(0, mostBars) : found
  const bars = kept.map(({ row, took }) => {
    const at = columns.time[row] ?? 0
    const from = format.events.loggedAt === 'end' ? at - took : at
    return { from, to: from + took, failed: how[row] === outcome.failed, code: codes[row] ?? 0 }
  })
  return {
    name,
    day: shown,
    lanes: lanesOf(bars, words),
    rest: found.length - kept.length,
    previous: days.findLast((other) => other < shown) ?? null,
    next: days.find((other) => other > shown) ?? null,
  }
}

interface Found extends Omit<LaneBar, 'track'> {
  readonly code: number
}

/** The values with the most bars have a lane each; all others, and rows without a value, are one lane more. */
function lanesOf(bars: readonly Found[], words: readonly string[]): Lane[] {
  const byCode = Map.groupBy(bars, ({ code }) => code)
  const own = [...byCode]
    .filter(([code]) => code !== 0)
    .sort(([a, ofA], [b, ofB]) => ofB.length - ofA.length || a - b)
    .slice(0, mostLanes)
  const taken = new Set(own.map(([code]) => code))
  const others = bars.filter(({ code }) => !taken.has(code))
  const deepest = Math.max(fewestTracks, Math.floor(mostTracks / (own.length + 1)))
  return [
    ...own.map(([code, ofCode]) => laneOf(words[code] ?? '', ofCode, deepest)),
    ...(others.length === 0 ? [] : [laneOf(null, others, deepest)]),
  ]
}

function laneOf(label: string | null, bars: readonly Found[], deepest: number): Lane {
  const ends: number[] = []
  const placed = bars
    .toSorted((a, b) => a.from - b.from || b.to - a.to)
    .map(({ from, to, failed }) => {
      const free = ends.findIndex((end) => end <= from)
      const track = free >= 0 ? free : Math.min(ends.length, deepest - 1)
      ends[track] = Math.max(ends[track] ?? -Infinity, to)
      return { from, to, failed, track }
    })
  return { label, tracks: ends.length, bars: placed }
}
