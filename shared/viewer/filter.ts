// Stage 4: which rows count. A filter is plain data, so that it can stand in an address, on a command line and in
// a delete preview alike. Here every condition of it gets a bit, and every row the bits of the conditions that it
// fails: a chart that ignores its own condition asks for rows that fail no other one, and when one condition
// changes, only its bit is worked out anew.
import type { Codes, Columns } from './columns.ts'
import { outcome } from './events.ts'
import { LocalTimes } from './local.ts'
import type { Zone } from './zone.ts'

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

export interface Between {
  readonly from: number
  /** Exclusive. */
  readonly to: number
  readonly not: boolean
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

const slots = { period: 0, range: 1, failed: 2, duration: 3, hours: 4, unknown: 5, search: 6 } as const
/** A condition that a chart can ask to leave out; else it is a dimension's name. */
export type Slot = keyof typeof slots
const firstDimension = 8
const lastSlot = 31
const everyCondition = ~0

/** Rows by number; a list of null means all of them. */
export interface ChosenRows {
  readonly count: number
  readonly list: Uint32Array | null
}

type Test = (row: number) => boolean
/** Rows in which a search has found its words so far; `version` grows with every hit. */
interface FoundRows {
  readonly version: number
  has(row: number): boolean
}
const nothingFound: FoundRows = { version: 0, has: () => false }

export class Selection {
  readonly #columns: Columns
  readonly local: LocalTimes
  /** For each row one bit for every condition that it fails; 0 means chosen. */
  fails = new Uint32Array(0)
  #rows = 0
  /** What each slot was last worked out for. */
  readonly #done: string[] = []
  /** The bits of the conditions that are set. */
  #set = 0
  /** Lists by the bits that were asked for, of this filter and these rows. */
  readonly #lists = new Map<number, ChosenRows>()
  /** Arrays of earlier lists, to be filled again. */
  #spare: Uint32Array[] = []
  readonly #found: FoundRows

  constructor(columns: Columns, found: FoundRows = nothingFound) {
    this.#columns = columns
    this.#found = found
    this.local = new LocalTimes(columns)
  }

  /** The rows that fail none of these conditions; all rows, without a list of them, where none of them is set. */
  rows(conditions: number = everyCondition): ChosenRows {
    const { rows } = this.#columns
    const asked = this.asked(conditions)
    if (asked === 0) return { count: rows, list: null }
    const known = this.#lists.get(asked)
    if (known !== undefined) return known
    const { fails } = this
    const list =
      this.#spare.find(({ length }) => length >= rows) ?? new Uint32Array(this.#columns.time.length)
    this.#spare = this.#spare.filter((other) => other !== list)
    let count = 0
    for (let row = 0; row < rows; row++) {
      list[count] = row
      if (((fails[row] ?? 0) & asked) === 0) count++
    }
    const chosen = { count, list }
    this.#lists.set(asked, chosen)
    return chosen
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
    return ~(1 << this.#slotOf(name))
  }

  apply(filter: Filter, zone: Zone): void {
    this.#grow()
    this.#spare.push(...[...this.#lists.values()].flatMap(({ list }) => (list === null ? [] : [list])))
    this.#lists.clear()
    this.local.bring(zone)
    const { since, until, range, failed, duration, hours, where, search } = filter
    const { time, duration: took, outcome: how } = this.#columns
    const period =
      since === null && until === null ? null : { from: since ?? -Infinity, to: until ?? Infinity }
    this.#slot(slots.period, period, () => outside(time, { from: 0, to: 0, not: false, ...period }))
    this.#slot(slots.range, range, (set) => outside(time, set))
    this.#slot(slots.failed, failed, (set) => (row) => (how[row] === outcome.failed) !== set)
    this.#slot(slots.duration, duration, (set) => outside(took, set))
    this.#slot(slots.hours, hours && { ...hours, zone: zone.name }, (set) => this.#hours(set))
    const sought = search === '' ? null : { search, version: this.#found.version }
    this.#slot(slots.search, sought, () => (row) => !this.#found.has(row))
    const names = ['kind', ...this.#columns.dimensions.map(({ name }) => name)]
    const bySlot = Map.groupBy(names, (name) => this.#slotOf(name))
    for (const [slot, sharing] of bySlot) {
      const conditions = where.filter(({ dimension }) => sharing.includes(dimension))
      this.#slot(slot, conditions.length === 0 ? null : conditions, (set) => this.#dimensions(set))
    }
    const unknown = where.some(({ dimension, not }) => !not && !names.includes(dimension))
    this.#slot(slots.unknown, unknown || null, () => () => true) // what the file doesn't have, no row has
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
  #slot<C>(slot: number, condition: C | null, test: (condition: C) => Test): void {
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
    if (condition === null) {
      for (let row = 0; row < end; row++) fails[row] = (fails[row] ?? 0) & ~bit
      return
    }
    const failsIt = test(condition)
    for (let row = from; row < end; row++)
      fails[row] = failsIt(row) ? (fails[row] ?? 0) | bit : (fails[row] ?? 0) & ~bit
  }

  #hours({ of, not }: { readonly of: readonly number[]; readonly not: boolean }): Test {
    const { hour } = this.local
    const refused = new Uint8Array(256).fill(not ? 0 : 1)
    for (const one of of) refused[one] = not ? 1 : 0
    return (row) => refused[hour[row] ?? 0] === 1
  }

  #dimensions(conditions: readonly Condition[]): Test {
    const tests = conditions.map(({ dimension, values, not }) => {
      const { words, codes } = wordsOf(this.#columns, dimension)
      const wanted = new Set(values)
      const refused = Uint8Array.from(words, (word, code) => Number((code !== 0 && wanted.has(word)) === not))
      return (row: number): boolean => refused[codes[row] ?? 0] === 1
    })
    const [only] = tests
    return only !== undefined && tests.length === 1 ? only : (row) => tests.some((test) => test(row))
  }
}

/** What has no value lies between nothing: it fails, and passes where the stretch is left out. */
function outside(values: Float64Array, { from, to, not }: Between): Test {
  return not
    ? (row) => {
        const value = values[row] ?? NaN
        return value >= from && value < to
      }
    : (row) => {
        const value = values[row] ?? NaN
        return !(value >= from && value < to)
      }
}

const plainInfinity = (_key: string, value: unknown): unknown =>
  typeof value === 'number' ? String(value) : value

export function wordsOf(columns: Columns, dimension: string): { words: readonly string[]; codes: Codes } {
  if (dimension === 'kind') return { words: columns.kinds, codes: columns.kind }
  const found = columns.dimensions.find(({ name }) => name === dimension)
  return found ?? { words: [''], codes: new Uint8Array(0) }
}
