// docs/data-dictionary.md, written from the one list of fields: what it says is what the sanitizer lets through.
import { other, reportFields, rowFields } from '../../shared/sharing/fields.ts'
import type { Field, FieldType } from '../../shared/sharing/fields.ts'
import { sharedFormats } from '../../shared/sharing/lists/index.ts'
import { code, table as tableOf } from './markdown.ts'

function values(type: FieldType): string {
  if (type.kind === 'day') return 'a day in UTC'
  if (type.kind === 'version') return 'major.minor of this program'
  if (type.kind === 'ranges') return `a range: ${type.ranges.map(({ word }) => code(word)).join(', ')}`
  const own = sharedFormats.map((format) => type.list(format)).filter((list) => list !== null)
  const isSame =
    new Set(own.map(({ words }) => words.join())).size === 1 && own.length === sharedFormats.length
  const [first] = own
  if (!isSame || first === undefined)
    return `a word of its format's list, below${type.other ? `, or ${code(other)}` : ''}`
  return [...first.words, ...(type.other ? [other] : [])].map(code).join(', ')
}

const table = (fields: readonly Field[]): string =>
  tableOf(
    ['field', 'from level', 'always there', 'values', 'why', 'example'],
    fields.map(({ name, level, type, required, reason, example }) => [
      code(name),
      level,
      required ? 'yes' : 'where there is one',
      values(type),
      reason,
      code(example),
    ]),
  )

function words(format: (typeof sharedFormats)[number]): string {
  const fields: readonly Field[] = [...reportFields, ...rowFields]
  const lists = fields.flatMap(({ name, type }) => {
    const list = type.kind === 'words' && values(type).startsWith('a word of') ? type.list(format) : null
    if (list === null) return []
    const all = [...list.words].sort().map(code).join(', ')
    return [`- ${code(name)} (${list.source}): ${all === '' ? 'none' : all}`]
  })
  return [`### ${format}`, '', ...lists].join('\n')
}

export const dictionary = (): string => `# Data dictionary

Everything that can leave this machine while sharing is on, and nothing else: the sanitizer, the server and this page read
one list, \`shared/sharing/fields.ts\`. This page is written from it by \`npm run docs\`, and a test fails when it is stale.

A report is about one format and one UTC day. No value is free text: each is a word of a closed list, a range, a day or this
program's own version. Whatever isn't on a list leaves as \`${other}\`.

## Said once in each report

${table(reportFields)}

## Said in each row

A row is about one kind of event, or about one value of one dimension.

${table(rowFields)}

## The words of each format

${sharedFormats.map(words).join('\n\n')}

## Besides the fields

Each batch carries a random id of its own, an anonymous id (random; of detailed reports another every 28 days, on the same days
for everybody, and when sharing is switched on again; of basic reports another each time), and the hash of the batch's deletion secret.
`
