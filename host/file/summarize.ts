// The whole reading flow without a window: file -> native rows -> events -> columns -> overview -> summary.
import { basename } from 'node:path'
import { recognise } from '../../shared/formats/index.ts'
import { fail, ok } from '../../shared/result.ts'
import { Charts } from '../../shared/viewer/charts.ts'
import { ChunkBuilder, Columns } from '../../shared/viewer/columns.ts'
import { compileReader } from '../../shared/viewer/events.ts'
import { everything } from '../../shared/viewer/filter.ts'
import { readSchema } from '../../shared/viewer/sqlite.ts'
import { summarize } from '../../shared/viewer/summary.ts'
import type { Summary } from '../../shared/viewer/summary.ts'
import { createZone } from '../../shared/viewer/zone.ts'
import type { Job } from '../jobs.ts'
import { explainSqlite, nativeSqlite } from './native.ts'
import { openReadOnly } from './read-only.ts'
import type { ReadOnlyInput } from './read-only.ts'

export interface Summarize {
  input: ReadOnlyInput & { readonly zone: string }
  output: Summary
}

export const summarizeFile: Job<'summarize'> = async (input, port) => {
  const opened = await openReadOnly(input, port.progress)
  if (!opened.ok) return opened
  const { db, close } = opened.value
  try {
    const native = nativeSqlite(db)
    const schema = readSchema(native)
    const format = recognise(schema)
    if (format === null)
      return fail({ kind: 'file-unknown', path: input.path, tables: schema.map((table) => table.name) })
    const reader = compileReader(format, schema)
    const total = reader.count(native)
    const columns = new Columns(format)
    columns.reserve(total)
    for (const chunk of new ChunkBuilder(format).chunks(reader.read(native))) {
      columns.append(chunk)
      port.progress({ phase: 'reading', done: columns.rows, total })
    }
    const zone = createZone(input.zone)
    const view = new Charts(columns).overview({ filter: everything, zone, now: input.now, firstDayOfWeek: 1 })
    const warnings =
      view.figures.withoutTime > 0 ? [`${view.figures.withoutTime} events have no readable time`] : []
    return ok(summarize(columns, view, basename(input.path), zone.name, warnings))
  } catch (error) {
    return fail(explainSqlite(error, input.path))
  } finally {
    await close()
  }
}
