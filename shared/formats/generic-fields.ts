// What a column, or a key of a JSON column, is good for: how the event ended, how long it took, a category to group
// by, a measure to add up. Decided by names and declared types first, and by the values that were looked at.
import { isRecord } from '../plain.ts'
import { quote } from '../viewer/sqlite.ts'
import type { Source, Unit } from './format.ts'
import type { SampledTable } from './generic-sample.ts'
import { wordsOf } from './generic-tables.ts'
import type { TimeEncoding } from './time.ts'

export interface Field {
  /** The column's name, and after a point the key in its JSON. */
  readonly name: string
  /** The last word of it, as words in lower case. */
  readonly word: string
  readonly declared: string
  readonly source: Source
  /** What was seen of it, without the rows that have none. */
  readonly values: readonly unknown[]
  /** Its share of all rows looked at. */
  readonly present: number
}

const mostKeys = 60
const deepestKey = 2

export function fieldsOf({ columns }: SampledTable): Field[] {
  return columns.flatMap((column) => {
    const objects = jsonObjects(column.values)
    const own = makeField(column.name, column.declared, { column: column.name }, column.values)
    return objects === null ? [own] : [own, ...jsonFields(column.name, objects)]
  })
}

const isPresent = (value: unknown): boolean => value !== null && value !== undefined && value !== ''

function makeField(name: string, declared: string, source: Source, all: readonly unknown[]): Field {
  const values = all.filter(isPresent)
  const word = wordsOf(name.slice(name.lastIndexOf('.') + 1))
  return { name, word, declared, source, values, present: values.length / Math.max(1, all.length) }
}

/** The objects of a column of JSON; null where it is something else. */
function jsonObjects(values: readonly unknown[]): Record<string, unknown>[] | null {
  const texts = values.filter((value) => typeof value === 'string')
  const begun = texts.filter((text) => text.trimStart().startsWith('{'))
  if (begun.length === 0 || begun.length < texts.length * 0.6) return null
  return begun.flatMap((text) => {
    try {
      const value: unknown = JSON.parse(text)
      return isRecord(value) ? [value] : []
    } catch {
      return []
    }
  })
}

function jsonFields(column: string, objects: readonly Record<string, unknown>[]): Field[] {
  const seen = new Map<string, { path: readonly string[]; values: unknown[] }>()
  const walk = (object: Record<string, unknown>, path: readonly string[]): void => {
    for (const [key, value] of Object.entries(object)) {
      const deeper = [...path, key]
      if (isRecord(value)) {
        if (deeper.length < deepestKey) walk(value, deeper)
        continue
      }
      const id = JSON.stringify(deeper)
      const found = seen.get(id)
      if (found !== undefined) found.values.push(value)
      else if (seen.size < mostKeys) seen.set(id, { path: deeper, values: [value] })
    }
  }
  for (const object of objects) walk(object, [])
  return [...seen.values()].map(({ path, values }) => {
    const missing = objects.length - values.length
    const all = missing > 0 ? [...values, ...Array.from({ length: missing }, () => null)] : values
    return makeField([column, ...path].join('.'), '', { json: path, in: column }, all)
  })
}

export const isWhole = (value: unknown): boolean =>
  typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value))
const isNumber = (value: unknown): boolean => typeof value === 'bigint' || typeof value === 'number'

const durationWords =
  /(^|_)(duration|elapsed|latency|runtime|run_time|took|time_taken|response_time|total_time|view_time|wall_time|processing_time)(_(ms|us|ns|s|sec|secs|seconds|millis|milliseconds|micros|min|minutes))?$/
const suffixes: readonly (readonly [RegExp, number])[] = [
  [/_(ms|millis|milliseconds)$/, 1],
  [/_(us|micros)$/, 1e-3],
  [/_ns$/, 1e-6],
  [/_(s|sec|secs|seconds)$/, 1000],
  [/_(min|minutes)$/, 60_000],
]
const ofTime: Readonly<Partial<Record<TimeEncoding, number>>> = {
  milliseconds: 1,
  microseconds: 1e-3,
  webkit: 1e-3,
  nanoseconds: 1e-6,
  'cocoa-nanoseconds': 1e-6,
}

export interface DurationGuess {
  readonly name: string
  readonly from: Source
  readonly toMilliseconds: number
  /** The unit is told by the name; else it is taken from the time's own. */
  readonly unitSaid: boolean
}

