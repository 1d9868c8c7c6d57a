import type { AppError } from '../result.ts'

/** A sentence for every kind of failure; a type error names a kind that has none. */
export type Explain = { readonly [K in AppError['kind']]: (error: Extract<AppError, { kind: K }>) => string }

/** The sentence for any failure, in the language of the given words. */
export function explain(error: AppError, { errors }: { readonly errors: Explain }): string {
  const say = errors[error.kind] as (error: AppError) => string // the kind is the key it is found by
  return say(error)
}
