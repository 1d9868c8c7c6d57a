// How an event of an unknown program ended: a column that says success, failure, an exit code, a status or an error.
import { quote } from '../viewer/sqlite.ts'
import type { Outcome } from './format.ts'
import { isWhole } from './generic-fields.ts'
import type { Field } from './generic-fields.ts'

const good =
  /^(ok|okay|success|succeeded|successful|passed|pass|done|complete|completed|finished|info|debug|trace|notice|warn|warning|running|pending|200)$/i
const bad = [
  'error',
  'errored',
  'err',
  'fail',
  'failed',
  'failure',
  'timeout',
  'timed_out',
  'timedout',
  'aborted',
  'crashed',
  'crash',
  'exception',
  'fatal',
  'critical',
  'panic',
  'rejected',
  'denied',
  'stuck',
  'killed',
  'broken',
]
const badWords = new Set(bad)
const cases = (word: string): string[] => [
  word,
  word.toUpperCase(),
  `${word.charAt(0).toUpperCase()}${word.slice(1)}`,
]

const isBoolean = (value: unknown): boolean =>
  typeof value === 'boolean' ||
  value === 0n ||
  value === 1n ||
  value === 0 ||
  value === 1 ||
  value === 'true' ||
  value === 'false'

interface OutcomeRule {
  readonly words: RegExp
  readonly fits: (values: readonly unknown[]) => boolean
  readonly make: (field: Field) => Outcome | null
}

const outcomeRules: readonly OutcomeRule[] = [
  {
    words: /(^|_)(success|succeeded|successful|passed|is_ok|ok)$/,
    fits: (values) => values.every(isBoolean),
    make: ({ source }) => ({ from: [source], failed: [0, false, 'false'] }),
  },
  {
    words: /(^|_)(failed|failure|is_error|has_error|errored|crashed)$/,
    fits: (values) => values.every(isBoolean),
    make: ({ source }) => ({ from: [source], failed: [1, true, 'true'] }),
  },
  {
    words: /(^|_)(exit|exit_code|exit_status|return_code|returncode|rc|retval)$/,
    fits: (values) => values.every(isWhole),
    make: ({ source }) => ({ from: [source], succeeded: [0] }),
  },
  {
    words: /(^|_)(http_status|status|status_code|response_code)$/,
    fits: (values) => values.every((value) => isWhole(value) && Number(value) >= 100 && Number(value) < 600),
    make: ({ source }) =>
      'column' in source ? { from: [{ sql: `(e.${quote(source.column)} >= 400)` }], failed: [1] } : null,
  },
  {
    words: /(^|_)(status|state|outcome|result|exit_reason|level|severity)$/,
    fits: (values) => {
      const words = [...new Set(values)]
      const known = words.filter(
        (word) => typeof word === 'string' && (good.test(word) || badWords.has(word.toLowerCase())),
      )
      return values.every((value) => typeof value === 'string') && known.length >= words.length * 0.6
    },
    make: ({ source }) => ({ from: [source], failed: bad.flatMap(cases) }),
  },
  {
    words: /(^|_)(error|error_message|exception)$/,
    fits: (values) => values.every((value) => typeof value === 'string'),
    make: ({ source, present }) =>
      'column' in source && present < 0.9
        ? { from: [{ sql: `(coalesce(e.${quote(source.column)}, '') <> '')` }], failed: [1] }
        : null,
  },
]

export function findOutcome(
  fields: readonly Field[],
): { readonly field: Field; readonly outcome: Outcome } | null {
  for (const { words, fits, make } of outcomeRules) {
    for (const field of fields) {
      if (!words.test(field.word) || field.values.length === 0 || !fits(field.values)) continue
      const outcome = make(field)
      if (outcome !== null) return { field, outcome }
    }
  }
  return null
}
