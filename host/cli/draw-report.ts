// The summary as a page of text. Everything is laid out for a width first and coloured after, so that a narrow
// terminal, one without colour and a pipe show the same page.
import { formats } from '../../shared/formats/index.ts'
import type { Bar } from '../../shared/viewer/charts.ts'
import type { Summary } from '../../shared/viewer/summary.ts'
import { cli, speech } from './speech.ts'
import { drawBars } from './draw-bars.ts'
import type { BarList } from './draw-bars.ts'
import { drawChanges } from './draw-changes.ts'
import { drawTimeline } from './draw-timeline.ts'
import * as figures from './figures.ts'
import { clean, columnsOf, cut, fit, flow, wrap } from './terminal.ts'
import type { Paint } from './terminal.ts'

const words = cli.report
const widest = 100
const gap = 4
const sideBySide = 76

/** `narrowed`: filters chose among the events, so that none of them need not mean that the file has none. */
export function drawReport(summary: Summary, terminalWidth: number, paint: Paint, narrowed = false): string {
  const width = Math.max(24, Math.min(widest, terminalWidth))
  const parts = [
    drawTitle(summary, width, paint),
    summary.events === 0
      ? wrap(narrowed ? words.noneFits : words.none, width)
      : drawFigures(summary, width, paint),
    drawSums(summary, width, paint),
    summary.timeline === null ? [] : drawTimeline(summary.timeline, summary.zone, width, paint),
    drawChanges(summary, width, paint),
    ...drawLists(summary, width, paint),
    summary.warnings.flatMap((warning) => wrap(`${words.warning}: ${clean(warning)}`, width)),
  ]
  const page = parts.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'))
  return `${page.join('\n\n').replace(/ +$/gm, '')}\n`
}

function drawTitle(summary: Summary, width: number, paint: Paint): string[] {
  const title = formats.find(({ name }) => name === summary.format)?.title ?? summary.format
  const name = cut(clean(summary.file), width)
  const [first, ...rest] = flow([title, name], width, '  ')
  const head = [paint('bold', title) + paint('dim', (first ?? '').slice(title.length)), ...rest]
  if (summary.events === 0) return head
  return [...head, ...flow(drawSpan(summary), width, ' ').map((line) => paint('dim', line))]
}

function drawSpan({ first, last, zone }: Summary): string[] {
  if (first === null || last === null) return [words.noTime]
  const [from, to] = [Date.parse(first), Date.parse(last)]
  const precision = to - from < 3_600_000 ? 'second' : 'minute'
  const [a, b] = [from, to].map((time) => figures.moment(time, zone, precision))
  return a === b ? [`${a}`, zone] : [`${a} –`, `${b}`, zone]
}

/** Figures first, their names beneath; one above the other where the terminal is narrow. */
function drawFigures(summary: Summary, width: number, paint: Paint): string[] {
  const { events, activeDays, failed, withOutcome, medianDuration: median, p95Duration: p95 } = summary
  const shown = [
    [figures.count(events), words.events],
    [figures.count(activeDays), words.activeDays],
    ...(failed === null
      ? []
      : [[`${figures.count(failed)} (${figures.share(failed, withOutcome)})`, words.failed]]),
    ...(median === null ? [] : [[figures.duration(median), words.median]]),
    ...(p95 === null ? [] : [[figures.duration(p95), words.p95]]),
  ].map(([figure = '', name = '']) => ({
    figure,
    name,
    columns: Math.max(columnsOf(figure), columnsOf(name)),
  }))
  const total = shown.reduce((sum, { columns }) => sum + columns, 0) + (shown.length - 1) * gap
  if (total > width) {
    const left = Math.max(...shown.map(({ figure }) => columnsOf(figure)))
    return shown.map(
      ({ figure, name }) =>
        `${paint('bold', fit(figure, left, 'right'))}  ${paint('dim', cut(name, width - left - 2))}`,
    )
  }
  const between = ' '.repeat(gap)
  return [
    shown.map(({ figure, columns }) => paint('bold', fit(figure, columns))).join(between),
    shown.map(({ name, columns }) => paint('dim', fit(name, columns))).join(between),
  ]
}

/** What the events add up to: money, tokens, bytes. */
function drawSums({ measures }: Summary, width: number, paint: Paint): string[] {
  const sums = measures.map(
    ({ name, unit, sum }) => `${clean(speech.words.window.measure(name, sum))} ${figures.amount(sum, unit)}`,
  )
  return flow(sums, width, '    ').map((line) => paint('dim', cut(line, width)))
}

const bar = (label: string, count: number): Bar => ({ label, count, failed: 0, withOutcome: 0 })

/** Two lists beside each other where there is room: ten dimensions then fit one screen. */
function drawLists(summary: Summary, width: number, paint: Paint): string[][] {
  const kinds = Object.entries(summary.kinds).map(([label, count]) => bar(label, count))
  kinds.sort((a, b) => b.count - a.count)
  const lists: BarList[] = [
    { name: words.kinds, values: kinds.length, top: kinds },
    ...summary.dimensions.filter(({ values }) => values > 0),
    ...summary.tallies.map(({ name, counts }) => {
      const top = Object.entries(counts).map(([label, count]) => bar(label, count))
      return { name, values: top.length, top }
    }),
  ].filter(({ top }) => top.length > 0)
  if (width < sideBySide) return lists.map((list) => drawBars(list, width, paint))
  const half = Math.floor((width - gap) / 2)
  const drawn = lists.map((list) => drawBars(list, half, paint))
  return drawn.flatMap((left, i) => (i % 2 === 0 ? [beside(left, drawn[i + 1] ?? [], half)] : []))
}

function beside(left: readonly string[], right: readonly string[], columns: number): string[] {
  const lines = Math.max(left.length, right.length)
  return Array.from({ length: lines }, (_, i) => {
    const start = left[i] ?? ''
    return `${start}${' '.repeat(columns - paintedColumns(start) + gap)}${right[i] ?? ''}`
  })
}

// eslint-disable-next-line no-control-regex -- the painter's own codes, which take no room
const paintedColumns = (line: string): number => columnsOf(line.replace(/\u001b\[\d+m/g, ''))
