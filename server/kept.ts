// What is kept of what foreign clients send: values of a few plain kinds, each by a rule. A rule gives what is kept of
// a value, or nothing; what no rule names is not kept. What was left away is counted, never quoted.
import { isRecord } from '../shared/plain.ts'

export type Kept = string | number | boolean | readonly Kept[] | { readonly [name: string]: Kept }
export type Rule = (value: unknown) => Kept | undefined
export type Rules = Readonly<Record<string, Rule>>

export interface Picked {
  readonly kept: Readonly<Record<string, Kept>>
  /** How many single values were left away. */
  readonly dropped: number
}

export function pick(sent: Readonly<Record<string, unknown>>, rules: Rules): Picked {
  const kept = picked(sent, rules)
  return { kept, dropped: Math.max(0, leaves(sent) - leaves(kept)) }
}

function picked(sent: Readonly<Record<string, unknown>>, rules: Rules): Record<string, Kept> {
  const kept: Record<string, Kept> = {}
  for (const [name, rule] of Object.entries(rules)) {
    const value = Object.hasOwn(sent, name) ? rule(sent[name]) : undefined
    if (value !== undefined) kept[name] = value
  }
  return kept
}

function leaves(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + leaves(one), 0)
  if (isRecord(value)) return Object.values(value).reduce((sum: number, one) => sum + leaves(one), 0)
  return 1
}

/** Stands for a word that doesn't look like one. */
const other = 'other'
const wordShape = /^\p{L}[\p{L}\d_.+-]*$/u
const mostDigits = 4

/**
 * A name out of a program's own vocabulary, such as `code-reviewer`. Digits tell it from what it must not be: keys,
 * addresses, telephone numbers, and paths by their strokes.
 */
export const word: Rule = (value) => {
  if (typeof value !== 'string' || value === '') return undefined
  const looksLikeOne = value.length <= 48 && wordShape.test(value)
  return looksLikeOne && value.replaceAll(/\D/g, '').length <= mostDigits ? value : other
}

export const oneOf =
  (words: readonly string[]): Rule =>
  (value) =>
    typeof value === 'string' && words.includes(value) ? value : undefined

/** With two dots at most: what has three is as well an address. */
export const version: Rule = (value) =>
  typeof value === 'string' && /^v?\d{1,4}(\.\d{1,4}){0,2}([-+][a-z]{1,8}\.?\d{0,4})?$/i.test(value)
    ? value
    : undefined

export const amount: Rule = (value) =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined
export const truth: Rule = (value) => (typeof value === 'boolean' ? value : undefined)

/** In a form that says when, and nothing else. */
export const moment: Rule = (value) => {
  const time = timeOf(value)
  return time === null ? undefined : new Date(time).toISOString()
}

export const group =
  (rules: Rules): Rule =>
  (value) =>
    isRecord(value) ? picked(value, rules) : undefined

const mostEntries = 64

export const several =
  (rule: Rule): Rule =>
  (value) =>
    Array.isArray(value) ? value.slice(0, mostEntries).flatMap((one) => rule(one) ?? []) : undefined

/** How often each word: `{"openai": 3}`. */
export const tally =
  (rule: Rule): Rule =>
  (value) => {
    if (!isRecord(value)) return undefined
    const sums = new Map<string, number>()
    for (const [name, n] of Object.entries(value).slice(0, mostEntries)) {
      const kept = rule(name)
      if (typeof kept === 'string' && typeof n === 'number' && n >= 0)
        sums.set(kept, (sums.get(kept) ?? 0) + n)
    }
    return Object.fromEntries(sums)
  }

/** What its documentation calls a text, for a team's own server that asked for it. */
export const text =
  (longest: number): Rule =>
  (value) =>
    typeof value === 'string' ? value.slice(0, longest) : undefined

const systems = new Map([
  ['linux', 'linux'],
  ['darwin', 'macos'],
  ['macos', 'macos'],
  ['mac os x', 'macos'],
  ['win32', 'windows'],
  ['windows', 'windows'],
])

/** The family of an operating system, by whichever of its names. */
export const osOf = (value: unknown): string | null =>
  typeof value === 'string' ? (systems.get(value.toLowerCase()) ?? other) : null
export const system: Rule = (value) => osOf(value) ?? undefined

/** Of a version that was kept, for the column by which versions are compared. */
export function versionOf(value: unknown): string | null {
  const kept = version(value)
  return typeof kept === 'string' ? kept : null
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** An id that says nothing: a UUID. Any other may be a name or an address, and is not kept. */
export const anonymousIdOf = (value: unknown): string | null =>
  typeof value === 'string' && uuid.test(value) ? value.toLowerCase() : null

/** Milliseconds since 1970, of a text in ISO 8601 or of seconds since then. */
export function timeOf(value: unknown): number | null {
  const time =
    typeof value === 'string' && /^\d{4}-\d\d/.test(value)
      ? Date.parse(value)
      : typeof value === 'number'
        ? value * 1000
        : NaN
  return time >= 0 && time < 8e12 ? Math.floor(time) : null
}
