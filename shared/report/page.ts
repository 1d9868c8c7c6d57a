// The whole Overview as one page that stands alone: no script, nothing loaded, the charts drawn in it. Its own policy
// forbids everything but its style sheet, so that even a name from a hostile file that slipped through could do
// nothing. Of where the file lies it tells the name alone.
import { drawBars } from '../viewer/draw/bars.ts'
import { drawChange } from '../viewer/draw/change.ts'
import { drawCalendar, drawHours } from '../viewer/draw/heat.ts'
import { drawHistogram } from '../viewer/draw/histogram.ts'
import { drawLanes } from '../viewer/draw/lanes.ts'
import { drawTimeline } from '../viewer/draw/timeline.ts'
import { escapeText } from '../viewer/draw/svg.ts'
import type { Filter } from '../viewer/filter.ts'
import type { Change } from '../viewer/insights.ts'
import type { Details, Overview } from '../viewer/specs.ts'
import {
  barsTable,
  calendarTable,
  histogramTable,
  hoursTable,
  lanesTable,
  tallyBars,
  timelineTable,
} from '../viewer/tables.ts'
import { changeTable } from '../viewer/told-changes.ts'
import type { Wording } from '../words/wording.ts'
import { figureOf } from './charts.ts'
import { chosenWords, periodWords } from './chosen.ts'
import { figuresOf } from './figures.ts'
import { el, raw } from './html.ts'
import type { Html } from './html.ts'
import { style } from './style.ts'

export interface ReportFacts {
  /** The file's name, without the folders around it. */
  readonly file: string
  /** Its format, as a person calls it. */
  readonly format: string
  readonly filter: Filter
  readonly overview: Overview
  readonly details: Details | null
  /** The most important first. */
  readonly changes: readonly Change[]
  /** The dimension that the timeline is divided into. */
  readonly stack: string | null
  readonly notes: readonly string[]
  readonly made: number
  readonly version: string
  /** Of the language that it is written in: `en`. */
  readonly language: string
}

const wide = 932
const half = 450
const small = { width: 208, height: 44 }
const mostBars = 10
/** A map of the week, or of the year, says nothing of a few days, and two bars nothing of durations. */
const fewestDays = 7
const fewestDurations = 3

