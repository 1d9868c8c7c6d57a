// Where the person is: the screen, the file, the period, what is chosen and how it is drawn. It stands in the
// address, so that reload, back and forward work, and a view can be kept as a link. The fragment never leaves the
// page, so neither does the file's path.
import type { Between, Condition, Filter } from '../shared/viewer/filter.ts'
import { everything } from '../shared/viewer/filter.ts'
import type { Compare } from '../shared/viewer/specs.ts'
import { dayLength, dayName } from '../shared/viewer/zone.ts'
import type { Zone } from '../shared/viewer/zone.ts'

/** In the order of the side bar. A new screen is one word here, its key in keys.ts and one view in App. */
export const screens = ['files', 'overview', 'records', 'sharing', 'community', 'settings'] as const
export type Screen = (typeof screens)[number]

export const presets = ['7d', '30d', '90d', 'year', 'all'] as const
export type Preset = (typeof presets)[number]
/** Local days as days since 1970-01-01, both of them within. */
export interface Days {
  readonly from: number
  readonly to: number
}
export type Period = Preset | Days

/** What is chosen on the charts. The search, too, is a choice. */
export type Chosen = Omit<Filter, 'since' | 'until'>
export const nothingChosen: Chosen = (({ since: _, until: __, ...chosen }) => chosen)(everything)

export const lines = ['none', 'errors', 'median', 'p95'] as const
export type Line = (typeof lines)[number]

export interface Drawing {
  /** The dimension that the timeline is divided into. */
  readonly stack: string | null
  readonly line: Line
  readonly compare: Compare | null
  /** Of the calendar. */
  readonly year: number | null
  /** Shown event by event, as days since 1970-01-01. */
  readonly day: number | null
  readonly tables: boolean
}

export interface Place {
  readonly screen: Screen
  /** The path of the open file; null when none is, or when it was dropped and has no path. */
  readonly file: string | null
  readonly period: Period
  readonly chosen: Chosen
  readonly drawing: Drawing
}

export const start: Place = {
  screen: 'files',
  file: null,
  period: 'all',
  chosen: nothingChosen,
  drawing: { stack: null, line: 'none', compare: null, year: null, day: null, tables: false },
}

/** A screen that isn't there is the first one. */
export function readPlace(hash: string, there: readonly Screen[] = screens): Place {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?')
  const said = new URLSearchParams(query)
  const failed = said.get('failed')
  return {
    screen: there.find((screen) => screen === path) ?? start.screen,
    file: said.get('file'),
    period: readPeriod(said.get('period') ?? ''),
    chosen: {
      range: readBetween(said.get('range') ?? ''),
      failed: failed === 'yes' ? true : failed === 'no' ? false : null,
      duration: readBetween(said.get('took') ?? ''),
      hours: readHours(said.get('hours') ?? ''),
      where: [...readConditions(said.getAll('where'), false), ...readConditions(said.getAll('not'), true)],
      search: (said.get('search') ?? '').slice(0, mostLetters),
    },
    drawing: {
      stack: said.get('by'),
      line: lines.find((line) => line === said.get('line')) ?? start.drawing.line,
      compare: readCompare(said.get('compare') ?? ''),
      year: readWhole(said.get('year') ?? ''),
      day: readDay(said.get('day') ?? ''),
      tables: said.get('as') === 'tables',
    },
  }
}

export function writePlace({ screen, file, period, chosen, drawing }: Place): string {
  const said = new URLSearchParams()
  const say = (name: string, value: string | null): void => void (value !== null && said.append(name, value))
  say('file', file)
  say('period', period === start.period ? null : typeof period === 'string' ? period : writeDays(period))
  say('range', writeBetween(chosen.range))
  say('failed', chosen.failed === null ? null : chosen.failed ? 'yes' : 'no')
  say('took', writeBetween(chosen.duration))
  say('hours', chosen.hours && (chosen.hours.not ? '!' : '') + chosen.hours.of.join('.'))
  for (const { dimension, values, not } of chosen.where)
    say(not ? 'not' : 'where', [dimension, ...values].map(escape).join('='))
  say('search', chosen.search === '' ? null : chosen.search)
  say('by', drawing.stack)
  say('line', drawing.line === start.drawing.line ? null : drawing.line)
  say('compare', writeCompare(drawing.compare))
  say('year', drawing.year === null ? null : String(drawing.year))
  say('day', drawing.day === null ? null : dayName(drawing.day))
  say('as', drawing.tables ? 'tables' : null)
  return said.size === 0 ? `#/${screen}` : `#/${screen}?${said.toString()}`
}

const presetDays = { '7d': 7, '30d': 30, '90d': 90 } as const

