// Where time alone tells which rows are meant, they lie in a few stretches: tools write in the order of time.
import { blockBits } from './blocks.ts'
import type { Pieces, TimeBlocks } from './blocks.ts'
import type { Columns } from './columns.ts'
import type { Between } from './conditions.ts'
import { bitOf, timeBits } from './slots.ts'

/** Rows that follow each other. */
export interface RowsBetween {
  readonly start: number
  /** Exclusive. */
  readonly end: number
}

/** With more blocks of which some rows are meant, rows are not in the order of time. */
const fewMixed = 16

export class TimeStretches {
  readonly #columns: Columns
  readonly #blocks: TimeBlocks
  /** The conditions on time that are set, by slot. */
  readonly #times = new Map<number, Between>()
  readonly #pieces = new Map<number, Pieces>()

  constructor(columns: Columns, blocks: TimeBlocks) {
    this.#columns = columns
    this.#blocks = blocks
  }

  begin(): void {
    this.#pieces.clear()
  }

  set(slot: number, between: Between | null): void {
    if (between === null) this.#times.delete(slot)
    else this.#times.set(slot, between)
  }

  /** Null where other conditions than those of time are asked. */
  pieces(asked: number): Pieces | null {
    if ((asked & ~timeBits) !== 0) return null
    const known = this.#pieces.get(asked)
    if (known !== undefined) return known
    const pieces = this.#blocks.pieces(this.#timesOf(asked))
    this.#pieces.set(asked, pieces)
    return pieces
  }

  /** The rows that lie in all these times; null where other conditions are asked, or rows lie in any order. */
  of(asked: number): readonly RowsBetween[] | null {
    const pieces = this.pieces(asked)
    if (pieces === null || pieces.mixed.length > fewMixed) return null
    const times = this.#timesOf(asked)
    const parts = pieces.mixed.flatMap((block) => this.#within(this.#rowsOf(block), times))
    return joined([...pieces.whole.map((block) => this.#rowsOf(block)), ...parts])
  }

  passes(asked: number): (row: number) => boolean {
    const { time } = this.#columns
    const times = this.#timesOf(asked)
    return (row) => isWithin(time[row] ?? NaN, times)
  }

  #rowsOf(block: number): RowsBetween {
    return { start: block << blockBits, end: Math.min((block + 1) << blockBits, this.#columns.rows) }
  }

  #within({ start, end }: RowsBetween, times: readonly Between[]): RowsBetween[] {
    const { time } = this.#columns
    const found: RowsBetween[] = []
    let from = start
    for (let row = start; row <= end; row++) {
      if (row < end && isWithin(time[row] ?? NaN, times)) continue
      if (row > from) found.push({ start: from, end: row })
      from = row + 1
    }
    return found
  }

  #timesOf(asked: number): Between[] {
    return [...this.#times].filter(([slot]) => (asked & bitOf(slot)) !== 0).map(([, between]) => between)
  }
}

/** What touches becomes one. */
function joined(parts: readonly RowsBetween[]): RowsBetween[] {
  const found: { start: number; end: number }[] = []
  for (const { start, end } of parts.toSorted((a, b) => a.start - b.start)) {
    const last = found.at(-1)
    if (last?.end === start) last.end = end
    else found.push({ start, end })
  }
  return found
}

function isWithin(at: number, times: readonly Between[]): boolean {
  for (let i = 0; i < times.length; i++) {
    const between = times[i]
    if (between !== undefined && (at >= between.from && at < between.to) === between.not) return false
  }
  return true
}
