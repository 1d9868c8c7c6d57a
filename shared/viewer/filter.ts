// Stage 4: which rows count. A filter is plain data, so that it can stand in an address, on a command line and in
// a delete preview alike. Here every condition of it gets a bit, and every row the bits of the conditions that it
// fails: a chart that ignores its own condition asks for rows that fail no other one, and when one condition
// changes, only its bit is worked out anew.
import { TimeBlocks } from './blocks.ts'
import type { Ends, Pieces } from './blocks.ts'
import type { Codes, Columns } from './columns.ts'
import { allOf, among, outside, outsideTime, unless } from './conditions.ts'
import type { Between, Mark } from './conditions.ts'
import { outcome } from './events.ts'
import { LocalTimes } from './local.ts'
import type { Zone } from './zone.ts'

export type { Between, Places } from './conditions.ts'

export interface Filter {
  /** The period that is looked at: milliseconds since 1970, inclusive; null is open. */
  readonly since: number | null
  /** Exclusive; null is open. */
  readonly until: number | null
  /** A stretch of time chosen within the period; charts over time show what lies around it as well. */
  readonly range: Between | null
  /** True: only what failed; false: only what did not. */
  readonly failed: boolean | null
  /** Milliseconds. */
  readonly duration: Between | null
  /** Hours since Monday's local midnight, 0 to 167. */
  readonly hours: { readonly of: readonly number[]; readonly not: boolean } | null
  /** All conditions must hold. Within one, any of the values. The dimension `kind` is the event's kind. */
  readonly where: readonly Condition[]
  /** Words that a row's texts must contain; which rows do, whoever can read the texts finds out. Empty: any. */
  readonly search: string
}

export interface Condition {
  readonly dimension: string
  readonly values: readonly string[]
  readonly not: boolean
}

export const everything: Filter = {
  since: null,
  until: null,
  range: null,
  failed: null,
  duration: null,
  hours: null,
  where: [],
  search: '',
}

const slots = {
  period: 0,
  range: 1,
  failed: 2,
  duration: 3,
  hours: 4,
  unknown: 5,
  search: 6,
  earlier: 7,
} as const
/** A condition that a chart can ask to leave out; else it is a dimension's name. */
export type Slot = Exclude<keyof typeof slots, 'earlier'>
const timeSlots = (1 << slots.period) | (1 << slots.range) | (1 << slots.earlier)
const firstDimension = 8
const lastSlot = 31
/** All of the filter's. That a row lies in an earlier period, to compare with, is asked for by its own name only. */
export const everyCondition = ~(1 << slots.earlier)

/** Rows by number; a list of null means all of them. */
export interface ChosenRows {
  readonly count: number
  readonly list: Uint32Array | null
}

/** Rows in which a search has found its words so far; `version` grows with every hit. */
interface FoundRows {
  readonly version: number
  has(row: number): boolean
}
const nothingFound: FoundRows = { version: 0, has: () => false }

interface Stretch {
  readonly from: number
  /** Exclusive. */
  readonly to: number
}

export class Selection {
  readonly #columns: Columns
  readonly local: LocalTimes
  readonly #blocks: TimeBlocks
  /** For each row one bit for every condition that it fails; with none of those asked for it is chosen. */
  fails = new Uint32Array(0)
  #rows = 0
  /** What each slot was last worked out for. */
  readonly #done: string[] = []
  /** The bits of the conditions that are set. */
  #set = 0
  /** Lists by the bits that were asked for, of this filter and these rows. */
  readonly #lists = new Map<number, ChosenRows>()
  readonly #others = new Map<number, ChosenRows>()
  readonly #pieces = new Map<number, Pieces>()
  /** The conditions on time that are set, by slot. */
  readonly #times = new Map<number, Between>()
  /** Arrays of earlier lists, to be filled again. */
  #spare: Uint32Array[] = []
  readonly #found: FoundRows
  #zone: Zone | null = null

  constructor(columns: Columns, found: FoundRows = nothingFound) {
    this.#columns = columns
    this.#found = found
    this.local = new LocalTimes(columns)
    this.#blocks = new TimeBlocks(columns)
  }