/** Whole local days, today the last of them: what a person means by "the last 7 days". */
export function filterOf(
  { period, chosen }: Pick<Place, 'period' | 'chosen'>,
  zone: Zone,
  now: number,
): Filter {
  const today = zone.dayOf(now)
  const ever = { ...everything, ...chosen }
  if (typeof period !== 'string')
    return { ...ever, since: zone.startOf(period.from), until: zone.startOf(period.to + 1) }
  if (period === 'all') return ever
  const from =
    period === 'year'
      ? Math.round(Date.UTC(new Date(today * dayLength).getUTCFullYear(), 0, 1) / dayLength)
      : today - presetDays[period] + 1
  return { ...ever, since: zone.startOf(from) }
}

/** What has not changed stays the same object, so that what is drawn from it isn't drawn again. */
export function settle(next: Place, before: Place): Place {
  const { range, duration, hours, where } = before.chosen
  const chosen = {
    ...next.chosen,
    range: same(next.chosen.range, range),
    duration: same(next.chosen.duration, duration),
    hours: same(next.chosen.hours, hours),
    where: same(
      next.chosen.where.map((condition) => where.find((other) => isEqual(condition, other)) ?? condition),
      where,
    ),
  }
  return {
    ...next,
    period: same(next.period, before.period),
    chosen: same(chosen, before.chosen),
    drawing: same(next.drawing, before.drawing),
  }
}

const same = <T>(next: T, before: T): T => (isEqual(next, before) ? before : next)

function isEqual(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null)
    return Object.is(one, other)
  const [ofOne, ofOther] = [Object.entries(one), new Map(Object.entries(other))]
  return ofOne.length === ofOther.size && ofOne.every(([key, value]) => isEqual(value, ofOther.get(key)))
}

export const isAll = ({ period, chosen }: Place): boolean => period === 'all' && !anyChosen(chosen)

function anyChosen({ range, failed, duration, hours, where, search }: Chosen): boolean {
  return (
    range !== null ||
    failed !== null ||
    duration !== null ||
    hours !== null ||
    where.length > 0 ||
    search !== ''
  )
}

const longest = 40_000_000
const mostLetters = 1000

function readPeriod(text: string): Period {
  const [, from = '', to = ''] = /^(-?\d{4,6}-\d\d-\d\d)\.\.(-?\d{4,6}-\d\d-\d\d)$/.exec(text) ?? []
  const days = { from: Date.parse(from) / dayLength, to: Date.parse(to) / dayLength }
  if (days.from <= days.to && days.to - days.from < longest) return days
  return presets.find((preset) => preset === text) ?? start.period
}
function readDay(text: string): number | null {
  const day = /^-?\d{4,6}-\d\d-\d\d$/.test(text) ? Date.parse(text) / dayLength : NaN
  return Number.isInteger(day) ? day : null
}
const writeDays = ({ from, to }: Days): string => `${dayName(from)}..${dayName(to)}`

function readBetween(text: string): Between | null {
  const [, not, from, to] = /^(!?)(-?[\d.e+]{1,24})~(-?[\d.e+]{1,24})$/.exec(text) ?? []
  const [low, high] = [Number(from), Number(to)]
  return low < high && Math.abs(low) <= 8.64e15 && high <= 1e300
    ? { from: low, to: high, not: not === '!' }
    : null
}
const writeBetween = (between: Between | null): string | null =>
  between && `${between.not ? '!' : ''}${between.from}~${between.to}`

function readHours(text: string): Chosen['hours'] {
  const of = text
    .replace('!', '')
    .split('.')
    .map(readWhole)
    .filter((hour) => hour !== null && hour >= 0 && hour < 168)
  return of.length === 0 ? null : { of: of.filter((hour) => hour !== null), not: text.startsWith('!') }
}

function readConditions(said: readonly string[], not: boolean): Condition[] {
  return said.flatMap((text) => {
    const [dimension = '', ...values] = text.split('=').map(unescape)
    return values.length === 0 ? [] : [{ dimension, values, not }]
  })
}

function readCompare(text: string): Compare | null {
  const since = /^-?\d{1,16}$/.test(text) ? Number(text) : NaN
  if (Math.abs(since) <= 8.64e15) return { with: 'period', since }
  const [dimension = '', ...values] = text.split('=').map(unescape)
  return values.length === 2 ? { with: 'values', dimension, values } : null
}
function writeCompare(compare: Compare | null): string | null {
  if (compare === null) return null
  return compare.with === 'period'
    ? String(compare.since)
    : [compare.dimension, ...compare.values].map(escape).join('=')
}

/** Names and values stand between equals signs, so one within them is written otherwise. */
const escape = (text: string): string => text.replaceAll('%', '%25').replaceAll('=', '%3D')
const unescape = (text: string): string => text.replaceAll('%3D', '=').replaceAll('%25', '%')

const readWhole = (text: string): number | null => (/^-?\d{1,7}$/.test(text) ? Number(text) : null)
