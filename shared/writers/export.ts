// The rows of a file as text, piece by piece, for whoever writes them down: a host on a disk, a page in a download.
//
// CSV holds one table of events as it stands in the file; where a format keeps its events in two, it holds both, with
// the columns of both. JSON and JSON Lines hold tables with their declared types, from which a file can be made again:
// of `all` every table, else the events that are meant. All of a table comes in the file's order, chosen rows newest
// first, as the Records show them.
import type { Format } from '../formats/format.ts'
import { timeDecoders } from '../formats/time.ts'
import { ExactReader } from '../viewer/exact.ts'
import type { Exact } from '../viewer/exact.ts'
import { partsOf } from '../viewer/parts.ts'
import type { Part } from '../viewer/parts.ts'
import { Picker, opened } from '../viewer/picker.ts'
import { quote } from '../viewer/sqlite.ts'
import type { Cell, Schema, Sqlite, Table } from '../viewer/sqlite.ts'
import type { Decoder } from '../viewer/values.ts'
import { chosenKeys } from '../viewer/chosen-keys.ts'
import type { Which } from '../viewer/which.ts'
import { csvLine } from './csv.ts'
import { jsonKey, jsonRow } from './json-rows.ts'
import { declaredOf } from './declared.ts'
import type { Declared } from './declared.ts'
import { exportMark } from '../export.ts'
import type { ExportWish, ExportedTable } from '../export.ts'

/** Text to be written, and how far it goes: rows looked at, of how many. */
export interface ExportPiece {
  readonly text: string
  readonly done: number
  readonly total: number
}
export interface ExportFile {
  readonly db: Sqlite
  readonly schema: Schema
  readonly format: Format
}

/** Letters of a piece, at least. Longer ones outlive the short memory of the engines, which doubles the time. */
const pieceLength = 1 << 18
/** A statement can be given no more keys than this at a time. */
const keysAtOnce = 500

/** Gives what it has written of which table. */
export type ExportText = Generator<ExportPiece, ExportedTable[]>

export function exportText(file: ExportFile, wish: ExportWish, decoder: Decoder): ExportText {
  const tables = new Tables(file, wish, decoder)
  return wish.as === 'csv' ? writeCsv(tables, wish) : writeJson(tables, wish)
}

/** A table that is written, and how its rows are come by. */
interface Source {
  readonly table: Table
  /** Of a table of events; null of any other. */
  readonly part: Part | null
}

class Tables {
  readonly sources: readonly Source[]
  readonly file: ExportFile
  readonly total: number
  done = 0
  readonly #which: Which
  readonly #reader: ExactReader

