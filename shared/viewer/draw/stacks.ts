// What the bars of a timeline are made of, what is laid over them, and the colour of each.
import type { Wording } from '../../words/wording.ts'
import type { TimelineSpec } from '../specs.ts'
import type { Ink } from './drawing.ts'
import { oneLine } from './drawing.ts'
import type { Key } from './legend.ts'
import type { Overlay } from './timeline.ts'

export interface Stack {
  readonly name: string
  readonly ink: Ink
  readonly counts: readonly number[]
}

/** From the axis upwards. Behind two values that are compared, all events stand faintly. */
export function stacksOf(
  { points, series, compare }: TimelineSpec,
  { words }: Wording,
  top: readonly string[],
): Stack[] {
  const { events, failed, rest } = words.window.overview.points
  const counts = points.map(({ count }) => count)
  const total = counts.reduce((sum, count) => sum + count, 0)
  const name = events({ of: total, text: '' })
  if (compare?.starts === null) return [{ name, ink: 'heat-1', counts }]
  if (series !== null)
    return series.map(({ label, counts }) => ({
      name: label === null ? rest : oneLine(label) || words.report.blank,
      ink: inkOf(label, top),
      counts,
    }))
  if (points.every((point) => point.failed === 0)) return [{ name, ink: 'bar', counts }]
  return [
    { name: words.report.notFailed, ink: 'bar', counts: points.map(({ count, failed }) => count - failed) },
    { name: failed, ink: 'failed', counts: points.map(({ failed }) => failed) },
  ]
}

export interface Compared extends Stack {
  readonly dashed: boolean
}

export function comparedWith(
  { compare }: TimelineSpec,
  { words, dates }: Wording,
  top: readonly string[],
): Compared[] {
  if (compare === null) return []
  const { starts } = compare
  if (starts !== null) {
    const name = words.report.comparedWith(dates.range(starts[0] ?? 0, starts.at(-1) ?? 0))
    return compare.series.map(({ counts }) => ({ name, counts, ink: 'ink-2', dashed: true }))
  }
  return compare.series.map(({ label, counts }, i) => {
    const ink = inkOf(label, top)
    const name = oneLine(label ?? '') || words.report.blank
    return { name, counts, ink: ink === 'series-rest' && i > 0 ? 'ink-2' : ink, dashed: false }
  })
}

/** The most frequent values of a dimension keep their colours wherever they stand. */
function inkOf(value: string | null, top: readonly string[]): Ink {
  const place = value === null ? -1 : top.indexOf(value)
  return place < 0 ? 'series-rest' : `series-${place + 1}`
}

export function keysOf(
  stacks: readonly Stack[],
  compared: readonly Compared[],
  overlay: Overlay | null,
): Key[] {
  const seen = stacks.filter(({ counts }) => counts.some((count) => count > 0))
  const boxes = seen.map(({ name, ink }) => ({ text: name, ink, sign: 'box' as const }))
  const others = compared.map(({ name, ink, dashed }) => ({
    text: name,
    ink,
    sign: dashed ? ('dashes' as const) : ('line' as const),
  }))
  const over = overlay === null ? [] : [{ text: overlay.name, ink: overlay.ink, sign: 'line' as const }]
  const keys = [...boxes, ...others, ...over]
  return keys.length > 1 ? keys : [] // bars of one kind need no key
}
