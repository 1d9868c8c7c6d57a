// How long events took, on a logarithmic scale, with the median and the 95th percentile marked where they fall.
import type { Wording } from '../../words/wording.ts'
import { durationTicks, placeOnScale } from '../duration-scale.ts'
import type { Between } from '../filter.ts'
import type { HistogramSpec, Percentiles } from '../specs.ts'
import type { Drawing, Mark } from './drawing.ts'
import { isWithin, label, rule, strengthOf, widthOf } from './drawing.ts'
import { evenTicks } from './scale.ts'

const above = 32
const axisHeight = 22
const padding = 8

export function drawHistogram(
  { edges, counts, failed }: HistogramSpec,
  wording: Wording,
  {
    width,
    height = 180,
    marked,
    chosen = null,
  }: {
    readonly width: number
    readonly height?: number
    readonly marked: Percentiles | null
    readonly chosen?: Between | null
  },
): Drawing {
  const { words, numbers } = wording
  const ticks = evenTicks(Math.max(...counts), 3)
  const most = ticks.at(-1) ?? 1
  const left = Math.max(...ticks.map((tick) => widthOf(numbers.short(tick)))) + padding
  const bottom = height - axisHeight
  const slot = (width - left) / Math.max(1, counts.length)
  const y = (value: number): number => bottom - ((bottom - above) * value) / most

  const marks: Mark[] = ticks.flatMap((tick) => [
    rule(left, y(tick), width, y(tick)),
    label(numbers.short(tick), left - padding, y(tick) + 4, 'end'),
  ])
  counts.forEach((count, bin) => {
    const bad = failed[bin] ?? 0
    const box = {
      shape: 'box',
      x: left + bin * slot + 1,
      width: Math.max(1, slot - 2),
      ...strengthOf(isWithin(edges[bin] ?? 0, chosen)),
    } as const
    if (count > bad) marks.push({ ...box, y: y(count - bad), height: bottom - y(count - bad), ink: 'bar' })
    if (bad > 0) marks.push({ ...box, y: y(count), height: y(count - bad) - y(count), ink: 'failed' })
  })
  let taken = left - padding
  for (const { at, value } of durationTicks(edges)) {
    const text = numbers.brief(value)
    const half = widthOf(text) / 2
    const x = Math.max(left + half - padding, Math.min(width - half, left + at * (width - left)))
    if (x - half < taken) continue
    taken = x + half + padding
    marks.push(label(text, x, height - 6, 'middle'))
  }
  marks.push(...markPlaces(marked, wording, { left, width, bottom }, edges))
  return {
    width,
    height,
    title: words.window.overview.grids.durations,
    says: words.report.durationsSays(
      numbers.count(counts.reduce((sum, count) => sum + count, 0)),
      numbers.duration(edges[0] ?? 0),
      numbers.duration(edges.at(-1) ?? 0),
    ),
    marks,
  }
}

interface Plot {
  readonly left: number
  readonly width: number
  readonly bottom: number
}

/** Each has its name on a line of its own above the bars, where the other's mark doesn't reach. */
function markPlaces(
  marked: Percentiles | null,
  { words, numbers }: Wording,
  { left, width, bottom }: Plot,
  edges: readonly number[],
): Mark[] {
  const { median, p95 } = words.window.overview.figures
  const places = [
    { name: p95, value: marked?.p95 ?? null, y: 12, dashed: true },
    { name: median, value: marked?.median ?? null, y: 26, dashed: false },
  ]
  return places.flatMap(({ name, value, y, dashed }): Mark[] => {
    const at = value === null ? null : placeOnScale(edges, value)
    if (value === null || at === null) return []
    const x = left + at * (width - left)
    const text = `${name} ${numbers.duration(value)}`
    const half = widthOf(text) / 2
    const line = {
      shape: 'path',
      points: [
        [x, above],
        [x, bottom],
      ],
      ink: 'ink',
      width: 1,
      dashed,
    } as const
    return [line, label(text, Math.max(half, Math.min(width - half, x)), y, 'middle', 'ink-2')]
  })
}
