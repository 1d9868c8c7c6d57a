// The one list of everything that can leave the machine. The sanitizer, the server's validation, the consent
// screen and the data dictionary all read it: a field that isn't here can neither be sent nor be taken in.
// A value is a word from a closed list, a range, a day, or this program's own version; there is no free text.
import * as v from 'valibot'
import { fieldReasons } from '../words/en-fields.ts'
import type { Level } from './consent.ts'
import { lists, sharedFormats } from './lists/index.ts'
import type { SharedFormat } from './lists/index.ts'
import type { FormatLists, List } from './lists/list.ts'
import { counts, durations, errorRates } from './ranges.ts'
import type { Range } from './ranges.ts'

export type FieldType =
  /** `other` stands for every word that is not in the list, where `other` is allowed. */
  | {
      readonly kind: 'words'
      /** Null where a format has no such field. */
      readonly list: (format: SharedFormat) => List | null
      readonly other: boolean
    }
  | { readonly kind: 'ranges'; readonly ranges: readonly Range[] }
  | { readonly kind: 'day' }
  | { readonly kind: 'version' }

/** Of this program's own version, major and minor. */
export const versionPattern = /^\d{1,3}\.\d{1,3}$/

/** The words that may stand there; null where the format has no such field. */
export function wordsOf(
  type: Extract<FieldType, { kind: 'words' | 'ranges' }>,
  format: SharedFormat,
): readonly string[] | null {
  if (type.kind === 'ranges') return type.ranges.map(({ word }) => word)
  const list = type.list(format)
  return list && (type.other ? [...list.words, other] : list.words)
}

export interface Field {
  /** As it stands in the bytes. */
  readonly name: string
  /** The least level at which it leaves. */
  readonly level: Level
  readonly type: FieldType
  readonly required: boolean
  readonly reason: string
  readonly example: string
  /** For a value of a dimension: the dimension's name in the format's own file. */
  readonly dimension?: string
}

export const other = 'other'
export const unknown = 'unknown'

const fixed = (words: readonly string[], source: string, orOther = false): FieldType => ({
  kind: 'words',
  list: () => ({ words, source }),
  other: orOther,
})
const fromFormat = (list: (lists: FormatLists) => List | null): FieldType => ({
  kind: 'words',
  list: (format) => list(lists[format]),
  other: true,
})
const dimension = <const Name extends keyof typeof fieldReasons>(
  name: Name,
  from: string,
  example: string,
) => ({
  name,
  level: 'detailed' as const,
  type: fromFormat((format) => format.dimensions[from] ?? null),
  required: false,
  reason: fieldReasons[name],
  example,
  dimension: from,
})

/** Said once in each report. */
export const reportFields = [
  {
    name: 'format',
    level: 'basic',
    type: fixed(sharedFormats, 'the formats this program can share'),
    required: true,
    reason: fieldReasons.format,
    example: 'smart-agents',
  },
  {
    name: 'day',
    level: 'basic',
    type: { kind: 'day' },
    required: true,
    reason: fieldReasons.day,
    example: '2026-11-20',
  },
  {
    name: 'level',
    level: 'basic',
    type: fixed(['basic', 'detailed'], 'the two levels of sharing'),
    required: true,
    reason: fieldReasons.level,
    example: 'basic',
  },
  {
    name: 'tool_version',
    level: 'detailed',
    type: fromFormat(({ versions }) => ({ ...versions, words: [...versions.words, unknown] })),
    required: true,
    reason: fieldReasons.tool_version,
    example: '2.0',
  },
  {
    name: 'os',
    level: 'detailed',
    type: fixed(['linux', 'macos', 'windows'], 'the systems this program runs on', true),
    required: true,
    reason: fieldReasons.os,
    example: 'linux',
  },
  {
    name: 'program',
    level: 'basic',
    type: { kind: 'version' },
    required: true,
    reason: fieldReasons.program,
    example: '0.1',
  },
] as const satisfies readonly Field[]

/** Said in each row of a report. A row is about a kind of event, or about one value of one dimension. */
export const rowFields = [
  {
    name: 'kind',
    level: 'basic',
    type: fromFormat(({ kinds }) => kinds),
    required: false,
    reason: fieldReasons.kind,
    example: 'agent_execution',
  },
  dimension('agent', 'agent', 'debugger'),
  dimension('skill', 'skill', 'code-review'),
  dimension('tool', 'tool', 'grep'),
  dimension('provider', 'provider', 'anthropic'),
  dimension('model_family', 'model', 'claude-sonnet'),
  dimension('error_type', 'error type', 'TimeoutError'),
  dimension('task', 'task', 'bug_fix'),
  dimension('exit_reason', 'exit reason', 'timeout'),
  dimension('command_category', 'command category', 'build'),
  dimension('project_type', 'project type', 'python'),
  {
    name: 'count',
    level: 'basic',
    type: { kind: 'ranges', ranges: counts },
    required: true,
    reason: fieldReasons.count,
    example: '20-49',
  },
  {
    name: 'error_rate',
    level: 'basic',
    type: { kind: 'ranges', ranges: errorRates },
    required: false,
    reason: fieldReasons.error_rate,
    example: '5-10%',
  },
  {
    name: 'median',
    level: 'basic',
    type: { kind: 'ranges', ranges: durations },
    required: false,
    reason: fieldReasons.median,
    example: '1-2 s',
  },
  {
    name: 'p95',
    level: 'basic',
    type: { kind: 'ranges', ranges: durations },
    required: false,
    reason: fieldReasons.p95,
    example: '5-10 s',
  },
] as const satisfies readonly Field[]

export type ReportFieldName = (typeof reportFields)[number]['name']
export type RowFieldName = (typeof rowFields)[number]['name']

/** What a row can be about: its kind, or a dimension. Plain data, for figures travel between processes. */
export interface Subject {
  readonly name: RowFieldName
  readonly level: Level
  /** The dimension in the format's own file; null for the kind. */
  readonly dimension: string | null
}
export const subjects: readonly Subject[] = rowFields.flatMap<Subject>((field) => {
  const { name, level } = field
  if (name === 'kind') return [{ name, level, dimension: null }]
  return 'dimension' in field ? [{ name, level, dimension: field.dimension }] : []
})

/** Not exported: closedWord alone makes one. */
const ClosedWord = v.pipe(v.string(), v.brand('ClosedWord'))
export type ClosedWord = v.InferOutput<typeof ClosedWord>

/** The word, or what is taken of it, where the list has it; else `other`. */
export function closedWord(list: List, word: string): ClosedWord {
  const plain = list.simplify?.(word) ?? word
  return v.parse(ClosedWord, list.words.includes(plain) ? plain : other)
}

/** The words that a row about this subject may hold; null where the format has no such subject. */
export function subjectList(format: SharedFormat, subject: Subject): List | null {
  return subject.dimension === null ? lists[format].kinds : (dimensionsOf(format)[subject.dimension] ?? null)
}

const dimensionsOf = (format: SharedFormat): FormatLists['dimensions'] => lists[format].dimensions
