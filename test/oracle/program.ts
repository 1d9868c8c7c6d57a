// The program's own way from a file to its summary, with a place for each planted fault.
import { basename } from 'node:path'
import { openReadOnly } from '../../host/file/read-only.ts'
import { nativeSqlite } from '../../host/file/native.ts'
import { summarizeFile } from '../../host/file/summarize.ts'
import type { JobPort } from '../../host/jobs.ts'
import type { Format } from '../../shared/formats/format.ts'
import { recogniseAny } from '../../shared/formats/recognise.ts'
import { Charts } from '../../shared/viewer/charts.ts'
import { ChunkBuilder, Columns } from '../../shared/viewer/columns.ts'
import { compileReader } from '../../shared/viewer/events.ts'
import { everything } from '../../shared/viewer/filter.ts'
import { readSchema } from '../../shared/viewer/sqlite.ts'
import { summarize } from '../../shared/viewer/summary.ts'
import type { Summary } from '../../shared/viewer/summary.ts'
import { createZone } from '../../shared/viewer/zone.ts'

const now = Date.UTC(2026, 11, 31)
const port = { progress: () => {}, serve: () => {}, allow: () => {} } satisfies JobPort & { allow: unknown }

/** What `report --json` prints. */
export async function askProgram(path: string, temporary: string, zone: string): Promise<Summary> {
  const result = await summarizeFile({ path, temporary, now, zone }, port)
  if (!result.ok) throw new Error(`${path}: ${JSON.stringify(result.error)}`)
  return result.value
}

export interface Fault {
  /** Another description of the format. */
  readonly format?: (format: Format) => Format
  readonly zone?: (zone: string) => string
  /** The file that is opened in its place. */
  readonly path?: (path: string) => string
  readonly summary?: (summary: Summary, columns: Columns) => Summary
}

export async function askFaulty(
  path: string,
  temporary: string,
  zone: string,
  fault: Fault,
): Promise<Summary> {
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
    const where = createZone(fault.zone?.(zone) ?? zone)
    const view = new Charts(columns).complete({ filter: everything, zone: where, now, firstDayOfWeek: 1 })
    const summary = summarize(columns, { ...view, changes: [] }, basename(path), where.name, [])
    return fault.summary?.(summary, columns) ?? summary
  } finally {
    await opened.value.close()
  }
}
