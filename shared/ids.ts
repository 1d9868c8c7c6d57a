// Branded strings, each made by one parser only: a plain string can't be passed where an id is meant.
import * as v from 'valibot'

/** Names the bytes of one opened snapshot: 128 random bits, in hex. */
export const BytesId = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/), v.brand('BytesId'))
export type BytesId = v.InferOutput<typeof BytesId>

/** A calendar day without a zone: 2026-11-20. */
export const Day = v.pipe(v.string(), v.isoDate(), v.check(isRealDay, 'is not a day'), v.brand('Day'))
export type Day = v.InferOutput<typeof Day>

function isRealDay(day: string): boolean {
  if (Number(day.slice(8)) <= 28) return true
  const time = Date.parse(`${day}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day)
}

/** A path as the person or the file dialog gave it. NUL can't be part of one on any system. */
export const Path = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(4096),
  v.check((path) => !path.includes('\0'), 'holds a NUL character'),
)
