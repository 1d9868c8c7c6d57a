// Text becomes records: JSON Lines, one JSON array, or one JSON object, in pieces as they come from the disk.
// Lines are read line by line, so that a broken one costs itself only. An array, or an object over several lines,
// is cut by counting brackets; of one that breaks off, everything before the break is read.
import { recordsOf } from './text-records.ts'
import type { TextRecord } from './text-records.ts'

export interface FoundRecord extends TextRecord {
  readonly line: number
}

/** Values longer than this are not records of a log. */
const longest = 64 * 1024 * 1024

type Shape = 'unknown' | 'lines' | 'values'

export class TextReader {
  readonly #found: (record: FoundRecord) => void
  /** Told of every line that is not a record. */
  readonly #unreadable: (line: number) => void
  #shape: Shape = 'unknown'
  #rest = ''
  #line = 1
  readonly #values = new ValueCutter((text, line) => this.#take(text, line))

  constructor(found: (record: FoundRecord) => void, unreadable: (line: number) => void) {
    this.#found = found
    this.#unreadable = unreadable
  }

  push(text: string): void {
    if (this.#shape === 'values') return this.#values.push(text)
    this.#rest += this.#rest === '' && this.#line === 1 ? text.replace(/^\uFEFF/, '') : text
    if (this.#shape === 'unknown') this.#chooseShape(false)
    if (this.#shape === 'lines') this.#takeLines()
  }

  end(): void {
    if (this.#shape === 'unknown') this.#chooseShape(true)
    if (this.#shape === 'lines') {
      this.#takeLines()
      if (this.#rest.trim() !== '') this.#take(this.#rest.trim(), this.#line)
    } else if (!this.#values.end()) this.#unreadable(this.#values.line)
    this.#rest = ''
  }

  /** An array begins with a bracket; an object that isn't closed on its first line is written over several. */
  #chooseShape(ended: boolean): void {
    const start = this.#rest.trimStart()
    if (start === '') return
    const [first = ''] = start.split('\n', 1)
    if (first.length === start.length && !ended && start[0] !== '[' && start.length < longest) return
    const open = start[0] === '[' || (start[0] === '{' && /[{,[:]\s*$/.test(first))
    this.#shape = open ? 'values' : 'lines'
    if (!open) return
    this.#values.push(this.#rest)
    this.#rest = ''
  }

  #takeLines(): void {
    const lines = this.#rest.split('\n')
    this.#rest = lines.pop() ?? ''
    for (const line of lines) {
      const text = line.trim()
      if (text !== '') this.#take(text, this.#line)
      this.#line++
    }
    if (this.#rest.length > longest) {
      this.#unreadable(this.#line)
      this.#rest = ''
    }
  }

  #take(text: string, line: number): void {
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch {
      return this.#unreadable(line)
    }
    const records = recordsOf(value, text)
    if (records.length === 0) this.#unreadable(line)
    for (const record of records) this.#found({ ...record, line })
  }
}

/** Cuts JSON values out of text: the elements of an outer array, or values one after another. */
class ValueCutter {
  readonly #give: (text: string, line: number) => void
  #depth = 0
  #inArray = false
  #inText = false
  #escaped = false
  #value = ''
  #began = 1
  line = 1

  constructor(give: (text: string, line: number) => void) {
    this.#give = give
  }

  push(text: string): void {
    let from = 0
    for (let i = 0; i < text.length; i++) {
      const letter = text[i]
      if (letter === '\n') this.line++
      if (this.#inText) {
        if (this.#escaped) this.#escaped = false
        else if (letter === '\\') this.#escaped = true
        else if (letter === '"') this.#inText = false
      } else if (letter === '"') this.#inText = true
      else if (letter === '{' || letter === '[') {
        if (this.#depth === 0 && letter === '[' && !this.#inArray) {
          this.#inArray = true
          continue
        }
        if (this.#depth++ > 0) continue
        this.#began = this.line
        from = i
      } else if ((letter === '}' || letter === ']') && this.#depth > 0 && --this.#depth === 0) {
        this.#give(this.#value + text.slice(from, i + 1), this.#began)
        this.#value = ''
      }
    }
    if (this.#depth > 0 && this.#value.length < longest) this.#value += text.slice(from)
  }

  /** False where a value broke off. */
  end(): boolean {
    return this.#depth === 0
  }
}