export function findDuration(
  fields: readonly Field[],
  time: string,
  encoding: TimeEncoding,
): DurationGuess | null {
  const field = fields.find(
    ({ word, values }) => durationWords.test(word) && values.length > 0 && values.every(isNumber),
  )
  if (field !== undefined) {
    const said = suffixes.find(([words]) => words.test(field.word))?.[1]
    const guessed = field.values.every(isWhole) ? (ofTime[encoding] ?? 1000) : 1000
    return {
      name: field.name,
      from: positive(field.source),
      toMilliseconds: said ?? guessed,
      unitSaid: said !== undefined,
    }
  }
  const perUnit = ofTime[encoding] ?? (['seconds', 'cocoa', 'gps'].includes(encoding) ? 1000 : null)
  const end = perUnit === null ? undefined : fields.find(({ name }) => isEndOf(name, time))
  if (perUnit === null || end === undefined || !end.values.every(isNumber)) return null
  const length = `e.${quote(end.name)} - e.${quote(time)}`
  const from = { sql: `CASE WHEN e.${quote(end.name)} >= e.${quote(time)} THEN ${length} END` }
  return { name: end.name, from, toMilliseconds: perUnit, unitSaid: true }
}

/** Tools write -1 where they don't know. */
const positive = (source: Source): Source =>
  'column' in source
    ? { sql: `CASE WHEN e.${quote(source.column)} >= 0 THEN e.${quote(source.column)} END` }
    : source

function isEndOf(name: string, time: string): boolean {
  const begun = /start|begin/i
  if (!begun.test(time) || name === time) return false
  return ['end', 'ended', 'finish', 'finished', 'stop', 'complete', 'completed'].some((word) => {
    const expected = time.replace(/started|start|begin/i, word).toLowerCase()
    return name.toLowerCase() === expected
  })
}

const categoryWords =
  /(^|_|z)(type|kind|name|event|status|state|model|provider|source|category|app|application|browser|os|platform|language|lang|country|method|host|hostname|version|role|action|level|tool|agent|target|module|project|editor|machine|entity|stream|streamname|transition|visit_type|reason|mode|shell|author|user|channel|voice|transport|currency|branch|operating_system|valuestring)$/
const notCategories =
  /(^|_)(uuid|guid|hash|checksum|token|secret|password|text|body|content|description|comment|message|prompt|response|data|json|payload|trace|stack|attributes)$/
/** Ids that people read: `modelID` says gpt-5. */
const namedIds = /(^|_)(model|provider|agent|tool|mode|app|bundle|channel|extension)_id$/
const identity =
  /(^|_)(id|ids|pk|opt|ent|uuid|guid|key|no|nr|offset|line|pid|parent|index|seq|from_visit|opener_visit)$/

export function isCategory(field: Field): boolean {
  const { word, values } = field
  if (values.length === 0 || notCategories.test(word)) return false
  if (identity.test(word) && !namedIds.test(word)) return false
  const distinct = new Set(values).size
  const named = categoryWords.test(word)
  if (values.every((value) => typeof value === 'string')) {
    const length = values.reduce((sum: number, value) => sum + value.length, 0) / values.length
    return length <= 60 && (named ? distinct <= 60 : distinct <= Math.min(30, values.length / 2))
  }
  if (values.every((value) => typeof value === 'boolean')) return true
  if (values.every(isWhole))
    return (
      distinct <= 20 &&
      (named || /^(is|has|was)_|_(flag|code)$/.test(word) || /^(exit|exit_code|exit_status)$/.test(word))
    )
  return false
}

const measureWords =
  /(^|_)(tokens?|cost|size|bytes?|count|amount|score|distance|price|length|quantity|lines|additions|deletions|value|temperature|power|energy|volume|size_bytes|insertions|satisfaction|rating|steps|retries|hits|total)s?$/
const realTypes = /real|float|double|decimal|numeric/i

export function isMeasure(field: Field): boolean {
  const { word, values, declared } = field
  if (values.length === 0 || !values.every(isNumber) || identity.test(word)) return false
  if (values.every((value) => Number(value) === 0)) return false // never filled
  if (measureWords.test(word) || /(^|_)tokens?(_|$)/.test(wordsOf(field.name))) return true
  return (
    realTypes.test(declared) || values.some((value) => typeof value === 'number' && !Number.isInteger(value))
  )
}

const unitWords: readonly (readonly [RegExp, Unit])[] = [
  [/tokens?/, 'tokens'],
  [/cost|price|usd|dollar/, 'dollars'],
  [/bytes?|(^|_)size$/, 'bytes'],
  [/count|lines|additions|deletions|steps|retries|hits/, 'count'],
]
export const unitOf = ({ name }: Field): Unit =>
  unitWords.find(([words]) => words.test(wordsOf(name)))?.[1] ?? 'number'

/** Text of any length, or names that say what they hold. */
export function isSensitive({ word, values }: Field): boolean {
  if (
    /command|path|cwd|dir|url|title|text|content|message|prompt|mail|user|host|ip|address|phone|name|query|project|branch|data/.test(
      word,
    )
  )
    return true
  return values.some((value) => typeof value === 'string' && value.length > 40)
}
