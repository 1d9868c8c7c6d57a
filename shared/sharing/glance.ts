// A report at a glance, for a server that takes in a hundred at a time: true only where it has exactly the fields and
// words of the list, in the list's order. What isn't seen to be right at once goes the careful way, through the shape,
// which has the last word and says what is wrong.
import * as v from 'valibot'
import { Day } from '../ids.ts'
import { isRecord } from '../plain.ts'
import { reportFields, rowFields, subjects, versionPattern, wordsOf } from './fields.ts'
import type { Field, FieldType } from './fields.ts'
import { sharedFormats } from './lists/index.ts'
import type { SharedFormat } from './lists/index.ts'

interface Allowed {
  readonly name: string
  readonly required: boolean
  readonly isBasic: boolean
  readonly takes: (word: string) => boolean
}

/** Null where the format has no such field. */
function takerOf(type: FieldType, format: SharedFormat): Allowed['takes'] | null {
  if (type.kind === 'day') return (word) => v.is(Day, word)
  if (type.kind === 'version') return (word) => versionPattern.test(word)
  const told = wordsOf(type, format)
  const words = told && new Set(told)
  return words && ((word) => words.has(word))
}

function allowedOf(fields: readonly Field[], format: SharedFormat): Allowed[] {
  return fields.flatMap(({ name, type, required, level }) => {
    const takes = takerOf(type, format)
    return takes === null ? [] : [{ name, required, isBasic: level === 'basic', takes }]
  })
}

const allowed = new Map(
  sharedFormats.map((format) => {
    const row = allowedOf(rowFields, format)
    const basicRow = row.filter(({ isBasic }) => isBasic)
    return [format, { report: allowedOf(reportFields, format), row, basicRow }]
  }),
)
const subjectNames: ReadonlySet<string> = new Set(subjects.map(({ name }) => name))

export function isPlainlyRight(report: Found, format: SharedFormat): boolean {
  const fields = allowed.get(format)
  const { rows, level } = report
  if (fields === undefined || !Array.isArray(rows) || rows.length === 0) return false
  const names = Object.keys(report)
  if (names.pop() !== 'rows' || !followsList(report, names, fields.report)) return false
  const ofRow = level === 'basic' ? fields.basicRow : fields.row
  const said = new Set<string>()
  for (const row of rows) {
    if (!isRecord(row)) return false
    const own = Object.keys(row)
    if (!followsList(row, own, ofRow)) return false
    const about = own.filter((name) => subjectNames.has(name))
    if (about.length !== 1) return false
    said.add(`${about[0] ?? ''} ${String(row[about[0] ?? ''])}`)
  }
  return said.size === rows.length
}

type Found = Readonly<Record<string, unknown>>

/** The names are some of the list's, in its order, with none missing that is required, and each has a word of its own. */
function followsList(found: Found, names: readonly string[], fields: readonly Allowed[]): boolean {
  let at = 0
  for (const { name, required, takes } of fields) {
    if (names[at] !== name) {
      if (required) return false
      continue
    }
    const word = found[name]
    if (typeof word !== 'string' || !takes(word)) return false
    at++
  }
  return at === names.length
}
