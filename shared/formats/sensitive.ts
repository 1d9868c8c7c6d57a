// Which dimensions show what a person wouldn't show a stranger: those that are marked so, and those that are taken
// from a column that is. A key of a JSON column that is sensitive as a whole is not: formats make dimensions of what
// a tool fills with its own words, and mark those that hold the person's.
import type { EventSource, Format } from './format.ts'

export function sensitiveDimensions({ events, sensitive }: Format): ReadonlySet<string> {
  const columns = sensitive
    .filter((name) => name.startsWith(`${events.table}.`))
    .map((name) => name.slice(events.table.length + 1))
  const isHidden = ({ from, sensitive: marked }: EventSource['dimensions'][number]): boolean =>
    marked === true ||
    from.some(
      (source) =>
        ('column' in source && columns.includes(source.column)) ||
        ('sql' in source &&
          columns.some((column) => new RegExp(`\\be\\."?${escape(column)}\\b`).test(source.sql))),
    )
  return new Set(events.dimensions.filter(isHidden).map(({ name }) => name))
}

const escape = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
