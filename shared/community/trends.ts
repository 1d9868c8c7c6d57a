// A door: the trends file of a community server, which may be anybody's. It is read strictly: its shape, its size, its
// words, its ranges and its sums must all be those of a file that our own server could have published; of one that isn't,
// nothing is shown but what is wrong with it. Nothing in it is quoted back before it was found to be a plain name.
import * as v from 'valibot'
import type { Result } from '../result.ts'
import { fail, ok } from '../result.ts'
import { durations, errorRates } from '../sharing/ranges.ts'
import type { Range } from '../sharing/ranges.ts'
import { dayLength } from '../viewer/zone.ts'

/** Bytes. A year of every format and every listed word comes to less. */
export const largestTrends = 8 * 1024 * 1024
const mostWeeks = 60
const mostTables = 200
const mostCells = 200
const mostContributors = 100_000_000

export const trendsFaults = [
  'too-large',
  'not-json',
  'not-trends',
  'other-version',
  'malformed',
  'name',
  'range',
  'week',
  'totals',
  'too-few',
] as const
export type TrendsFault = (typeof trendsFaults)[number]
export interface TrendsRefusal {
  readonly fault: TrendsFault
  /** "2026-W47, smart-agents, agent"; empty where it isn't about one table. */
  readonly where: string
}

/** Letters, figures and a few signs: no markup, no control character, nothing that turns the direction of writing. */
const plainName = /^[\p{L}\p{N}_][\p{L}\p{N} ._+\-/()#:]{0,79}$/u
const Text = v.pipe(v.string(), v.maxLength(200))
const Contributors = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(mostContributors))
const Day = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/))
const Quarters = v.optional(v.tuple([Text, Text]))

const Cell = v.object({
  word: Text,
  contributors: Contributors,
  share: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100)),
  error_rate: v.optional(Text),
  error_rate_quarters: Quarters,
  median: v.optional(Text),
  median_quarters: Quarters,
  p95: v.optional(Text),
  p95_quarters: Quarters,
})
const Table = v.object({
  format: Text,
  subject: Text,
  contributors: Contributors,
  cells: v.pipe(v.array(Cell), v.maxLength(mostCells)),
})
const Week = v.object({
  name: v.pipe(v.string(), v.regex(/^\d{4}-W\d{2}$/)),
  from: Day,
  to: Day,
  tables: v.pipe(v.array(Table), v.maxLength(mostTables)),
})
const File = v.object({
  version: v.literal(1),
  made: v.pipe(v.string(), v.isoTimestamp()),
  threshold: Contributors,
  per_network_and_day: Contributors,
  rounded_to: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)),
  weeks: v.pipe(v.array(Week), v.maxLength(mostWeeks)),
})
/** Weeks newest first. */
export type Trends = v.InferOutput<typeof File>
export type TrendsWeek = v.InferOutput<typeof Week>
export type TrendsTable = v.InferOutput<typeof Table>
export type TrendsCell = v.InferOutput<typeof Cell>

export const measures = ['error_rate', 'median', 'p95'] as const
export type Measure = (typeof measures)[number]
export const rangesOf: Readonly<Record<Measure, readonly Range[]>> = {
  error_rate: errorRates,
  median: durations,
  p95: durations,
}

export function readTrends(text: string): Result<Trends, TrendsRefusal> {
  if (text.length > largestTrends) return refuse('too-large')
  const sent = parse(text)
  if (sent === undefined) return refuse('not-json')
  const head = v.safeParse(v.object({ version: v.number(), weeks: v.array(v.unknown()) }), sent)
  if (!head.success) return refuse('not-trends')
  if (head.output.version !== 1) return refuse('other-version')
  const read = v.safeParse(File, sent, { abortEarly: true })
  if (!read.success) return refuse('malformed')
  const wrong = wrongIn(read.output)
  if (wrong !== null) return fail(wrong)
  return ok({ ...read.output, weeks: read.output.weeks.toSorted((a, b) => (a.from < b.from ? 1 : -1)) })
}

const refuse = (fault: TrendsFault) => fail<TrendsRefusal>({ fault, where: '' })

function parse(text: string): unknown {
  try {
    const sent: unknown = JSON.parse(text)
    return sent
  } catch {
    return undefined
  }
}

function wrongIn(trends: Trends): TrendsRefusal | null {
  const { weeks } = trends
  if (isTwice(weeks.map(({ name }) => name)) || weeks.some((week) => !isWeek(week)))
    return { fault: 'week', where: '' }
  for (const { name, tables } of weeks) {
    for (const table of tables) {
      const names = [table.format, table.subject, ...table.cells.map(({ word }) => word)]
      if (names.some((one) => !plainName.test(one))) return { fault: 'name', where: name }
      const fault = faultOf(table, trends)
      if (fault !== null) return { fault, where: `${name}, ${table.format}, ${table.subject}` }
    }
    if (isTwice(tables.map(({ format, subject }) => `${format} ${subject}`)))
      return { fault: 'totals', where: name }
  }
  return null
}

/** Seven days from its first. */
const isWeek = ({ from, to }: TrendsWeek): boolean => Date.parse(to) - Date.parse(from) === 6 * dayLength
const isTwice = (names: readonly string[]): boolean => new Set(names).size < names.length

function faultOf(table: TrendsTable, { threshold, rounded_to: step }: Trends): TrendsFault | null {
  const { cells, contributors } = table
  if (cells.some((cell) => measures.some((measure) => !hasKnownRanges(cell, measure)))) return 'range'
  const least = Math.floor(threshold / step) * step
  if ([table, ...cells].some((one) => one.contributors < least || one.contributors % step !== 0))
    return 'too-few'
  const sum = cells.reduce((all, { share }) => all + share, 0)
  // Each share is rounded by half a percent at most.
  const isWhole = Math.abs(sum - 100) <= cells.length / 2 + 0.01
  const isOnce = !isTwice(cells.map(({ word }) => word))
  return isWhole && isOnce && cells.every((cell) => cell.contributors <= contributors) ? null : 'totals'
}

function hasKnownRanges(cell: TrendsCell, measure: Measure): boolean {
  const place = (word: string): number => rangesOf[measure].findIndex((range) => range.word === word)
  const [middle, quarters] = [cell[measure], cell[`${measure}_quarters`]]
  if (middle === undefined) return quarters === undefined
  if (quarters === undefined) return place(middle) >= 0
  const [low, high] = [place(quarters[0]), place(quarters[1])]
  return low >= 0 && low <= place(middle) && place(middle) <= high
}

const fresh = 8 * dayLength

/** It is renewed every day. Shown it is all the same, with a word about its age. */
export function ageOf({ made }: Trends, now: number): 'fresh' | 'old' | 'ahead' {
  const age = now - Date.parse(made)
  if (age < -dayLength) return 'ahead'
  return age > fresh ? 'old' : 'fresh'
}

/** Where a server's trends lie, of what a person types as its address: that of its reports, it may be. */
export function trendsAddress(server: string): string {
  const typed = server.trim().replace(/(\/api\/v1\/reports)?\/*$/, '')
  return typed === '' || typed.endsWith('/trends.json') ? typed : `${typed}/trends.json`
}
