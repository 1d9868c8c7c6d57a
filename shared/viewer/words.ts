// Text that comes again and again, such as the names of tools, is decoded once and known again by its bytes.

/** Longer ones seldom come twice. */
const longest = 48
const most = 20_000
const places = 0x1_0000

/** The text of UTF-8 bytes. */
export type Decode = (bytes: Uint8Array, start: number, end: number) => string

export class Words {
  /** By place one more than the number of a word; 0 is free. */
  readonly #table = new Uint16Array(places)
  readonly #strings: string[] = []
  readonly #starts: number[] = [0]
  #bytes = new Uint8Array(0x4000)
  #used = 0

  /** The text of these bytes, which are UTF-8. */
  word(bytes: Uint8Array, start: number, end: number, decode: Decode): string {
    const length = end - start
    if (length > longest) return decode(bytes, start, end)
    let hash = length
    for (let at = start; at < end; at++) hash = (Math.imul(hash, 31) + (bytes[at] ?? 0)) | 0
    let place = (hash ^ (hash >>> 15)) & (places - 1)
    for (let entry = this.#table[place] ?? 0; entry !== 0; entry = this.#table[place] ?? 0) {
      if (this.#is(entry - 1, bytes, start, length)) return this.#strings[entry - 1] ?? ''
      place = (place + 1) & (places - 1)
    }
    const text = decode(bytes, start, end)
    if (this.#strings.length < most) this.#keep(place, text, bytes, start, end)
    return text
  }

  #is(number: number, bytes: Uint8Array, start: number, length: number): boolean {
    const from = this.#starts[number] ?? 0
    if ((this.#starts[number + 1] ?? 0) - from !== length) return false
    const own = this.#bytes
    for (let i = 0; i < length; i++) if (own[from + i] !== bytes[start + i]) return false
    return true
  }

  #keep(place: number, text: string, bytes: Uint8Array, start: number, end: number): void {
    const used = this.#used + end - start
    if (used > this.#bytes.length) {
      const larger = new Uint8Array(used * 2)
      larger.set(this.#bytes)
      this.#bytes = larger
    }
    this.#bytes.set(bytes.subarray(start, end), this.#used)
    this.#used = used
    this.#starts.push(used)
    this.#table[place] = this.#strings.push(text)
  }
}
