// The trends of one week as text: each subject's values with their share, rates and durations, and one's own beside
// them, with the percentiles between which it lies.
import { bandOf, ownTableOf } from '../../shared/community/band.ts'
import type { OwnTable, OwnValues } from '../../shared/community/band.ts'
import { ageOf, measures } from '../../shared/community/trends.ts'
import type { Measure, Trends, TrendsCell, TrendsTable } from '../../shared/community/trends.ts'
import * as figures from './figures.ts'
import { cli } from './speech.ts'
import { clean, columnsOf, cut, fit, wrap } from './terminal.ts'
import type { Paint } from './terminal.ts'

const words = cli.trends
const most = 12
const widest = 100

export interface DrawnTrends {
  readonly trends: Trends
  readonly own: OwnValues | null
  readonly source: string
  readonly week: string | null
  readonly now: number
}

export function drawTrends(drawn: DrawnTrends, terminalWidth: number, paint: Paint): string {
  const { trends, own, source, now } = drawn
  const width = Math.max(40, Math.min(widest, terminalWidth))
  const age = ageOf(trends, now)
  const week = trends.weeks.find(({ name }) => name === drawn.week)
  const head = [
    paint('bold', clean(words.from(source))),
    words.made(figures.moment(Date.parse(trends.made), 'UTC', 'day')),
    ...wrap(words.rules(figures.count(trends.threshold), figures.count(trends.per_network_and_day)), width),
    ...wrap(words.unsigned, width),
    ...(age === 'fresh' ? [] : wrap(words[age], width)),
    ...(own?.isSample === true ? wrap(words.sample, width) : []),
  ]
  if (week === undefined) return `${[...head, words.empty].join('\n')}\n`
  const tables = week.tables.map((table) => {
    const { format, subject } = table
    const mine = own === null ? null : ownTableOf(own, { week: week.name, format, subject })
    return drawTable(table, mine, { trends, width, paint })
  })
  const title = paint('bold', words.weekOf(week.name, week.from, week.to))
  return `${[head.join('\n'), title, ...tables.map((lines) => lines.join('\n'))].join('\n\n')}\n`
}

interface Room {
  readonly trends: Trends
  readonly width: number
  readonly paint: Paint
}

function drawTable(table: TrendsTable, own: OwnTable | null, { trends, width, paint }: Room): string[] {
  const { format, subject, contributors } = table
  const labels: Readonly<Record<string, string>> = words.subjects
  const shown = table.cells.slice(0, most)
  const label = Math.min(28, Math.max(8, ...shown.map(({ word }) => columnsOf(clean(word)))))
  const head = `${labels[subject] ?? clean(subject)} (${clean(format)})`
  const behind = words.behind(contributors, trends.threshold)
  return [
    `${paint('bold', head)}  ${paint('dim', behind)}`,
    ...shown.flatMap((cell) => drawCell(cell, own, { label, width, paint })),
    ...(table.cells.length > most ? [paint('dim', cli.report.more(table.cells.length - most))] : []),
  ]
}

function drawCell(
  cell: TrendsCell,
  own: OwnTable | null,
  { label, width, paint }: { readonly label: number; readonly width: number; readonly paint: Paint },
): string[] {
  const mine = own?.cells.find(({ word }) => word === cell.word)
  const told = measures.flatMap((measure) => {
    const range = cell[measure]
    return range === undefined ? [] : [`${words.measures[measure]}: ${words.range(range)}`]
  })
  const share = figures.share(cell.share, 100)
  const line = [fit(clean(cell.word), label), fit(share, 6, 'right'), told.join(', ')].join('  ')
  const yours =
    own === null
      ? []
      : [
          words.yourShare(figures.share(mine?.share ?? 0, 100)),
          ...measures.flatMap((measure) => drawBand(cell, measure, mine?.[measure])),
        ]
  const indent = ' '.repeat(label + 2)
  return [
    cut(`  ${line}`, width),
    ...yours
      .flatMap((one) => wrap(one, width - label - 4))
      .map((one) => `  ${indent}${paint('accent', one)}`),
  ]
}

function drawBand(cell: TrendsCell, measure: Measure, own: string | undefined): string[] {
  const band = own === undefined ? null : bandOf(cell, measure, own)
  if (own === undefined || band === null) return []
  return [words.yours(words.measures[measure], words.range(own), words.band(band.from, band.to))]
}
