// Answers the asks about rows. What takes long comes in batches: whoever runs it may let others in between two of
// them, or stop.
import type { Format } from '../formats/format.ts'
import type { Address, Ask, AskAnswer, Batch, Field } from './asks.ts'
import { order } from './order.ts'
import { findRow, partsOf } from './parts.ts'
import type { Part, Where } from './parts.ts'
import { findRelated } from './related.ts'
import { search } from './search.ts'
import { quote } from './sqlite.ts'
import type { Schema, Sqlite } from './sqlite.ts'
import { ValueReader, columnOf, valueColumns } from './values.ts'
import type { Decoder, Most, Value } from './values.ts'

const inTable: Most = { text: 240, blob: 16 }
const inInspector: Most = { text: 1_000_000, blob: 256 }
const wholeValues: Most = { text: 32_000_000, blob: 16_000_000 }
/** SQLite gives at most 2000 columns, and each value takes three. */
const columnsAtOnce = 300

export class Desk {
  readonly #db: Sqlite
  readonly #schema: Schema
  readonly #format: Format
  readonly #values: ValueReader
  #parts: readonly Part[] | null = null

  constructor(db: Sqlite, schema: Schema, format: Format, decoder: Decoder) {
    this.#db = db
    this.#schema = schema
    this.#format = format
    this.#values = new ValueReader(db, decoder)
  }

  *answer(ask: Ask): Generator<Batch, AskAnswer> {
    this.#parts ??= partsOf(this.#db, this.#format, this.#schema)
    switch (ask.ask) {
      case 'cells':
        return { ask: 'cells', rows: ask.of.map((address) => this.#cells(address, ask.columns)) }
      case 'record':
        return { ask: 'record', fields: this.#record(ask.of, ask.whole ? wholeValues : inInspector) }
      case 'related': {
        const found = findRow(this.#parts, ask.of)
        if (found === null) return { ask: 'related', groups: [] }
        const { part, where } = found
        const groups = findRelated(this.#db, this.#schema, this.#format, part, where, this.#values)
        return { ask: 'related', groups }
      }
      case 'search':
        yield* search(this.#db, this.#parts, ask.words, ask.after)
        return { ask: 'done' }
      case 'sort':
        yield* order(this.#db, this.#parts, ask.column, ask.descending)
        return { ask: 'done' }
    }
  }

  #cells(address: Address, columns: readonly string[]): Value[] {
    const found = findRow(this.#parts ?? [], address)
    const has = new Set(found?.part.table.columns)
    const wanted = columns.filter((column) => has.has(column))
    const values = found === null ? null : this.#fetch(found.part, found.where, wanted, inTable)
    return columns.map((column) => values?.[wanted.indexOf(column)] ?? { is: 'null' })
  }

  #record(address: Address, most: Most): Field[] | null {
    const found = findRow(this.#parts ?? [], address)
    if (found === null) return null
    const { columns, name } = found.part.table
    const values = this.#fetch(found.part, found.where, columns, most)
    return values?.map((value, i) => ({ table: name, column: columns[i] ?? '', value })) ?? null
  }

  /** Null where the row is not there. */
  #fetch(part: Part, where: Where, columns: readonly string[], most: Most): Value[] | null {
    const values: Value[] = []
    for (let at = 0; at === 0 || at < columns.length; at += columnsAtOnce) {
      const some = columns.slice(at, at + columnsAtOnce)
      const selected = ['1', ...some.map((column) => valueColumns(columnOf('e', column), most))].join(', ')
      const [row] = this.#db.rows(
        `SELECT ${selected} FROM ${quote(part.table.name)} AS e WHERE ${where.sql} LIMIT 1`,
        where.values,
      )
      if (row === undefined) return null
      values.push(...this.#values.values(row, 1, some.length))
    }
    return values
  }
}
