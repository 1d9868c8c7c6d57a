// For each row one bit for every condition that it fails. When one condition changes, only its bit is worked out anew,
// and not before somebody asks for it: what shapes and times tell does without (see shapes.ts).
import { markAll } from './conditions.ts'
import type { Mark } from './conditions.ts'
import { bitOf } from './slots.ts'

interface Work {
  /** The rows before have their bits. */
  readonly from: number
  /** Null where there is no such condition any more. */
  readonly marks: (() => readonly Mark[]) | null
}

export class RowFails {
  #bits = new Uint32Array(0)
  #rows = 0
  /** The bits that any row may have. */
  #marked = 0
  readonly #waiting = new Map<number, Work>()

  /** Up to date for as many rows as were told last. */
  get bits(): Uint32Array {
    for (const [slot, { from, marks }] of this.#waiting) {
      const bit = bitOf(slot)
      markAll(marks?.() ?? [], this.#bits, bit, from, this.#rows, from === 0 ? ~bit : ~0)
      this.#marked = marks === null ? this.#marked & ~bit : this.#marked | bit
    }
    this.#waiting.clear()
    return this.#bits
  }

  /** There are so many rows, and room for as many. */
  grow(rows: number, room: number): void {
    this.#rows = rows
    if (this.#bits.length >= rows) return
    const larger = new Uint32Array(Math.max(rows, room))
    larger.set(this.#bits)
    this.#bits = larger
  }

  /** The condition of a slot is another, or there are rows that it was not asked of yet. */
  mark(slot: number, from: number, marks: (() => readonly Mark[]) | null): void {
    if (marks === null && (this.#marked & bitOf(slot)) === 0) this.#waiting.delete(slot)
    else this.#waiting.set(slot, { from: Math.min(from, this.#waiting.get(slot)?.from ?? from), marks })
  }
}
