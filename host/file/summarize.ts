// The whole reading flow without a window: file -> native rows -> events -> columns -> overview -> summary.
import { basename } from 'node:path'
import type { Progress } from '../../shared/bridge.ts'
import type { Result } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'
import { Charts } from '../../shared/viewer/charts.ts'
import type { BarsSpec } from '../../shared/viewer/charts.ts'
import type { Columns } from '../../shared/viewer/columns.ts'
import { everything } from '../../shared/viewer/filter.ts'
import type { Filter } from '../../shared/viewer/filter.ts'
import { findChanges } from '../../shared/viewer/insights.ts'
import type { Change } from '../../shared/viewer/insights.ts'
import { summarize } from '../../shared/viewer/summary.ts'
import type { FileOverview, Summary } from '../../shared/viewer/summary.ts'
import { unknownDimension } from '../../shared/viewer/filter-schema.ts'
import { createZone } from '../../shared/viewer/zone.ts'
import type { Language } from '../../shared/words/language.ts'
import type { Job } from '../jobs.ts'
import { loadColumns } from './columns.ts'
import type { ReadOnlyInput } from './read-only.ts'

interface Wanted {
  readonly zone: string
  /** Of the warnings; English, where none is said. */
  readonly language?: Language
  /** All events, where none is given. */
  readonly filter?: Filter | undefined
  readonly firstDayOfWeek?: number
}
export interface Summarize {
  input: ReadOnlyInput & Wanted
  output: Summary
}
export interface CountOverview {
  input: ReadOnlyInput & Wanted
  output: FileOverview
}

/** So many bars cross to another process; a list of a million is of no use to anybody there. */
const mostBars = 1000

export const summarizeFile: Job<'summarize'> = async (input, port) => {
  const counted = await count(input, port.progress)
  if (!counted.ok) return counted
  const { columns, warnings, changes, ...view } = counted.value
  return ok(summarize(columns, { ...view, changes: changes() }, basename(input.path), input.zone, warnings))
}

export const overviewOfFile: Job<'overview'> = async (input, port) => {
  const counted = await count(input, port.progress)
  if (!counted.ok) return counted
  const { columns, warnings, overview, details, changes } = counted.value
  const cut = (spec: BarsSpec): BarsSpec => ({ ...spec, bars: spec.bars.slice(0, mostBars) })
  return ok({
    format: columns.format.name,
    file: basename(input.path),
    zone: input.zone,
    warnings,
    overview: { ...overview, kinds: cut(overview.kinds), dimensions: overview.dimensions.map(cut) },
    details: {
      ...details,
      medians: Object.fromEntries(
        Object.entries(details.medians).map(([name, medians]) => [name, medians.slice(0, mostBars)]),
      ),
    },
    changes: changes(),
  })
}

interface Counted extends Pick<FileOverview, 'overview' | 'details'> {
  readonly columns: Columns
  readonly warnings: string[]
  readonly changes: () => Change[]
}

async function count(
  { filter = everything, firstDayOfWeek = 1, ...input }: ReadOnlyInput & Wanted,
  progress: (item: Progress) => void,
): Promise<Result<Counted>> {
  const loaded = await loadColumns(input, progress)
  if (!loaded.ok) return loaded
  const { columns, recognition, unreadableLines } = loaded.value
  const unknown = unknownDimension(filter.where, columns.dimensions)
  if (unknown !== null) return fail(unknown)
  const zone = createZone(input.zone)
  const shown = { filter, zone, now: input.now, firstDayOfWeek }
  const charts = new Charts(columns)
  const view = charts.complete(shown)
  const { withoutTime } = view.overview.figures
  const { speak } = await import('../speech.ts') // of all words, which no other reading needs
  const { formats: words } = (await speak(input.language ?? 'en', {})).words
  const warnings = [
    ...(recognition === null || recognition.confidence === 'sure' ? [] : [words.guessed(recognition)]),
    ...(unreadableLines > 0 ? [words.unreadable(unreadableLines)] : []),
    ...(withoutTime > 0 ? [words.withoutTime(withoutTime)] : []),
  ]
  return ok({ columns, warnings, ...view, changes: () => findChanges(columns, charts.chosen, shown) })
}
