// What a format's description takes out of a row, compiled: the columns to select, how their text is read, and a
// function for each value that finds it in the row.
import type { EventSource, Join, Source, Sources } from '../formats/format.ts'
import { timeIn } from '../formats/time-text.ts'
import { isRecord } from '../plain.ts'
import { JsonScanner } from './json-scanner.ts'
import { quote } from './sqlite.ts'
import type { Cell, ReadText, Table } from './sqlite.ts'
import { Words } from './words.ts'

export type Json = Record<string, unknown>
type JsonSource = Extract<Source, { json: unknown }>
/** A time that was read where it stands, as milliseconds since 1970. */
export class ReadTime {
  at = NaN
}
/** Text that was scanned stands in the row as its scanner, a time that was read as itself. */
type Scanned = JsonScanner | ReadTime
export type Row = readonly (Cell | Scanned)[]
/** The row as SQLite gave it, and its JSON columns, opened. */
type Pick = (row: Row, json: readonly (Json | JsonScanner)[]) => unknown

type Need = 'value' | 'word' | 'time' | 'whole'

/** Collects what has to be selected, while sources become functions that take it out of a row. */
export class Picker {
  readonly selected: string[] = []
  /** Places in a row of the columns that hold JSON. */
  readonly jsonAt: number[] = []
  readonly #source: EventSource
  readonly #columns: ReadonlySet<string>
  readonly #joins: readonly Join[]
  readonly #words = new Words()
  readonly #wordsOfColumns = new Words()
  /** Of columns that are read as they are: what all of it are. */
  readonly #columnUse = new Map<number, 'word' | 'time' | 'value'>()
  /** By place in a row; a column of JSON that is needed whole has none. */
  readonly #scanners = new Map<number, JsonScanner | null>()

  constructor(source: EventSource, table: Table | undefined, joins: readonly Join[]) {
    this.#source = source
    this.#columns = new Set(table?.columns)
    this.#joins = joins
  }

  /** Null where the file has nothing of it. */
  pick(sources: Sources | null, needed: Need = 'value'): Pick | null {
    const picks = (sources ?? []).map((one) => this.#pickOne(one, needed)).filter((found) => found !== null)
    const [only] = picks
    if (only === undefined || picks.length === 1) return only ?? null
    return (row, json) => {
      for (const candidate of picks) {
        const value = candidate(row, json)
        if (value !== null && value !== undefined) return value
      }
      return undefined
    }
  }

  /** How each selected column's text is read, where there is a quicker way than making a string of it. */
  readers(): (ReadText<Scanned> | null)[] {
    return this.selected.map((_, index) => {
      const use = this.#columnUse.get(index)
      const scanner = this.#scanners.get(index) ?? null
      if (use === 'word')
        return (bytes, start, end, decode) => this.#wordsOfColumns.word(bytes, start, end, decode)
      if (use === 'time') return timeReader()
      if (use !== undefined || scanner === null) return null
      return (bytes, start, end, decode) =>
        scanner.scan(bytes, start, end, decode) ? scanner : decode(bytes, start, end)
    })
  }

  /**
   * Of sources that are all keys of the first JSON column, and scanned there: the numbers by which the scanner knows
   * them. Null where anything else is among them. To be asked when all has been picked.
   */
  keys(sources: Sources | null): readonly number[] | null {
    const scanner = this.#scanners.get(this.jsonAt[0] ?? -1) ?? null
    const keys = (sources ?? []).map((one) => {
      const isThere = 'json' in one && this.#columnOf(one) === this.selected[this.jsonAt[0] ?? -1]
      return scanner !== null && isThere && typeof one.json === 'string' ? scanner.want(one.json) : null
    })
    return keys.every((key) => key !== null) ? keys : null
  }

  #select(expression: string): number {
    const known = this.selected.indexOf(expression)
    return known >= 0 ? known : this.selected.push(expression) - 1
  }

  #pickOne(one: Source, needed: Need): Pick | null {
    if ('json' in one) return this.#pickJson(one, needed === 'whole')
    if ('column' in one && !this.#columns.has(one.column)) return null
    if ('sql' in one && !this.#canRun(one)) return null
    const index = this.#select('column' in one ? `e.${quote(one.column)}` : one.sql)
    const use = needed === 'whole' ? 'value' : needed
    this.#columnUse.set(index, (this.#columnUse.get(index) ?? use) === use ? use : 'value')
    return (row) => row[index]
  }

  #canRun({ join, needs = [] }: Extract<Source, { sql: string }>): boolean {
    return (
      needs.every((column) => this.#columns.has(column)) &&
      (join === undefined || this.#joins.some(({ as }) => as === join))
    )
  }

  /** Null where the table doesn't have it. */
  #columnOf({ in: named = this.#source.json }: JsonSource): string | null {
    return named === undefined || !this.#columns.has(named) ? null : `e.${quote(named)}`
  }

  #pickJson(one: JsonSource, whole: boolean): Pick | null {
    const column = this.#columnOf(one)
    if (column === null) return null
    const index = this.#select(column)
    const known = this.jsonAt.indexOf(index)
    const at = known >= 0 ? known : this.jsonAt.push(index) - 1
    const { json: path } = one
    if (typeof path === 'string' && !whole) {
      const scanner = this.#scanners.get(index) ?? new JsonScanner(this.#words)
      const wanted = this.#scanners.get(index) === null ? null : scanner.want(path)
      this.#scanners.set(index, wanted === null ? null : scanner)
      return (_row, json) => {
        const object = json[at] ?? noJson
        if (object instanceof JsonScanner) return wanted === null ? undefined : object.values[wanted]
        return Object.hasOwn(object, path) ? object[path] : undefined
      }
    }
    this.#scanners.set(index, null)
    const keys = typeof path === 'string' ? [path] : path
    return (_row, json) => {
      let value: unknown = json[at]
      for (const key of keys) {
        if (!isRecord(value) || !Object.hasOwn(value, key)) return undefined
        value = value[key]
      }
      return value
    }
  }
}

function timeReader(): ReadText<ReadTime> {
  const time = new ReadTime()
  return (bytes, start, end, decode) => {
    time.at = timeIn(bytes, start, end)
    return Number.isNaN(time.at) ? decode(bytes, start, end) : time
  }
}

export const noJson: Json = {}

export function opened(cell: Cell | Scanned): Json | JsonScanner {
  if (cell instanceof JsonScanner) return cell
  if (typeof cell !== 'string') return noJson
  try {
    const value: unknown = JSON.parse(cell)
    return isRecord(value) ? value : noJson
  } catch {
    return noJson
  }
}
