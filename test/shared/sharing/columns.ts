// Columns made of a few events, without a file.
import type { Format } from '../../../shared/formats/format.ts'
import { ChunkBuilder, Columns } from '../../../shared/viewer/columns.ts'
import { outcome } from '../../../shared/viewer/events.ts'

export interface Told {
  readonly time: number
  readonly kind: string
  readonly failed?: boolean
  readonly duration?: number
  /** By the names in the format's file. */
  readonly dimensions?: Readonly<Record<string, string>>
}

export function columnsOf(format: Format, events: readonly Told[]): Columns {
  const columns = new Columns(format)
  const full = events.map(({ time, kind, failed, duration, dimensions }, rowid) => ({
    rowid,
    time,
    kind,
    outcome: failed === undefined ? outcome.unknown : failed ? outcome.failed : outcome.ok,
    duration: duration ?? NaN,
    dimensions: format.events.dimensions.map(({ name }) => dimensions?.[name] ?? null),
    measures: format.events.measures.map(() => NaN),
    tallies: [],
  }))
  for (const chunk of new ChunkBuilder(format).chunks(full)) columns.append(chunk)
  return columns
}
