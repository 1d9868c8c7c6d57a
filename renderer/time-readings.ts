// What each way of writing a moment makes of the values of a column, so that a person can see which one is right:
// a year that cannot be is told at a glance.
import type { TimeOffer } from '../shared/formats/generic.ts'
import { timeDecoders, timeEncodings } from '../shared/formats/time.ts'
import type { TimeEncoding } from '../shared/formats/time.ts'

export interface TimeReading {
  readonly encoding: TimeEncoding
  /** The earliest and the latest of the values looked at; null where they are no times in this encoding. */
  readonly span: { readonly first: number; readonly last: number } | null
  /** It lies where telemetry lies. */
  readonly fits: boolean
}

const [earliest, latest] = [Date.UTC(1990, 0, 1), Date.UTC(2100, 0, 1)]
const furthest = 8.64e15
const near = 30 * 86_400_000

/** A number that is small for its unit always makes a moment right after that unit's zero: it tells nothing. */
const isNear = (span: { readonly last: number }, encoding: TimeEncoding): boolean =>
  Math.abs(span.last - timeDecoders[encoding](0)) < near

export function readTimes(ends: TimeOffer['ends']): readonly TimeReading[] {
  return timeEncodings.map((encoding) => {
    const times = ends.map(timeDecoders[encoding])
    const known = times.length > 0 && times.every((time) => Math.abs(time) <= furthest)
    const span = known ? { first: Math.min(...times), last: Math.max(...times) } : null
    const fits = span !== null && span.first >= earliest && span.last < latest && !isNear(span, encoding)
    return { encoding, span, fits }
  })
}
