// The counter: holds the columns of the opened file and counts charts out of them. It never runs SQL, so nothing
// in a file can make it hang, and the charts stay when a reader has to be ended.
import { Charts } from '../../shared/viewer/charts.ts'
import { ChunkBuilder, Columns, chunkRows } from '../../shared/viewer/columns.ts'
import type { ColumnChunk } from '../../shared/viewer/columns.ts'
import { Found, RowNumbers } from '../../shared/viewer/found.ts'
import type { TelemetryEvent } from '../../shared/viewer/events.ts'
import { createZone, dayLength } from '../../shared/viewer/zone.ts'
import type { Zone } from '../../shared/viewer/zone.ts'
import type { Details } from '../../shared/viewer/specs.ts'
import type { SentEvent } from '../../shared/bridge.ts'
import { Finder } from './finder.ts'
import { Lister } from './lister.ts'
import type { FromCounter, ToCounter, ToCounterFromReader, ToLister, View } from './messages.ts'
import { rehearse, warmUp } from './warm.ts'

const post = (message: FromCounter): void => self.postMessage(message)

/** While rows still come in, charts are drawn anew when there are four times as many, or after a while: reading goes first. */
const drawAgainAt = 16
const drawEvery = 2000
const tellEvery = 200
/** A search that finds more and more moves the charts no oftener than the eye can follow. */
const drawFoundEvery = 300

let view: View | null = null
let zone: Zone | null = null
let columns: Columns | null = null
let charts: Charts | null = null
let found: Found | null = null
let lister: Lister | null = null
let finder: Finder | null = null
/** How long rows have to rest until it is looked for what changed; null where nothing new is to be looked for. */
let restBefore: number | null = null
/** What was asked for before the file was recognised. */
let early: ToLister[] = []
let total = 0
let reading = 0
let drawn = 0
let drawnAt = 0
let toldAt = 0
/** The number of the view that was asked for last. */
let asked = 0

addEventListener('message', ({ data }: MessageEvent<ToCounter>) => {
  if (data.type === 'rehearse') {
    warming = rehearse()
    goOn()
  } else if (data.type === 'begin') {
    warming = null
    view = data.view
    reading = data.readers.length
    data.readers.forEach((port, source) => {
      port.onmessage = (event: MessageEvent<ToCounterFromReader>) => hear(event.data, source)
    })
    zone = zoneAtHand(view)
  } else if (data.type === 'drawn') {
    if (view?.moving !== true) goOnAtLast()
  } else if (data.type === 'view' || data.type === 'added') {
    view = data.view
    if (data.type === 'added') return add(data.events)
    asked = data.asked
    waitForWindow()
    draw()
  } else if (lister === null || found === null) early.push(data)
  else answer(data, lister, found)
})

/** The calendar takes a while to wake: it is asked for the last year before the first rows come. */
function zoneAtHand({ zone: name, now }: View): Zone {
  const found = createZone(name)
  for (let day = 0; day < 366; day += 30) found.offsetAt(now - day * dayLength)
  return found
}

function answer(asked: ToLister, to: Lister, seek: Found): void {
  switch (asked.type) {
    case 'list':
      return to.list(asked.order)
    case 'rows':
      return to.rows(asked.wish)
    case 'span':
      return to.span(asked.span)
    case 'ordered':
      return to.ordered(asked.batch)
    case 'search':
      return seek.begin()
    case 'found': {
      const { by, rows, done, total } = asked.batch
      const first = seek.hits === 0 && rows.length > 0
      seek.add(by, rows)
      return first || done === total || performance.now() - drawnAt >= drawFoundEvery ? draw() : drawSoon()
    }
  }
}

/** Each step of it is drawn, while every core is busy with reading. */
function tellProgress(): void {
  if (performance.now() - toldAt < tellEvery) return
  toldAt = performance.now()
  post({ type: 'reading', done: columns?.rows ?? 0, total })
}

let soon: ReturnType<typeof setTimeout> | null = null
function drawSoon(): void {
  soon ??= setTimeout(draw, drawFoundEvery)
}

function hear(message: ToCounterFromReader, source: number): void {
  if (message.type === 'recognised') {
    if (columns !== null) return
    columns = new Columns(message.format)
    const numbers = new RowNumbers(columns)
    found = new Found(columns, numbers)
    charts = new Charts(columns, found)
    lister = new Lister(columns, charts, numbers, post)
    finder = new Finder(columns, charts, (changes, filter) => post({ type: 'changes', changes, filter }))
    for (const asked of early) answer(asked, lister, found)
    early = []
    columns.reserve(message.rows)
    total = message.rows
  } else if (message.type === 'chunk') {
    columns?.append(message.chunk, source)
    if (message.chunk.rows === chunkRows && some.length < enoughToWarmUp)
      some.push({ chunk: message.chunk, source })
    tellProgress()
    if ((columns?.rows ?? 0) >= drawAgainAt * drawn || performance.now() - drawnAt >= drawEvery) draw()
    else if (charts !== null && view !== null && zone !== null) charts.takeIn({ ...view, zone })
  } else if (--reading === 0) {
    draw()
    if (columns !== null) post({ type: 'complete', rows: columns.rows, rowid: highest(columns) })
  }
}

