// Where the person is: the screen, the file, the period and how charts are shown. It stands in the address, so
// that reload, back and forward work. The fragment never leaves the page, so neither does the file's path.
import type { Filter } from '../shared/viewer/filter.ts'
import { everything } from '../shared/viewer/filter.ts'
import type { Zone } from '../shared/viewer/zone.ts'

/** In the order of the side bar and of the keys 1, 2, … A new screen is one word here and one view in App. */
export const screens = ['files', 'overview', 'settings'] as const
export type Screen = (typeof screens)[number]

export const periods = ['7d', '30d', '90d', '1y', 'all'] as const
export type Period = (typeof periods)[number]
const days: Readonly<Record<Period, number>> = { '7d': 7, '30d': 30, '90d': 90, '1y': 365, all: Infinity }

export interface Place {
  readonly screen: Screen
  /** The path of the open file; null when none is, or when it was dropped and has no path. */
  readonly file: string | null
  readonly period: Period
  readonly tables: boolean
}

export const start: Place = { screen: 'files', file: null, period: 'all', tables: false }

export function readPlace(hash: string): Place {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?')
  const said = new URLSearchParams(query)
  return {
    screen: screens.find((screen) => screen === path) ?? start.screen,
    file: said.get('file'),
    period: periods.find((period) => period === said.get('period')) ?? start.period,
    tables: said.get('as') === 'tables',
  }
}

export function writePlace({ screen, file, period, tables }: Place): string {
  const said = new URLSearchParams()
  if (file !== null) said.set('file', file)
  if (period !== start.period) said.set('period', period)
  if (tables) said.set('as', 'tables')
  return said.size === 0 ? `#/${screen}` : `#/${screen}?${said.toString()}`
}

/** Whole local days, today the last of them: what a person means by "the last 7 days". */
export function filterOf(period: Period, zone: Zone, now: number): Filter {
  if (period === 'all') return everything
  return { ...everything, since: zone.startOf(zone.dayOf(now) - days[period] + 1) }
}
