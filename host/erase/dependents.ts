// Rows that go with a record: those that belong to it by its format, those whose foreign key names it, and what it
// says in tables of its format's contents; and so on from these. A table that would have to be changed instead of
// shortened (ON DELETE SET NULL) is told of.
import type { DatabaseSync } from 'node:sqlite'
import type { Format } from '../../shared/formats/format.ts'
import { hasAll } from '../../shared/viewer/events.ts'
import { foreignKeys } from '../../shared/viewer/related.ts'
import { quote } from '../../shared/viewer/sqlite.ts'
import type { Schema, Table } from '../../shared/viewer/sqlite.ts'
import { nativeSqlite } from '../file/native.ts'
import { Picks } from './picks.ts'
import type { PickedRows } from './picks.ts'
import { contentsOf, findUnpointed } from './unpointed.ts'

interface Edge {
  readonly from: Table
  readonly to: string
  /** `r` is the row that depends, `e` the one it depends on. */
  readonly on: string
  readonly because: PickedRows['because']
}

export interface Bound {
  /** In an order in which each table may be shortened: what depends comes first. */
  readonly picks: readonly Picks[]
  /** A table whose rows name picked ones and would have to be changed. */
  readonly wantsChange: string | null
}

export function bindDependents(
  db: DatabaseSync,
  schema: Schema,
  format: Format,
  chosen: readonly Picks[],
  /** Picks that there are already, the chosen among them. */
  before: readonly Picks[] = chosen,
): Bound {
  const picks = [...before]
  const { edges, changing } = edgesOf(db, schema, format, chosen)
  const contents = contentsOf(db, schema, format)
  const add = (
    table: Table,
    because: PickedRows['because'],
    find: (own: Picks) => string | null,
  ): boolean => {
    const known = picks.find((pick) => pick.table.name === table.name)
    const own = known ?? new Picks(db, table, because, picks.length)
    const select = find(own)
    const added = select === null ? 0 : own.addFrom(select)
    if (known === undefined && added === 0) own.drop()
    else if (known === undefined) picks.push(own)
    return added > 0
  }
  for (let grew = true; grew;) {
    grew = false
    for (const edge of edges) {
      const target = picks.find(({ table }) => table.name === edge.to)
      if (target === undefined) continue
      const select = (own: Picks): string =>
        `SELECT ${own.key.map((column) => `r.${column}`).join(', ')} ${joined(edge, target)}`
      grew = add(edge.from, edge.because, select) || grew
    }
    for (const content of contents)
      grew = add(content.table, 'contents', (own) => findUnpointed(content, own, picks)) || grew
  }
  const wantsChange = changing.find((edge) => {
    const target = picks.find(({ table }) => table.name === edge.to)
    if (target === undefined) return false
    return [...nativeSqlite(db).rows(`SELECT 1 ${joined(edge, target)} LIMIT 1`)].length > 0
  })
  return { picks: picks.toReversed(), wantsChange: wantsChange?.from.name ?? null }
}

/** So many can be looked up one by one. */
const few = 100

const joined = ({ from, on }: Edge, target: Picks): string =>
  `FROM main.${quote(target.table.name)} AS e CROSS JOIN main.${quote(from.name)} AS r
   WHERE ${target.count() > few ? target.whereOfMany('e') : target.where('e')} AND (${on})`

function edgesOf(db: DatabaseSync, schema: Schema, format: Format, chosen: readonly Picks[]) {
  const edges: Edge[] = []
  const changing: Edge[] = []
  for (const { table: tableName, on, needs } of format.related ?? []) {
    const from = schema.find(({ name, kind }) => name === tableName && kind === 'table')
    const to = chosen[0]?.table.name
    // Rows of the events' own table are events as well: near ones are shown with a record, not deleted with it.
    const isEvents = chosen.some(({ table }) => table.name === tableName)
    if (from !== undefined && to !== undefined && !isEvents && hasAll(schema, needs))
      edges.push({ from, to, on, because: 'related' })
  }
  const tables = schema.filter(({ kind }) => kind === 'table')
  for (const from of tables)
    for (const { on, to, whenDeleted } of foreignKeys(nativeSqlite(db), from, tables)) {
      const changes = whenDeleted === 'SET NULL' || whenDeleted === 'SET DEFAULT'
      ;(changes ? changing : edges).push({ from, to, on, because: 'references' })
    }
  return { edges, changing }
}
