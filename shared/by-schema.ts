// What a person chose for a file, kept for every file with the same tables: by the key of their schema (schemaKey in
// formats/generic.ts), and not by path, so that one choice fits every file of the same program and survives its move.
import * as v from 'valibot'

export const SchemaKey = v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/))

export type BySchema<T> = Readonly<Record<string, T>>

/** Whatever was stored; nothing where it can't be read. */
export const readBySchema =
  <T>(one: v.GenericSchema<unknown, T>) =>
  (stored: unknown): BySchema<T> => {
    const parsed = v.safeParse(v.record(SchemaKey, one), stored)
    return parsed.success ? parsed.output : {}
  }

/** Null takes the choice back. */
export function withChoice<T>(kept: BySchema<T>, key: string, choice: T | null): BySchema<T> {
  const others = Object.entries(kept).filter(([known]) => known !== key)
  return Object.fromEntries(choice === null ? others : [...others, [key, choice]])
}
