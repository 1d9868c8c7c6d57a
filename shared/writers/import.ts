// Reads what export.ts has written as JSON or JSON Lines, line by line, and gives tables and rows back as they were.
// The file is a stranger's until it is proven: a line that doesn't fit ends the reading.
import * as v from 'valibot'
import { isRecord } from '../plain.ts'
import { BrokenText } from '../viewer/exact.ts'
import type { Exact } from '../viewer/exact.ts'
import { exportMark } from '../export.ts'

const First = v.object({
  sightglass: v.literal(exportMark.sightglass),
  version: v.literal(exportMark.version),
  /** In JSON Lines: the key by which the header of a table is known. */
  header: v.optional(v.pipe(v.string(), v.startsWith('$'), v.endsWith('$table'))),
})
const Header = v.object({
  columns: v.pipe(
    v.array(v.object({ name: v.string(), type: v.string(), generated: v.optional(v.literal(true)) })),
    v.minLength(1),
    v.maxLength(2000),
  ),
  sql: v.string(),
})

export type ImportLine =
  | {
      readonly is: 'table'
      readonly table: string
      readonly sql: string
      /** Those that can be written. */
      readonly columns: readonly { readonly name: string; readonly type: string }[]
    }
  | { readonly is: 'row'; readonly cells: readonly Exact[] }
  | { readonly is: 'nothing' }

const nothing = { is: 'nothing' } as const
const rowsBegin = '"rows":['

export class ImportLines {
  #state: 'before' | 'json' | 'lines' = 'before'
  #mark = ''
  #columns: readonly string[] | null = null

  /** Null where the line can't be one of an export. */
  read(line: string): ImportLine | null {
    const text = line.trim()
    if (text === '') return nothing
    if (this.#state === 'before') return this.#first(text)
    if (this.#state === 'lines') {
      const value = parse(text)
      if (!isRecord(value)) return null
      return Object.hasOwn(value, this.#mark) ? this.#header(value[this.#mark], value) : this.#row(value)
    }
    if (/^\]\}[\]},]*$/.test(text)) return nothing
    if (text.endsWith(rowsBegin)) {
      const value = parse(`${text}]}`)
      return isRecord(value) ? this.#header(value['table'], value) : null
    }
    const value = parse(text.endsWith(',') ? text.slice(0, -1) : text)
    return isRecord(value) ? this.#row(value) : null
  }

  #first(text: string): ImportLine | null {
    const isJson = text.endsWith('"tables":[')
    const first = v.safeParse(First, parse(isJson ? `${text}]}` : text))
    if (!first.success || (!isJson && first.output.header === undefined)) return null
    this.#state = isJson ? 'json' : 'lines'
    this.#mark = first.output.header ?? ''
    return nothing
  }

  #header(table: unknown, value: unknown): ImportLine | null {
    const header = v.safeParse(Header, value)
    if (!header.success || typeof table !== 'string' || table === '') return null
    const columns = header.output.columns.filter(({ generated }) => generated !== true)
    this.#columns = columns.map(({ name }) => name)
    return { is: 'table', table, sql: header.output.sql, columns }
  }

  #row(value: Readonly<Record<string, unknown>>): ImportLine | null {
    if (this.#columns === null) return null
    const cells: Exact[] = []
    for (const column of this.#columns) {
      const cell = cellOf(Object.hasOwn(value, column) ? value[column] : null)
      if (cell === undefined) return null
      cells.push(cell)
    }
    return { is: 'row', cells }
  }
}

/** Only a row that may hold a number which JSON.parse alone would blur is read by its letters. */
const blurred = /\d{16}|\d\.0+\s*[,}]|\d[eE][+-]?\d/

function parse(text: string): unknown {
  try {
    return blurred.test(text) ? JSON.parse(text, exactNumber) : JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A real number, which JSON.parse may have made look like a whole one. */
class Real {
  readonly value: number
  constructor(value: number) {
    this.value = value
  }
}

/** Engines give the letters of a number with it; the types of the language don't know that yet. */
function exactNumber(_key: string, value: unknown, ...more: readonly unknown[]): unknown {
  const [context] = more
  if (typeof value !== 'number' || !isRecord(context)) return value
  const { source } = context
  if (typeof source !== 'string') return value
  return /[.eE]/.test(source) ? new Real(value) : BigInt(source)
}

const widest = 2n ** 63n

/** Undefined where it is nothing that an export writes. */
function cellOf(value: unknown): Exact | undefined {
  if (value === null || typeof value === 'string') return value
  if (value instanceof Real) return value.value
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value
  if (typeof value === 'bigint') return value < widest && value >= -widest ? value : undefined
  if (!isRecord(value)) return undefined
  const [[kind, hex] = ['', null], ...others] = Object.entries(value)
  const bytes = typeof hex === 'string' && others.length === 0 ? fromHex(hex) : null
  if (bytes === null) return undefined
  if (kind === 'hex') return bytes
  return kind === 'text-hex' ? new BrokenText(bytes) : undefined
}

function fromHex(hex: string): Uint8Array | null {
  if (hex.length % 2 !== 0 || !/^[0-9a-f]*$/.test(hex)) return null
  const bytes = new Uint8Array(hex.length / 2)
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16)
  return bytes
}
