// The values of one dimension, the most frequent first, each with its bar. What is beyond the last bar is summed up
// in a line: a picture never hides that there is more.
import type { Wording } from '../../words/wording.ts'
import type { Condition } from '../filter.ts'
import type { BarsSpec } from '../specs.ts'
import type { Drawing, Mark } from './drawing.ts'
import { fitted, label, oneLine, strengthOf, widthOf } from './drawing.ts'

const rowHeight = 24
const barHeight = 10
const gap = 12

export interface BarsLook {
  readonly width: number
  readonly most?: number
  readonly title: string
  /** Its bars are sums of what events count by themselves, not numbers of events. */
  readonly sums?: boolean
  /** Which of its values are chosen; without a condition all are. */
  readonly condition?: Condition | undefined
}

export function drawBars(
  spec: BarsSpec,
  wording: Wording,
  { width, most = 8, title, sums = false, condition }: BarsLook,
): Drawing {
  const { words, numbers } = wording
  const shown = spec.bars.slice(0, spec.values === most + 1 ? most + 1 : most)
  const longest = Math.max(1, ...shown.map(({ count }) => count))
  const counts = shown.map(({ count }) => numbers.short(count))
  const shares = shown.map(({ count }) => numbers.share(count / Math.max(1, spec.total)))
  const [countRoom, shareRoom] = [counts, shares].map((texts) =>
    Math.max(0, ...texts.map((text) => widthOf(text))),
  )
  const right = (countRoom ?? 0) + (shareRoom ?? 0) + gap
  const labels = shown.map((bar) => oneLine(bar.label) || words.report.blank)
  const roomiest = Math.max(48, Math.min(width * 0.4, width - right - 2 * gap - 60))
  const labelRoom = Math.min(roomiest, Math.max(48, ...labels.map((one) => widthOf(one))))
  const track = { x: labelRoom + gap, width: Math.max(8, width - labelRoom - right - 2 * gap) }

  const marks = shown.flatMap((bar, i): Mark[] => {
    const y = i * rowHeight
    const part = (count: number): number => (track.width * Math.max(0, count)) / longest
    const [bad, good] = [part(bar.failed), part(bar.count - bar.failed)]
    const isChosen = condition === undefined || condition.values.includes(bar.label) !== condition.not
    const place = { y: y + (rowHeight - barHeight) / 2, height: barHeight }
    const box = { shape: 'box', ...place, ...strengthOf(isChosen) } as const
    return [
      label(fitted(labels[i] ?? '', labelRoom), 0, y + 16, 'start', 'ink-2'),
      ...(bad > 0 ? [{ ...box, x: track.x, width: bad, ink: 'failed' as const }] : []),
      ...(good > 0 ? [{ ...box, x: track.x + bad, width: good, ink: 'bar' as const }] : []),
      label(counts[i] ?? '', width - (shareRoom ?? 0) - gap, y + 16, 'end', 'ink'),
      label(shares[i] ?? '', width, y + 16, 'end'),
    ]
  })
  const hidden = spec.values - shown.length // of many values the last have no bar here
  const rest = spec.total - shown.reduce((sum, { count }) => sum + count, 0)
  const more = words.report.moreValues(numbers.count(hidden), numbers.count(rest), sums)
  const lines = shown.length + (hidden > 0 ? 1 : 0)
  const [first] = shown
  return {
    width,
    height: Math.max(1, lines) * rowHeight,
    title,
    says:
      first === undefined
        ? words.report.nothing
        : words.report.barsSays(
            numbers.count(spec.values),
            oneLine(first.label) || words.report.blank,
            numbers.exact(first.count),
            shares[0] ?? '',
          ),
    marks: [
      ...marks,
      ...(first === undefined ? [label(words.report.nothing, 0, 16)] : []),
      ...(hidden > 0 ? [label(fitted(more, width), 0, shown.length * rowHeight + 16)] : []),
    ],
  }
}
