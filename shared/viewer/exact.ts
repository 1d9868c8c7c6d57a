// Rows with nothing lost on the way: an integer is a BigInt, a real number a number, a blob its bytes, and text that is
// no valid text its bytes too. An engine that gives text whole is asked for it as it is, which is three times as fast;
// what can't be read comes from it as U+FFFD, and only a row that holds one is asked for again, as bytes.
import { quote, rowidName } from './sqlite.ts'
import type { Cell, Row, Sqlite, Table } from './sqlite.ts'
import { columnOf, textLabel } from './values.ts'
import type { Decoder } from './values.ts'

/** Text as the bytes that stand in the file, which are no valid text. */
export class BrokenText {
  readonly bytes: Uint8Array
  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }
}
export type Exact = null | bigint | number | string | Uint8Array | BrokenText

export interface RowsWanted {
  readonly table: Table
  /** What the table is named in what follows; `e`, where nothing is said. */
  readonly as?: 'e' | 'r'
  readonly columns: readonly string[]
  /** Expressions whose values follow those of the columns, as the engine gives them. */
  readonly also?: readonly string[]
  /** What follows FROM and the table; all rows in the file's order, where nothing is said. */
  readonly rest?: string
  readonly values?: readonly Cell[]
}

/** Rows that are read at once take about so many letters and bytes, and are no more than so many. */
const pageSize = 1_000_000
const mostInPage = 256

/** SQLite gives at most 2000 columns, and each value takes two. */
const columnsAtOnce = 900

export class ExactReader {
  readonly #db: Sqlite
  readonly #asBytes: boolean
  readonly #decode: (bytes: Uint8Array) => string | BrokenText

  constructor(db: Sqlite, decoder: Decoder) {
    this.#db = db
    const [encoding] = db.rows('PRAGMA encoding')
    const name = String(encoding?.[0])
    this.#asBytes = db.wholeText !== true || name !== 'UTF-8'
    const valid = new decoder(textLabel(name), { fatal: true, ignoreBOM: true })
    this.#decode = (bytes) => {
      try {
        return valid.decode(bytes)
      } catch {
        return new BrokenText(bytes.slice())
      }
    }
  }

  /** Each row is good until the next is asked for. */
  rows(wanted: RowsWanted): Iterable<Exact[]> {
    const rowid = wanted.table.withoutRowid ? null : rowidName(wanted.table.columns)
    return this.#asBytes || rowid === null || wanted.columns.length > columnsAtOnce
      ? this.#careful(wanted)
      : this.#quick(wanted, rowid)
  }

  *#quick(wanted: RowsWanted, rowid: string): Generator<Exact[]> {
    const { table, as = 'e', columns, also = [], rest, values = [] } = wanted
    const selected = [...columns.map((column) => columnOf(as, column)), ...also, `${as}.${rowid}`].join(', ')
    const select = `SELECT ${selected} FROM ${quote(table.name)} AS ${as}`
    const rows =
      rest === undefined
        ? this.#inOrder(select, `${as}.${rowid}`)
        : copiesOf(this.#db.rows(`${select} ${rest}`, values))
    for (const exact of rows) {
      const number = exact.pop()
      if (isDoubtful(exact, columns.length) && typeof number === 'bigint') {
        const again = { table, columns, rest: `WHERE e.${rowid} = ?`, values: [number] }
        for (const found of this.#careful(again)) exact.splice(0, found.length, ...found)
      }
      yield exact
    }
  }

  /** The row's number is selected last. */
  *#inOrder(select: string, rowid: string): Generator<Exact[]> {
    const { prepare } = this.#db
    if (prepare === undefined) {
      yield* copiesOf(this.#db.rows(`${select} ORDER BY ${rowid}`))
      return
    }
    const next = prepare(`${select} WHERE ${rowid} > ? ORDER BY ${rowid} LIMIT ?`)
    let count = 1
    let page = prepare(`${select} ORDER BY ${rowid} LIMIT ?`)([BigInt(count)])
    for (let last = page.at(-1); last !== undefined; last = page.at(-1)) {
      const number = last.at(-1) ?? null
      const size = sizeOf(page)
      for (const row of page) yield row
      count = Math.max(1, Math.min(mostInPage, 2 * count, Math.floor((count * pageSize) / size)))
      page = next([number, BigInt(count)])
    }
  }

  *#careful({
    table,
    as = 'e',
    columns,
    also = [],
    rest: wanted,
    values = [],
  }: RowsWanted): Generator<Exact[]> {
    const rowid = table.withoutRowid ? null : rowidName(table.columns)
    const rest = wanted ?? (rowid === null ? '' : `ORDER BY ${as}.${rowid}`)
    const groups: string[][] = []
    for (let at = 0; at === 0 || at < columns.length; at += columnsAtOnce)
      groups.push(columns.slice(at, at + columnsAtOnce))
    const running = groups.map((group, i) => {
      const selected = [
        ...group.flatMap((column) => asBytes(as, column)),
        ...(i === 0 ? also : []),
        '1',
      ].join(', ')
      const sql = `SELECT ${selected} FROM ${quote(table.name)} AS ${as} ${rest}`
      return this.#db.rows(sql, values)[Symbol.iterator]()
    })
    try {
      for (;;) {
        const steps = running.map((rows) => rows.next())
        const rows = steps.flatMap((step) => (step.done === true ? [] : [step.value]))
        if (rows.length < groups.length) return
        const exact = rows.flatMap((row, i) => this.#cells(row, groups[i]?.length ?? 0))
        const first = rows[0] ?? []
        yield [...exact, ...first.slice(2 * (groups[0]?.length ?? 0), -1)]
      }
    } finally {
      for (const rows of running) rows.return?.()
    }
  }

  #cells(row: Row, count: number): Exact[] {
    return Array.from({ length: count }, (_, i) => this.#cell(String(row[2 * i]), row[2 * i + 1] ?? null))
  }

  #cell(type: string, cell: Cell): Exact {
    const bytes = cell instanceof Uint8Array ? cell : nothing // an empty blob is NULL to some engines
    switch (type) {
      case 'null':
        return null
      case 'text':
        return this.#decode(bytes)
      case 'blob':
        return bytes.slice()
      case 'integer':
        return typeof cell === 'number' ? BigInt(cell) : cell
      default:
        return typeof cell === 'bigint' ? Number(cell) : cell
    }
  }
}

const nothing = new Uint8Array(0)

function* copiesOf(rows: Iterable<Row>): Generator<Exact[]> {
  for (const row of rows) yield [...row]
}

/** About; of every sixteenth row. */
function sizeOf(page: readonly Row[]): number {
  let size = 1
  for (let i = page.length - 1; i >= 0; i -= 16)
    for (const cell of page[i] ?? [])
      if (typeof cell === 'string' || cell instanceof Uint8Array) size += cell.length
  return size * Math.min(16, page.length)
}

const asBytes = (as: string, column: string): string[] => {
  const cell = columnOf(as, column)
  return [`typeof(${cell})`, `CASE typeof(${cell}) WHEN 'text' THEN CAST(${cell} AS BLOB) ELSE ${cell} END`]
}

function isDoubtful(row: readonly Exact[], count: number): boolean {
  for (let i = 0; i < count; i++) {
    const cell = row[i]
    if (typeof cell === 'string' && cell.includes('\uFFFD')) return true
  }
  return false
}
