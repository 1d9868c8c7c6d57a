// Rows as CSV (RFC 4180). A spreadsheet takes a cell that begins like a formula for one, and a formula can reach out
// of it: such text gets an apostrophe in front. Papa Parse knows that too, but not of spaces, invisible letters or
// full-width signs before it, nor of lines within a cell; and it would turn a number that is text into words.
import papa from 'papaparse'

export type CsvCell = string | number | null

export function csvOf(rows: readonly (readonly CsvCell[])[]): string {
  return `${papa.unparse(
    rows.map((row) => row.map((cell) => (typeof cell === 'string' ? harmless(cell) : cell))),
    { newline: '\r\n' },
  )}\r\n`
}

const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
const formula = /^(?=[\t\r\n]|[\s\p{Cf}]*[=+\-@＝＋－＠])|(?<=[\r\n])(?=[\s\p{Cf}]*[=+\-@＝＋－＠])/gu

const harmless = (text: string): string => (number.test(text) ? text : text.replace(formula, "'"))
