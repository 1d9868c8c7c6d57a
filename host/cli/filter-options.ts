// The options that choose events, as every command that has them understands them. Days are whole days of the
// person's zone: `--since 7d` are the last seven of them with today, `--until 2026-11-01` holds that day as well.
import type { Result } from '../../shared/result.ts'
import { ok } from '../../shared/result.ts'
import { everything } from '../../shared/viewer/filter.ts'
import type { Condition, Filter } from '../../shared/viewer/filter.ts'
import { dayLength } from '../../shared/viewer/zone.ts'
import type { Zone } from '../../shared/viewer/zone.ts'
import { cli } from './speech.ts'
import { flag, misused, value, values } from './arguments.ts'
import type { Given, Told } from './arguments.ts'

const words = cli.filters

export const filterOptions = {
  since: value('WHEN', words.since),
  until: value('WHEN', words.until),
  kind: values('KIND', words.kind),
  where: values('NAME=VALUE', words.where),
  failed: flag(words.failed),
} as const

type WithFilters = Pick<Given<typeof filterOptions, string>, 'flag' | 'value' | 'values'>

export function readFilter(given: WithFilters, zone: Zone, now: number): Result<Filter, Told> {
  const since = readMoment(given.value('since'), 'begin', zone, now)
  if (since === undefined) return misused(cli.mistakes.when('--since'))
  const until = readMoment(given.value('until'), 'end', zone, now)
  if (until === undefined) return misused(cli.mistakes.when('--until'))
  if (since !== null && until !== null && since >= until) return misused(cli.mistakes.order)
  const kinds = given.values('kind')
  const where: Condition[] = kinds.length === 0 ? [] : [{ dimension: 'kind', values: kinds, not: false }]
  for (const said of given.values('where')) {
    const [, dimension = '', not = '', wanted = ''] = /^([^=]*?)(!?)=(.+)$/s.exec(said) ?? []
    if (dimension === '' || wanted === '') return misused(cli.mistakes.where('--where'))
    add(where, { dimension, values: [wanted], not: not === '!' })
  }
  return ok({ ...everything, since, until, where, failed: given.flag('failed') ? true : null })
}

/** Whether any of the options was given, so that what they don't choose is left out. */
export const isNarrowed = ({ since, until, where, failed }: Filter): boolean =>
  since !== null || until !== null || where.length > 0 || failed !== null

/** Two values of one name: either will do. Two that are left out: neither. */
function add(where: Condition[], next: Condition): void {
  const same = where.findIndex(({ dimension, not }) => dimension === next.dimension && not === next.not)
  const before = where[same]
  if (before === undefined) where.push(next)
  else where[same] = { ...before, values: [...before.values, ...next.values] }
}

/** Null where nothing was said, undefined where it can't be understood. */
function readMoment(
  said: string | null,
  which: 'begin' | 'end',
  zone: Zone,
  now: number,
): number | null | undefined {
  if (said === null) return null
  const [, amount, unit] = /^([1-9]\d{0,5})([hdw])$/.exec(said) ?? []
  if (amount !== undefined) return ago(Number(amount), unit ?? '', zone, now)
  const [, date, clock] = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?))?$/.exec(said) ?? []
  const midnight = date === undefined ? NaN : Date.parse(date)
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== date) return undefined
  const day = midnight / dayLength
  if (clock === undefined) return zone.startOf(which === 'begin' ? day : day + 1)
  const local = Date.parse(`${date}T${clock}Z`)
  return Number.isNaN(local) ? undefined : local - zone.offsetAt(local - zone.offsetAt(local))
}

/** `--until 7d` is where `--since 7d` begins, so that both together part the days between them. */
function ago(amount: number, unit: string, zone: Zone, now: number): number {
  if (unit === 'h') return now - amount * 3_600_000
  const days = unit === 'w' ? amount * 7 : amount
  return zone.startOf(zone.dayOf(now) - days + 1)
}
