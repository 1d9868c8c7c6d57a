// Files of programs that no format of ours knows. The best table and the best time in it are guessed, and what its
// columns are good for; the guess says how sure it is and why, and what else it could be. A person's correction is
// plain data that is remembered by the schema, so that it fits every file of the same program.
import * as v from 'valibot'
import type { Result } from '../result.ts'
import { fail, ok } from '../result.ts'
import type { Cell, Schema, Sqlite } from '../viewer/sqlite.ts'
import type { Format } from './format.ts'
import { makeFormat } from './generic-format.ts'
import { pointedAt } from './generic-lookups.ts'
import { sampleTables } from './generic-sample.ts'
import type { SampledTable } from './generic-sample.ts'
import { rankTables } from './generic-tables.ts'
import type { TableGuess, TimeColumn } from './generic-tables.ts'
import type { Confidence } from './guess-time.ts'
import { timeDecoders, timeEncodings } from './time.ts'
import type { TimeEncoding } from './time.ts'

/** What a person chose instead of the guess. Names are those that Recognition offers. */
export const Choice = v.strictObject({
  table: v.string(),
  time: v.string(),
  encoding: v.picklist(timeEncodings),
  /** Null leaves them to the guess. */
  categories: v.nullable(v.array(v.string())),
  measures: v.nullable(v.array(v.string())),
})
export type Choice = v.InferOutput<typeof Choice>

export type Reason =
  | { readonly kind: 'only-table' }
  | { readonly kind: 'best-table' }
  | { readonly kind: 'close-tables'; readonly other: string }
  | { readonly kind: 'time-fits' }
  | { readonly kind: 'time-unnamed' }
  | { readonly kind: 'time-ambiguous'; readonly others: readonly TimeEncoding[] }
  | { readonly kind: 'time-mixed' }
  | { readonly kind: 'time-without-zone' }
  | { readonly kind: 'duration-unit-guessed' }
  | { readonly kind: 'chosen' }

export interface TimeOffer {
  readonly column: string
  readonly encoding: TimeEncoding
  readonly confidence: Confidence
  readonly others: readonly TimeEncoding[]
  /** The earliest and the latest value as they stand there, to see what another encoding makes of them. */
  readonly ends: readonly (string | number)[]
}

export interface TableOffer {
  readonly table: string
  readonly rows: number
  readonly times: readonly TimeOffer[]
}

export interface Recognition {
  readonly confidence: Confidence
  readonly reasons: readonly Reason[]
  /** What the format was made of; a person's correction begins with it. */
  readonly choice: Choice
  readonly alternatives: {
    readonly tables: readonly TableOffer[]
    readonly categories: readonly string[]
    readonly measures: readonly string[]
  }
}

export interface Recognised {
  readonly format: Format
  /** Null for a format that is known. */
  readonly recognition: Recognition | null
}

const mostOffers = 12
const clearMargin = 1
const someMargin = 0.3

export function recogniseGeneric(
  db: Sqlite,
  schema: Schema,
  path: string,
  choice: Choice | null,
): Result<Recognised> {
  const sampled = sampleTables(db, schema, path)
  if (!sampled.ok) return sampled
  const ranked = rankTables(sampled.value, pointedAt(sampled.value))
  const chosen = choice === null ? null : findChosen(sampled.value, ranked, choice)
  const best = chosen ?? ranked[0]
  if (best === undefined) return fail({ kind: 'file-unknown', path, tables: schema.map(({ name }) => name) })
  const made = makeFormat(db, best, sampled.value, chosen === null ? null : choice)
  const judged = chosen === null ? judge(best, ranked, made.unitGuessed) : chosenByPerson
  const choiceMade: Choice = {
    table: best.table.name,
    time: best.times[0].column,
    encoding: best.times[0].guess.encoding,
    categories: made.format.events.dimensions.map(({ name }) => name),
    measures: made.format.events.measures.map(({ name }) => name),
  }
  const alternatives = {
    tables: ranked.slice(0, mostOffers).map(offerOf),
    categories: made.categories,
    measures: made.measures,
  }
  return ok({ format: made.format, recognition: { ...judged, choice: choiceMade, alternatives } })
}

