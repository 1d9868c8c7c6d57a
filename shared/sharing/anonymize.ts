// The only way out: exact figures go in, an Outbound comes out, and nothing but an Outbound can be encoded, kept
// or sent. Every number becomes a range, the level decides which rows stay, and the result is held against the
// same list of fields that the server holds it against. Figures in the same ranges give the same reports.
import * as v from 'valibot'
import { choice, createRandom } from '../sample/random.ts'
import type { Level } from './consent.ts'
import { other, unknown } from './fields.ts'
import { counts, durations, errorRates, rangeOf } from './ranges.ts'
import type { DayFigures, Figure } from './report.ts'
import { ReportShape } from './shape.ts'
import type { Report, Row } from './shape.ts'

/** Not exported: this file alone makes an Outbound. */
const Outbound = v.pipe(v.array(ReportShape), v.readonly(), v.brand('Outbound'))
export type Outbound = v.InferOutput<typeof Outbound>

/** What a report says besides its figures. */
export interface Origin {
  readonly level: Level
  /** This program's version, as it stands in its package: 0.1.0. */
  readonly version: string
  /** The system's name as Node gives it: linux, darwin, win32. */
  readonly platform: string
}

/** One report for each day that has something to say at this level. */
export function anonymize(days: readonly DayFigures[], origin: Origin): Outbound {
  const reports = days.map((day) => reportOf(day, origin)).filter(({ rows }) => rows.length > 0)
  return v.parse(Outbound, reports) // a throw here is a bug, and better than what would have left
}

function reportOf({ format, day, toolVersion, figures }: DayFigures, origin: Origin): Report {
  const { level, version, platform } = origin
  // A system and a version stay the same from day to day: by them alone a third of all people would be told apart.
  const tellsMore = level === 'detailed'
  return {
    format,
    day,
    level,
    tool_version: tellsMore ? toolVersion : unknown,
    os: tellsMore ? (systems[platform] ?? other) : other,
    program: version.split('.').slice(0, 2).join('.'),
    rows: tellsMore
      ? mostTelling(figures.map(rowOf))
      : oneKind(figures.filter(({ subject }) => subject.level === 'basic').map(rowOf), `${format} ${day}`),
  }
}

/**
 * Which kinds somebody has on a day, and how many of each, is much like what they have on another: so a basic report
 * tells one of them, drawn by how often it occurred, which adds up to the same over many people. The draw goes by the
 * ranges alone: the report that was shown is the one that is made again.
 */
function oneKind(rows: readonly Row[], about: string): readonly Row[] {
  if (rows.length < 2) return rows
  const draw = choice(rows.map((row) => [row, counts.find(({ word }) => word === row.count)?.from ?? 0]))
  return [draw(createRandom(seedOf(about + JSON.stringify(rows))))]
}

function seedOf(text: string): number {
  let seed = 0
  for (let at = 0; at < text.length; at++) seed = (Math.imul(seed, 31) + text.charCodeAt(at)) | 0
  return seed
}

/** A report stays a few kilobytes, whatever a day was like. */
const mostRows = 40

/** All kinds, then what occurred most: by the ranges alone, so that exact counts choose nothing. */
function mostTelling(rows: readonly Row[]): readonly Row[] {
  if (rows.length <= mostRows) return rows
  const rank = ({ kind, count }: Row): number =>
    kind === undefined ? counts.findIndex(({ word }) => word === count) : counts.length
  const kept = new Set(rows.toSorted((a, b) => rank(b) - rank(a)).slice(0, mostRows))
  return rows.filter((row) => kept.has(row))
}

const systems: Readonly<Record<string, string>> = { linux: 'linux', darwin: 'macos', win32: 'windows' }

function rowOf({ subject, word, count, failed, withOutcome, median, p95 }: Figure): Row {
  return {
    [subject.name]: word,
    count: rangeOf(counts, count),
    ...(withOutcome > 0 && { error_rate: rangeOf(errorRates, (100 * failed) / withOutcome) }),
    ...(median !== null && { median: rangeOf(durations, median) }),
    ...(p95 !== null && { p95: rangeOf(durations, p95) }),
  }
}

/** What was kept, held against the list once more; null for what isn't to the letter what anonymize made. */
export function readOutbound(kept: unknown): Outbound | null {
  const parsed = v.safeParse(Outbound, kept)
  return parsed.success ? parsed.output : null
}

/** In two, for a destination that can't take so much at once; null where one report is all there is. */
export function halve(reports: Outbound): readonly [Outbound, Outbound] | null {
  if (reports.length < 2) return null
  const middle = Math.ceil(reports.length / 2)
  return [v.parse(Outbound, reports.slice(0, middle)), v.parse(Outbound, reports.slice(middle))]
}
