// Local time, as the runtime's own calendar says it.
import type { Question } from './figures.ts'

export interface Calendar {
  /** 2026-11-20 12:34:56 */
  local(ms: number): string
  /** The first moment of a local day. */
  midnight(day: string): number
  /** As many days earlier as a period has, so that both do not overlap; null where it has no beginning. */
  before(question: Question): { readonly from: number; readonly to: number } | null
}

const quarter = 900_000
const known = new Map<string, Calendar>()

export function calendarOf(zone: string): Calendar {
  const before = known.get(zone)
  if (before) return before
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
  const local = (ms: number): string => format.format(ms)
  const dayOf = (ms: number): string => local(ms).slice(0, 10)
  const midnights = new Map<string, number>()
  const midnight = (day: string): number => {
    let at = midnights.get(day)
    if (at !== undefined) return at
    for (at = Date.parse(`${day}T00:00Z`) - 60 * quarter; dayOf(at) < day;) at += quarter
    midnights.set(day, at)
    return at
  }
  const calendar = {
    local,
    midnight,
    before: ({ filter: { since, until, range }, now }: Question) => {
      const inside = range !== null && !range.not ? range : null
      const from = inside?.from ?? since
      const to = inside?.to ?? until ?? now + 1
      if (from === null || to <= from) return null
      const days = daysBetween(dayOf(from), dayOf(to - 1)) + 1
      const earlier = (ms: number): number => midnight(addDays(dayOf(ms), -days)) + (ms - midnight(dayOf(ms)))
      return { from: earlier(from), to: earlier(to) }
    },
  }
  known.set(zone, calendar)
  return calendar
}

export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)
export const daysBetween = (first: string, last: string): number =>
  Math.round((Date.parse(last) - Date.parse(first)) / 86_400_000)
