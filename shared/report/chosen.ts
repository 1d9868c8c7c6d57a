// What a filter chooses, in the words that its chips have in the window.
import { oneLine } from '../viewer/draw/drawing.ts'
import type { Filter } from '../viewer/filter.ts'
import type { Figures } from '../viewer/specs.ts'
import type { Wording } from '../words/wording.ts'

export function chosenWords(
  { range, failed, duration, hours, where, search }: Filter,
  { words, numbers, dates }: Wording,
): string[] {
  const { overview, dimension: named } = words.window
  const { chosen } = overview
  const hour = (at: number): string => chosen.hour(dates.weekday(Math.floor(at / 24)), dates.hour(at % 24))
  const hoursOf = (of: readonly number[]): string =>
    of.length > 3 ? chosen.manyHours(numbers.count(of.length)) : chosen.or(of.map(hour))
  return [
    ...(range === null ? [] : [chosen.range(dates.range(range.from, range.to - 1), range.not)]),
    ...where.map(({ dimension, values, not }) =>
      chosen.value(named(dimension), chosen.or(values.map(oneLine)), not),
    ),
    ...(failed === null ? [] : [chosen.failed(!failed)]),
    ...(duration === null
      ? []
      : [chosen.duration(numbers.duration(duration.from), numbers.duration(duration.to), duration.not)]),
    ...(search === '' ? [] : [chosen.search(search)]),
    ...(hours === null ? [] : [chosen.hours(hoursOf(hours.of), hours.not)]),
  ]
}

/** The period in words: whole days where both ends are such, and without ends the days that there are. */
export function periodWords(
  { since, until }: Filter,
  { first, last }: Pick<Figures, 'first' | 'last'>,
  { words, dates }: Wording,
): string {
  const { page } = words.report
  if (since !== null && until !== null) return dates.range(since, until - 1)
  if (since !== null) return page.since(dates.day(since))
  if (until !== null) return page.until(dates.day(until - 1))
  return first === null || last === null ? page.allTime : page.allOf(dates.range(first, last))
}
