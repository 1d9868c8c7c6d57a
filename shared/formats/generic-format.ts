// The guesses about one table put together: a format like those of known tools, made of data alone.
import { quote } from '../viewer/sqlite.ts'
import type { Sqlite } from '../viewer/sqlite.ts'
import type { Dimension, EventSource, Format, Measure, Source } from './format.ts'
import { fieldsOf, findDuration, isCategory, isMeasure, isSensitive, unitOf } from './generic-fields.ts'
import type { Field } from './generic-fields.ts'
import { findLookups, lookupSource } from './generic-lookups.ts'
import { findOutcome } from './generic-outcome.ts'
import type { SampledTable } from './generic-sample.ts'
import type { TableGuess, TimeColumn } from './generic-tables.ts'

const mostCategories = 12
const mostMeasures = 8

/** What a person wants instead of what is guessed; null leaves it to the guess. */
export interface Wanted {
  readonly categories: readonly string[] | null
  readonly measures: readonly string[] | null
}

export interface Made {
  readonly format: Format
  readonly unitGuessed: boolean
  /** All that could be grouped by or added up, also what was not taken. */
  readonly categories: readonly string[]
  readonly measures: readonly string[]
}

export function makeFormat(
  db: Sqlite,
  { table, times }: TableGuess,
  tables: readonly SampledTable[],
  choice: Wanted | null,
): Made {
  const [time] = times
  const lookups = findLookups(db, table, tables)
  const lookedUp = new Set(lookups.map(({ column }) => column))
  const timed = new Set([
    time.column,
    time.nanoseconds,
    ...times.filter(isSecond(table)).map(({ column }) => column),
  ])
  const fields = fieldsOf(table).filter(({ name }) => !timed.has(name) && !lookedUp.has(name))
  const all = fieldsOf(table).filter(({ name }) => name !== time.column)
  const outcome = findOutcome(fields)
  const duration = findDuration(all, time.column, time.guess.encoding)
  const isFree = ({ name }: Field): boolean => name !== duration?.name
  const named: Dimension[] = lookups.flatMap((lookup) =>
    lookup.names.map((name) => ({
      name: `${lookup.table}.${name}`,
      from: [lookupSource(lookup, name, tables)] as const,
    })),
  )
  const good = fields.filter((field) => isFree(field) && isCategory(field))
  const possible: Dimension[] = [...named, ...fields.map(toDimension)]
  const guessedMeasures = fields.filter((field) => isFree(field) && isMeasure(field) && !good.includes(field))
  const numbers = fields.filter(({ values }) => values.length > 0 && values.every(isNumeric))
  const dimensions = choice?.categories ?? [...good.map(({ name }) => name), ...named.map(({ name }) => name)]
  const measures = choice?.measures ?? guessedMeasures.map(({ name }) => name)
  const limit = <T>(list: readonly T[], most: number): readonly T[] =>
    choice === null ? list.slice(0, most) : list
  const events: EventSource = {
    table: table.name,
    key: table.key,
    time: {
      from: [timeSource(time)],
      encoding: time.nanoseconds === null ? time.guess.encoding : 'milliseconds',
    },
    kind: findKind(good) ?? { always: table.name },
    outcome: outcome?.outcome ?? null,
    failedKinds: [],
    duration: duration && { from: [duration.from], toMilliseconds: duration.toMilliseconds },
    dimensions: limit(
      possible.filter(({ name }) => dimensions.includes(name)),
      mostCategories,
    ),
    measures: limit(
      numbers.filter(({ name }) => measures.includes(name)),
      mostMeasures,
    ).map(toMeasure),
  }
  return {
    format: {
      name: 'generic',
      title: table.name,
      proof: { [table.name]: table.columns.map(({ name }) => name) },
      events,
      sensitive: fields.filter(isSensitive).flatMap(({ source }) => sensitiveColumn(table.name, source)),
    },
    unitGuessed: duration !== null && !duration.unitSaid,
    categories: possible.map(({ name }) => name),
    measures: numbers.map(({ name }) => name),
  }
}

/** Other columns of time are neither categories nor measures; numbers that only look like times may be. */
const isSecond =
  (table: SampledTable) =>
  ({ column, guess }: TimeColumn): boolean =>
    guess.confidence === 'sure' && column !== table.integerKey

const isNumeric = (value: unknown): boolean => typeof value === 'bigint' || typeof value === 'number'
const toDimension = (field: Field): Dimension => {
  const { name, source } = field
  return isSensitive(field) ? { name, from: [source], sensitive: true } : { name, from: [source] }
}
const toMeasure = (field: Field): Measure => ({ name: field.name, from: [field.source], unit: unitOf(field) })

const sensitiveColumn = (table: string, source: Source): string[] => {
  const column = 'column' in source ? source.column : 'json' in source ? source.in : undefined
  return column === undefined ? [] : [`${table}.${column}`]
}

/** Tools write 0 or -1 where they have no time; read as a time it would be long before any of them existed. */
function timeSource({ column, guess: { encoding }, nanoseconds }: TimeColumn): Source {
  const name = `e.${quote(column)}`
  if (nanoseconds !== null)
    return {
      sql: `CASE WHEN ${name} > 0 THEN ${name} * 1000 + coalesce(e.${quote(nanoseconds)}, 0) / 1000000 END`,
    }
  const numeric = !['iso', 'compact', 'mail', 'month-first', 'day-first', 'uuid7', 'ulid'].includes(encoding)
  return numeric ? { sql: `CASE WHEN ${name} > 0 THEN ${name} END` } : { column }
}

const kindWords = [
  /^(event_type|event_name|event_kind)$/,
  /^(type|kind|event)$/,
  /_(type|kind)$/,
  /^(zstreamname|stream|category|action)$/,
  /^role$/,
]
const mostKinds = 30

function findKind(categories: readonly Field[]): Source | null {
  for (const words of kindWords) {
    const found = categories.find(({ word, values }) => words.test(word) && new Set(values).size <= mostKinds)
    if (found !== undefined) return found.source
  }
  return null
}
