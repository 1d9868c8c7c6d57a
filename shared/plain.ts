/** A plain object as JSON.parse or structured clone give it. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The same but for one of its entries. */
export const without = <T>(record: Readonly<Record<string, T>>, name: string): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter(([one]) => one !== name))

/**
 * As `map`, but always of the one kind that the engine knows as packed. What `map` makes is of that kind or of another by
 * how far its caller is compiled, and code compiled for the one is thrown away where it meets the other.
 */
export function packed<From, To>(list: readonly From[], make: (item: From) => To): To[] {
  const made: To[] = []
  for (const item of list) made.push(make(item))
  return made
}
