// Events over time: bars stacked by outcome or by a dimension's values, with what they are compared with as lines.
// Its marks stand where those of Chart.js stand; test/e2e/marks.test.ts lays one over the other.
import type { Wording } from '../../words/wording.ts'
import type { Between } from '../filter.ts'
import type { TimelineSpec } from '../specs.ts'
import { chooseTicks } from '../ticks.ts'
import type { Drawing, Ink, Mark, Path, Point } from './drawing.ts'
import { isWithin, label, rule, strengthOf, widthOf } from './drawing.ts'
import { drawLegend, moved } from './legend.ts'
import { evenTicks, powerTicks } from './scale.ts'
import { comparedWith, keysOf, stacksOf } from './stacks.ts'
import type { Stack } from './stacks.ts'

/** A figure over the bars with a scale of its own, on the right. */
export interface Overlay {
  readonly name: string
  readonly ink: Ink
  /** Latency stands on a logarithmic scale. */
  readonly scale: 'even' | 'logarithmic'
  /** One for each step; a gap where there is none. */
  readonly values: readonly (number | null)[]
  text(value: number): string
}

export interface TimelineLook {
  readonly width: number
  readonly height?: number
  /** The most frequent values of the dimension that it is divided into, and of that of the compared values. */
  readonly top?: readonly string[]
  readonly comparedTop?: readonly string[]
  readonly overlay?: Overlay | null
  /** The stretch of time that is chosen in it. */
  readonly range?: Between | null
}

const roomForTick = 64
const padding = 8
const above = 6
const axisHeight = 22
const widestBar = 48

export function drawTimeline(spec: TimelineSpec, wording: Wording, look: TimelineLook): Drawing {
  const { width, height = 220, top = [], comparedTop = [], overlay = null, range = null } = look
  const stacks = stacksOf(spec, wording, top)
  const compared = comparedWith(spec, wording, comparedTop)
  const legend = drawLegend(keysOf(stacks, compared, overlay), width)
  const all = [...spec.points.map(({ count }) => count), ...compared.flatMap(({ counts }) => counts)]
  const ticks = evenTicks(Math.max(0, ...all))
  const right = overlay === null ? [] : ticksOf(overlay)
  const plot = layOut(spec, wording, { width, height, ticks, right, overlay })
  const marks: Mark[] = [
    ...drawAxis(plot, ticks, wording),
    ...drawStacks(spec, stacks, plot, range),
    ...compared.flatMap(({ ink, counts, dashed }) =>
      drawLine(
        counts.map((count, i) => [plot.middle(i), plot.y(count)]),
        ink,
        dashed,
      ),
    ),
    ...(overlay === null ? [] : drawOverlay(overlay, right, plot)),
    ...drawDates(spec, wording, plot, width, height),
  ]
  return {
    width,
    height: height + legend.height,
    title: wording.words.window.overview.timeline[spec.step],
    says: say(spec, wording),
    marks: [...legend.marks, ...moved(marks, 0, legend.height)],
  }
}

function ticksOf({ values, scale }: Overlay): readonly number[] {
  const known = values.filter((value) => value !== null)
  return scale === 'even' ? evenTicks(Math.max(0, ...known), 4, false) : powerTicks(known)
}

interface Plot {
  readonly left: number
  readonly right: number
  readonly slot: number
  middle(index: number): number
  y(value: number): number
  /** On the scale of the right side. */
  yOver(value: number): number
}

interface Outline {
  readonly width: number
  readonly height: number
  readonly ticks: readonly number[]
  readonly right: readonly number[]
  readonly overlay: Overlay | null
}

