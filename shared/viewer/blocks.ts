// Rows in blocks that know from when to when they reach. Tools write in the order of time, so whoever looks for a
// stretch of it, or for the first and last of some rows, can take most blocks as a whole or pass them over.
import type { Columns } from './columns.ts'
import type { Between } from './conditions.ts'

export const blockBits = 12
const blockLength = 1 << blockBits

interface Block {
  /** Its number times its length. */
  readonly start: number
  /** Exclusive. */
  readonly end: number
  readonly first: number
  readonly last: number
  /** Every row of it has a time. */
  readonly timed: boolean
}

/** Chosen rows as blocks, by number: those of which all rows are chosen, and those of which some may be. */
export interface Pieces {
  readonly whole: readonly number[]
  readonly mixed: readonly number[]
}

export interface Ends {
  readonly first: number | null
  readonly last: number | null
}

export class TimeBlocks {
  readonly #columns: Columns
  #rows = 0
  /** By their first time ascending, and by their last descending. */
  #rising: readonly Block[] = []
  #falling: readonly Block[] = []

  constructor(columns: Columns) {
    this.#columns = columns
  }

  /**
   * The first and last time of the chosen rows. It is known already that none of them lies
   * before `low` or after `high`.
   */
  ends(isChosen: (row: number) => boolean, low: number, high: number): Ends {
    this.#bring()
    const { time } = this.#columns
    let first = Infinity
    for (const block of this.#rising) {
      if (block.first >= first) break
      if (block.last < low) continue
      first = earliest(time, block.start, block.end, isChosen, first)
    }
    let last = -Infinity
    for (const block of this.#falling) {
      if (block.last <= last) break
      if (block.first > high) continue
      last = latest(time, block.start, block.end, isChosen, last)
    }
    return { first: first === Infinity ? null : first, last: last === -Infinity ? null : last }
  }

  /** The rows that lie, or don't lie, between all these times. */
  pieces(conditions: readonly Between[]): Pieces {
    this.#bring()
    const whole: number[] = []
    const mixed: number[] = []
    for (const block of this.#rising) {
      const places = conditions.map(({ from, to, not }) => {
        const is = placeOf(block, from, to)
        return is === 'mixed' ? is : (is === 'inside') === not ? 'none' : 'all'
      })
      const number = block.start >> blockBits
      if (!places.includes('none')) (places.includes('mixed') ? mixed : whole).push(number)
    }
    return { whole, mixed }
  }

  /** The rows from one to before another, in pieces: those inside a stretch of time, outside of it, and the mixed. */
  *parts(from: number, end: number, low: number, high: number): Generator<Part> {
    this.#bring()
    for (const block of this.#rising) {
      const [start, stop] = [Math.max(from, block.start), Math.min(end, block.end)]
      if (start >= stop) continue
      yield { start, end: stop, is: placeOf(block, low, high) }
    }
  }

  /** Rows are only ever added: blocks that were full stay as they are. */
  #bring(): void {
    const { rows, time } = this.#columns
    if (this.#rows === rows) return
    const blocks = this.#rising.filter(({ start, end }) => end - start === blockLength)
    for (let start = this.#rows - (this.#rows % blockLength); start < rows; start += blockLength) {
      const end = Math.min(start + blockLength, rows)
      let first = Infinity
      let last = -Infinity
      let timed = true
      for (let row = start; row < end; row++) {
        const at = time[row] ?? NaN
        if (at !== at) timed = false
        if (at < first) first = at
        if (at > last) last = at
      }
      blocks.push({ start, end, first, last, timed })
    }
    this.#rows = rows
    this.#rising = blocks.toSorted((a, b) => a.first - b.first)
    this.#falling = blocks.toSorted((a, b) => b.last - a.last)
  }
}

// Loops of their own: small ones are compiled quickly.

function earliest(
  time: Float64Array,
  start: number,
  end: number,
  isChosen: (row: number) => boolean,
  before: number,
): number {
  let first = before
  for (let row = start; row < end; row++) {
    const at = time[row] ?? NaN
    if (at < first && isChosen(row)) first = at
  }
  return first
}

function latest(
  time: Float64Array,
  start: number,
  end: number,
  isChosen: (row: number) => boolean,
  after: number,
): number {
  let last = after
  for (let row = start; row < end; row++) {
    const at = time[row] ?? NaN
    if (at > last && isChosen(row)) last = at
  }
  return last
}

interface Part {
  readonly start: number
  readonly end: number
  readonly is: Place
}
type Place = 'inside' | 'outside' | 'mixed'

function placeOf({ timed, first, last }: Block, low: number, high: number): Place {
  if (timed && first >= low && last < high) return 'inside'
  return last < low || first >= high ? 'outside' : 'mixed'
}
