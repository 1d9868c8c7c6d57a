// What can be taken along: a chart as a picture or a table, the whole Overview as a page.
import { fileName } from '../shared/file-name.ts'
import { formats } from '../shared/formats/index.ts'
import { chosenWords, periodWords } from '../shared/report/chosen.ts'
import { writeReport } from '../shared/report/page.ts'
import type { Result } from '../shared/result.ts'
import { drawBars } from '../shared/viewer/draw/bars.ts'
import type { Drawing } from '../shared/viewer/draw/drawing.ts'
import { framed } from '../shared/viewer/draw/framed.ts'
import { drawCalendar, drawHours } from '../shared/viewer/draw/heat.ts'
import { drawHistogram } from '../shared/viewer/draw/histogram.ts'
import { drawLanes } from '../shared/viewer/draw/lanes.ts'
import { light } from '../shared/viewer/draw/palette.ts'
import { svgOf } from '../shared/viewer/draw/svg.ts'
import { drawTimeline } from '../shared/viewer/draw/timeline.ts'
import type { Overlay } from '../shared/viewer/draw/timeline.ts'
import type { Details, Overview } from '../shared/viewer/specs.ts'
import * as tables from '../shared/viewer/tables.ts'
import type { Table } from '../shared/viewer/tables.ts'
import { reportWords } from '../shared/words/report-words.ts'
import type { Wording } from '../shared/words/wording.ts'
import { csvOf } from '../shared/writers/csv.ts'
import { lineValues, shownOf } from './over-time.ts'
import { pngOf } from './paint.ts'
import { filterOf } from './place.ts'
import type { Program } from './program.svelte.ts'
import { saveFile } from './save.ts'

/** Which chart, and of the lists which one. */
export type Wanted =
  | { readonly chart: 'timeline' | 'hours' | 'calendar' | 'durations' | 'lanes' }
  | { readonly chart: 'bars'; readonly name: string }
export type Kind = 'svg' | 'png' | 'csv'

interface Picture {
  readonly drawing: Drawing
  readonly table: Table
}

/** Wide enough for a slide or a page of text. */
const wide = 900
const narrow = 560
const mostBars = 20
const sharp = 2

const none = { first: null, last: null }

async function wordingOf(program: Program): Promise<Wording> {
  const { words: window, language, numbers, dates, clock, firstDayOfWeek } = program
  const report = await reportWords(language)
  return { words: { window, report }, numbers, dates, zone: clock, firstDayOfWeek }
}
const filterNow = ({ place, clock }: Program) => filterOf(place, clock, Date.now())

export async function saveChart(program: Program, wanted: Wanted, as: Kind): Promise<Result<boolean> | null> {
  const wording = await wordingOf(program)
  const picture = pictureOf(program, wording, wanted)
  if (picture === null) return null
  const name = fileName(`${program.reader.file?.name ?? ''} ${picture.table.title}`, as)
  return saveFile(program.host.shell, name, await contentOf(program, wording, as, picture))
}

async function contentOf(
  program: Program,
  wording: Wording,
  as: Kind,
  { drawing, table }: Picture,
): Promise<Blob> {
  if (as === 'csv') {
    const text = csvOf(tables.csvRows(table, wording))
    return new Blob(['\ufeff', text], { type: 'text/csv' }) // without the mark, Excel takes it for another encoding
  }
  const filter = filterNow(program)
  const whole = framed(drawing, [
    program.reader.file?.name ?? '',
    periodWords(filter, program.reader.overview?.figures ?? none, wording),
    wording.zone.name,
    ...chosenWords(filter, wording),
  ])
  if (as === 'svg') return new Blob([svgOf(whole, light)], { type: 'image/svg+xml' })
  return pngOf(whole, light, sharp, getComputedStyle(document.body).fontFamily)
}

