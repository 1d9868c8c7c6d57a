// A filter as it comes over the bridge. What a file doesn't have can be asked for, but only so much of it.
import * as v from 'valibot'
import type { AppError } from '../result.ts'
import type { Condition, Filter } from './filter.ts'

const moment = v.pipe(v.number(), v.minValue(-8.64e15), v.maxValue(8.64e15))
const between = v.nullable(v.strictObject({ from: v.number(), to: v.number(), not: v.boolean() }))
const word = v.pipe(v.string(), v.maxLength(10_000))

export const FilterSchema: v.GenericSchema<unknown, Filter> = v.strictObject({
  since: v.nullable(moment),
  until: v.nullable(moment),
  range: between,
  failed: v.nullable(v.boolean()),
  duration: between,
  /** Columns hold no texts to search in: whoever can search hands its finds over otherwise. */
  search: v.literal(''),
  hours: v.nullable(
    v.strictObject({
      of: v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(167))), v.maxLength(168)),
      not: v.boolean(),
    }),
  ),
  where: v.pipe(
    v.array(
      v.strictObject({
        dimension: word,
        values: v.pipe(v.array(word), v.minLength(1), v.maxLength(1000)),
        not: v.boolean(),
      }),
    ),
    v.maxLength(100),
  ),
})

/** What a file doesn't tell of its events is better said than taken for none of them, or with a `not` for all. */
export function unknownDimension(
  where: readonly Condition[],
  dimensions: readonly { readonly name: string }[],
): AppError | null {
  const known = ['kind', ...dimensions.map(({ name }) => name)]
  const unknown = where.find(({ dimension }) => !known.includes(dimension))
  return unknown === undefined ? null : { kind: 'dimension-unknown', dimension: unknown.dimension, known }
}
