// The numbers of the rows that pass, and of those that fail, for whoever has to look at them one by one.

/** Rows by number; a list of null means all of them. */
export interface ChosenRows {
  readonly count: number
  readonly list: Uint32Array | null
}

interface Divided {
  readonly chosen: ChosenRows
  readonly others: ChosenRows
}

/** Lists by the bits that were asked for, of one filter and so many rows. */
export class DividedRows {
  readonly #divided = new Map<number, Divided>()
  /** Arrays of earlier lists, to be filled again. */
  #spare: Uint32Array[] = []

  clear(): void {
    for (const { chosen, others } of this.#divided.values())
      for (const { list } of [chosen, others]) if (list !== null) this.#spare.push(list)
    this.#divided.clear()
  }

  /** Every row is written into both lists and the count of one moves on: no branch that can't be foreseen. */
  of(asked: number, fails: Uint32Array, rows: number): Divided {
    const known = this.#divided.get(asked)
    if (known !== undefined) return known
    const [passing, failing] = [this.#newList(rows, fails.length), this.#newList(rows, fails.length)]
    let count = 0
    for (let row = 0; row < rows; row++) {
      passing[row - count] = row
      failing[count] = row
      const failed = (fails[row] ?? 0) & asked
      count += (failed | -failed) >>> 31
    }
    const divided = { chosen: { count: rows - count, list: passing }, others: { count, list: failing } }
    this.#divided.set(asked, divided)
    return divided
  }

  #newList(rows: number, room: number): Uint32Array {
    const list = this.#spare.find(({ length }) => length >= rows)
    this.#spare = this.#spare.filter((other) => other !== list)
    return list ?? new Uint32Array(room)
  }
}
