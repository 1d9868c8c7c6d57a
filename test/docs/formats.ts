// docs/formats.md, written from the format data: how each file is told, and where in it each part of an event lies.
import type { EventSource, Format, Source } from '../../shared/formats/format.ts'
import { formats } from '../../shared/formats/index.ts'
import { toolPlaces } from '../../shared/formats/places.ts'
import { sensitiveDimensions } from '../../shared/formats/sensitive.ts'
import { textTables } from '../../shared/formats/text-tables.ts'
import { formatWords } from '../../shared/words/en-formats.ts'
import { code, table } from './markdown.ts'

/** A stroke would end the cell of a table. */
const cell = (text: string): string => code(text.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|'))

function place(source: Source): string {
  if ('column' in source) return cell(source.column)
  if ('sql' in source) return cell(source.sql)
  const path = typeof source.json === 'string' ? source.json : source.json.join('.')
  return `${cell(path)} in ${source.in === undefined ? 'the JSON' : cell(source.in)}`
}

const places = (from: readonly Source[]): string => from.map(place).join(', else ')

function rowsOf(events: EventSource, hidden: ReadonlySet<string>): readonly (readonly string[])[] {
  const { time, kind, outcome, duration, dimensions, measures, tallies = [] } = events
  const { encodings } = formatWords
  const ended = events.loggedAt === 'end' ? '; the moment it ended' : ''
  return [
    ['time', places(time.from), `${encodings[time.encoding]}${ended}`],
    ['kind', 'always' in kind ? `always ${cell(kind.always)}` : place(kind), ''],
    ...(outcome === null ? [] : [['outcome', places(outcome.from), outcomeOf(outcome)]]),
    ...(duration === null ? [] : [['duration', places(duration.from), unitOf(duration.toMilliseconds)]]),
    ...dimensions.map(({ name, from }) => [
      `by ${name}`,
      places(from),
      hidden.has(name) ? 'under the privacy veil' : '',
    ]),
    ...measures.map(({ name, from, unit }) => [`sum of ${name}`, places(from), unit]),
    ...tallies.map(({ name, from }) => [`counts of ${name}`, places(from), 'several words an event']),
  ]
}

const outcomeOf = (outcome: NonNullable<EventSource['outcome']>): string =>
  'failed' in outcome
    ? `failed: ${outcome.failed.map((value) => cell(String(value))).join(', ')}`
    : `succeeded: ${outcome.succeeded.map((value) => cell(String(value))).join(', ')}; any other failed`

const units: ReadonlyMap<number, string> = new Map([
  [1, 'milliseconds'],
  [1000, 'seconds'],
  [1e-3, 'microseconds'],
  [1e-6, 'nanoseconds'],
])
function unitOf(toMilliseconds: number): string {
  const unit = units.get(toMilliseconds)
  if (unit === undefined) throw new Error(`no word for a unit of ${toMilliseconds} ms`)
  return unit
}

function eventsOf(events: EventSource, hidden: ReadonlySet<string>): string {
  const where = events.where === undefined ? '' : `, where ${code(events.where)}`
  return `Events are the rows of ${code(events.table)}${where}.

${table(['of an event', 'lies in', ''], rowsOf(events, hidden))}`
}

function section(format: Format): string {
  const { name, title, proof, events, also, related = [], contents = {}, sensitive } = format
  const hidden = sensitiveDimensions(format)
  const isText = Object.keys(textTables).includes(events.table)
  const told = Object.entries(proof).map(
    ([from, columns]) => `- ${code(from)} with ${columns.map(code).join(', ')}`,
  )
  const belongs = related.map(({ name: what, table: from }) => `${what} (${code(from)})`)
  return [
    `## ${title}: ${code(name)}${isText ? ', as text' : ''}`,
    isText
      ? 'A file of JSON records is told by what stands in them, and read into a table of its own, a row for each record.'
      : `It is told by its tables and columns:\n\n${told.join('\n')}`,
    eventsOf(events, hidden),
    also === undefined ? '' : eventsOf(also, hidden),
    belongs.length === 0 ? '' : `Beside an event stand its ${belongs.join(', ')}.`,
    Object.keys(contents).length === 0
      ? ''
      : `What events say stands in ${Object.keys(contents).map(code).join(', ')}, too, and goes with the last one that points at it.`,
    sensitive.length === 0 ? '' : `Under the privacy veil: ${sensitive.map(code).join(', ')}.`,
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

export const formatsPage = (): string => `# Files it knows

Written by \`npm run docs\` from the format data in \`shared/formats/\`; a test fails when it is stale. A file is known by the
tables and columns that it has, never by its name; the first of these formats that fits is taken. In expressions the event's
own row is \`e\`. To add one, see [Write a format in 20 minutes](write-a-format.md).

Any other SQLite file is read by a guess: which table holds events, which column their time, what else can be counted.
\`sightglass recognise FILE\`, and the Overview, say what it was taken for and how sure that is, and take a correction, which
is remembered for all files with the same tables.

## Where they are looked for

${table(
  ['tool', 'below the home folder'],
  toolPlaces.map(({ tool, path }) => [tool, code(path.join('/'))]),
)}

${formats.map(section).join('\n\n')}
`