  /** The rows that fail none of these conditions; all rows, without a list of them, where none of them is set. */
  rows(conditions: number = everyCondition): ChosenRows {
    const { rows } = this.#columns
    const asked = this.asked(conditions)
    if (asked === 0) return { count: rows, list: null }
    const known = this.#lists.get(asked)
    if (known !== undefined) return known
    return this.#divide(asked).chosen
  }

  /** The same as blocks, where time alone tells which rows are meant; else null. */
  pieces(conditions: number): Pieces | null {
    const asked = this.asked(conditions)
    if ((asked & ~timeSlots) !== 0) return null
    const known = this.#pieces.get(asked)
    if (known !== undefined) return known
    const told = [...this.#times].filter(([slot]) => (asked & (1 << slot)) !== 0)
    const pieces = this.#blocks.pieces(told.map(([, between]) => between))
    this.#pieces.set(asked, pieces)
    return pieces
  }

  /**
   * When the first and the last of the rows were that fail none of these conditions. It is told of each place in
   * `local.days` whether any of them lies there.
   */
  ends(conditions: number, isThere: (place: number) => boolean): Ends {
    const { days } = this.local
    const zone = this.#zone
    let [low, high] = [Infinity, -Infinity]
    for (let place = 1; place < days.length; place++) {
      const day = days[place] ?? NaN
      if (!isThere(place)) continue
      if (day < low) low = day
      if (day > high) high = day
    }
    if (zone === null || low > high) return { first: null, last: null }
    return this.#blocks.ends(this.fails, this.asked(conditions), zone.startOf(low), zone.startOf(high + 1))
  }

  /** The rows that are left out by these conditions. */
  others(conditions: number): ChosenRows {
    const asked = this.asked(conditions)
    const known = this.#others.get(asked)
    if (known !== undefined) return known
    return this.#divide(asked).others
  }

  /** Every row is written into both lists and the count of one moves on: no branch that can't be foreseen. */
  #divide(asked: number): { readonly chosen: ChosenRows; readonly others: ChosenRows } {
    const { fails } = this
    const { rows } = this.#columns
    const passing = this.#newList()
    const failing = this.#newList()
    let count = 0
    for (let row = 0; row < rows; row++) {
      passing[row - count] = row
      failing[count] = row
      const failed = (fails[row] ?? 0) & asked
      count += (failed | -failed) >>> 31
    }
    const chosen = { count: rows - count, list: passing }
    const others = { count, list: failing }
    this.#lists.set(asked, chosen)
    this.#others.set(asked, others)
    return { chosen, others }
  }

  /** Stands for what these conditions choose: the same again whenever the same rows are chosen. */
  state(conditions: number): string {
    const asked = this.asked(conditions)
    return asked === 0
      ? ''
      : this.#done.map((key, slot) => ((asked & (1 << slot)) === 0 ? '' : key)).join('\n')
  }

  #newList(): Uint32Array {
    const list = this.#spare.find(({ length }) => length >= this.#columns.rows)
    this.#spare = this.#spare.filter((other) => other !== list)
    return list ?? new Uint32Array(this.#columns.time.length)
  }

  /** Of these conditions the bits that are set: rows whose `fails` has none of them are chosen. */
  asked(conditions: number = everyCondition): number {
    return conditions & this.#set
  }

  /** All conditions but these. */
  without(...left: readonly Slot[]): number {
    return left.reduce((bits, name) => bits & ~(1 << slots[name]), everyCondition)
  }

