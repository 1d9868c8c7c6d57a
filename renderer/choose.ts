// How a click changes what is chosen. A value that is chosen alone is let go by a second click; another takes its
// place, or joins it where one adds. Turned round, a condition leaves out what it chose.
import type { Between, Condition } from '../shared/viewer/filter.ts'
import type { Chosen } from './place.ts'

export interface How {
  /** Beside the values that are chosen already. */
  readonly add?: boolean
  /** Everything but this. */
  readonly not?: boolean
}

export function chooseValue(
  chosen: Chosen,
  dimension: string,
  value: string,
  { add = false, not = false }: How = {},
): Chosen {
  const others = chosen.where.filter((condition) => condition.dimension !== dimension)
  const before = chosen.where.find((condition) => condition.dimension === dimension && condition.not === not)
  const values = nextValues(before?.values ?? [], value, add)
  const own = values.length === 0 ? [] : [{ dimension, values, not }]
  return { ...chosen, where: [...others, ...own] }
}

function nextValues(before: readonly string[], value: string, add: boolean): readonly string[] {
  if (add) return before.includes(value) ? before.filter((other) => other !== value) : [...before, value]
  return before.length === 1 && before[0] === value ? [] : [value]
}

/** A stretch of time or of durations; added, it reaches from the one that is chosen to this. */
export function chooseBetween(
  chosen: Chosen,
  of: 'range' | 'duration',
  { from, to }: { readonly from: number; readonly to: number },
  { add = false, not = false }: How = {},
): Chosen {
  const before = chosen[of]?.not === not ? chosen[of] : null
  if (before !== null && before.from === from && before.to === to) return { ...chosen, [of]: null }
  const wider = add && before !== null
  return {
    ...chosen,
    [of]: {
      from: wider ? Math.min(from, before.from) : from,
      to: wider ? Math.max(to, before.to) : to,
      not,
    },
  }
}

/** Hours of the week, one or a patch of them. */
export function chooseHours(
  chosen: Chosen,
  hours: readonly number[],
  { add = false, not = false }: How = {},
): Chosen {
  const before = chosen.hours?.not === not ? chosen.hours.of : []
  const has = hours.every((hour) => before.includes(hour))
  if (!add) return { ...chosen, hours: has && before.length === hours.length ? null : { of: hours, not } }
  const of = has ? before.filter((hour) => !hours.includes(hour)) : [...new Set([...before, ...hours])]
  return { ...chosen, hours: of.length === 0 ? null : { of: of.toSorted((a, b) => a - b), not } }
}

/** Each condition by itself, with what it takes to turn it round and to take it away. */
export type Choice =
  | { readonly of: 'value'; readonly condition: Condition }
  | { readonly of: 'range' | 'duration'; readonly between: Between }
  | { readonly of: 'failed'; readonly not: boolean }
  | { readonly of: 'hours'; readonly hours: readonly number[]; readonly not: boolean }
  | { readonly of: 'search'; readonly words: string }

export function choicesOf({ range, failed, duration, hours, where, search }: Chosen): Choice[] {
  return [
    ...(range === null ? [] : [{ of: 'range', between: range } as const]),
    ...where.map((condition) => ({ of: 'value', condition }) as const),
    ...(failed === null ? [] : [{ of: 'failed', not: !failed } as const]),
    ...(duration === null ? [] : [{ of: 'duration', between: duration } as const]),
    ...(hours === null ? [] : [{ of: 'hours', hours: hours.of, not: hours.not } as const]),
    ...(search === '' ? [] : [{ of: 'search', words: search } as const]),
  ]
}

export function turnRound(chosen: Chosen, choice: Choice): Chosen {
  switch (choice.of) {
    case 'value':
      return {
        ...chosen,
        where: chosen.where.map((one) => (one === choice.condition ? { ...one, not: !one.not } : one)),
      }
    case 'failed':
      return { ...chosen, failed: choice.not }
    case 'hours':
      return { ...chosen, hours: { of: choice.hours, not: !choice.not } }
    case 'search':
      return chosen
    case 'range':
    case 'duration':
      return { ...chosen, [choice.of]: { ...choice.between, not: !choice.between.not } }
  }
}

export function letGo(chosen: Chosen, choice: Choice): Chosen {
  if (choice.of === 'value')
    return { ...chosen, where: chosen.where.filter((one) => one !== choice.condition) }
  if (choice.of === 'search') return { ...chosen, search: '' }
  return { ...chosen, [choice.of]: null }
}

/** The order in which conditions came, newest last. Of those that were there from the start nobody knows it. */
export class Order {
  #known: string[] = []

  note(chosen: Chosen): void {
    const now = choicesOf(chosen).map(nameOf)
    this.#known = [...this.#known.filter((name) => now.includes(name))]
    this.#known.push(...now.filter((name) => !this.#known.includes(name)))
  }

  /** Without the condition that came last; null where there is none. */
  stepBack(chosen: Chosen): Chosen | null {
    const newest = choicesOf(chosen).find((choice) => nameOf(choice) === this.#known.at(-1))
    return newest === undefined ? null : letGo(chosen, newest)
  }
}

/** A condition that gets another value stays the same one. */
const nameOf = (choice: Choice): string =>
  choice.of === 'value' ? `value ${String(choice.condition.not)} ${choice.condition.dimension}` : choice.of
