// Rows as CSV (RFC 4180). A spreadsheet takes a cell that begins like a formula for one, and a formula can reach out
// of it: such text gets an apostrophe in front. Papa Parse knows that too, but not of spaces, invisible letters or
// full-width signs before it, nor of lines within a cell; and it would turn a number that is text into words.
//
// Exported rows are many: they are quoted here as Papa Parse quotes them, cell by cell, in half its time, and a test
// holds the two against each other. Only what NULL and an empty text are stays apart: nothing, and two quotes.
import papa from 'papaparse'
import { BrokenText } from '../viewer/exact.ts'
import type { Exact } from '../viewer/exact.ts'
import { realText, toHex } from '../viewer/values.ts'

export type CsvCell = string | number | null
/** Whether what a spreadsheet would take for a formula is made harmless. */
export type Formulas = 'safe' | 'exact'

export function csvOf(rows: readonly (readonly CsvCell[])[]): string {
  return `${papa.unparse(
    rows.map((row) => row.map((cell) => (typeof cell === 'string' ? harmless(cell) : cell))),
    { newline: '\r\n' },
  )}\r\n`
}

const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
const formula = /^(?=[\t\r\n]|[\s\p{Cf}]*[=+\-@＝＋－＠])|(?<=[\r\n])(?=[\s\p{Cf}]*[=+\-@＝＋－＠])/gu

const harmless = (text: string): string => (number.test(text) ? text : text.replace(formula, "'"))

/** Text without any of these is harmless: most of it needs no closer look. */
const suspicious = /[\r\n]|^[\s\p{Cf}=+\-@＝＋－＠]/u
const needsQuotes = /[",\r\n\uFEFF]|^ | $/
/** An expression, for it is faster than replaceAll with a text. */
const quotes = /"/g

/** Of exported rows, one line. */
export function csvLine(cells: readonly Exact[], formulas: Formulas): string {
  let line = ''
  for (let i = 0; i < cells.length; i++) {
    if (i > 0) line += ','
    const cell = cells[i] ?? null
    if (typeof cell === 'string') line += csvText(cell, formulas)
    else if (cell !== null) line += typeof cell === 'bigint' ? cell.toString() : csvOther(cell)
  }
  return `${line}\r\n`
}

function csvText(text: string, formulas: Formulas): string {
  if (!remarkable.test(text)) return text
  if (text === '') return '""'
  const said = marked.test(text) ? `text:${text}` : text
  const shown = formulas === 'safe' && suspicious.test(said) ? harmless(said) : said
  return needsQuotes.test(shown) ? `"${shown.replace(quotes, '""')}"` : shown
}

/** Most text is none of all that, and needs one look only. */
const remarkable = /[",\r\n\uFEFF]|^$|^[\s\p{Cf}=+\-@＝＋－＠]| $|^(?:text|hex)/u

/** Bytes stand as `hex:00ff`, those of broken text as `text-hex:00ff`; a text that begins so gets `text:` in front. */
const marked = /^(?:text:)*(?:text-)?hex:/

function csvOther(cell: number | Uint8Array | BrokenText): string {
  if (cell instanceof BrokenText) return `text-hex:${toHex(cell.bytes)}`
  if (cell instanceof Uint8Array) return `hex:${toHex(cell)}`
  return Number.isFinite(cell) ? realText(cell) : cell > 0 ? 'Inf' : '-Inf'
}
