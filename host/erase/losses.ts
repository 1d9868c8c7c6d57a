// What the charts lose: days and kinds, and a few of the events themselves.
import type { DatabaseSync } from 'node:sqlite'
import type { ErasePreview, ErasedDay } from '../../shared/erase.ts'
import type { Format } from '../../shared/formats/format.ts'
import type { Field } from '../../shared/viewer/asks.ts'
import { compileReader } from '../../shared/viewer/events.ts'
import { partsOf } from '../../shared/viewer/parts.ts'
import { quote } from '../../shared/viewer/sqlite.ts'
import type { Schema } from '../../shared/viewer/sqlite.ts'
import { ValueReader, columnOf, valueColumns } from '../../shared/viewer/values.ts'
import { createZone, dayLength } from '../../shared/viewer/zone.ts'
import { nativeSqlite } from '../file/native.ts'
import type { Picks } from './picks.ts'

interface Here {
  readonly db: DatabaseSync
  readonly schema: Schema
  readonly format: Format
}
type Losses = Pick<ErasePreview, 'first' | 'last' | 'days' | 'kinds'> & { readonly withoutTime: number }

const mostDays = 30
const tickEvery = 10_000
const sampleRows = 5
const sampleColumns = 100
const sampleText = { text: 240, blob: 16 }

interface Tally {
  erased: number
  left: number
}

export function countLosses(
  { db, schema, format }: Here,
  chosen: readonly Picks[],
  zoneName: string,
  tick: (rows: number) => void,
): Losses {
  const zone = createZone(zoneName)
  const days = new Map<number, Tally>()
  const kinds = new Map<string, Tally>()
  let [first, last, withoutTime] = [Infinity, -Infinity, 0]
  const sqlite = nativeSqlite(db)
  let rows = 0
  for (const [i, part] of partsOf(sqlite, format, schema).entries()) {
    const picked = chosen[i]
    if (picked === undefined) continue
    const { also: _, ...one } = format
    const events = compileReader({ ...one, events: part.source }, schema).read(sqlite)
    const marked = sqlite.rows(`SELECT ${picked.where('e')} ${part.from} ORDER BY ${part.order}`)
    const marks = marked[Symbol.iterator]()
    for (const { time, kind } of events) {
      if (++rows % tickEvery === 0) tick(rows)
      const mark = marks.next() // the same rows in the same order
      const what = mark.done !== true && mark.value[0] === 1n ? 'erased' : 'left'
      count(kinds, kind, what)
      if (!Number.isNaN(time)) count(days, zone.dayOf(time), what)
      if (what === 'left') continue
      if (Number.isNaN(time)) withoutTime++
      else [first, last] = [Math.min(first, time), Math.max(last, time)]
    }
  }
  const touched = [...days].filter(([, { erased }]) => erased > 0)
  const most = touched
    .sort(([dayA, a], [dayB, b]) => b.erased - a.erased || dayB - dayA)
    .slice(0, mostDays)
    .map(([day, tally]): ErasedDay => ({
      day: new Date(day * dayLength).toISOString().slice(0, 10),
      ...tally,
    }))
  return {
    first: first === Infinity ? null : first,
    last: last === -Infinity ? null : last,
    days: { touched: touched.length, emptied: touched.filter(([, { left }]) => left === 0).length, most },
    kinds: [...kinds]
      .filter(([, { erased }]) => erased > 0)
      .sort(([, a], [, b]) => b.erased - a.erased)
      .map(([kind, tally]) => ({ kind, ...tally })),
    withoutTime,
  }
}

function count<K>(tallies: Map<K, Tally>, key: K, what: keyof Tally): void {
  let tally = tallies.get(key)
  if (tally === undefined) tallies.set(key, (tally = { erased: 0, left: 0 }))
  tally[what]++
}

export function sampleOf({ db, schema, format }: Here, chosen: readonly Picks[]): Field[][] {
  const sqlite = nativeSqlite(db)
  const values = new ValueReader(sqlite, TextDecoder)
  const sample: Field[][] = []
  for (const [i, part] of partsOf(sqlite, format, schema).entries()) {
    const picked = chosen[i]
    if (picked === undefined) continue
    const columns = part.table.columns.slice(0, sampleColumns)
    const selected = columns.map((column) => valueColumns(columnOf('e', column), sampleText)).join(', ')
    const sql = `SELECT ${selected} FROM ${quote(part.table.name)} AS e WHERE ${picked.where('e')}
      ORDER BY ${part.order} LIMIT ${sampleRows - sample.length}`
    for (const row of sqlite.rows(sql))
      sample.push(
        values
          .values(row, 0, columns.length)
          .map((value, at) => ({ table: part.table.name, column: columns[at] ?? '', value })),
      )
  }
  return sample
}
