// Exact percentiles of any choice of rows, without sorting at each choice. All durations are sorted once; a choice
// then walks along the rows in that order and stops at the position asked for. Groups are walked all at once: what a
// row belongs to is kept in the same order, so that memory is read from front to back.
import { sortByNumber } from './radix.ts'
import type { Shapes } from './shapes.ts'

/** The value at position ceil(p·n) of the sorted values: always one that really occurred. */
export function nearestRank(sorted: Float64Array, p: number): number | null {
  return sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)] ?? null
}

type Codes = Uint8Array | Uint16Array | Uint32Array

/** What rows belong to, those that belong to nothing left out. */
interface Groups {
  /** Stands for the codes that were given. */
  readonly version: string
  readonly count: number
  /** The code of no group. */
  readonly none: number
  /** Places in the order of the values; null means each of them. */
  readonly at: Uint32Array | null
  readonly codes: Uint16Array | Uint32Array
}

const mostStretches = 256

export class Ranks {
  /** How many rows were sorted; with more than those, it is out of date. */
  readonly rows: number
  /** The rows that have a value, by that value ascending. */
  readonly order: Uint32Array
  /** Their values. */
  readonly values: Float64Array
  readonly #groups = new Map<string, Groups>()
  readonly #fails: Uint32Array
  /** For each value the shape of its row, once somebody needs it. */
  #shapes: Uint32Array | null = null
  /** Room for groups before it is known how many rows belong to any. */
  #places: Uint32Array = new Uint32Array(0)
  #codes: Uint16Array | Uint32Array = new Uint16Array(0)

  constructor(values: Float64Array, rows: number) {
    this.rows = rows
    this.order = sortedRows(values, rows)
    this.values = new Float64Array(this.order.length)
    for (let i = 0; i < this.values.length; i++) this.values[i] = values[this.order[i] ?? 0] ?? NaN
    this.#fails = new Uint32Array(this.order.length)
  }

  /** Takes over which rows are chosen, before percentiles of them are asked for. */
  choose(fails: Uint32Array): void {
    const { order } = this
    const own = this.#fails
    for (let i = 0; i < order.length; i++) own[i] = fails[order[i] ?? 0] ?? 0
  }

  /** The percentiles, wanted in ascending order, of the rows that fail none of the asked conditions. */
  of(asked: number, wanted: readonly number[]): (number | null)[] {
    const { values } = this
    if (asked === 0) return wanted.map((p) => values[rankOf(p, values.length) - 1] ?? null)
    const fails = this.#fails
    let chosen = 0
    for (let i = 0; i < fails.length; i++) chosen += passes((fails[i] ?? 0) & asked)
    if (chosen === 0) return wanted.map(() => null)
    let seen = 0
    let i = 0
    return wanted.map((p) => {
      const position = rankOf(p, chosen)
      while (seen < position) seen += passes((fails[i++] ?? 0) & asked)
      return values[i - 1] ?? null
    })
  }