function pictureOf(program: Program, wording: Wording, wanted: Wanted): Picture | null {
  const { overview } = program.reader
  if (overview === null) return null
  const filter = filterNow(program)
  const details = detailsOf(program, overview)
  switch (wanted.chart) {
    case 'timeline':
      return overview.timeline && timelineOf(program, wording, overview, details)
    case 'bars':
      return barsOf(program, wording, overview, details, wanted.name)
    case 'hours': {
      const { hours: spec } = overview
      const look = { width: wide, chosen: filter.hours }
      return spec && { drawing: drawHours(spec, wording, look), table: tables.hoursTable(spec, wording) }
    }
    case 'calendar': {
      const { calendar: spec } = overview
      return (
        spec && { drawing: drawCalendar(spec, wording, wide), table: tables.calendarTable(spec, wording) }
      )
    }
    case 'lanes': {
      const spec = program.reader.details?.lanes ?? null
      const look = { width: wide, range: filter.range }
      return spec && { drawing: drawLanes(spec, wording, look), table: tables.lanesTable(spec, wording) }
    }
    case 'durations': {
      const { durations: spec } = overview
      const look = { width: narrow, height: 220, marked: details?.figures ?? null, chosen: filter.duration }
      return (
        spec && { drawing: drawHistogram(spec, wording, look), table: tables.histogramTable(spec, wording) }
      )
    }
  }
}

/** Those of another overview would say of these bars what was true of others. */
const detailsOf = ({ reader: { details, detailed } }: Program, overview: Overview): Details | null =>
  detailed === overview ? details : null

function timelineOf(
  program: Program,
  wording: Wording,
  overview: Overview,
  details: Details | null,
): Picture | null {
  const { timeline: spec } = overview
  if (spec === null) return null
  const { drawing } = program.place
  const percentiles = details?.timeline ?? null
  const shown = shownOf(overview, spec, drawing, { spec, timeline: percentiles })
  const { line } = drawing
  const { points } = program.words.overview
  const overlay: Overlay | null =
    line === 'none'
      ? null
      : {
          name: points.lines[line],
          values: lineValues(shown),
          ...(line === 'errors'
            ? { ink: 'failed', scale: 'even', text: program.numbers.part }
            : { ink: 'ink', scale: 'logarithmic', text: program.numbers.brief }),
        }
  const look = {
    width: wide,
    height: 260,
    top: shown.divided?.top ?? [],
    comparedTop: shown.compared?.top ?? [],
    overlay,
    range: program.place.chosen.range,
  }
  return {
    drawing: drawTimeline(spec, wording, look),
    table: tables.timelineTable(spec, percentiles, wording),
  }
}

function barsOf(
  program: Program,
  wording: Wording,
  overview: Overview,
  details: Details | null,
  name: string,
): Picture | null {
  const title = program.words.dimension(name)
  const tally = overview.tallies.find((one) => one.name === name)
  const spec =
    [overview.kinds, ...overview.dimensions].find((one) => one.name === name) ??
    (tally === undefined ? null : tables.tallyBars(tally))
  if (spec === null) return null
  const sums = tally !== undefined
  const condition = program.place.chosen.where.find(({ dimension }) => dimension === name)
  return {
    drawing: drawBars(spec, wording, { width: narrow, most: mostBars, title, sums, condition }),
    table: tables.barsTable(spec, details?.medians[name] ?? null, wording, { title, sums }),
  }
}

export async function saveReport(program: Program): Promise<Result<boolean> | null> {
  const { overview, file, formatTitle } = program.reader
  if (overview === null || file === null) return null
  const wording = await wordingOf(program)
  const page = await writeReport(
    {
      file: file.name,
      format: formatTitle ?? formats[0]?.title ?? '',
      filter: filterNow(program),
      overview,
      details: detailsOf(program, overview),
      changes: program.reader.changes?.changes ?? [],
      stack: program.place.drawing.stack,
      notes: program.reader.damaged ? [program.words.overview.damaged.title] : [],
      made: Date.now(),
      version: program.info.version,
      language: program.language,
    },
    wording,
    sha256,
  )
  const content = new Blob([page], { type: 'text/html' })
  return saveFile(
    program.host.shell,
    fileName(`${file.name} ${wording.words.report.page.fileName}`, 'html'),
    content,
  )
}

async function sha256(text: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return btoa(String.fromCharCode(...new Uint8Array(hash)))
}
