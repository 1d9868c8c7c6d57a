// The whole reading flow without a window: file -> native rows -> events -> columns -> overview -> summary.
import { basename } from 'node:path'
import { ok } from '../../shared/result.ts'
import { Charts } from '../../shared/viewer/charts.ts'
import { everything } from '../../shared/viewer/filter.ts'
import { summarize } from '../../shared/viewer/summary.ts'
import type { Summary } from '../../shared/viewer/summary.ts'
import { createZone } from '../../shared/viewer/zone.ts'
import type { Job } from '../jobs.ts'
import { loadColumns } from './columns.ts'
import type { ReadOnlyInput } from './read-only.ts'

export interface Summarize {
  input: ReadOnlyInput & { readonly zone: string }
  output: Summary
}

export const summarizeFile: Job<'summarize'> = async (input, port) => {
  const loaded = await loadColumns(input, port.progress)
  if (!loaded.ok) return loaded
  const columns = loaded.value
  const zone = createZone(input.zone)
  const view = new Charts(columns).overview({ filter: everything, zone, now: input.now, firstDayOfWeek: 1 })
  const warnings =
    view.figures.withoutTime > 0 ? [`${view.figures.withoutTime} events have no readable time`] : []
  return ok(summarize(columns, view, basename(input.path), zone.name, warnings))
}
