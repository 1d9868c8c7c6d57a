// Stage 2: rows become events. A format's description is compiled against the file's schema into one SELECT
// and a reader that fills one and the same event object for each row: a million rows make no million objects.
import type { EventSource, Format, Outcome } from '../formats/format.ts'
import { timeDecoders } from '../formats/time.ts'
import { isRecord, packed } from '../plain.ts'
import { JsonScanner } from './json-scanner.ts'
import { noJson, opened, Picker, ReadTime } from './picker.ts'
import type { Json, Row } from './picker.ts'
import { refilled } from './refilled.ts'
import { mostRows, quote, rowidName } from './sqlite.ts'
import type { Cell, Schema, Sqlite } from './sqlite.ts'

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
  /** One for each tally: words with their counts; null where the row has none. */
  readonly tallies: (Readonly<Record<string, unknown>> | null)[]
}

export interface EventReader {
  readonly format: Format
  /** Events of a span of rows, or all, newest rows first. The same object is given each time, filled anew. */
  read(db: Sqlite, span?: RowSpan): Iterable<TelemetryEvent>
  /**
   * Lowest and highest row number: two look-ups, whatever the size. Null where there is no span to divide: an
   * empty table, one without row numbers, or events from two tables.
   */
  span(db: Sqlite): RowSpan | null
  /**
   * What events are made of as it stands in the file: of the first rows of a span, lowest first. The last cell of each is
   * the row's number.
   */
  raw(db: Sqlite, most: number): (span: RowSpan) => readonly (readonly Cell[])[]
  count(db: Sqlite): number
}
export interface RowSpan {
  readonly from: bigint
  readonly to: bigint
}

export function compileReader(format: Format, schema: Schema): EventReader {
  const event: TelemetryEvent = {
    rowid: NaN,
    time: NaN,
    kind: '',
    outcome: outcome.unknown,
    duration: NaN,
    dimensions: packed(format.events.dimensions, () => null),
    measures: packed(format.events.measures, () => NaN),
    tallies: packed(format.events.tallies ?? [], () => null),
  }
  const first = compilePart(format.events, schema, event)
  const hasMore = format.also !== undefined && schema.some(({ name }) => name === format.also?.table)
  if (format.also === undefined || !hasMore) return { format, ...first }
  const second = compilePart(format.also, schema, event)
  return {
    format,
    *read(db, span) {
      yield* first.read(db, span)
      // a row number is of the first table; the second's would point to other rows there
      for (const found of second.read(db)) {
        found.rowid = NaN
        yield found
      }
    },
    span: () => null,
    raw: () => () => [],
    count: (db) => first.count(db) + second.count(db),
  }
}

type Part = Omit<EventReader, 'format'>

function compilePart(source: EventSource, schema: Schema, event: TelemetryEvent): Part {
  const table = schema.find((candidate) => candidate.name === source.table)
  const joins = (source.joins ?? []).filter(({ needs }) => hasAll(schema, needs))
  const picker = new Picker(source, table, joins)
  const fill = compileFill(source, picker, event)

  const rowid = table === undefined || table.withoutRowid ? null : rowidName(table.columns)
  const from = `FROM ${quote(source.table)} AS e`
  const where = source.where === undefined ? '' : `WHERE (${source.where})`
  const joined = joins.map(({ as, from: what, on }) => `LEFT JOIN ${what} AS ${as} ON ${on}`).join(' ')
  const selected = [...picker.selected, rowid === null ? 'NULL' : `CAST(e.${rowid} AS REAL)`].join(', ')
  const readers = [...picker.readers(), null]
  const run = (db: Sqlite, sql: string): Iterable<Row> => db.rowsRead?.(sql, readers) ?? db.rows(sql)
  const rows = `SELECT ${selected} ${from} ${joined} ${where}`
  const within = (first: bigint | string, last: bigint | string): string =>
    `${where === '' ? 'WHERE' : 'AND'} e.${rowid} BETWEEN ${first} AND ${last}`
  const newestFirst = `ORDER BY e.${rowid ?? quote(source.key)} DESC`
  const rowidIndex = picker.selected.length

  return {
    read(db, span) {
      const sql =
        span === undefined || rowid === null
          ? `${rows} ${newestFirst}`
          : `${rows} ${within(span.from, span.to)} ${newestFirst}`
      return refilled(() => {
        const found = run(db, sql)[Symbol.iterator]()
        let left = mostRows(db)
        const fillNext = (): boolean => {
          const next = found.next()
          if (next.done === true) return false
          if (--left < 0)
            throw new RangeError('database disk image is malformed: it has more rows than bytes')
          event.rowid = rowNumber(next.value[rowidIndex])
          fill(next.value)
          return true
        }
        return { value: event, fill: fillNext, end: () => void found.return?.() }
      })
    },
    span(db) {
      if (rowid === null) return null
      const [low] = db.rows(`SELECT min(e.${rowid}) ${from}`)
      const [high] = db.rows(`SELECT max(e.${rowid}) ${from}`)
      const [first, last] = [low?.[0], high?.[0]]
      if (first === null || first === undefined || last === null || last === undefined) return null
      return { from: BigInt(String(first)), to: BigInt(String(last)) }
    },
    raw(db, most) {
      if (rowid === null) return () => []
      const cells = [...picker.selected, `e.${rowid}`].join(', ')
      const sql = `SELECT ${cells} ${from} ${joined} ${where} ${within('?', '?')} ORDER BY e.${rowid} LIMIT ${most}`
      const ask = db.prepare?.(sql) ?? ((parameters: readonly Cell[]) => [...db.rows(sql, parameters)])
      return (span) => ask([span.from, span.to])
    },
    count(db) {
      for (const [count] of db.rows(`SELECT count(*) ${from} ${where}`)) return Number(count)
      return 0
    },
  }
}