/** `sha256` gives a text's hash in base64. */
export async function writeReport(
  facts: ReportFacts,
  wording: Wording,
  sha256: (text: string) => Promise<string>,
): Promise<string> {
  const { page } = wording.words.report
  const policy = `default-src 'none'; style-src 'sha256-${await sha256(style)}'; base-uri 'none'; form-action 'none'`
  const title = page.title(facts.file)
  const sections = [heading(facts, wording), ...charts(facts, wording), el('footer', {}, page.foot)]
  return [
    '<!doctype html>',
    `<html lang="${escapeText(facts.language)}">`,
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    `<title>${escapeText(title)}</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    el('main', {}, ...sections).html,
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

function heading(
  { file, format, filter, overview, notes, made, version }: ReportFacts,
  wording: Wording,
): Html {
  const { words, dates, zone } = wording
  const { page } = words.report
  const chosen = chosenWords(filter, wording)
  const facts: readonly (readonly [string, string])[] = [
    [page.period, periodWords(filter, overview.figures, wording)],
    [page.zone, zone.name],
    [page.chosen, chosen.length === 0 ? page.everything : chosen.join('; ')],
    [page.format, format],
    [page.made, page.madeBy(dates.moment(made), version)],
  ]
  return el(
    'header',
    {},
    el('h1', {}, file),
    el(
      'dl',
      { class: 'facts' },
      ...facts.flatMap(([name, text]) => [el('dt', {}, name), el('dd', {}, text)]),
    ),
    ...(notes.length === 0
      ? []
      : [
          el(
            'div',
            { class: 'notes' },
            el('h3', {}, page.notes),
            el('ul', {}, ...notes.map((note) => el('li', {}, note))),
          ),
        ]),
  )
}

function charts(facts: ReportFacts, wording: Wording): Html[] {
  const { words } = wording
  const { page } = words.report
  const { overview, details } = facts
  if (overview.figures.events === 0) return [el('p', { class: 'notes' }, words.report.nothing)]
  const section = (title: string, ...content: readonly Html[]): Html[] =>
    content.length === 0 ? [] : [el('section', {}, el('h2', {}, title), ...content)]
  return [
    ...section(page.figures, figuresOf(overview, details, wording)),
    ...section(page.over, ...overTime(facts, wording)),
    ...section(words.window.overview.changes.title, ...changesOf(facts, wording)),
    ...section(page.by, ...lists(facts, wording)),
    ...section(page.when, ...whenAndHowLong(facts, wording)),
  ]
}

type Counted = Pick<ReportFacts, 'overview' | 'details' | 'stack' | 'filter'>

function overTime({ overview, details, stack, filter }: Counted, wording: Wording): Html[] {
  const { timeline, dimensions, kinds, figures } = overview
  const { words, dates, numbers } = wording
  if (timeline === null) {
    const { first, events } = figures
    const { oneMoment, noTimes } = words.window.overview
    return [el('p', {}, first === null ? noTimes : oneMoment(numbers.count(events), dates.moment(first)))]
  }
  const top = [kinds, ...dimensions].find(({ name }) => name === stack)?.top ?? []
  const drawing = drawTimeline(timeline, wording, { width: wide, top, range: filter.range })
  return [figureOf('timeline', drawing, timelineTable(timeline, details?.timeline ?? null, wording), wording)]
}

/** Each as its sentence with a small picture of its days beside it. */
function changesOf({ changes }: ReportFacts, wording: Wording): Html[] {
  const told = { ...wording, words: wording.words.window.overview.changes }
  return changes.map((change, i) =>
    figureOf(`change-${i}`, drawChange(change, told, small), changeTable(change, told), wording, {
      class: 'change',
    }),
  )
}

/** A dimension with one value makes no chart; it is said in a line. */
function lists({ overview, details, filter }: Counted, wording: Wording): Html[] {
  const { words, numbers } = wording
  const specs = [overview.kinds, ...overview.dimensions].map((spec) => ({ spec, sums: false }))
  const sums = overview.tallies.map((tally) => ({ spec: tallyBars(tally), sums: true }))
  const all = [...specs, ...sums]
  const figures = all
    .filter(({ spec }) => spec.values > 1)
    .map(({ spec, sums }, i) => {
      const title = words.window.dimension(spec.name)
      const condition = sums ? undefined : filter.where.find(({ dimension }) => dimension === spec.name)
      const drawing = drawBars(spec, wording, { width: half, most: mostBars, title, sums, condition })
      const table = barsTable(spec, details?.medians[spec.name] ?? null, wording, { title, sums })
      return figureOf(`bars-${i}`, drawing, table, wording, {}, spec.values)
    })
  const single = all.filter(({ spec }) => spec.values === 1)
  const { always } = words.window.overview
  const facts = single.flatMap(({ spec }) => [
    el('dt', {}, words.window.dimension(spec.name)),
    el(
      'dd',
      {},
      spec.bars[0]?.label ?? '',
      raw(' '),
      el('span', { class: 'quiet' }, numbers.exact(spec.total)),
    ),
  ])
  return [
    ...(figures.length === 0 ? [] : [el('div', { class: 'two' }, ...figures)]),
    ...(facts.length === 0
      ? []
      : [el('div', { class: 'notes' }, el('h3', {}, always), el('dl', { class: 'facts' }, ...facts))]),
  ]
}

function whenAndHowLong({ overview, details, filter }: Counted, wording: Wording): Html[] {
  const manyDays = overview.whole.activeDays >= fewestDays
  const hours = manyDays ? overview.hours : null
  const calendar = manyDays ? overview.calendar : null
  const durations = overview.whole.durations >= fewestDurations ? overview.durations : null
  const lanes = details?.lanes ?? null
  const marked = details?.figures ?? null
  const pair = [
    ...(durations === null
      ? []
      : [
          figureOf(
            'durations',
            drawHistogram(durations, wording, { width: half, marked, chosen: filter.duration }),
            histogramTable(durations, wording),
            wording,
          ),
        ]),
    ...(hours === null
      ? []
      : [
          figureOf(
            'hours',
            drawHours(hours, wording, { width: half, chosen: filter.hours }),
            hoursTable(hours, wording),
            wording,
          ),
        ]),
  ]
  return [
    ...(pair.length === 0 ? [] : [el('div', { class: 'two' }, ...pair)]),
    ...(calendar === null
      ? []
      : [
          figureOf(
            'calendar',
            drawCalendar(calendar, wording, wide),
            calendarTable(calendar, wording),
            wording,
          ),
        ]),
    ...(lanes === null || lanes.lanes.length === 0
      ? []
      : [
          figureOf(
            'lanes',
            drawLanes(lanes, wording, { width: wide, range: filter.range }),
            lanesTable(lanes, wording),
            wording,
          ),
        ]),
  ]
}
