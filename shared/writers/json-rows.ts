// Rows as JSON from which they can be made again: a whole number is written without a point, with all its digits, a
// real number with one or with an exponent, and what JSON has no word for says in its field what it is:
// {"hex": "00ff"} is a blob, {"text-hex": "61ff"} text whose bytes are no valid UTF-8.
import { BrokenText } from '../viewer/exact.ts'
import type { Exact } from '../viewer/exact.ts'
import { realText, toHex } from '../viewer/values.ts'

/** `keys` are the columns' names as JSON, each with its colon. */
export function jsonRow(keys: readonly string[], cells: readonly Exact[]): string {
  let row = '{'
  for (let i = 0; i < keys.length; i++) {
    const cell = cells[i] ?? null
    row += i === 0 ? (keys[i] ?? '') : `,${keys[i] ?? ''}`
    row += typeof cell === 'string' ? JSON.stringify(cell) : jsonOther(cell)
  }
  return `${row}}`
}

export const jsonKey = (name: string): string => `${JSON.stringify(name)}:`

function jsonOther(cell: Exclude<Exact, string>): string {
  if (cell === null) return 'null'
  if (typeof cell === 'bigint') return cell.toString()
  if (typeof cell === 'number') return realJson(cell)
  return cell instanceof BrokenText ? `{"text-hex":"${toHex(cell.bytes)}"}` : `{"hex":"${toHex(cell)}"}`
}

/** A number too big for any reader is read as infinity by all of them. */
function realJson(value: number): string {
  return Number.isFinite(value) ? realText(value) : value > 0 ? '1e999' : '-1e999'
}