/** Farther away no calendar reaches: a number that is no time. */
const latest = 8.64e15

function compileFill(source: EventSource, picker: Picker, event: TelemetryEvent): (row: Row) => void {
  const pickTime = picker.pick(source.time.from, source.time.encoding === 'iso' ? 'time' : 'value')
  const decodeTime = timeDecoders[source.time.encoding]
  const always = 'always' in source.kind ? source.kind.always : ''
  const pickKind = 'always' in source.kind ? null : picker.pick([source.kind], 'word')
  const pickOutcome = picker.pick(source.outcome?.from ?? null)
  const judge = compileOutcome(source.outcome)
  const failedKinds = new Set(source.failedKinds)
  const pickDuration = picker.pick(source.duration?.from ?? null)
  const scale = scaling(source.duration?.toMilliseconds ?? 1)
  const pickDimensions = packed(source.dimensions, ({ from }) => picker.pick(from, 'word'))
  const pickMeasures = packed(source.measures, ({ from }) => picker.pick(from))
  const pickTallies = packed(source.tallies ?? [], (tally) => picker.pick(tally.from, 'whole'))
  const { jsonAt } = picker
  const json: (Json | JsonScanner)[] = packed(jsonAt, () => noJson)
  // Most of what is asked for lies in one JSON column, scanned: there it is found without asking each source for it.
  const keysOfDimensions = packed(source.dimensions, ({ from }) => picker.keys(from))
  const keysOfMeasures = packed(source.measures, ({ from }) => picker.keys(from))

  return (row) => {
    for (let i = 0; i < jsonAt.length; i++) json[i] = opened(row[jsonAt[i] ?? -1] ?? null)
    const scanned = json[0] instanceof JsonScanner ? json[0].values : null
    const found = pickTime === null ? null : pickTime(row, json)
    const time = found instanceof ReadTime ? found.at : decodeTime(cellOf(found))
    event.time = time <= latest && time >= -latest ? time : NaN
    event.kind = pickKind === null ? always : (textOf(pickKind(row, json)) ?? '')
    event.outcome = failedKinds.has(event.kind)
      ? outcome.failed
      : pickOutcome === null
        ? outcome.unknown
        : judge(pickOutcome(row, json))
    event.duration = pickDuration === null ? NaN : scale(numberOf(pickDuration(row, json)))
    for (let i = 0; i < pickDimensions.length; i++) {
      const keys = keysOfDimensions[i]
      event.dimensions[i] = textOf(
        scanned !== null && keys ? firstOf(scanned, keys) : pickDimensions[i]?.(row, json),
      )
    }
    for (let i = 0; i < pickMeasures.length; i++) {
      const keys = keysOfMeasures[i]
      event.measures[i] = numberOf(
        scanned !== null && keys ? firstOf(scanned, keys) : pickMeasures[i]?.(row, json),
      )
    }
    for (let i = 0; i < pickTallies.length; i++) {
      const counts = pickTallies[i]?.(row, json)
      event.tallies[i] = isRecord(counts) ? counts : Array.isArray(counts) ? countWords(counts) : null
    }
  }
}

function firstOf(values: readonly unknown[], keys: readonly number[]): unknown {
  for (let i = 0; i < keys.length; i++) {
    const value = values[keys[i] ?? -1]
    if (value !== null && value !== undefined) return value
  }
  return undefined
}

/** A division by 1000 is exact where a multiplication by 0.001 isn't. */
function scaling(factor: number): (value: number) => number {
  if (factor === 1) return (value) => value
  const parts = Math.round(1 / factor)
  return factor < 1 ? (value) => value / parts : (value) => value * factor
}

/** A list of words counts each of them. */
function countWords(list: readonly unknown[]): Record<string, number> {
  const counts = new Map<string, number>()
  for (const word of list) if (typeof word === 'string') counts.set(word, (counts.get(word) ?? 0) + 1)
  return Object.fromEntries(counts)
}

function compileOutcome(told: Outcome | null): (value: unknown) => number {
  if (told === null) return () => outcome.unknown
  const succeeded = 'succeeded' in told
  const listed = new Set<unknown>(succeeded ? told.succeeded : told.failed)
  return (value) => {
    if (value === null || value === undefined) return outcome.unknown
    const found = listed.has(typeof value === 'bigint' ? Number(value) : value)
    return found === succeeded ? outcome.ok : outcome.failed
  }
}

/** Whether the file has all these tables with all these columns. Views don't count: they would have to be run. */
export function hasAll(schema: Schema, wanted: Readonly<Record<string, readonly string[]>>): boolean {
  return Object.entries(wanted).every(([name, columns]) => {
    const table = schema.find((candidate) => candidate.name === name && candidate.kind === 'table')
    return table !== undefined && columns.every((column) => table.columns.includes(column))
  })
}

function cellOf(value: unknown): Cell {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint' ? value : null
}

function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean')
    return String(value)
  return null
}

/** A number that a double can't hold would find another row, or none. */
function rowNumber(value: unknown): number {
  const number = numberOf(value)
  return Number.isSafeInteger(number) ? number : NaN
}

function numberOf(value: unknown): number {
  if (typeof value === 'number') return value
  if (typeof value === 'bigint') return Number(value)
  return NaN
}
