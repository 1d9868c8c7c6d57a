// What stands in a cell of the Records table.
import { outcome } from '../shared/viewer/events.ts'
import type { ListedRow } from '../shared/viewer/listing.ts'
import type { Value } from '../shared/viewer/values.ts'
import type { Program } from './program.svelte.ts'
import type { Column } from './record-columns.ts'

export interface SaidCell {
  readonly text: string
  readonly isNumber?: boolean
  /** No value, or one that is not text. */
  readonly isFaint?: boolean
  readonly isFailed?: boolean
}

const nothing: SaidCell = { text: '' }

export function columnTitle({ words }: Program, { kind, name }: Column): string {
  if (kind === 'raw') return name
  if (kind === 'dimension' || kind === 'measure') return words.dimension(name)
  return words.records.columns[kind]
}

/** `value` is of a raw column; undefined until it has come. */
export function sayCell(
  program: Program,
  row: ListedRow,
  column: Column,
  value: Value | undefined,
): SaidCell {
  const { words, dates, numbers } = program
  switch (column.kind) {
    case 'time':
      return { text: Number.isNaN(row.time) ? '' : dates.moment(row.time) }
    case 'kind':
      return { text: row.kind }
    case 'outcome':
      if (row.outcome === outcome.failed) return { text: words.records.outcome.failed, isFailed: true }
      return row.outcome === outcome.ok ? { text: words.records.outcome.ok, isFaint: true } : nothing
    case 'duration':
      return { text: Number.isNaN(row.duration) ? '' : numbers.duration(row.duration), isNumber: true }
    case 'dimension':
      return { text: row.dimensions[column.index] ?? '' }
    case 'measure': {
      const amount = row.measures[column.index] ?? NaN
      const text = Number.isNaN(amount) ? '' : sayAmount(program, amount, column)
      return { text, isNumber: true }
    }
    case 'raw':
      return value === undefined ? nothing : sayValue(program, value)
  }
}

/** A price of a tenth of a cent is not $0.00. */
function sayAmount({ numbers, locale }: Program, amount: number, { unit }: Column): string {
  if (unit === 'dollars' && amount !== 0 && Math.abs(amount) < 0.1)
    return new Intl.NumberFormat(locale, {
      style: 'currency',
      currency: 'USD',
      maximumSignificantDigits: 2,
    }).format(amount)
  return numbers.amount(amount, unit ?? 'number', true)
}

/** In a line, or as it stands. */
export function sayValue({ words, numbers }: Program, value: Value, asItStands = false): SaidCell {
  switch (value.is) {
    case 'null':
      return { text: words.records.nullValue, isFaint: true }
    case 'integer':
    case 'real':
      return { text: value.text, isNumber: true }
    case 'text':
      if (value.bytes === 0) return { text: words.records.emptyText, isFaint: true }
      return { text: asItStands ? value.text : value.text.replace(/\s+/g, ' ') }
    case 'blob':
      return { text: words.records.blob(numbers.bytes(value.bytes)), isFaint: true }
  }
}
