// Which reports tell of days that records were deleted from: deleting them here does not reach what was shared.
import type { SentReport, Shared } from './share.ts'
import { dayLength, dayName } from './viewer/zone.ts'

export interface Reach {
  readonly format: string
  /** Milliseconds since 1970 of the first and last event; null where none has a time. */
  readonly first: number | null
  readonly last: number | null
}
export interface SharedDays {
  /** The first and last of those days, in UTC, that were shared. */
  readonly from: string
  readonly until: string
  /** By destination, with those of its reports that tell of these days, the newest first. */
  readonly shared: readonly Shared[]
}

/** Null where none of it was shared, or all of it was taken back already. */
export function sharedIn(all: readonly Shared[], { format, first, last }: Reach): SharedDays | null {
  if (first === null || last === null) return null
  const dayAt = (time: number): string => dayName(Math.floor(time / dayLength))
  const daysOf = ({ about, deletion }: SentReport): string[] =>
    about
      .map((one) => one.split(' '))
      .filter(([of, day = '']) => of === format && dayAt(first) <= day && day <= dayAt(last))
      .flatMap(([, day = '']) => (deletion === 'confirmed' ? [] : [day]))
  const shared = all
    .map((one) => ({ ...one, sent: one.sent.filter((report) => daysOf(report).length > 0) }))
    .filter(({ sent }) => sent.length > 0)
  const days = shared.flatMap(({ sent }) => sent.flatMap(daysOf)).sort()
  const [from = ''] = days
  return shared.length === 0 ? null : { from, until: days.at(-1) ?? '', shared }
}
