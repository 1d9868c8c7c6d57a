// The program's own way from a file to its charts and its report, with a place for each planted fault.
import { loadColumns } from '../../host/file/columns.ts'
import { nativeSqlite } from '../../host/file/native.ts'
import { openReadOnly } from '../../host/file/read-only.ts'
import { summarizeFile } from '../../host/file/summarize.ts'
import type { JobPort } from '../../host/jobs.ts'
import type { Format } from '../../shared/formats/format.ts'
import { recogniseAny } from '../../shared/formats/recognise.ts'
import { Charts } from '../../shared/viewer/charts.ts'
import { ChunkBuilder, Columns } from '../../shared/viewer/columns.ts'
import { compileReader } from '../../shared/viewer/events.ts'
import type { View } from '../../shared/viewer/specs.ts'
import { readSchema } from '../../shared/viewer/sqlite.ts'
import type { Summary } from '../../shared/viewer/summary.ts'
import { createZone } from '../../shared/viewer/zone.ts'
import type { Zone } from '../../shared/viewer/zone.ts'
import type { Question } from './figures.ts'
import type { Answer } from './told.ts'

export const now = Date.UTC(2026, 11, 31)
export const port = { progress: () => {}, serve: () => {}, allow: () => {} } satisfies JobPort & {
  allow: unknown
}

/** What `report --json` prints. */
export async function askReport(path: string, temporary: string, zone: string): Promise<Summary> {
  const result = await summarizeFile({ path, temporary, now, zone }, port)
  if (!result.ok) throw new Error(`${path}: ${JSON.stringify(result.error)}`)
  return result.value
}

export interface Program {
  readonly format: string
  ask(question: Question, zone: string): Answer
}

const zones = new Map<string, Zone>()
function zoneOf(name: string): Zone {
  const zone = zones.get(name) ?? createZone(name)
  zones.set(name, zone)
  return zone
}

/** What the Overview shows: one reading, asked any number of questions, as a window does. */
export async function openProgram(path: string, temporary: string): Promise<Program> {
  const loaded = await loadColumns({ path, temporary, now }, () => {})
  if (!loaded.ok) throw new Error(`${path}: ${JSON.stringify(loaded.error)}`)
  const { columns } = loaded.value
  const charts = new Charts(columns)
  return {
    format: columns.format.name,
    ask: (question, zone) => charts.complete({ ...question, zone: zoneOf(zone) }),
  }
}

export interface Fault {
  /** Another description of the format. */
  readonly format?: (format: Format) => Format
  /** The file that is opened in its place. */
  readonly path?: (path: string) => string
  /** The answer spoiled; `ask` gives that to another question. */
  readonly answer?: (answer: Answer, view: View, ask: (view: View) => Answer, columns: Columns) => Answer
}

export async function openFaulty(path: string, temporary: string, fault: Fault): Promise<Program> {
  const opened = await openReadOnly({ path: fault.path?.(path) ?? path, temporary, now }, () => {})
  if (!opened.ok) throw new Error(JSON.stringify(opened.error))
  try {
    const db = nativeSqlite(opened.value.db)
    const schema = readSchema(db)
    const recognised = recogniseAny(db, schema, path)
    if (!recognised.ok) throw new Error(JSON.stringify(recognised.error))
    const format = fault.format?.(recognised.value.format) ?? recognised.value.format
    const columns = new Columns(format)
    for (const chunk of new ChunkBuilder(format).chunks(compileReader(format, schema).read(db)))
      columns.append(chunk)
    const ask = (view: View): Answer => new Charts(columns).complete(view)
    return {
      format: format.name,
      ask: (question, zone) => {
        const view = { ...question, zone: zoneOf(zone) }
        return fault.answer?.(ask(view), view, ask, columns) ?? ask(view)
      },
    }
  } finally {
    await opened.value.close()
  }
}
