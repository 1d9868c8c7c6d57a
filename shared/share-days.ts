// Which reports tell of days that records were deleted from: deleting them here does not reach what was shared.
import type { SentReport, Shared } from './share.ts'
import { dayLength, dayName } from './viewer/zone.ts'

export interface Reach {
  readonly format: string
  /** Milliseconds since 1970 of the first and last event; null where none has a time. */
  readonly first: number | null
  readonly last: number | null
}
/** Days in UTC, as reports have them. */
export interface SharedDays {
  readonly from: string
  readonly until: string
  /** By destination, with those of its reports that tell of these days, the newest first. */
  readonly shared: readonly Shared[]
}

/** Null where none of it was shared, or all of it was taken back already. */
export function sharedIn(all: readonly Shared[], { format, first, last }: Reach): SharedDays | null {
  if (first === null || last === null) return null
  const dayAt = (time: number): string => dayName(Math.floor(time / dayLength))
  const [from, until] = [dayAt(first), dayAt(last)]
  const tells = ({ about, deletion }: SentReport): boolean =>
    deletion !== 'confirmed' &&
    about.some((one) => {
      const [of = '', day = ''] = one.split(' ')
      return of === format && from <= day && day <= until
    })
  const shared = all
    .map((one) => ({ ...one, sent: one.sent.filter(tells) }))
    .filter(({ sent }) => sent.length > 0)
  return shared.length === 0 ? null : { from, until, shared }
}