  /** All conditions but the dimension's own, for the chart that shows all its values. */
  withoutDimension(name: string): number {
    return everyCondition & ~(1 << this.#slotOf(name))
  }

  /** The conditions of the earlier period: in its time, and whatever else is chosen. */
  get earlier(): number {
    return this.without('period', 'range') | (1 << slots.earlier)
  }

  apply(filter: Filter, zone: Zone, earlier: Stretch | null = null): void {
    this.#grow()
    for (const lists of [this.#lists, this.#others]) {
      for (const { list } of lists.values()) if (list !== null) this.#spare.push(list)
      lists.clear()
    }
    this.#pieces.clear()
    this.local.bring(zone)
    this.#zone = zone
    const { since, until, range, failed, duration, hours, where, search } = filter
    const { time, duration: took, outcome: how } = this.#columns
    const period =
      since === null && until === null ? null : { from: since ?? -Infinity, to: until ?? Infinity }
    const sought = search === '' ? null : { search, version: this.#found.version }
    const inPeriod = period && { ...period, not: false }
    const inEarlier = earlier && { ...earlier, not: false }
    this.#slot(slots.search, sought, () => [unless((row) => this.#found.has(row))])
    for (const [slot, between] of [
      [slots.period, inPeriod],
      [slots.range, range],
      [slots.earlier, inEarlier],
    ] as const) {
      this.#slot(slot, between, (set) => [outsideTime(time, this.#blocks, set)])
      if (between === null) this.#times.delete(slot)
      else this.#times.set(slot, between)
    }
    this.#slot(slots.failed, failed, (set) => [among(how, [outcome.failed], !set)])
    this.#slot(slots.duration, duration, (set) => [outside(took, set)])
    this.#slot(slots.hours, hours && { ...hours, zone: zone.name }, ({ of, not }) => [
      among(this.local.hour, of, not),
    ])
    const names = ['kind', ...this.#columns.dimensions.map(({ name }) => name)]
    const bySlot = Map.groupBy(names, (name) => this.#slotOf(name))
    for (const [slot, sharing] of bySlot) {
      const conditions = where.filter(({ dimension }) => sharing.includes(dimension))
      this.#slot(slot, conditions.length === 0 ? null : conditions, (set) =>
        set.map((one) => this.#dimension(one)),
      )
    }
    const unknown = where.some(({ dimension, not }) => !not && !names.includes(dimension))
    this.#slot(slots.unknown, unknown || null, () => [allOf]) // what the file doesn't have, no row has
    this.#rows = this.#columns.rows
  }

  /** 32 bits: dimensions beyond the last share its bit, and ignore each other's conditions. */
  #slotOf(dimension: string): number {
    const index =
      dimension === 'kind' ? 0 : this.#columns.dimensions.findIndex(({ name }) => name === dimension) + 1
    return Math.min(firstDimension + index, lastSlot)
  }

  #grow(): void {
    const { rows } = this.#columns
    if (this.fails.length >= rows) return
    const larger = new Uint32Array(Math.max(rows, this.#columns.time.length))
    larger.set(this.fails)
    this.fails = larger
  }

  /** Works a slot out for all rows where its condition changed, else for the rows that are new. */
  #slot<C>(slot: number, condition: C | null, marks: (condition: C) => readonly Mark[]): void {
    const open = ''
    const key = condition === null ? open : JSON.stringify(condition, plainInfinity)
    const before = this.#done[slot] ?? open
    const from = before === key ? this.#rows : 0
    this.#done[slot] = key
    if (before === open && key === open) return
    const bit = 1 << slot
    this.#set = key === open ? this.#set & ~bit : this.#set | bit
    const { fails } = this
    const end = this.#columns.rows
    /** The first mark takes the old bits away, the others add to it. */
    let kept = before === open || before === key ? ~0 : ~bit
    for (const mark of condition === null ? [] : marks(condition)) {
      mark(fails, bit, from, end, kept)
      kept = ~0
    }
    if (kept !== ~0) for (let row = 0; row < end; row++) fails[row] = (fails[row] ?? 0) & kept
  }

  #dimension({ dimension, values, not }: Condition): Mark {
    const { words, codes } = wordsOf(this.#columns, dimension)
    const wanted = new Set(values)
    const places = words.flatMap((word, code) => (code !== 0 && wanted.has(word) ? [code] : []))
    return among(codes, places, not, words.length)
  }
}

const plainInfinity = (_key: string, value: unknown): unknown =>
  typeof value === 'number' ? String(value) : value

export function wordsOf(columns: Columns, dimension: string): { words: readonly string[]; codes: Codes } {
  if (dimension === 'kind') return { words: columns.kinds, codes: columns.kind }
  const found = columns.dimensions.find(({ name }) => name === dimension)
  return found ?? { words: [''], codes: new Uint8Array(0) }
}
