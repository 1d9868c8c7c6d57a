// Which rows a filter chooses. Every condition has a bit, and every row the bits of the conditions that it fails: a chart
// that ignores its own condition asks for rows that fail no other one. Where shapes or times tell as much, no row is
// asked.
import { TimeBlocks } from './blocks.ts'
import type { Ends, Pieces } from './blocks.ts'
import { noneByShape } from './by-shape.ts'
import type { SomeByShape } from './by-shape.ts'
import type { Columns } from './columns.ts'
import { allOf, among, outside, outsideTime, unless } from './conditions.ts'
import type { Mark, Places } from './conditions.ts'
import { DividedRows } from './divided-rows.ts'
import type { ChosenRows } from './divided-rows.ts'
import { outcome } from './events.ts'
import { wordsOf } from './filter.ts'
import type { Condition, Filter } from './filter.ts'
import { LocalTimes } from './local.ts'
import { RowFails } from './row-fails.ts'
import { ShapeFails } from './shape-fails.ts'
import { valuesName } from './shapes.ts'
import type { Shapes } from './shapes.ts'
import { bitOf, everyCondition, slotOfDimension, slots, timeBits } from './slots.ts'
import type { Slot } from './slots.ts'
import { TimeStretches } from './stretches.ts'
import type { RowsBetween } from './stretches.ts'
import type { Zone } from './zone.ts'

/** Rows in which a search has found its words so far; `version` grows with every hit. */
interface FoundRows {
  readonly version: number
  has(row: number): boolean
}
const nothingFound: FoundRows = { version: 0, has: () => false }

interface Time {
  readonly from: number
  /** Exclusive. */
  readonly to: number
}

export interface Stretch extends RowsBetween {
  /** A row of it is chosen where none of the asked bits is set; without any, all are. */
  readonly fails: Uint32Array
  readonly asked: number
}

export class Selection {
  readonly #columns: Columns
  readonly local: LocalTimes
  readonly #blocks: TimeBlocks
  readonly #times: TimeStretches
  readonly #fails = new RowFails()
  readonly #shapes: Shapes | null
  readonly #ofShapes: ShapeFails | null
  readonly #divided = new DividedRows()
  #rows = 0
  /** What each slot was last worked out for. */
  readonly #done: string[] = []
  /** The bits of the conditions that are set. */
  #set = 0
  readonly #found: FoundRows
  #zone: Zone | null = null

  constructor(columns: Columns, found: FoundRows = nothingFound, shapes: Shapes | null = null) {
    this.#columns = columns
    this.#found = found
    this.#shapes = shapes
    this.#ofShapes = shapes && new ShapeFails(columns, shapes)
    this.local = new LocalTimes(columns)
    this.#blocks = new TimeBlocks(columns)
    this.#times = new TimeStretches(columns, this.#blocks)
  }

  /** For each row one bit for every condition that it fails; with none of those asked for it is chosen. */
  get fails(): Uint32Array {
    return this.#fails.bits
  }

  /** The same for each shape, of the conditions that can be asked of it. */
  get failsOfShapes(): Uint32Array {
    return this.#ofShapes?.bits ?? noFails
  }

  /** The rows that fail none of these conditions; all rows, without a list of them, where none of them is set. */
  rows(conditions: number = everyCondition): ChosenRows {
    const { rows } = this.#columns
    const asked = this.asked(conditions)
    return asked === 0 ? { count: rows, list: null } : this.#divided.of(asked, this.fails, rows).chosen
  }

  /** The rows that are left out by these conditions. */
  others(conditions: number): ChosenRows {
    return this.#divided.of(this.asked(conditions), this.fails, this.#columns.rows).others
  }

  /** The chosen rows as blocks, where time alone tells which they are; else null. */
  pieces(conditions: number): Pieces | null {
    return this.#times.pieces(this.asked(conditions))
  }