function layOut(
  { points }: TimelineSpec,
  { numbers }: Wording,
  { width, height, ticks, right, overlay }: Outline,
): Plot {
  const left = Math.max(...ticks.map((tick) => widthOf(numbers.short(tick)))) + padding
  const spare = overlay === null ? 0 : Math.max(...right.map((tick) => widthOf(overlay.text(tick)))) + padding
  const bottom = height - axisHeight
  const slot = (width - spare - left) / Math.max(1, points.length)
  const on =
    (part: (value: number) => number) =>
    (value: number): number =>
      bottom - (bottom - above) * part(value)
  const even = (most: number) => (value: number) => value / most
  const [low = 1, high = 10] = [right[0], right.at(-1)]
  return {
    left,
    right: width - spare,
    slot,
    middle: (index) => left + slot * (index + 0.5),
    y: on(even(ticks.at(-1) ?? 1)),
    yOver: on(
      overlay?.scale === 'logarithmic'
        ? (value) => Math.log(Math.max(value, low) / low) / Math.log(high / low)
        : even(high),
    ),
  }
}

const drawAxis = ({ left, right, y }: Plot, ticks: readonly number[], { numbers }: Wording): Mark[] =>
  ticks.flatMap((tick) => [
    rule(left, y(tick), right, y(tick)),
    label(numbers.short(tick), left - padding, y(tick) + 4, 'end'),
  ])

function drawStacks(
  { points }: TimelineSpec,
  stacks: readonly Stack[],
  { slot, middle, y }: Plot,
  range: Between | null,
): Mark[] {
  const width = Math.min(widestBar, slot * (points.length > 60 ? 0.86 : 0.78))
  return points.flatMap(({ start, partial }, index) => {
    const chosen = strengthOf(isWithin(start, range))
    let below = 0
    return stacks.flatMap(({ ink, counts }): Mark[] => {
      const count = counts[index] ?? 0
      if (count === 0) return []
      const box = {
        x: middle(index) - width / 2,
        y: y(below + count),
        width,
        height: y(below) - y(below + count),
      }
      below += count
      return [{ shape: 'box', ...box, ink, ...chosen, ...(partial && { hatched: true }) }]
    })
  })
}

const drawOverlay = (
  { text, values, ink }: Overlay,
  ticks: readonly number[],
  { right, middle, yOver }: Plot,
): Mark[] => [
  ...ticks.map((tick) => label(text(tick), right + padding, yOver(tick) + 4)),
  ...drawLine(
    values.map((value, index) => (value === null ? null : [middle(index), yOver(value)])),
    ink,
    false,
  ),
]

function drawDates(
  spec: TimelineSpec,
  { zone, dates }: Wording,
  { left, right, middle }: Plot,
  width: number,
  height: number,
): Mark[] {
  const most = Math.floor((right - left) / roomForTick)
  let taken = -Infinity
  return chooseTicks(spec, zone, dates, most).flatMap(({ index, text }) => {
    const half = widthOf(text) / 2
    const x = Math.min(Math.max(middle(index), half), width - half)
    if (x - half < taken) return []
    taken = x + half + 4
    return [label(text, x, height - 6, 'middle')]
  })
}

/** Gaps stay gaps; a point between two of them is still to be seen. */
function drawLine(points: readonly (Point | null)[], ink: Ink, dashed: boolean): Path[] {
  const runs: Point[][] = [[]]
  for (const point of points) {
    if (point === null) runs.push([])
    else runs.at(-1)?.push(point)
  }
  return runs.flatMap((run) => {
    const [first] = run
    if (first === undefined) return []
    const drawn =
      run.length > 1 ? run : [[first[0] - 2, first[1]] as const, [first[0] + 2, first[1]] as const]
    return [{ shape: 'path', points: drawn, ink, width: 2, dashed }]
  })
}

function say(spec: TimelineSpec, { words, numbers, dates }: Wording): string {
  const { points, step } = spec
  const total = points.reduce((sum, { count }) => sum + count, 0)
  const most = points.reduce((best, point) => (point.count > best.count ? point : best), points[0] ?? nothing)
  return words.report.timelineSays(
    numbers.count(total),
    dates.range(points[0]?.start ?? 0, (points.at(-1)?.end ?? 1) - 1),
    numbers.exact(most.count),
    dates.step(most.start, step),
  )
}
const nothing = { start: 0, count: 0 }
