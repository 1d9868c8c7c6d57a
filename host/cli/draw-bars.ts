// One dimension as a list of bars: the value, how many, how often it failed, and a bar to the same scale.
import type { Bar } from '../../shared/viewer/charts.ts'
import { cli } from './speech.ts'
import * as figures from './figures.ts'
import { clean, columnsOf, cut, fit } from './terminal.ts'
import type { Paint } from './terminal.ts'

export interface BarList {
  readonly name: string
  /** Different values in all; `top` may be fewer. */
  readonly values: number
  readonly top: readonly Bar[]
}

const mostBars = 6
const leastBar = 5

export function drawBars(list: BarList, width: number, paint: Paint): string[] {
  const shown = list.top.slice(0, list.values === mostBars + 1 ? mostBars + 1 : mostBars)
  const most = Math.max(1, ...shown.map((bar) => bar.count))
  const rows = shown.map((bar) => ({
    label: clean(bar.label) || cli.report.blank,
    count: figures.count(bar.count),
    failed: bar.withOutcome === 0 ? '' : figures.share(bar.failed, bar.withOutcome),
    anyFailed: bar.failed > 0,
    part: bar.count / most,
  }))
  // Of a list of errors each one failed: the column would say 100 % all the way down.
  const withFailed = shown.some((bar) => bar.failed < bar.withOutcome)
  const countColumns = widest(rows.map(({ count }) => count))
  const failedColumns = withFailed ? widest([cli.report.failed, ...rows.map(({ failed }) => failed)]) : 0
  const fixed = countColumns + 2 + (withFailed ? failedColumns + 2 : 0)
  const heading = clean(list.name)
  const wished = Math.max(8, widest(rows.map(({ label }) => label)), columnsOf(heading) - countColumns - 2)
  const labelColumns = Math.min(wished, width - fixed - 2 - leastBar)
  const barColumns = Math.max(0, width - fixed - labelColumns - 2)

  const above = withFailed ? `  ${fit(cli.report.failed, failedColumns, 'right')}` : ''
  const more = list.values - shown.length
  return [
    paint('bold', fit(heading, labelColumns + countColumns + 2)) + paint('dim', above),
    ...rows.map(({ label, count, failed, anyFailed, part }) =>
      [
        fit(label, labelColumns),
        fit(count, countColumns, 'right'),
        ...(withFailed ? [paint(anyFailed ? 'failure' : 'dim', fit(failed, failedColumns, 'right'))] : []),
        paint('accent', bar(part, barColumns)),
      ].join('  '),
    ),
    ...(more > 0 ? [paint('dim', cut(cli.report.more(more), width))] : []),
  ]
}

/** A thin bar in half columns, so that rows keep apart; a value that is there at all is never shown as nothing. */
function bar(part: number, columns: number): string {
  const halves = part > 0 ? Math.max(1, Math.round(part * columns * 2)) : 0
  return columns === 0 ? '' : '━'.repeat(halves >> 1) + (halves % 2 === 1 ? '╸' : '')
}

const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map(columnsOf))
