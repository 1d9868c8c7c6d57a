// Reads a few keys out of JSON text without making a string of it, an object, or strings of values seen before: for a
// million rows that is most of the time of reading. It takes plain JSON only. Where a text has an escape in a key or
// a value that is asked for, or anything that looks wrong, it says so, and the text goes the ordinary way: JSON.parse
// has the last word, and whatever is accepted here means what JSON.parse makes of it.
import type { Decode, Words } from './words.ts'

/** What an object or a list is told as: it is there, and is neither text nor number. */
const compound: unique symbol = Symbol('compound')

const quoteMark = 0x22
const backslash = 0x5c
const zero = 0x30
const nine = 0x39
const deepest = 64
/** Hostile text may have any number of keys, of any length. */
const mostKeys = 200
const longestKey = 64

/** Texts of one tool have their keys in the same order again and again: each key remembers who came after it. */
interface Key {
  /** With the quote that ends it. */
  readonly bytes: Uint8Array
  /** -1 where it isn't wanted. */
  readonly number: number
  next: Key | null
}

export class JsonScanner {
  /** By the numbers that `want` gave: what the text read last has there; undefined where it has no such key. */
  readonly values: unknown[] = []
  /** All that were wanted or seen, by length and first byte. */
  readonly #keys = new Map<number, Key[]>()
  #keyCount = 0
  /** Comes before the first key of a text. */
  readonly #beginning: Key = { bytes: new Uint8Array(0), number: -1, next: null }
  #last = this.#beginning
  readonly #words: Words
  #bytes: Uint8Array = new Uint8Array(0)
  #at = 0
  #end = 0
  #decode: Decode = () => ''

  constructor(words: Words) {
    this.#words = words
  }

