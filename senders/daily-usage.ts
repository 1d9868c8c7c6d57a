// How a daily report becomes the events of somebody else's wire: one event a row, type `daily_usage`, at the
// beginning of its day. Its id is drawn from the batch, so that a second copy of a row can be known for one.
import type { Outbound } from '../shared/sharing/anonymize.ts'
import type { Range } from '../shared/sharing/ranges.ts'
import { subjects } from '../shared/sharing/fields.ts'
import type { Report, Row } from '../shared/sharing/shape.ts'
import type { Ids } from './sender.ts'

export const dailyUsage = 'daily_usage'

export interface Event {
  /** The same each time the same batch is encoded. */
  readonly id: string
  readonly day: string
  /** As ISO 8601: 2026-11-20T00:00:00Z. */
  readonly time: string
  /** What the report says of itself, without its day, and then what the row says. */
  readonly fields: Readonly<Record<string, string>>
}

export const beginning = (day: string): string => `${day}T00:00:00Z`

export function eventsOf(reports: Outbound, ids: Ids): Event[] {
  return reports.flatMap((report) =>
    report.rows.map((row) => ({
      id: ids.idOf(`${report.format} ${report.day} ${subjectOf(row)}`),
      day: report.day,
      time: beginning(report.day),
      fields: { ...about(report), ...row },
    })),
  )
}

/** One event a line, as the destinations that take flat records get it. */
export const flat = ({ id, time, fields }: Event): Readonly<Record<string, string>> => ({
  id,
  type: dailyUsage,
  time,
  ...fields,
})

/** No request carries more events than this, whatever a destination could take. */
const mostEvents = 100

export function inBatches(events: readonly Event[], most = mostEvents): Event[][] {
  const batches: Event[][] = []
  for (let from = 0; from < events.length; from += most) batches.push(events.slice(from, from + most))
  return batches
}

export const byDay = (events: readonly Event[]): Map<string, Event[]> => Map.groupBy(events, ({ day }) => day)

/** A number for a wire that demands one: where the range begins. */
export const lowest = (ranges: readonly Range[], word: string | undefined): number =>
  ranges.find((range) => range.word === word)?.from ?? 0

function about({ rows: _rows, day: _day, ...said }: Report): Readonly<Record<string, string>> {
  return said
}

function subjectOf(row: Row): string {
  const subject = subjects.find(({ name }) => row[name] !== undefined)
  return subject === undefined ? '' : `${subject.name} ${row[subject.name] ?? ''}`
}
