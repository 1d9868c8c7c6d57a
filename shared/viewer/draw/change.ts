// What changed as a small picture: a dot for each day, over them the level until the step and
// the level from it on. Durations stand on a logarithmic scale, where nothing is no place; all else from zero.
import type { Change } from '../insights.ts'
import { changeSentence, dayNumber, figureOf } from '../told-changes.ts'
import type { Wording } from '../told-changes.ts'
import type { Drawing, Mark } from './drawing.ts'
import { strengthOf } from './drawing.ts'

const edge = 3
const dot = 1.6
/** A single wild day may not press all others flat: it stands at the edge, faintly. */
const highest = 1.8

export function drawChange(
  change: Change,
  wording: Wording,
  { width, height }: { readonly width: number; readonly height: number },
): Drawing {
  const { metric, before, after, series } = change
  const { words, numbers, dates, zone } = wording
  const first = dayNumber(series.from)
  const days = series.values.length
  const step = dayNumber(change.day) - first
  const x = (day: number): number => (width * day) / Math.max(1, days)
  const placeOf = placesOf(change, height)
  const ink = metric === 'error rate' ? 'failed' : 'bar'
  const level = (value: number, from: number, until: number): Mark => ({
    shape: 'path',
    points: [
      [x(from), placeOf(value).y],
      [x(until), placeOf(value).y],
    ],
    ink,
    width: 2,
  })
  return {
    width,
    height,
    title: changeSentence(change, wording),
    says: words.pictureSays(
      numbers.count(days),
      dates.range(zone.startOf(first), zone.startOf(first + days) - 1),
      figureOf(metric, before, numbers),
      figureOf(metric, after, numbers),
    ),
    marks: [
      { shape: 'path', points: [[x(step), 0], [x(step), height]], ink: 'ink-3', width: 1, dashed: true }, // prettier-ignore
      ...daily(series.values, (day) => x(day + 0.5), placeOf),
      level(before, 0, step),
      level(after, step, days),
    ],
  }
}

function placesOf({ metric, before, after, series }: Change, height: number): (value: number) => Place {
  const known = series.values.filter((value) => value !== null)
  const high = Math.max(before, after) * highest
  const most = Math.min(high, Math.max(before, after, ...known)) || 1
  const lowest = Math.min(before, after, ...known.filter((value) => value > 0))
  const least = Math.max(lowest, Math.min(before, after) / highest)
  const part =
    metric === 'latency' && least > 0
      ? (value: number) => Math.log(value / least) / Math.log(most / least)
      : (value: number) => value / most
  return (value) => {
    const place = part(value)
    const within = Math.max(0, Math.min(1, place))
    return { y: height - edge - (height - 2 * edge) * within, beyond: place > 1 || place < 0 }
  }
}

interface Place {
  readonly y: number
  readonly beyond: boolean
}

/** A dot for each day: a line would go up and down with every weekend. */
function daily(
  values: readonly (number | null)[],
  x: (day: number) => number,
  placeOf: (value: number) => Place,
): Mark[] {
  return values.flatMap((value, day): Mark[] => {
    if (value === null) return []
    const { y, beyond } = placeOf(value)
    const box = { x: x(day) - dot / 2, y: y - dot / 2, width: dot, height: dot }
    return [{ shape: 'box', ...box, ink: 'ink-3', ...strengthOf(!beyond) }]
  })
}
