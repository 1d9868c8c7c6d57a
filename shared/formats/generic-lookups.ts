// A column of small numbers often means a row of another table, where its name stands: visits.url is a number, and
// urls.url the address. Such a table is joined where its key is an integer key (a look-up costs nothing and can't
// count a row twice), where the names or the declaration point to it, and where the numbers are really found there.
import { quote } from '../viewer/sqlite.ts'
import type { Sqlite } from '../viewer/sqlite.ts'
import type { SampledColumn, SampledTable } from './generic-sample.ts'
import { wordsOf } from './generic-tables.ts'
import type { Source } from './format.ts'

export interface Lookup {
  readonly column: string
  readonly table: string
  /** The look-up's columns that hold names, most telling first. */
  readonly names: readonly string[]
}

const nameWords = [
  'name',
  'title',
  'entity_id',
  'event_type',
  'key',
  'label',
  'argv',
  'command',
  'path',
  'dir',
  'url',
  'host',
  'app',
  'slug',
  'model',
  'type',
  'value',
  'text',
  'browser',
  'system',
  'ref',
  'id',
]
const mostNames = 2
const mostAsked = 20

export function findLookups(db: Sqlite, table: SampledTable, tables: readonly SampledTable[]): Lookup[] {
  return table.columns.flatMap((column) => {
    if (column.name === table.integerKey || !holdsIntegers(column)) return []
    const target = findTarget(table, column.name, tables)
    if (target === null || target.name === table.name || !isFound(db, column, target)) return []
    const names = nameColumns(target)
    return names.length === 0 ? [] : [{ column: column.name, table: target.name, names }]
  })
}

/** Names of tables that a declaration or the name of a column points to. */
export function pointedAt(tables: readonly SampledTable[]): Set<string> {
  const found = new Set<string>()
  for (const table of tables) {
    for (const { name } of table.columns) {
      if (name === table.integerKey) continue
      const target = findTarget(table, name, tables)
      if (target !== null && target.name !== table.name) found.add(target.name)
    }
  }
  return found
}

function holdsIntegers({ values }: SampledColumn): boolean {
  const present = values.filter((value) => value !== null)
  return present.length > 0 && present.every((value) => typeof value === 'bigint')
}

function findTarget(
  table: SampledTable,
  column: string,
  tables: readonly SampledTable[],
): SampledTable | null {
  const declared = table.references.find((reference) => reference.column === column)
  const withKey = tables.filter(({ integerKey, rows }) => integerKey !== null && rows > 0)
  if (declared !== undefined) {
    const named = declared.table.toLowerCase()
    return withKey.find(({ name }) => name.toLowerCase() === named) ?? null
  }
  const word = wordsOf(column).replace(/_(id|key|row)$/, '')
  const sameKey = withKey.find(
    ({ integerKey, name }) => integerKey === column && column !== 'id' && name !== table.name,
  )
  if (sameKey !== undefined) return sameKey
  const isReference = wordsOf(column) !== word
  return (
    withKey.find(({ name }) => {
      const plain = wordsOf(name)
      const forms = [`${word}s`, `${word}es`, word.replace(/y$/, 'ies'), ...(isReference ? [word] : [])]
      return forms.some((form) => plain === form || plain.endsWith(`_${form}`))
    }) ?? null
  )
}

function isFound(db: Sqlite, { values }: SampledColumn, { name, integerKey }: SampledTable): boolean {
  const distinct = [...new Set(values)].filter((value) => value !== null && value !== 0n).slice(0, mostAsked)
  if (distinct.length === 0 || integerKey === null) return false
  const sql = `SELECT 1 FROM ${quote(name)} WHERE ${quote(integerKey)} = ?`
  const found = distinct.filter((value) => [...db.rows(sql, [value])].length > 0)
  return found.length >= distinct.length * 0.8
}

function nameColumns(target: SampledTable): string[] {
  const texts = target.columns.filter(
    ({ values }) =>
      values.some((value) => typeof value === 'string') && !values.some((value) => typeof value === 'bigint'),
  )
  return nameWords
    .flatMap((word) =>
      texts.filter(
        ({ name }) =>
          wordsOf(name) === word || wordsOf(name) === `${wordsOf(target.name).replace(/s$/, '')}_${word}`,
      ),
    )
    .map(({ name }) => name)
    .slice(0, mostNames)
}

/** The name, asked for by key for each row; where there is none, no value. */
export function lookupSource(
  { column, table }: Lookup,
  name: string,
  tables: readonly SampledTable[],
): Source {
  const key = tables.find((one) => one.name === table)?.integerKey ?? 'rowid'
  return {
    sql: `(SELECT t.${quote(name)} FROM ${quote(table)} AS t WHERE t.${quote(key)} = e.${quote(column)})`,
  }
}
