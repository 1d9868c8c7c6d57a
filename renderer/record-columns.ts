// The columns that the Records screen can show: what every event has, the dimensions and measures of its format, and
// the columns of its tables as they stand in the file.
import type { ColumnChoice } from '../shared/bridge.ts'
import type { Format, Unit } from '../shared/formats/format.ts'
import { sensitiveDimensions } from '../shared/formats/sensitive.ts'
import type { ColumnId } from '../shared/viewer/listing.ts'
import type { RecognisedAs } from './worker/messages.ts'

export type ColumnKind = 'time' | 'kind' | 'outcome' | 'duration' | 'dimension' | 'measure' | 'raw'

export interface Column {
  readonly id: ColumnId
  readonly kind: ColumnKind
  /** Of a dimension, a measure or a raw column. */
  readonly name: string
  /** Among its kind, as the format lists them. */
  readonly index: number
  readonly unit: Unit | null
  readonly sensitive: boolean
}

export interface ShownColumn extends Column {
  readonly width: number
}

const widths: Readonly<Record<ColumnKind, number>> = {
  time: 184,
  kind: 136,
  outcome: 88,
  duration: 96,
  dimension: 132,
  measure: 104,
  raw: 180,
}
const mostByDefault = 4

export function columnsOf({ format, rawColumns }: RecognisedAs): Column[] {
  const { dimensions, measures } = format.events
  const hidden = sensitiveDimensions(format)
  const plain = (kind: ColumnKind): Column => ({
    id: kind,
    kind,
    name: kind,
    index: 0,
    unit: null,
    sensitive: false,
  })
  return [
    plain('time'),
    plain('kind'),
    ...(tellsOutcome(format) ? [plain('outcome')] : []),
    ...(format.events.duration === null ? [] : [plain('duration')]),
    ...dimensions.map(({ name }, index): Column => ({
      id: `dimension:${name}`,
      kind: 'dimension',
      name,
      index,
      unit: null,
      sensitive: hidden.has(name),
    })),
    ...measures.map(({ name, unit }, index): Column => ({
      id: `measure:${name}`,
      kind: 'measure',
      name,
      index,
      unit,
      sensitive: false,
    })),
    ...rawColumns.map((name, index): Column => ({
      id: `raw:${name}`,
      kind: 'raw',
      name,
      index,
      unit: null,
      sensitive: isSensitive(format, name),
    })),
  ]
}

const tellsOutcome = ({ events }: Format): boolean => events.outcome !== null || events.failedKinds.length > 0

const isSensitive = ({ events, also, sensitive }: Format, column: string): boolean =>
  [events.table, ...(also === undefined ? [] : [also.table])].some((table) =>
    sensitive.includes(`${table}.${column}`),
  )

/** What is chosen; else time, and what tells one row from the next. */
export function shownColumns(
  all: readonly Column[],
  choice: ColumnChoice | null,
  values: { readonly kinds: number; readonly dimensions: readonly number[] } | null,
): ShownColumn[] {
  const chosen = (choice ?? []).flatMap(({ column, width }) => {
    const found = all.find(({ id }) => id === column)
    return found === undefined ? [] : [{ ...found, width }]
  })
  if (chosen.length > 0) return chosen
  const telling = all
    .filter(({ kind, index }) => kind === 'dimension' && (values?.dimensions[index] ?? 2) > 1)
    .slice(0, mostByDefault)
  return all
    .filter(
      (column) =>
        ['time', 'outcome', 'duration'].includes(column.kind) ||
        (column.kind === 'kind' && (values?.kinds ?? 2) > 1) ||
        telling.includes(column),
    )
    .map((column) => ({ ...column, width: widths[column.kind] }))
}

export const usualWidth = (kind: ColumnKind): number => widths[kind]
