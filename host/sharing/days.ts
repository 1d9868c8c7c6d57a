// Which days a destination is to have, and when a day's report leaves. Consent has its date, and so has each
// destination: what lies before is shared only where the person asked for earlier days.
import type { Consent, Level } from '../../shared/sharing/consent.ts'
import { dayOf, utcDay } from '../../shared/sharing/report.ts'
import { dayLength, dayName } from '../../shared/viewer/zone.ts'
import type { SetDestination } from './destinations.ts'

/** No report is older than that, whatever a destination would take. */
export const mostDaysBack = 28
/** Each report can be looked at for so long before it leaves. */
export const shownFor = 3_600_000

/** From the oldest on. `earlier` is the day from which on the person wants days shared that lie before consent. */
export function wantedDays(
  { sender, since }: Pick<SetDestination, 'sender' | 'since'>,
  consent: Consent,
  earlier: string | null,
  now: number,
): string[] {
  const today = utcDay(now)
  const begun = Math.max(dayOf(consent.since), since === null ? -Infinity : dayOf(since))
  const first = Math.min(begun, earlier === null ? Infinity : dayOf(earlier))
  const oldest = Math.max(first, today - Math.min(sender.daysBack, mostDaysBack))
  return Array.from({ length: Math.max(0, today - oldest) }, (_, i) => dayName(oldest + i))
}

/** Beyond the hour in which it is shown, where its own day is over: else it would leave just an hour after a start. */
const spread = 2 * 3_600_000

/** A random moment in the day after the one reported, so that nobody's rhythm shows; never before it was shown. */
export function dueMoment(day: string, now: number, random: () => number): number {
  const ended = (dayOf(day) + 1) * dayLength
  const due = Math.floor(ended + random() * dayLength)
  const shown = now + shownFor
  return due >= shown ? due : Math.floor(shown + random() * spread)
}

/** When the report about the day that isn't over yet can leave. */
export function nextMoments(now: number): { readonly earliest: string; readonly latest: string } {
  const midnight = (utcDay(now) + 1) * dayLength
  const iso = (time: number): string => new Date(time).toISOString()
  return { earliest: iso(midnight + shownFor), latest: iso(midnight + dayLength + shownFor) }
}

/** A destination never gets more than the level that is on. */
export const levelFor = (on: Level, own: Level | null): Level =>
  on === 'basic' || own === 'basic' ? 'basic' : 'detailed'
