// One cell of a row, as a person may look at it: nothing of what SQLite holds is lost on the way. Integers beyond
// 2^53 travel as their digits, text as its bytes were, even where they are no valid text, and a blob as its size and
// its first bytes. It is plain JSON, because it crosses the bridge as well as a thread.
import { quote } from './sqlite.ts'
import type { Cell, Row, Sqlite } from './sqlite.ts'

export type Value =
  | { readonly is: 'null' }
  | { readonly is: 'integer' | 'real'; readonly text: string }
  | {
      readonly is: 'text'
      readonly text: string
      /** Of all of it, however much of it is here. */
      readonly bytes: number
      readonly cut: boolean
      /** Its first bytes in hex, where they are no valid text; `text` then holds U+FFFD for what can't be read. */
      readonly hex: string | null
    }
  | { readonly is: 'blob'; readonly bytes: number; readonly head: string }

/** What browsers and Node call TextDecoder; this room knows neither. */
export type Decoder = new (
  label: string,
  options: { fatal: boolean; ignoreBOM: boolean },
) => { decode(bytes: Uint8Array, options?: { stream: boolean }): string }

const nothing: Value = { is: 'null' }
const hexHead = 64

/** How much of a value is fetched: of text, and of a blob. */
export interface Most {
  readonly text: number
  readonly blob: number
}

/** Three expressions for each column: its type, its size, and of what can be long only the beginning. */
export const valueColumns = (column: string, { text, blob }: Most): string =>
  `typeof(${column}), CASE WHEN typeof(${column}) IN ('text', 'blob') THEN length(CAST(${column} AS BLOB)) END,
   CASE typeof(${column}) WHEN 'text' THEN substr(CAST(${column} AS BLOB), 1, ${text})
     WHEN 'blob' THEN substr(${column}, 1, ${blob}) ELSE ${column} END`

/** Reads rows of a statement whose columns are `valueColumns`, one after the other, from the place `from` on. */
export class ValueReader {
  readonly #decode: (bytes: Uint8Array, cut: boolean) => { text: string; valid: boolean }

  constructor(db: Sqlite, decoder: Decoder) {
    const [encoding] = db.rows('PRAGMA encoding')
    this.#decode = decoding(decoder, String(encoding?.[0]))
  }

  values(row: Row, from: number, count: number): Value[] {
    return Array.from({ length: count }, (_, i) => {
      const at = from + 3 * i
      return this.#value(String(row[at]), Number(row[at + 1] ?? 0), row[at + 2] ?? null)
    })
  }

  #value(type: string, bytes: number, cell: Cell): Value {
    if (type === 'null') return nothing
    // an empty blob is NULL to some engines' readers, its type is not
    if (type === 'text' || type === 'blob') return this.#long(type, bytes, cell)
    return type === 'integer' ? { is: 'integer', text: String(cell) } : { is: 'real', text: real(cell) }
  }

  #long(is: 'text' | 'blob', bytes: number, cell: Cell): Value {
    const head = cell instanceof Uint8Array ? cell : new Uint8Array(0)
    if (is === 'blob') return { is, bytes, head: toHex(head) }
    const cut = head.length < bytes
    const { text, valid } = this.#decode(head, cut)
    return { is, text, bytes, cut, hex: valid ? null : toHex(head.subarray(0, hexHead)) }
  }
}

/** 3.0 is a real number in the file, and is one on the screen. */
function real(cell: Cell): string {
  return typeof cell === 'number' ? realText(cell) : String(cell)
}

export function realText(value: number): string {
  if (Object.is(value, -0)) return '-0.0'
  return Number.isInteger(value) && Math.abs(value) < 1e21 ? `${value}.0` : String(value)
}

const labels: Readonly<Record<string, string>> = { 'UTF-16le': 'utf-16le', 'UTF-16be': 'utf-16be' }

/** What a decoder calls an encoding that SQLite names. */
export const textLabel = (encoding: string): string => labels[encoding] ?? 'utf-8'

function decoding(Decoder: Decoder, encoding: string) {
  const label = textLabel(encoding)
  return (bytes: Uint8Array, cut: boolean): { text: string; valid: boolean } => {
    try {
      // told that more comes, it leaves out a letter that was cut in half, and doesn't take it for damage
      const text = new Decoder(label, { fatal: true, ignoreBOM: true }).decode(bytes, { stream: cut })
      return { text, valid: true }
    } catch {
      return { text: new Decoder(label, { fatal: false, ignoreBOM: true }).decode(bytes), valid: false }
    }
  }
}

export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

/** A row as JSON text. Numbers keep all their digits; text that is a JSON object or list stands as such. */
export function toJson(
  names: readonly string[],
  values: readonly Value[],
  how: 'lines' | 'one line' = 'lines',
): string {
  const [before, between, after] = how === 'lines' ? ['{\n  ', ',\n  ', '\n}\n'] : ['{', ',', '}']
  const pairs = names.map((name, i) => `${JSON.stringify(name)}: ${jsonOf(values[i] ?? nothing)}`)
  return before + pairs.join(between) + after
}

function jsonOf(value: Value): string {
  switch (value.is) {
    case 'null':
      return 'null'
    case 'integer':
      return value.text
    case 'real':
      return Number.isFinite(Number(value.text)) ? value.text : JSON.stringify(value.text)
    case 'text':
      if (value.cut) return JSON.stringify(`${value.text}…`)
      return isJson(value.text) ? value.text.trim().replace(/[\r\n]+\s*/g, ' ') : JSON.stringify(value.text)
    case 'blob':
      return JSON.stringify({ bytes: value.bytes, hex: value.head })
  }
}

/** An object or a list; a text that is a number or a word stays text. */
function isJson(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

export const columnOf = (alias: string, column: string): string => `${alias}.${quote(column)}`
