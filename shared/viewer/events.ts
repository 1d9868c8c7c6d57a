// Stage 2: rows become events. A format's description is compiled against the file's schema into one SELECT
// and a reader that fills one and the same event object for each row: a million rows make no million objects.
import type { Format, Source, Sources, TimeEncoding } from '../formats/format.ts'
import { isRecord } from '../plain.ts'
import { quote } from './sqlite.ts'
import type { Cell, Row, Schema, Sqlite } from './sqlite.ts'

/** What is known of how an event ended. */
export const outcome = { ok: 0, failed: 1, unknown: 2 } as const

export interface TelemetryEvent {
  /** SQLite's row number; NaN where the table has none. */
  rowid: number
  /** Milliseconds since 1970, the finer part cut off; NaN where the row has no readable time. */
  time: number
  kind: string
  outcome: number
  /** Milliseconds; NaN where the row has none. */
  duration: number
  /** One for each dimension of the format; null where the row has no such value. */
  readonly dimensions: (string | null)[]
  /** One for each measure; NaN where the row has none. */
  readonly measures: number[]
}

export interface EventReader {
  readonly format: Format
  /** Events of a span of rows, or all, newest rows first. The same object is given each time, filled anew. */
  read(db: Sqlite, span?: RowSpan): Iterable<TelemetryEvent>
  /** Lowest and highest row number: two look-ups, whatever the size. Null for an empty table or one without. */
  span(db: Sqlite): RowSpan | null
  count(db: Sqlite): number
}
export interface RowSpan {
  readonly from: bigint
  readonly to: bigint
}

type Pick = (row: Row, json: Record<string, unknown>) => unknown

export function compileReader(format: Format, schema: Schema): EventReader {
  const source = format.events
  const table = schema.find((candidate) => candidate.name === source.table)
  const selected: string[] = []
  const select = (column: string): number => {
    const known = selected.indexOf(column)
    return known >= 0 ? known : selected.push(column) - 1
  }
  const has = (column: string): boolean => table?.columns.includes(column) ?? false
  const pickOne = (one: Source): Pick | null => {
    if ('json' in one) return (_row, json) => (Object.hasOwn(json, one.json) ? json[one.json] : undefined)
    if (!has(one.column)) return null
    const index = select(one.column)
    return (row) => row[index]
  }
  const pick = (sources: Sources): Pick => {
    const picks = sources.map(pickOne).filter((found) => found !== null)
    const [only] = picks
    if (only !== undefined && picks.length === 1) return only
    return (row, json) => {
      for (const candidate of picks) {
        const value = candidate(row, json)
        if (value !== null && value !== undefined) return value
      }
      return undefined
    }
  }

  const timeIndex = select(source.time.column)
  const decodeTime = timeDecoders[source.time.encoding]
  const kindIndex = 'column' in source.kind ? select(source.kind.column) : -1
  const onlyKind = 'always' in source.kind ? source.kind.always : ''
  const jsonIndex = source.json === undefined ? -1 : select(source.json)
  const pickOutcome = source.outcome && pick(source.outcome.from)
  const failures = new Set<unknown>(source.outcome?.failed)
  const failedKinds = new Set(source.failedKinds)
  const pickDuration = source.duration && pick(source.duration.from)
  const toMilliseconds = source.duration?.toMilliseconds ?? 1
  const pickDimensions = source.dimensions.map((dimension) => pick(dimension.from))
  const pickMeasures = source.measures.map((measure) => pick(measure.from))

  const rowid = table === undefined || table.withoutRowid ? null : rowidName(table.columns)
  const from = `FROM ${quote(source.table)}`
  const rows = `SELECT ${[...selected.map(quote), rowid ?? 'NULL'].join(', ')} ${from}`
  const newestFirst = `ORDER BY ${rowid ?? quote(source.key)} DESC`
  const rowidIndex = selected.length

  const event: TelemetryEvent = {
    rowid: NaN,
    time: NaN,
    kind: onlyKind,
    outcome: outcome.unknown,
    duration: NaN,
    dimensions: source.dimensions.map(() => null),
    measures: source.measures.map(() => NaN),
  }

  const fill = (row: Row): void => {
    const json = jsonIndex >= 0 ? parseObject(row[jsonIndex] ?? null) : noJson
    event.rowid = numberOf(row[rowidIndex])
    event.time = decodeTime(row[timeIndex] ?? null)
    if (kindIndex >= 0) event.kind = textOf(row[kindIndex]) ?? ''
    event.outcome = outcome.unknown
    if (failedKinds.has(event.kind)) event.outcome = outcome.failed
    else if (pickOutcome !== null) {
      const value = pickOutcome(row, json)
      if (value !== null && value !== undefined)
        event.outcome = failures.has(value) ? outcome.failed : outcome.ok
    }
    event.duration = pickDuration === null ? NaN : numberOf(pickDuration(row, json)) * toMilliseconds
    for (let i = 0; i < pickDimensions.length; i++)
      event.dimensions[i] = textOf(pickDimensions[i]?.(row, json)) ?? null
    for (let i = 0; i < pickMeasures.length; i++) event.measures[i] = numberOf(pickMeasures[i]?.(row, json))
  }

  return {
    format,
    *read(db, span) {
      const found =
        span === undefined || rowid === null
          ? db.rows(`${rows} ${newestFirst}`)
          : db.rows(`${rows} WHERE ${rowid} BETWEEN ? AND ? ${newestFirst}`, [span.from, span.to])
      for (const row of found) {
        fill(row)
        yield event
      }
    },
    span(db) {
      if (rowid === null) return null
      const [low] = db.rows(`SELECT min(${rowid}) ${from}`)
      const [high] = db.rows(`SELECT max(${rowid}) ${from}`)
      const [first, last] = [low?.[0], high?.[0]]
      if (first === null || first === undefined || last === null || last === undefined) return null
      return { from: BigInt(String(first)), to: BigInt(String(last)) }
    },
    count(db) {
      for (const [count] of db.rows(`SELECT count(*) ${from}`)) return Number(count)
      return 0
    },
  }
}

