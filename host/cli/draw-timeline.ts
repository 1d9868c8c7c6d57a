// Events over time as block characters, three lines high, with a line for failures beneath where there are any.
import type { Summary } from '../../shared/viewer/summary.ts'
import { cli } from './speech.ts'
import * as figures from './figures.ts'
import { columnsOf, cut, flow } from './terminal.ts'
import type { Paint } from './terminal.ts'

type Timeline = NonNullable<Summary['timeline']>
interface Mark {
  readonly start: number
  readonly count: number
  readonly failed: number
}

const words = cli.report
const lines = 3
const blocks = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█']

export function drawTimeline(timeline: Timeline, zone: string, width: number, paint: Paint): string[] {
  const axis = Math.max(columnsOf(words.failures), 8)
  const room = width - axis - 2
  const together = Math.ceil(timeline.points.length / room)
  const marks = gather(timeline.points, together)
  const columns = Math.max(1, Math.min(4, Math.floor(room / marks.length)))
  const most = marks.reduce((best, mark) => (mark.count > best.count ? mark : best), {
    start: 0,
    count: 0,
    failed: 0,
  })
  const anyFailed = marks.some(({ failed }) => failed > 0)
  const precision = precisionOf(timeline.step)
  const when = (time: number): string => figures.moment(time, zone, precision)
  const beneath = (label: string, content: string): string => `${label.padStart(axis)}  ${content}`

  const heights = marks.map(({ count }) =>
    count === 0 ? 0 : Math.max(1, Math.round((count / most.count) * lines * 8)),
  )
  const drawn = Array.from({ length: lines }, (_, i) => {
    const floor = (lines - 1 - i) * 8
    return heights.map((height) => mark(block(height - floor), columns)).join('')
  })
  const name = words.timeline(timeline.step)
  const [title = '', ...more] = flow(
    together > 1 ? [name, words.together(together, timeline.step)] : [name],
    width,
    '  ',
  )
  return [
    paint('bold', name) + paint('dim', title.slice(name.length)),
    ...more.map((line) => paint('dim', line)),
    ...drawn.map(
      (line, i) =>
        paint('dim', beneath(i === 0 ? figures.count(most.count) : '', '')) + paint('accent', line),
    ),
    ...(anyFailed
      ? [paint('dim', beneath(words.failures, '')) + paint('failure', failures(marks, columns))]
      : []),
    paint('dim', beneath('', ends(marks, columns, room, when))),
  ]
}

/** Failures have a scale of their own: they are few, and the question is when, not how many. */
function failures(marks: readonly Mark[], columns: number): string {
  const most = Math.max(1, ...marks.map(({ failed }) => failed))
  return marks
    .map(({ failed }) =>
      mark(block(failed === 0 ? 0 : Math.max(1, Math.round((failed / most) * 8))), columns),
    )
    .join('')
}

const block = (eighths: number): string => blocks[Math.max(0, Math.min(8, eighths))] ?? ' '

/** Wide marks keep apart, narrow ones touch. */
const mark = (block: string, columns: number): string =>
  columns > 2 ? `${block.repeat(columns - 1)} ` : block.repeat(columns)

/** The first moment under the first mark, the last under the last, where both fit. */
function ends(marks: readonly Mark[], columns: number, room: number, when: (time: number) => string): string {
  const first = when(marks[0]?.start ?? 0)
  const last = when(marks.at(-1)?.start ?? 0)
  const space = Math.min(room, marks.length * columns) - columnsOf(first) - columnsOf(last)
  return space >= 2 ? first + ' '.repeat(space) + last : cut(first, room)
}

function gather(points: Timeline['points'], together: number): Mark[] {
  const marks: Mark[] = []
  for (let i = 0; i < points.length; i += together) {
    const part = points.slice(i, i + together)
    marks.push({
      start: Date.parse(part[0]?.start ?? ''),
      count: part.reduce((sum, { count }) => sum + count, 0),
      failed: part.reduce((sum, { failed }) => sum + failed, 0),
    })
  }
  return marks
}

function precisionOf(step: string): figures.Precision {
  if (step === 'year' || step === 'century') return 'year'
  if (step === 'day' || step === 'week' || step === 'month') return 'day'
  return step.includes('second') ? 'second' : 'minute'
}