  /** Where rows that fail none of these may lie. */
  stretches(conditions: number): readonly Stretch[] {
    const asked = this.asked(conditions)
    const parts = this.#times.of(asked)
    return parts === null
      ? [{ start: 0, end: this.#columns.rows, fails: this.fails, asked }]
      : parts.map((part) => ({ ...part, fails: noFails, asked: 0 }))
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
    return this.#blocks.ends(this.#passes(conditions), zone.startOf(low), zone.startOf(high + 1))
  }

  /** Whether a row fails none of these conditions. */
  #passes(conditions: number): (row: number) => boolean {
    const asked = this.asked(conditions)
    const ofRows = this.ofRowsOnly(asked)
    const { fails } = (ofRows & ~timeBits) === 0 ? { fails: null } : this
    if (fails !== null) return (row) => ((fails[row] ?? 0) & asked) === 0
    const inTime = this.#times.passes(ofRows)
    const byShape = this.#ofShapes?.passes(asked & ~ofRows) ?? (() => true)
    return (row) => byShape(row) && inTime(row)
  }

  /** Stands for what these conditions choose: the same again whenever the same rows are chosen. */
  state(conditions: number): string {
    const asked = this.asked(conditions)
    return asked === 0
      ? ''
      : this.#done.map((key, slot) => ((asked & bitOf(slot)) === 0 ? '' : key)).join('\n')
  }

  /** Of these conditions the bits that are set: rows whose `fails` has none of them are chosen. */
  asked(conditions: number = everyCondition): number {
    return conditions & this.#set
  }

  /** Those of the conditions that have to be asked of each row, and cannot be asked of its shape. */
  ofRowsOnly(conditions: number): number {
    const asked = this.asked(conditions)
    return this.#ofShapes?.notTold(asked) ?? asked
  }

  /** Where no condition has to be asked of each row: the rows that pass them though their shape as a whole doesn't. */
  fromCutShapes(conditions: number): SomeByShape {
    return this.#ofShapes?.fromCut(this.asked(conditions)) ?? noneByShape
  }

  /** All conditions but these. */
  without(...left: readonly Slot[]): number {
    return left.reduce((bits, name) => bits & ~bitOf(slots[name]), everyCondition)
  }

  /** All conditions but the dimension's own, for the chart that shows all its values. */
  withoutDimension(name: string): number {
    return everyCondition & ~bitOf(this.#slotOf(name))
  }

  /** The conditions of the earlier period: in its time, and whatever else is chosen. */
  get earlier(): number {
    return this.without('period', 'range') | bitOf(slots.earlier)
  }

  apply(filter: Filter, zone: Zone, earlier: Time | null = null): void {
    const columns = this.#columns
    this.#fails.grow(columns.rows, columns.time.length)
    this.#ofShapes?.begin()
    this.#times.begin()
    this.#divided.clear()
    this.local.bring(zone)
    this.#zone = zone
    this.#applyTimes(filter, earlier)
    const { failed, duration, hours, search } = filter
    const sought = search === '' ? null : { search, version: this.#found.version }
    this.#slot(slots.search, sought, () => [unless((row) => this.#found.has(row))])
    this.#slot(
      slots.failed,
      failed,
      (set) => [among(columns.outcome, [outcome.failed], !set)],
      (set) => this.#shapes && [among(this.#shapes.outcomes, [outcome.failed], !set)],
    )
    this.#slot(
      slots.duration,
      duration,
      (set) => [outside(columns.duration, set)],
      (set) => this.#ofShapes?.ofDuration(set) ?? null,
    )
    this.#slot(slots.hours, hours && { ...hours, zone: zone.name }, ({ of, not }) => [
      among(this.local.hour, of, not),
    ])
    this.#applyDimensions(filter)
    this.#ofShapes?.end()
    this.#rows = columns.rows
  }

  #applyTimes({ since, until, range }: Filter, earlier: Time | null): void {
    const period =
      since === null && until === null
        ? null
        : { from: since ?? -Infinity, to: until ?? Infinity, not: false }
    const times = [
      [slots.period, period],
      [slots.range, range],
      [slots.earlier, earlier && { ...earlier, not: false }],
    ] as const
    for (const [slot, between] of times) {
      this.#slot(slot, between, (set) => [outsideTime(this.#columns.time, this.#blocks, set)])
      this.#times.set(slot, between)
    }
  }

  #applyDimensions({ where }: Filter): void {
    const names = ['kind', ...this.#columns.dimensions.map(({ name }) => name)]
    const bySlot = Map.groupBy(names, (name) => this.#slotOf(name))
    for (const [slot, sharing] of bySlot) {
      const conditions = where.filter(({ dimension }) => sharing.includes(dimension))
      this.#slot(
        slot,
        conditions.length === 0 ? null : conditions,
        (set) => set.map((one) => this.#dimension(one, wordsOf(this.#columns, one.dimension).codes)),
        (set) => this.#dimensionsOfShapes(set),
      )
    }
    const unknown = where.some(({ dimension, not }) => !not && !names.includes(dimension))
    const none = (): Mark[] => [allOf] // what the file doesn't have, no row has
    this.#slot(slots.unknown, unknown || null, none, none)
  }

  #slotOf(dimension: string): number {
    const index = this.#columns.dimensions.findIndex(({ name }) => name === dimension)
    return slotOfDimension(dimension === 'kind' ? 0 : index + 1)
  }

  /** Works a slot out for all rows where its condition changed, else for the rows that are new; so of shapes. */
  #slot<C>(
    slot: number,
    condition: C | null,
    marks: (condition: C) => readonly Mark[],
    marksOfShapes: (condition: C) => readonly Mark[] | null = () => null,
  ): void {
    const open = ''
    const key = condition === null ? open : JSON.stringify(condition, plainInfinity)
    const before = this.#done[slot] ?? open
    this.#done[slot] = key
    if (before === open && key === open) return
    this.#set = key === open ? this.#set & ~bitOf(slot) : this.#set | bitOf(slot)
    const isNew = before !== key
    this.#fails.mark(slot, isNew ? 0 : this.#rows, condition === null ? null : () => marks(condition))
    this.#ofShapes?.mark(slot, isNew, condition === null ? [] : marksOfShapes(condition))
  }

  #dimensionsOfShapes(conditions: readonly Condition[]): readonly Mark[] | null {
    const marks: Mark[] = []
    for (const one of conditions) {
      const places = this.#shapes?.column(valuesName(one.dimension))?.places
      if (places === undefined) return null
      marks.push(this.#dimension(one, places))
    }
    return marks
  }

  #dimension({ dimension, values, not }: Condition, codes: Places): Mark {
    const { words } = wordsOf(this.#columns, dimension)
    const wanted = new Set(values)
    const places = words.flatMap((word, code) => (code !== 0 && wanted.has(word) ? [code] : []))
    return among(codes, places, not, words.length)
  }
}

const noFails = new Uint32Array(0)

const plainInfinity = (_key: string, value: unknown): unknown =>
  typeof value === 'number' ? String(value) : value