  /** The same by a code for each shape: there are fewer of those than rows, so they lie nearer. */
  groupShapes(name: string, places: Uint8Array, shapes: Shapes, count: number): Groups {
    const version = `${shapes.version}`
    const known = this.#groups.get(name)
    if (known?.version === version) return known
    const { order } = this
    if (this.#shapes === null) {
      this.#shapes = new Uint32Array(order.length)
      for (let i = 0; i < order.length; i++) this.#shapes[i] = shapes.ofRow[order[i] ?? 0] ?? 0
    }
    return this.group(name, version, () => places, count, 0, this.#shapes)
  }

  /** `version` stands for the codes: they are asked for only where it is another than before. */
  group(
    name: string,
    version: string,
    codesOf: () => Codes,
    count: number,
    none: number,
    order = this.order,
  ): Groups {
    const known = this.#groups.get(name)
    if (known?.version === version) return known
    this.#makeRoom(count)
    const own = this.#codes
    const places = this.#places
    const length = takeTold(own, places, order, codesOf(), none)
    const at = length === order.length ? null : places.slice(0, length)
    const groups = { version, count, none, at, codes: own.slice(0, length) }
    this.#groups.set(name, groups)
    return groups
  }

  #makeRoom(count: number): void {
    const { length } = this.order
    if (this.#places.length < length) this.#places = new Uint32Array(length)
    const wide = count > 0x1_0000 // see counts.ts
    if (this.#codes.length < length || wide !== this.#codes instanceof Uint32Array)
      this.#codes = wide ? new Uint32Array(length) : new Uint16Array(length)
  }

  /**
   * The percentiles of each group. One walk counts the groups, and notes now and then how far each has come; only the
   * stretch in which a wanted row lies is walked once more. A row that fails is counted where no group is.
   */
  ofGroups(groups: Groups, asked: number, wanted: readonly number[]): (number | null)[][] {
    const { count, none, at, codes } = groups
    const stretches = Math.max(1, Math.min(mostStretches, Math.floor(codes.length / (4 * count))))
    const length = Math.ceil(codes.length / stretches)
    const sizes = new Int32Array(count)
    const noted = new Int32Array((stretches + 1) * count)
    for (let stretch = 0; stretch < stretches; stretch++) {
      this.#count(groups, asked, stretch * length, (stretch + 1) * length, sizes)
      noted.set(sizes, (stretch + 1) * count)
    }
    return wanted.map((p) => {
      const found = Array.from<number | null>({ length: count }).fill(null)
      const ahead = new Int32Array(count)
      for (let stretch = 0; stretch < stretches; stretch++) {
        let open = 0
        for (let group = 0; group < count; group++) {
          const position = rankOf(p, sizes[group] ?? 0)
          const before = noted[stretch * count + group] ?? 0
          const here = before < position && position <= (noted[(stretch + 1) * count + group] ?? 0)
          if (here && group !== none) open++
          ahead[group] = here && group !== none ? position - before : 0
        }
        for (let j = stretch * length; open > 0; j++) {
          const place = at === null ? j : (at[j] ?? 0)
          const group = codes[j] ?? 0
          if (((this.#fails[place] ?? 0) & asked) !== 0 || (ahead[group] ?? 0) <= 0) continue
          ahead[group] = (ahead[group] ?? 0) - 1
          if (ahead[group] !== 0) continue
          found[group] = this.values[place] ?? null
          open--
        }
      }
      return found
    })
  }

  #count({ none, at, codes }: Groups, asked: number, from: number, to: number, sizes: Int32Array): void {
    const fails = this.#fails
    const end = Math.min(to, codes.length)
    for (let j = from; j < end; j++) {
      const left = -passes((fails[at === null ? j : (at[j] ?? 0)] ?? 0) & asked)
      const group = ((codes[j] ?? 0) & left) | (none & ~left)
      sizes[group] = (sizes[group] ?? 0) + 1
    }
  }
}

/** 1 where nothing failed, else 0, without a branch that can't be foreseen. */
const passes = (failed: number): number => 1 + ((failed | -failed) >> 31)

const rankOf = (p: number, count: number): number => Math.max(1, Math.ceil(p * count))

/** The codes of the rows that belong to a group, and their places; how many there are. */
function takeTold(
  own: Uint16Array | Uint32Array,
  places: Uint32Array,
  order: Uint32Array,
  codes: Codes,
  none: number,
): number {
  let length = 0
  for (let i = 0; i < order.length; i++) {
    const code = codes[order[i] ?? 0] ?? 0
    own[length] = code
    places[length] = i
    length += Number(code !== none)
  }
  return length
}

function sortedRows(values: Float64Array, rows: number): Uint32Array {
  const order = new Uint32Array(rows)
  let present = 0
  for (let row = 0; row < rows; row++) if (!Number.isNaN(values[row])) order[present++] = row
  return sortByNumber(order.subarray(0, present), values.subarray(0, rows), false)
}