  constructor(file: ExportFile, { which, as, table }: ExportWish, decoder: Decoder) {
    const { db, schema, format } = file
    this.file = file
    this.#which = table === null ? which : { of: 'all' }
    this.#reader = new ExactReader(db, decoder)
    const parts = partsOf(db, format, schema)
    const partOf = (one: Table): Part | null => parts.find((part) => part.table === one) ?? null
    const events = parts.map((part) => part.table)
    const all = table === null && as !== 'csv' && which.of === 'all' ? schema : events
    const wanted = table === null ? all : schema.filter(({ name }) => name === table)
    this.sources = wanted
      .map((one) => ({ table: one, part: partOf(one) }))
      .filter((one) => one.table.kind === 'table' || one.part !== null)
    this.total = this.sources.reduce((sum, source) => sum + this.#count(source), 0)
  }

  #count({ table, part }: Source): number {
    if (part !== null && this.#which.of !== 'all') return part.count()
    const { db } = this.file
    return Number([...db.rows(`SELECT count(*) FROM ${quote(table.name)}`)][0]?.[0])
  }

  /** After the columns of an event comes its time; null is no row, but something can be told of how far it is. */
  *rows({ table, part }: Source, columns: readonly string[]): Generator<readonly Exact[] | null> {
    const time = part === null ? null : new TimeOf(part)
    const also = time?.selected ?? []
    const read = (cells: Exact[]): readonly Exact[] => {
      if (time === null) return cells
      cells[columns.length] = time.read(cells, columns.length)
      cells.length = columns.length + 1
      return cells
    }
    if (part === null || this.#which.of === 'all') {
      for (const cells of this.#reader.rows({ table, columns, also })) {
        this.done++
        yield read(cells)
      }
      return
    }
    const { db, schema, format } = this.file
    for (const chosen of chosenKeys(db, schema, format, this.#which)) {
      if (chosen.part.table !== table) continue
      for (let at = 0; at < chosen.keys.length; at += keysAtOnce) {
        const values = chosen.keys.slice(at, at + keysAtOnce)
        const rest = `WHERE ${part.key} IN (${values.map(() => '?').join(', ')}) ORDER BY ${part.order}`
        for (const cells of this.#reader.rows({ table, columns, also, rest, values })) yield read(cells)
      }
      this.done = Math.max(this.done, chosen.looked)
      yield null
    }
  }
}

/** The moment of a row, worked out as the charts do it, as text that every program reads. */
class TimeOf {
  readonly selected: readonly string[]
  readonly #read: (row: readonly Exact[]) => number
  /** One column alone tells it, as text. */
  readonly #isText: boolean

  constructor({ source, table }: Part) {
    const picker = new Picker(source, table, [])
    const pick = picker.pick(source.time.from)
    const decode = timeDecoders[source.time.encoding]
    const { jsonAt } = picker
    this.selected = picker.selected
    this.#isText = source.time.encoding === 'iso' && picker.selected.length === 1 && jsonAt.length === 0
    this.#read = (row) => {
      const cells = row.map(plain)
      const found = pick?.(
        cells,
        jsonAt.map((at) => opened(cells[at] ?? null)),
      )
      return decode(isCell(found) ? found : null)
    }
  }

  /** What it is told by stands from there on. */
  read(cells: readonly Exact[], from: number): string | null {
    const only = cells[from]
    if (this.#isText && typeof only === 'string' && already.test(only)) return only
    const time = this.#read(cells.slice(from))
    return Math.abs(time) <= latest ? new Date(time).toISOString() : null
  }
}
/** Written as it would be written here, on a day that every month has. */
const already = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/
/** Farther away no calendar reaches. */
const latest = 8.64e15

const plain = (cell: Exact): Cell =>
  typeof cell === 'object' && cell !== null && !(cell instanceof Uint8Array) ? null : cell
const isCell = (value: unknown): value is Cell =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint'

/** The name of the column that is added; one that the table has already is left to it. */
function timeColumn(columns: readonly string[]): string {
  let name = 'time_iso'
  while (columns.includes(name)) name += '_'
  return name
}

class Pieces {
  readonly #tables: Tables
  #text = ''

  constructor(tables: Tables) {
    this.#tables = tables
  }
  add(text: string): void {
    this.#text += text
  }
  /** Null while there is too little to be worth a piece. */
  full(): ExportPiece | null {
    return this.#text.length < pieceLength ? null : this.take()
  }
  take(): ExportPiece {
    const { done, total } = this.#tables
    const text = this.#text
    this.#text = ''
    return { text, done, total: Math.max(total, done) }
  }
}

function* writeCsv(tables: Tables, { formulas }: ExportWish): ExportText {
  const { sources, file } = tables
  const pieces = new Pieces(tables)
  const ofEvents = sources.every(({ part }) => part !== null)
  const columns = [...new Set(sources.flatMap(({ table }) => table.columns))]
  const several = sources.length > 1
  const blobs = new Set(
    sources.flatMap(({ table }) =>
      declaredOf(file.db, table).columns.flatMap(({ name, type }) => (/blob/i.test(type) ? [name] : [])),
    ),
  )
  const header = columns.map((column) => (blobs.has(column) ? `${column} (hex)` : column))
  const time = ofEvents ? [timeColumn(columns)] : []
  pieces.add(csvLine([...(several ? ['table'] : []), ...header, ...time], formulas))
  const written: ExportedTable[] = []
  for (const source of sources) {
    const { table } = source
    const own = columns.filter((column) => table.columns.includes(column))
    const places = [...columns.map((column) => own.indexOf(column)), own.length]
    let rows = 0
    for (const cells of tables.rows(source, own)) {
      if (cells !== null) {
        const line = several ? [table.name, ...places.map((place) => cells[place] ?? null)] : cells
        pieces.add(csvLine(line, formulas))
        rows++
      }
      const piece = cells === null ? pieces.take() : pieces.full()
      if (piece !== null) yield piece
    }
    written.push({ name: table.name, rows })
  }
  yield pieces.take()
  return written
}

function* writeJson(tables: Tables, { as }: ExportWish): ExportText {
  const { sources, file } = tables
  const pieces = new Pieces(tables)
  const lines = as === 'jsonl'
  const mark = headerKey(sources)
  const first = JSON.stringify({ ...exportMark, ...(lines ? { header: mark } : {}) })
  pieces.add(lines ? `${first}\n` : `${first.slice(0, -1)},"tables":[\n`)
  const written: ExportedTable[] = []
  for (const [i, source] of sources.entries()) {
    const { table } = source
    const declared = declaredOf(file.db, table)
    const columns = declared.columns.map(({ name }) => name)
    const added = source.part === null ? [] : [timeColumn(columns)]
    const keys = [...columns, ...added].map(jsonKey)
    const header = headerOf(declared, added)
    pieces.add(
      lines
        ? `${JSON.stringify({ [mark]: table.name, ...header })}\n`
        : `${JSON.stringify({ table: table.name, ...header }).slice(0, -1)},"rows":[\n`,
    )
    let rows = 0
    for (const cells of tables.rows(source, columns)) {
      if (cells !== null) {
        const row = jsonRow(keys, cells)
        pieces.add(lines ? `${row}\n` : rows > 0 ? `,\n${row}` : row)
        rows++
      }
      const piece = cells === null ? pieces.take() : pieces.full()
      if (piece !== null) yield piece
    }
    if (!lines) pieces.add(`${rows > 0 ? '\n' : ''}]}${i + 1 < sources.length ? ',' : ''}\n`)
    written.push({ name: table.name, rows })
  }
  if (!lines) pieces.add(']}\n')
  yield pieces.take()
  return written
}

const headerOf = ({ columns, sql }: Declared, adds: readonly string[]) => ({ columns, sql, adds })

/** A key that no column has, so that no row can be taken for the header of a table. */
function headerKey(sources: readonly Source[]): string {
  let key = '$table'
  while (sources.some(({ table }) => table.columns.includes(key))) key = `$${key}`
  return key
}
