// What a record says may stand in rows that it points at: the messages of a turn, the name of a conversation. They go
// with the last row that points at them; what a remaining row points at stays. Rows that form a chain, as each message
// points at the one before, are followed to its end in one statement: one round for each link would take too long.
import type { DatabaseSync } from 'node:sqlite'
import type { Format } from '../../shared/formats/format.ts'
import { foreignKeys } from '../../shared/viewer/related.ts'
import { quote } from '../../shared/viewer/sqlite.ts'
import type { Schema, Table } from '../../shared/viewer/sqlite.ts'
import { nativeSqlite } from '../file/native.ts'
import type { Picks } from './picks.ts'

interface Content {
  readonly table: Table
  /** Who points at its rows and keeps them, in SQL: `r` is the row that points, `e` the one it points at. */
  readonly pointers: readonly { readonly from: Table; readonly on: string }[]
}

export function contentsOf(db: DatabaseSync, schema: Schema, format: Format): Content[] {
  const tables = schema.filter(({ kind }) => kind === 'table')
  return Object.entries(format.contents ?? {}).flatMap(([name, parts]) => {
    const table = tables.find((one) => one.name === name)
    if (table === undefined) return []
    const pointers = tables
      .filter((from) => !parts.includes(from.name))
      .flatMap((from) => foreignKeys(nativeSqlite(db), from, [table]).map(({ on }) => ({ from, on })))
    return [{ table, pointers }]
  })
}

/** Finds the keys of its rows at which picked rows point, and no other one; null where none of them does. */
export function findUnpointed(
  { table, pointers }: Content,
  own: Picks,
  picks: readonly Picks[],
): string | null {
  const keys = own.key.map((_, i) => `k${i}`).join(', ')
  const keyOf = (alias: string): string => own.key.map((column) => `${alias}.${column}`).join(', ')
  const name = `main.${quote(table.name)}`
  const others = pointers.filter(({ from }) => from !== table)
  const chained = pointers.filter(({ from }) => from === table)
  const pointedAt = (from: Table, on: string, which: string): string =>
    `SELECT ${keyOf('e')} FROM main.${quote(from.name)} AS r CROSS JOIN ${name} AS e WHERE (${on}) AND ${which}`
  const chains = (of: string): string[] =>
    chained.map(
      ({ on }) =>
        `SELECT ${keyOf('e')} FROM ${of} CROSS JOIN ${name} AS r ON (${keyOf('r')}) = (${prefixed(of, own)})
         CROSS JOIN ${name} AS e WHERE (${on})`,
    )
  const picked = (from: Table): Picks | undefined => picks.find((pick) => pick.table.name === from.name)
  const leaving = others.flatMap(({ from, on }) => {
    const pick = picked(from)
    return pick === undefined ? [] : [pointedAt(from, on, pick.where('r'))]
  })
  if (leaving.length === 0) return null
  const staying = others.map(({ from, on }) => {
    const pick = picked(from)
    return pointedAt(from, on, pick === undefined ? '1' : `NOT ${pick.where('r')}`)
  })
  return `WITH RECURSIVE leaving (${keys}) AS (${[...leaving, ...chains('leaving')].join(' UNION ')}),
    staying (${keys}) AS (${[...staying, ...chains('staying')].join(' UNION ')})
    SELECT ${keys} FROM leaving EXCEPT SELECT ${keys} FROM staying`
}

const prefixed = (of: string, own: Picks): string => own.key.map((_, i) => `${of}.k${i}`).join(', ')