/** Rows from the live file are one more source, numbered after the readers. */
const liveSource = 99
let live: ChunkBuilder | null = null

function add(events: readonly SentEvent[]): void {
  if (columns === null) return
  live ??= new ChunkBuilder(columns.format)
  for (const chunk of live.chunks(events.map(received))) columns.append(chunk, liveSource)
  drawAdded(events)
}

/** What was found changed stays, and is still looked for, unless a tool has written of days that are over. */
function drawAdded(events: readonly SentEvent[]): void {
  const today = zone !== null && view !== null ? zone.startOf(zone.dayOf(view.now)) : 0
  if (events.some(({ time }) => time !== null && time < today)) draw(restOfAdded)
  else draw('as before')
}

function received({ time, duration, measures, dimensions, tallies, ...rest }: SentEvent): TelemetryEvent {
  return {
    ...rest,
    time: time ?? NaN,
    duration: duration ?? NaN,
    dimensions: [...dimensions],
    tallies: [...tallies],
    measures: measures.map((value) => value ?? NaN),
  }
}

function highest({ rows, rowid }: Columns): number | null {
  let high = rows === 0 ? 0 : -Infinity
  for (let row = 0; row < rows; row++) {
    const at = rowid[row] ?? NaN
    if (at !== at) return null
    if (at > high) high = at
  }
  return high
}

const restOfView = 200
const restOfAdded = 5000

function draw(rest: number | 'as before' = restOfView): void {
  if (charts === null || view === null) return
  if (rest !== 'as before') {
    finder?.stop()
    restBefore = view.moving === true ? null : rest
  }
  if (zone === null || zone.name !== view.zone) zone = createZone(view.zone)
  const current = { ...view, zone }
  post({ type: 'overview', overview: charts.overview(current), asked })
  lister?.update()
  if (soon !== null) clearTimeout(soon)
  soon = null
  drawn = columns?.rows ?? 0
  drawnAt = performance.now()
  // Sorting what still grows would hold up the reading; in a small part of the rows it takes no time.
  details = reading === 0 || (drawn > firstLook && drawn <= quickToSort) ? charts.details(current) : null
  goOn()
}
const quickToSort = 100_000
/** Nor does anybody miss them in the very first charts, which everything is busy for. */
const firstLook = 2 * chunkRows

/** What is still to be worked out of the overview that was sent last; a newer one takes its place. */
let details: ReturnType<Charts['details']> | null = null
/** Rows of a file that has many, to warm up on once all are here. */
let some: { readonly chunk: ColumnChunk; readonly source: number }[] = []
const enoughToWarmUp = 8
let warming: ReturnType<typeof warmUp> | null = null
const turn = new MessageChannel()
turn.port1.onmessage = () => {
  isTurnAsked = false
  if (waiting !== null) return
  if (details !== null) takeDetails(details.next())
  else if (warming?.next().done === true) warming = null
  goOn()
}

function takeDetails(step: IteratorResult<undefined, Details | null>): void {
  if (step.done !== true) return
  details = null
  if (step.value !== null) post({ type: 'details', details: step.value })
  if (reading > 0 || view === null || zone === null || columns === null) return
  charts?.getReady()
  if (some.length > 0) warming = warmUp(columns.format, some, { ...view, zone })
  some = []
  if (restBefore !== null) finder?.begin({ ...view, zone }, restBefore)
  restBefore = null
}

/** A window that isn't seen draws nothing; and while the hand moves, what comes after counts isn't waited for. */
const longestForWindow = 100
/** Until the window has drawn the counts, whatever comes after them leaves it the processor. */
let waiting: ReturnType<typeof setTimeout> | null = null

function waitForWindow(): void {
  if (waiting !== null) clearTimeout(waiting)
  waiting = setTimeout(goOnAtLast, longestForWindow)
}

function goOnAtLast(): void {
  if (waiting !== null) clearTimeout(waiting)
  waiting = null
  goOn()
}

let isTurnAsked = false
/** After whatever has come in meanwhile. */
function goOn(): void {
  if (isTurnAsked || waiting !== null || (details === null && warming === null)) return
  isTurnAsked = true
  turn.port2.postMessage(null)
}
