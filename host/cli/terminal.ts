// Text for a terminal. Names that come from a file are a stranger's: escape sequences and characters that turn
// the direction of writing could rewrite the screen, so they are taken out before anything is printed. And a
// character is not a column: wide ones (CJK, emoji) take two, marks that combine with the one before take none.
import { stripVTControlCharacters } from 'node:util'

export interface Output {
  write(text: string): void
  readonly isTerminal: boolean
  /** Columns. */
  readonly width: number
  readonly colours: boolean
}

/** One line of safe text; what is invisible or could command the terminal is gone. */
export function clean(text: string): string {
  return stripVTControlCharacters(text.toWellFormed()).replace(/\s+/g, ' ').replace(unsafe, '')
}
/** Controls, and format characters other than the two joiners that Persian, Hindi and emoji are written with. */
const unsafe = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u{e0000}-\u{e0fff}]/gu

/** JSON in which no character can command a terminal, and that reads the same. */
export const cleanJson = (value: unknown): string => escapeJson(JSON.stringify(value, null, 2))

/** Of text that is JSON already: what could command a terminal can only stand within its strings. */
export function escapeJson(json: string): string {
  return json.replace(/[\p{Cf}\p{Zl}\p{Zp}\u007f-\u009f]/gu, (found) =>
    Array.from(
      { length: found.length },
      (_, i) => `\\u${found.charCodeAt(i).toString(16).padStart(4, '0')}`,
    ).join(''),
  )
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
const wide =
  /^[\u1100-\u115f\u2329\u232a\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18dff}\u{1aff0}-\u{1b2ff}\u{1f1e6}-\u{1f1ff}\u{20000}-\u{3fffd}\p{Emoji_Presentation}]/u
const mark = /^[\p{M}\p{Cf}]/u

/** How many columns a text takes. */
export function columnsOf(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length
  let columns = 0
  for (const { segment } of graphemes.segment(text)) columns += columnsOfOne(segment)
  return columns
}

function columnsOfOne(grapheme: string): number {
  if (wide.test(grapheme) || grapheme.includes('\ufe0f')) return 2
  return mark.test(grapheme) ? 0 : 1
}

/** Cut to a number of columns, with a sign that there was more. */
export function cut(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text
  let kept = ''
  let left = columns - 1
  for (const { segment } of graphemes.segment(text)) {
    left -= columnsOfOne(segment)
    if (left < 0) break
    kept += segment
  }
  return columns > 0 ? `${kept}…` : ''
}

/** Cut or filled to exactly so many columns. */
export function fit(text: string, columns: number, side: 'left' | 'right' = 'left'): string {
  const short = cut(text, columns)
  const space = ' '.repeat(Math.max(0, columns - columnsOf(short)))
  return side === 'left' ? short + space : space + short
}

/** Joins short pieces into lines that fit. */
export function flow(pieces: readonly string[], width: number, between: string): string[] {
  const lines: string[] = []
  for (const piece of pieces) {
    const last = lines.at(-1)
    if (last === undefined || columnsOf(last + between + piece) > width) lines.push(piece)
    else lines[lines.length - 1] = last + between + piece
  }
  return lines
}

/** Breaks a paragraph at spaces. */
export const wrap = (text: string, width: number): string[] => flow(text.split(' '), width, ' ')

type Style = 'bold' | 'dim' | 'accent' | 'failure'
export type Paint = (style: Style, text: string) => string

const codes: Readonly<Record<Style, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  accent: [36, 39],
  failure: [31, 39],
}
export function painter(colours: boolean): Paint {
  return (style, text) =>
    colours && text !== '' ? `\u001b[${codes[style][0]}m${text}\u001b[${codes[style][1]}m` : text
}
