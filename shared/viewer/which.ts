// Which rows something is to be done to: export and delete are told it in the same words. How they are found stands in
// chosen-keys.ts, which whoever only passes it on need not have.
import * as v from 'valibot'
import { Address } from './asks.ts'
import { FilterSchema } from './filter-schema.ts'
import type { Condition } from './filter.ts'
import { createZone } from './zone.ts'

/** As many as fit into the arguments of a call; more are chosen by a filter. */
export const mostAddresses = 15_000

export const Which = v.variant('of', [
  v.strictObject({ of: v.literal('all') }),
  v.strictObject({
    of: v.literal('matching'),
    filter: FilterSchema,
    /** Whose days and hours the filter means. */
    zone: v.pipe(v.string(), v.maxLength(64), v.check(isZoneName, 'is not a time zone')),
    /** See wordsOf; none: any row. */
    words: v.pipe(v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(1000))), v.maxLength(20)),
  }),
  v.strictObject({ of: v.literal('rows'), addresses: v.pipe(v.array(Address), v.maxLength(mostAddresses)) }),
])
export type Which = v.InferOutput<typeof Which>

export const conditionsOf = (which: Which): readonly Condition[] =>
  which.of === 'matching' ? which.filter.where : []

function isZoneName(name: string): boolean {
  try {
    createZone(name)
    return true
  } catch {
    return false
  }
}