/** One of SQLite's three names for the row number, whichever no real column of the table has taken. */
function rowidName(columns: readonly string[]): string | null {
  const taken = new Set(columns.map((column) => column.toLowerCase()))
  return ['rowid', '_rowid_', 'oid'].find((name) => !taken.has(name)) ?? null
}

const noJson: Record<string, unknown> = {}

function parseObject(cell: Cell): Record<string, unknown> {
  if (typeof cell !== 'string') return noJson
  try {
    const value: unknown = JSON.parse(cell)
    return isRecord(value) ? value : noJson
  } catch {
    return noJson
  }
}

function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean')
    return String(value)
  return null
}

function numberOf(value: unknown): number {
  if (typeof value === 'number') return value
  if (typeof value === 'bigint') return Number(value)
  return NaN
}

const scaled =
  (perMillisecond: number) =>
  (cell: Cell): number => {
    if (typeof cell === 'bigint') return Number(cell / BigInt(perMillisecond))
    return typeof cell === 'number' ? Math.trunc(cell / perMillisecond) : NaN
  }

const timeDecoders: Readonly<Record<TimeEncoding, (cell: Cell) => number>> = {
  iso: (cell) => (typeof cell === 'string' ? Math.trunc(parseIso(cell)) : NaN),
  seconds: (cell) =>
    typeof cell === 'number' || typeof cell === 'bigint' ? Math.trunc(Number(cell) * 1000) : NaN,
  milliseconds: scaled(1),
  microseconds: scaled(1_000),
  nanoseconds: scaled(1_000_000),
}

/** Reads 2026-11-20T16:15:12.561Z by hand, which is five times as fast as Date.parse; the rest goes there. */
export function parseIso(text: string): number {
  if (
    text.length === 24 &&
    text.charCodeAt(23) === 90 &&
    text.charCodeAt(10) === 84 &&
    text.charCodeAt(19) === 46
  ) {
    const year = digits(text, 0, 4)
    const month = digits(text, 5, 7)
    const day = digits(text, 8, 10)
    const hour = digits(text, 11, 13)
    const minute = digits(text, 14, 16)
    const second = digits(text, 17, 19)
    const rest = digits(text, 20, 23)
    const inRange =
      month >= 1 && month <= 12 && day >= 1 && day <= 28 && hour < 24 && minute < 60 && second < 60
    if (inRange && year >= 1970 && rest >= 0)
      return (
        dayNumber(year, month, day) * 86_400_000 + hour * 3_600_000 + minute * 60_000 + second * 1000 + rest
      )
  }
  return Date.parse(text)
}

function digits(text: string, from: number, to: number): number {
  let value = 0
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - 48
    if (digit < 0 || digit > 9) return NaN
    value = value * 10 + digit
  }
  return value
}

/** Days since 1970-01-01 in the Gregorian calendar, counted from March so that leap days come last. */
function dayNumber(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return (
    era * 146_097 +
    yearOfEra * 365 +
    Math.floor(yearOfEra / 4) -
    Math.floor(yearOfEra / 100) +
    dayOfYear -
    719_468
  )
}
