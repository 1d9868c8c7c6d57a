// The shape of a daily report, made from the list of fields: the sanitizer holds its own work against it, and the
// server takes in nothing else. It is a door: what comes through has exactly the fields and words of the list.
import * as v from 'valibot'
import { Day } from '../ids.ts'
import { isRecord } from '../plain.ts'
import { reportFields, rowFields, subjects, versionPattern, wordsOf } from './fields.ts'
import type { Field, FieldType, ReportFieldName, RowFieldName, Subject } from './fields.ts'
import { isPlainlyRight } from './glance.ts'
import { isSharedFormat, sharedFormats } from './lists/index.ts'
import type { SharedFormat } from './lists/index.ts'

export type Row = Readonly<Partial<Record<RowFieldName, string>>>
export type Report = Readonly<Record<ReportFieldName, string>> & { readonly rows: readonly Row[] }

type Text = v.GenericSchema<unknown, string>

const Version = v.pipe(v.string(), v.regex(versionPattern))

/** Null where the format has no such field. */
function textOf(type: FieldType, format: SharedFormat): Text | null {
  if (type.kind === 'day') return Day
  if (type.kind === 'version') return Version
  const words = wordsOf(type, format)
  return words && v.picklist(words)
}

function entriesOf(fields: readonly Field[], format: SharedFormat): Record<string, Text> {
  const entries: Record<string, Text> = {}
  for (const { name, type, required } of fields) {
    const text = textOf(type, format)
    if (text !== null) entries[name] = required ? text : v.exactOptional(text)
  }
  return entries
}

const subjectsOf = (row: object): Subject[] => subjects.filter(({ name }) => Object.hasOwn(row, name))

function shapeOf(format: SharedFormat): v.GenericSchema<unknown, Report> {
  const row = v.pipe(
    v.strictObject(entriesOf(rowFields, format)),
    v.check((found) => subjectsOf(found).length === 1, 'is not about exactly one thing'),
  )
  const report = v.strictObject({
    ...entriesOf(reportFields, format),
    rows: v.pipe(v.array(row), v.minLength(1)),
  }) as unknown as v.GenericSchema<unknown, Report> // a door: the entries are the list's own fields
  return v.pipe(
    report,
    v.check(saysNothingTwice, 'says one thing twice'),
    v.check(keepsItsLevel, 'holds what its level keeps back'),
  )
}

function saysNothingTwice({ rows }: Report): boolean {
  const said = new Set<string>()
  let all = 0
  for (const row of rows)
    for (const { name } of subjects)
      if (row[name] !== undefined) {
        said.add(`${name} ${row[name]}`)
        all++
      }
  return said.size === all
}

function keepsItsLevel({ level, rows }: Report): boolean {
  return (
    level === 'detailed' ||
    rows.every((row) => rowFields.every((field) => field.level === 'basic' || row[field.name] === undefined))
  )
}

const shapes = new Map(sharedFormats.map((format) => [format, shapeOf(format)]))
const noFormat = v.never('is about a format that is not shared')

/** For what was seen to be right at a glance. */
const right = v.custom<Report>(() => true)

/** One report, of whichever format it says it is about. */
export const ReportShape: v.GenericSchema<unknown, Report> = v.lazy((found) => {
  if (!isRecord(found)) return noFormat
  const { format } = found
  if (typeof format !== 'string' || !isSharedFormat(format)) return noFormat
  return isPlainlyRight(found, format) ? right : (shapes.get(format) ?? noFormat)
})
