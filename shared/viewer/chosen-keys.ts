// Finds the rows that are meant by the same columns, filter and search as the charts and the Records do, so that no two
// of them ever disagree. The file is gone through in pieces, so that it takes no more memory for a large one.
import type { EventSource, Format } from '../formats/format.ts'
import type { Address } from './asks.ts'
import { ChunkBuilder, Columns, chunkRows } from './columns.ts'
import { compileReader } from './events.ts'
import { Selection } from './selection.ts'
import type { Filter } from './filter.ts'
import { partsOf } from './parts.ts'
import type { Part } from './parts.ts'
import { search } from './search.ts'
import { quote } from './sqlite.ts'
import type { Cell, Row, Schema, Sqlite } from './sqlite.ts'
import type { Which } from './which.ts'
import { createZone } from './zone.ts'

/** Rows of one table of events, newest first, each by what `part.key` is of it. */
export interface ChosenKeys {
  readonly part: Part
  readonly keys: readonly Cell[]
  /** How many rows of all tables were looked at so far. */
  readonly looked: number
}

/** The events that are meant, table by table. A row that is not in the file any more is left out. */
export function* chosenKeys(db: Sqlite, schema: Schema, format: Format, which: Which): Generator<ChosenKeys> {
  const parts = partsOf(db, format, schema)
  let before = 0
  for (const [i, part] of parts.entries()) {
    let looked = 0
    for (const found of ofPart({ db, schema, format, part }, i === 0, before, which)) {
      looked = found.looked
      yield { part, keys: found.keys, looked: before + looked }
    }
    before += which.of === 'rows' ? part.count() : looked
  }
}

interface InPart {
  readonly db: Sqlite
  readonly schema: Schema
  readonly format: Format
  readonly part: Part
}
type Keys = Pick<ChosenKeys, 'keys' | 'looked'>

function ofPart(file: InPart, isFirst: boolean, before: number, which: Which): Iterable<Keys> {
  switch (which.of) {
    case 'all':
      return allKeys(file)
    case 'matching':
      return matchingKeys(file, which.filter, which.zone, which.words)
    case 'rows':
      return addressedKeys(file, isFirst, before, which.addresses)
  }
}

const keysInOrder = ({ db, part }: InPart): Iterable<Row> =>
  db.rows(`SELECT ${part.key} ${part.from} ORDER BY ${part.order}`)

function* allKeys(file: InPart): Generator<Keys> {
  let keys: Cell[] = []
  let looked = 0
  for (const [key = null] of keysInOrder(file)) {
    keys.push(key)
    looked++
    if (keys.length < chunkRows) continue
    yield { keys, looked }
    keys = []
  }
  yield { keys, looked }
}

function* matchingKeys(
  file: InPart,
  filter: Filter,
  zoneName: string,
  words: readonly string[],
): Generator<Keys> {
  const { db, schema, part } = file
  const format = ofOneTable(file.format, part.source)
  const zone = createZone(zoneName)
  const found = words.length === 0 ? null : new FoundSoFar(search(db, [part], words, null))
  const wanted = { ...filter, search: words.join(' ') }
  const ownKeys = part.rowid === null ? keysInOrder(file)[Symbol.iterator]() : null
  const events = compileReader(format, schema).read(db)[Symbol.iterator]()
  let looked = 0
  try {
    for (;;) {
      const columns = new Columns(format)
      // words of earlier pieces are of no use to this one, and would grow with the file
      for (const chunk of new ChunkBuilder(format).chunks(next(events, chunkRows))) columns.append(chunk)
      const { rows, rowid } = columns
      if (rows === 0) return
      const first = looked
      looked += rows
      found?.goOn(looked)
      const keys: Cell[] = ownKeys === null ? [] : Array.from(next(ownKeys, rows), ([key = null]) => key)
      const isFound = (row: number): boolean =>
        found === null || found.has(part.rowid === null ? first + row : (rowid[row] ?? NaN))
      const selection = new Selection(columns, { version: 0, has: isFound })
      selection.apply(wanted, zone)
      const { count, list } = selection.rows()
      const chosen = Array.from({ length: count }, (_, i) => (list === null ? i : (list[i] ?? 0)))
      const keyOf = (row: number): Cell => (ownKeys === null ? BigInt(rowid[row] ?? 0) : (keys[row] ?? null))
      yield { keys: chosen.map(keyOf), looked }
    }
  } finally {
    events.return?.()
    ownKeys?.return?.()
  }
}

/** Each table by itself: its row numbers are then its own. */
function ofOneTable({ also: _, ...format }: Format, source: EventSource): Format {
  return { ...format, events: source }
}

/** The next few, without ending what they come from. */
function* next<T>(from: Iterator<T>, count: number): Generator<T> {
  for (let i = 0; i < count; i++) {
    const step = from.next()
    if (step.done === true) return
    yield step.value
  }
}

/** A search goes through the rows in the same order as they are read, so it is run just as far. */
class FoundSoFar {
  readonly #search: ReturnType<typeof search>
  readonly #rows = new Set<number>()
  #done = 0

  constructor(running: ReturnType<typeof search>) {
    this.#search = running
  }
  goOn(to: number): void {
    while (this.#done < to) {
      const step = this.#search.next()
      if (step.done === true) return
      this.#done = step.value.done
      for (const row of step.value.rows) this.#rows.add(row)
    }
  }
  /** Each is asked for once. */
  has(row: number): boolean {
    return this.#rows.delete(row)
  }
}

const addressesAtOnce = 500

function* addressedKeys(
  file: InPart,
  isFirst: boolean,
  before: number,
  addresses: readonly Address[],
): Generator<Keys> {
  const { db, part } = file
  const byNumber = ({ rowid }: Address): boolean => rowid !== null && (!isFirst || part.rowid !== null)
  if (isFirst && part.rowid !== null) {
    const numbers = [...new Set(addresses.flatMap(({ rowid }) => rowid ?? []))].sort((a, b) => b - a)
    for (let at = 0; at < numbers.length; at += addressesAtOnce) {
      const some = numbers.slice(at, at + addressesAtOnce)
      const sql = `SELECT ${part.key} FROM ${quote(part.table.name)} AS e
        WHERE ${part.key} IN (${some.map(() => '?').join(', ')}) ORDER BY ${part.order}`
      const keys = Array.from(db.rows(sql, some.map(BigInt)), ([key = null]) => key)
      yield { keys, looked: at + some.length }
    }
  }
  const places = new Set(
    addresses
      .flatMap((address) => (byNumber(address) ? [] : [address.place - before]))
      .filter((at) => at >= 0),
  )
  if (places.size === 0) return
  const last = Math.max(...places)
  const keys: Cell[] = []
  let place = 0
  for (const [key = null] of keysInOrder(file)) {
    if (places.has(place)) keys.push(key)
    if (place++ === last) break
  }
  yield { keys, looked: place }
}
