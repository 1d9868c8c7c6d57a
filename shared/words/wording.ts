// All that turns data into what a person reads: the catalogue, and numbers, dates and days in their own way.
import type { Zone } from '../viewer/zone.ts'
import type { Dates } from './dates.ts'
import type { Words } from './en.ts'
import type { Numbers } from './numbers.ts'

export interface Wording {
  readonly words: Pick<Words, 'window' | 'report'>
  readonly numbers: Numbers
  readonly dates: Dates
  readonly zone: Zone
  /** 1 Monday … 7 Sunday. */
  readonly firstDayOfWeek: number
}
