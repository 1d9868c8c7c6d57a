// One day, event by event: a lane for each value, and in it a bar from the beginning of each event to its end.
import type { Wording } from '../../words/wording.ts'
import { barHeight, layOut, momentsIn } from '../day-lanes.ts'
import type { Between } from '../filter.ts'
import type { LanesSpec } from '../specs.ts'
import type { Drawing, Mark } from './drawing.ts'
import { fitted, label, oneLine, rule, strengthOf, widthOf } from './drawing.ts'

const axisHeight = 22
const gap = 12
const mostMoments = 8
/** So narrow that it could not be seen, a bar is drawn wider. */
const narrowest = 1.5

export function drawLanes(
  spec: LanesSpec,
  wording: Wording,
  { width, range = null }: { readonly width: number; readonly range?: Between | null },
): Drawing {
  const { words, numbers, dates, zone } = wording
  const { overview } = words.window
  const layout = layOut(spec)
  const names = layout.lanes.map(({ label: name }) =>
    name === null ? overview.lanes.other : oneLine(name) || words.report.blank,
  )
  const labelRoom = Math.min(width * 0.25, Math.max(48, ...names.map((name) => widthOf(name))))
  const left = labelRoom + gap
  const x = (time: number): number =>
    left + ((width - left) * (time - layout.from)) / (layout.to - layout.from)
  const isChosen = ({ from, to }: { readonly from: number; readonly to: number }): boolean =>
    range === null || (from < range.to && to >= range.from) !== range.not
  const moments = layout.bars.length === 0 ? null : momentsIn(layout, zone.offsetAt, mostMoments)
  const day = dates.step(zone.startOf(spec.day), 'day')
  let taken = left
  return {
    width,
    height: layout.height + axisHeight,
    title: overview.lanes.title(day),
    says: overview.lanes.say(day, numbers.count(layout.bars.length)),
    marks: [
      ...layout.lanes.flatMap(({ top, height }, i): Mark[] => [
        ...(i === 0 ? [] : [rule(left, top, width, top)]),
        label(fitted(names[i] ?? '', labelRoom), 0, top + height / 2 + 4, 'start', 'ink-2'),
      ]),
      rule(left, layout.height, width, layout.height),
      ...layout.bars.map((bar): Mark => {
        const wide = Math.max(narrowest, x(bar.to) - x(bar.from))
        const place = { x: Math.min(x(bar.from), width - wide), y: bar.top, width: wide, height: barHeight }
        return { shape: 'box', ...place, ink: bar.failed ? 'failed' : 'bar', ...strengthOf(isChosen(bar)) }
      }),
      ...(moments?.times ?? []).flatMap((time): Mark[] => {
        const text = dates.tick(time, moments?.step ?? 'minute')
        const half = widthOf(text) / 2
        const middle = Math.min(width - half, Math.max(left + half, x(time)))
        if (middle - half < taken) return []
        taken = middle + half + gap
        return [label(text, middle, layout.height + 15, 'middle')]
      }),
    ],
  }
}