  /** Null for a key that isn't plain ASCII: a text may write it in many ways. All are named before any text is read. */
  want(key: string): number | null {
    if (!/^[ !#-[\]-~]{1,200}$/.test(key)) return null
    const bytes = Uint8Array.from(`${key}"`, (letter) => letter.charCodeAt(0))
    const known = this.#known(bytes, 0, key.length)
    return (known ?? this.#add(bytes, this.values.push(undefined) - 1)).number
  }

  #known(bytes: Uint8Array, start: number, length: number): Key | undefined {
    const alike = this.#keys.get(startOf(length, bytes[start] ?? 0)) ?? noKeys
    for (let i = 0; i < alike.length; i++) {
      const key = alike[i]
      if (key !== undefined && startsWith(bytes, start, key.bytes)) return key
    }
    return undefined
  }

  #add(bytes: Uint8Array, number: number): Key {
    const key: Key = { bytes, number, next: null }
    const start = startOf(bytes.length - 1, bytes[0] ?? 0)
    this.#keys.set(start, [...(this.#keys.get(start) ?? []), key])
    this.#keyCount++
    return key
  }

  /** False where the ordinary way has to be taken. */
  scan(bytes: Uint8Array, start: number, end: number, decode: Decode): boolean {
    this.#bytes = bytes
    this.#at = start
    this.#end = end
    this.#decode = decode
    this.#last = this.#beginning
    this.values.fill(undefined)
    this.#skipSpace()
    if (bytes[this.#at] !== 0x7b || this.#at >= end) return false
    if (!this.#members()) return false
    this.#skipSpace()
    return this.#at === end
  }

  #members(): boolean {
    const bytes = this.#bytes
    this.#at++
    this.#skipSpace()
    if (bytes[this.#at] === 0x7d) {
      this.#at++
      return this.#at <= this.#end
    }
    for (;;) {
      const key = this.#key()
      if (key === bad) return false
      if (!this.#colon()) return false
      if (key >= 0 ? !this.#value(key) : !this.#skipValue(0)) return false
      this.#skipSpace()
      const next = bytes[this.#at++]
      if (this.#at > this.#end) return false
      if (next === 0x7d) return true
      if (next !== 0x2c) return false
      this.#skipSpace()
    }
  }

  /** The number of a wanted key, -1 of another. */
  #key(): number {
    const bytes = this.#bytes
    if (bytes[this.#at] !== quoteMark) return bad
    const start = this.#at + 1
    const guess = this.#last.next
    if (guess !== null && startsWith(bytes, start, guess.bytes)) {
      this.#at = start + guess.bytes.length
      this.#last = guess
      return guess.number
    }
    let at = start
    for (;;) {
      const byte = bytes[at] ?? 0
      if (byte === quoteMark) break
      if (byte < 0x20 || byte >= 0x80 || byte === backslash || at >= this.#end) return bad
      at++
    }
    this.#at = at + 1
    const known = this.#known(bytes, start, at - start)
    if (known === undefined && (this.#keyCount >= mostKeys || at - start > longestKey)) return -1
    const key = known ?? this.#add(bytes.slice(start, at + 1), -1)
    this.#last.next = key
    this.#last = key
    return key.number
  }

  #colon(): boolean {
    this.#skipSpace()
    if (this.#bytes[this.#at] !== 0x3a) return false
    this.#at++
    this.#skipSpace()
    return true
  }

  #value(key: number): boolean {
    const bytes = this.#bytes
    const first = bytes[this.#at] ?? 0
    if (first === quoteMark) {
      const start = this.#at + 1
      const at = endOfPlain(bytes, start)
      if (bytes[at] !== quoteMark || at >= this.#end) return false
      this.#at = at + 1
      this.values[key] = this.#words.word(bytes, start, at, this.#decode)
      return true
    }
    if (first === 0x2d || (first >= zero && first <= nine)) {
      const start = this.#at
      if (!this.#skipNumber()) return false
      this.values[key] = numberIn(bytes, start, this.#at)
      return true
    }
    if (first === 0x7b || first === 0x5b) {
      this.values[key] = compound
      return this.#skipValue(0)
    }
    this.values[key] = first === 0x74 ? true : first === 0x66 ? false : null
    return this.#skipValue(0)
  }

  #skipValue(depth: number): boolean {
    const first = this.#bytes[this.#at] ?? 0
    switch (first) {
      case quoteMark:
        return this.#skipString()
      case 0x7b:
        return depth < deepest && this.#skipMembers(depth, 0x7d, true)
      case 0x5b:
        return depth < deepest && this.#skipMembers(depth, 0x5d, false)
      case 0x74:
        return this.#skipWord('true')
      case 0x66:
        return this.#skipWord('false')
      case 0x6e:
        return this.#skipWord('null')
      default:
        return this.#skipNumber()
    }
  }

  #skipMembers(depth: number, close: number, named: boolean): boolean {
    const bytes = this.#bytes
    this.#at++
    this.#skipSpace()
    if (bytes[this.#at] === close) {
      this.#at++
      return this.#at <= this.#end
    }
    for (;;) {
      if (named && !(bytes[this.#at] === quoteMark && this.#skipString() && this.#colon())) return false
      if (!this.#skipValue(depth + 1)) return false
      this.#skipSpace()
      const next = bytes[this.#at++]
      if (this.#at > this.#end) return false
      if (next === close) return true
      if (next !== 0x2c) return false
      this.#skipSpace()
    }
  }

  #skipString(): boolean {
    const bytes = this.#bytes
    let at = this.#at + 1
    for (;;) {
      at = endOfPlain(bytes, at)
      const byte = bytes[at++] ?? 0
      if (byte < 0x20 || at > this.#end) return false
      if (byte === quoteMark) break
      if (byte !== backslash) continue
      const escaped = bytes[at++] ?? 0
      if (escaped === 0x75) {
        for (let i = 0; i < 4; i++) if (!isHex(bytes[at++] ?? 0)) return false
      } else if (!simpleEscapes.has(escaped)) return false
    }
    this.#at = at
    return at <= this.#end
  }

  #skipWord(word: string): boolean {
    for (let i = 0; i < word.length; i++) if (this.#bytes[this.#at + i] !== word.charCodeAt(i)) return false
    this.#at += word.length
    return this.#at <= this.#end
  }

  #skipNumber(): boolean {
    const bytes = this.#bytes
    if (bytes[this.#at] === 0x2d) this.#at++
    if (bytes[this.#at] === zero) this.#at++
    else if (!this.#skipDigits()) return false
    if (bytes[this.#at] === 0x2e) {
      this.#at++
      if (!this.#skipDigits()) return false
    }
    if (((bytes[this.#at] ?? 0) | 0x20) === 0x65) {
      this.#at++
      const sign = bytes[this.#at]
      if (sign === 0x2b || sign === 0x2d) this.#at++
      if (!this.#skipDigits()) return false
    }
    return this.#at <= this.#end
  }

  #skipDigits(): boolean {
    const bytes = this.#bytes
    const start = this.#at
    let at = start
    while ((bytes[at] ?? 0) >= zero && (bytes[at] ?? 0) <= nine) at++
    this.#at = at
    return at > start
  }

  #skipSpace(): void {
    const bytes = this.#bytes
    for (;;) {
      const byte = bytes[this.#at] ?? 0
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return
      this.#at++
    }
  }
}

const noKeys: readonly Key[] = []
const bad = -2
const startOf = (length: number, first: number): number => (length << 8) | first
const simpleEscapes = new Set([0x22, 0x5c, 0x2f, 0x62, 0x66, 0x6e, 0x72, 0x74])

const isHex = (byte: number): boolean =>
  (byte >= zero && byte <= nine) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66)

/** By byte: 1 for what stands in a text as it is. */
const plain = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < 0x20 || byte === quoteMark || byte === backslash ? 0 : 1,
)
function endOfPlain(bytes: Uint8Array, start: number): number {
  let at = start
  while (plain[bytes[at] ?? 0] === 1) at++
  return at
}

function startsWith(bytes: Uint8Array, start: number, wanted: Uint8Array): boolean {
  for (let i = 0; i < wanted.length; i++) if (bytes[start + i] !== wanted[i]) return false
  return true
}

/**
 * Fifteen digits are exact in a plain count, and so is the power of ten that stands for their point: divided by it, they
 * give the nearest number there is. All else is left to the language.
 */
function numberIn(bytes: Uint8Array, start: number, end: number): number {
  const negative = bytes[start] === 0x2d
  let value = 0
  let digits = 0
  let point = end
  let at = negative ? start + 1 : start
  for (; at < end; at++) {
    const byte = bytes[at] ?? 0
    if (byte === 0x2e) {
      point = at + 1
      continue
    }
    const digit = byte - zero
    if (digit < 0 || digit > 9 || ++digits > 15) break
    value = value * 10 + digit
  }
  if (at === end) {
    const found = value / (powersOfTen[end - point] ?? NaN)
    return negative ? -found : found
  }
  let text = ''
  for (at = start; at < end; at++) text += String.fromCharCode(bytes[at] ?? 0)
  return Number(text)
}
const powersOfTen = Float64Array.from({ length: 16 }, (_, power) => Number(`1e${power}`))
