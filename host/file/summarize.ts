// The whole reading flow without a window: file -> native rows -> events -> columns -> overview -> summary.
import { basename } from 'node:path'
import { ok } from '../../shared/result.ts'
import { Charts } from '../../shared/viewer/charts.ts'
import { everything } from '../../shared/viewer/filter.ts'
import { summarize } from '../../shared/viewer/summary.ts'
import type { Summary } from '../../shared/viewer/summary.ts'
import { createZone } from '../../shared/viewer/zone.ts'
import { formatWords } from '../../shared/words/en-formats.ts'
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
  const { columns, recognition, unreadableLines } = loaded.value
  const zone = createZone(input.zone)
  const view = new Charts(columns).complete({ filter: everything, zone, now: input.now, firstDayOfWeek: 1 })
  const { withoutTime } = view.overview.figures
  const warnings = [
    ...(recognition === null || recognition.confidence === 'sure' ? [] : [formatWords.guessed(recognition)]),
    ...(unreadableLines > 0 ? [formatWords.unreadable(unreadableLines)] : []),
    ...(withoutTime > 0 ? [formatWords.withoutTime(withoutTime)] : []),
  ]
  return ok(summarize(columns, view, basename(input.path), zone.name, warnings))
}
