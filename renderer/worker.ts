// The reading worker: image -> sql.js -> events -> columns -> charts, all on this side, so that the window only
// ever gets chart specs, a few kilobytes each. It is one worker for one file: when a statement in a hostile file
// doesn't end, or the person cancels, the window ends the worker and starts another.
import type { AppError } from '../shared/result.ts'
import { recognise } from '../shared/formats/index.ts'
import { overview } from '../shared/viewer/charts.ts'
import { buildChunks, Columns } from '../shared/viewer/columns.ts'
import { compileReader } from '../shared/viewer/events.ts'
import { selectRows } from '../shared/viewer/filter.ts'
import { readSchema } from '../shared/viewer/sqlite.ts'
import { createZone } from '../shared/viewer/zone.ts'
import type { Zone } from '../shared/viewer/zone.ts'
import { fetchImage } from './worker/image.ts'
import type { FromWorker, ImageSource, ToWorker, View } from './worker/messages.ts'
import { openImage } from './worker/sql-js.ts'

const post = (message: FromWorker): void => self.postMessage(message)
const failed = (error: AppError): void => post({ type: 'failed', error })

let view: View
let zone: Zone
let columns: Columns | null = null
let complete = false

/** While rows still come in, charts may take a quarter of the time, so that they never starve the reading. */
const chartShare = 4
let chartedUntil = 0

addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  setView(data.view)
  if (data.type === 'view') draw()
  else open(data.name, data.source).catch((error: unknown) => failed(explain(error, data.name)))
})

function setView(next: View): void {
  if (zone === undefined || zone.name !== next.zone) zone = createZone(next.zone)
  view = next
}

async function open(name: string, source: ImageSource): Promise<void> {
  const image = await fetchImage(source, name, (done, total) => post({ type: 'fetching', done, total }))
  if (!image.ok) return failed(image.error)
  const db = await openImage(image.value)
  const schema = readSchema(db)
  const format = recognise(schema)
  if (format === null)
    return failed({ kind: 'file-unknown', path: name, tables: schema.map((table) => table.name) })
  const reader = compileReader(format, schema)
  const total = reader.count(db)
  post({ type: 'recognised', format: format.name, title: format.title, rows: total })
  columns = new Columns(format)
  columns.reserve(total)
  for (const chunk of buildChunks(reader, db)) {
    columns.append(chunk)
    post({ type: 'reading', done: columns.rows, total })
    if (performance.now() >= chartedUntil) draw()
    await breathe()
  }
  complete = true
  draw()
}

function draw(): void {
  if (columns === null) return
  const started = performance.now()
  const { filter, now, firstDayOfWeek } = view
  const frame = { since: filter.since, until: filter.until, firstDayOfWeek }
  post({
    type: 'overview',
    overview: overview(columns, selectRows(columns, filter), zone, now, frame),
    complete,
  })
  const ended = performance.now()
  chartedUntil = ended + (ended - started) * chartShare
}

/** Lets waiting messages in: a filter changed while reading counts from the next chunk on. */
function breathe(): Promise<void> {
  const { port1, port2 } = new MessageChannel()
  return new Promise((resolve) => {
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
}

function explain(error: unknown, name: string): AppError {
  const text = error instanceof Error ? error.message : ''
  if (text.includes('file is not a database')) return { kind: 'file-not-sqlite', path: name }
  return { kind: 'file-damaged', path: name, detail: text.slice(0, 120) }
}
