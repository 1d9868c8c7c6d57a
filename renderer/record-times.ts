// Which fields of a row are moments, so that they can be shown as such beside what stands in the file: those that the
// format reads as its time, text that begins like a date, and numbers whose column says that they are times.
import type { Format } from '../shared/formats/format.ts'
import { timeDecoders } from '../shared/formats/time.ts'
import type { Field } from '../shared/viewer/asks.ts'

const earliest = Date.UTC(1990, 0)
const latest = Date.UTC(2100, 0)

/** Milliseconds since 1970; null for what is no moment. */
export function momentOf({ table, column, value }: Field, { events, also }: Format): number | null {
  if (value.is !== 'text' && value.is !== 'integer' && value.is !== 'real') return null
  const cell =
    value.is === 'text' ? value.text : value.is === 'integer' ? BigInt(value.text) : Number(value.text)
  const source = [events, also].find((one) => one?.table === table)
  const isTime = source?.time.from.some((from) => 'column' in from && from.column === column) ?? false
  if (source !== undefined && isTime) return believable(timeDecoders[source.time.encoding](cell), -Infinity)
  if (value.is === 'text')
    return /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(value.text)
      ? believable(timeDecoders.iso(cell), -Infinity)
      : null
  return /(^|_)(time|timestamp|date|at|ts|created|updated|started|ended|modified)$/i.test(column)
    ? believable(timeDecoders.mixed(cell), earliest)
    : null
}

const believable = (time: number, from: number): number | null =>
  time >= from && time < latest ? time : null
