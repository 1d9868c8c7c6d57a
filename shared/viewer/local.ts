// Local time of each row, worked out once for a zone: its day, and its hour in the week. Asking the zone for every
// row at every choice would take longer than all the counting.
import type { Columns } from './columns.ts'
import { RowList } from './row-list.ts'
import { dayLength } from './zone.ts'
import type { Zone } from './zone.ts'

export const hoursOfWeek = 168
/** The hour of a row without a readable time. */
export const noHour = 255

export class LocalTimes {
  readonly #columns: Columns
  #zone = ''
  #rows = 0
  /** For each row the place of its day in `days`. */
  dayPlace = new Uint32Array(0)
  /** Every day of any row, as days since 1970-01-01, in the order in which they were met; the first is no day. */
  readonly days: number[] = [NaN]
  /** Hours since Monday's local midnight. */
  hour = new Uint8Array(0)
  /** Where another local hour begins than that of the row before. Tools write in the order of time: such runs are long. */
  readonly runs = new RowList()
  first = Infinity
  last = -Infinity
  readonly #places = new Map<number, number>()

  get zone(): string {
    return this.#zone
  }

  constructor(columns: Columns) {
    this.#columns = columns
  }

  /** How many days there are from the first to the last. */
  get span(): number {
    return this.last < this.first ? 0 : this.last - this.first + 1
  }

  /** The days with any row at all. */
  whole(): { first: number | null; last: number | null; activeDays: number } {
    const known = this.span > 0
    return { first: known ? this.first : null, last: known ? this.last : null, activeDays: this.#places.size }
  }

  /** The years in which there is a row, ascending. */
  years(): number[] {
    const years = new Set<number>()
    for (const day of this.#places.keys()) years.add(new Date(day * dayLength).getUTCFullYear())
    return [...years].sort((a, b) => a - b)
  }

  bring(zone: Zone): void {
    if (this.#zone !== zone.name) {
      this.#zone = zone.name
      this.#rows = 0
      this.first = Infinity
      this.last = -Infinity
      this.#places.clear()
      this.days.length = 1
      this.runs.count = 0
    }
    const { rows, time } = this.#columns
    this.#reserve(Math.max(rows, time.length))
    const { dayPlace: places, hour: hours } = this
    /** Hours since 1970-01-01. */
    let run = -Infinity
    let place = 0
    let ofWeek = 0
    for (let row = this.#rows; row < rows; row++) {
      const at = time[row] ?? NaN
      if (at !== at) {
        hours[row] = noHour
        places[row] = 0
        if (!Number.isNaN(run)) this.runs.push(row)
        run = NaN
        continue
      }
      const local = at + zone.offsetAt(at)
      const hour = Math.floor(local / 3_600_000)
      if (hour !== run) {
        const day = Math.floor(local / dayLength)
        run = hour
        ofWeek = weekdayOf(day) * 24 + hour - day * 24
        place = this.#placeOf(day)
        this.runs.push(row)
      }
      hours[row] = ofWeek
      places[row] = place
    }
    this.#rows = rows
  }

  #placeOf(day: number): number {
    const known = this.#places.get(day)
    if (known !== undefined) return known
    const place = this.days.push(day) - 1
    this.#places.set(day, place)
    if (day < this.first) this.first = day
    if (day > this.last) this.last = day
    return place
  }

  #reserve(rows: number): void {
    if (this.dayPlace.length >= rows) return
    const days = new Uint32Array(rows)
    const hours = new Uint8Array(rows)
    days.set(this.dayPlace.subarray(0, this.#rows))
    hours.set(this.hour.subarray(0, this.#rows))
    this.dayPlace = days
    this.hour = hours
  }
}

/** 0 for Monday: 1970-01-01 was a Thursday. */
export const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7