const chosenByPerson = { confidence: 'sure', reasons: [{ kind: 'chosen' }] } as const

/** Null where the schema no longer has what was chosen: then the guess stands. */
function findChosen(
  tables: readonly SampledTable[],
  ranked: readonly TableGuess[],
  choice: Choice,
): TableGuess | null {
  const table = tables.find(({ name }) => name === choice.table)
  if (table === undefined || !table.columns.some(({ name }) => name === choice.time)) return null
  const times = ranked.find((guess) => guess.table === table)?.times ?? []
  const known = times.find(
    ({ column, guess }) => column === choice.time && guess.encoding === choice.encoding,
  )
  const made: TimeColumn = known ?? {
    column: choice.time,
    guess: {
      encoding: choice.encoding,
      confidence: 'sure',
      fit: 1,
      others: [],
      withoutZone: false,
      first: NaN,
      last: NaN,
    },
    score: 0,
    nanoseconds: null,
  }
  return { table, times: [made, ...times.filter((time) => time !== known)], score: 0 }
}

const offerOf = ({ table, times }: TableGuess): TableOffer => ({
  table: table.name,
  rows: table.rows,
  times: times.slice(0, mostOffers).map(({ column, guess: { encoding, confidence, others } }) => ({
    column,
    encoding,
    confidence,
    others,
    ends: endsOf(table.columns.find(({ name }) => name === column)?.values ?? [], encoding),
  })),
})

function endsOf(values: readonly Cell[], encoding: TimeEncoding): (string | number)[] {
  const moments = values
    .map((value) => ({ value, time: timeDecoders[encoding](value) }))
    .filter(({ time }) => !Number.isNaN(time))
    .sort((a, b) => a.time - b.time)
  return [moments[0], moments.at(-1)].flatMap((moment) => {
    const value = moment?.value
    if (typeof value === 'bigint') return [Number(value)] // near enough to be shown as a day
    return typeof value === 'string' || typeof value === 'number' ? [value] : []
  })
}

function judge(
  { times: [time], score }: TableGuess,
  ranked: readonly TableGuess[],
  unitGuessed: boolean,
): Pick<Recognition, 'confidence' | 'reasons'> {
  const { guess } = time
  const second = ranked[1]
  const margin = second === undefined ? Infinity : score - second.score
  const reasons: Reason[] = [
    second === undefined
      ? { kind: 'only-table' }
      : margin >= clearMargin
        ? { kind: 'best-table' }
        : { kind: 'close-tables', other: second.table.name },
    guess.encoding === 'mixed'
      ? { kind: 'time-mixed' }
      : guess.others.length > 0
        ? { kind: 'time-ambiguous', others: guess.others }
        : guess.confidence === 'sure'
          ? { kind: 'time-fits' }
          : { kind: 'time-unnamed' },
  ]
  if (guess.withoutZone) reasons.push({ kind: 'time-without-zone' })
  if (unitGuessed) reasons.push({ kind: 'duration-unit-guessed' })
  const ofTable: Confidence = margin >= clearMargin ? 'sure' : margin >= someMargin ? 'likely' : 'unsure'
  return { confidence: lesser(ofTable, guess.confidence), reasons }
}

const order: readonly Confidence[] = ['unsure', 'likely', 'sure']
const lesser = (a: Confidence, b: Confidence): Confidence => (order.indexOf(a) < order.indexOf(b) ? a : b)

/** A text that is the same for all files of one program: the names of its tables and columns. */
export function schemaKey(schema: Schema): string {
  const names = schema
    .filter(({ kind }) => kind === 'table')
    .map(({ name, columns }) => JSON.stringify([name, [...columns].sort()]))
    .sort()
    .join('\n')
  // FNV-1a, twice with different beginnings: 64 bits, enough to tell the schemas of one person's files apart
  const hash = (start: number): number => {
    let value = start
    for (let i = 0; i < names.length; i++) value = Math.imul(value ^ names.charCodeAt(i), 0x01000193)
    return value >>> 0
  }
  const half = (value: number): string => value.toString(16).padStart(8, '0')
  return half(hash(0x811c9dc5)) + half(hash(0x2f0b4a17))
}
