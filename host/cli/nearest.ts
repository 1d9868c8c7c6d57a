// What a mistyped word of a command line was probably meant to be.
import { changesBetween } from '../../shared/typos.ts'

const most = 2

/** The name that takes the fewest changes, where these are few beside its length. */
export function nearest(typed: string, names: readonly string[]): string | null {
  const [best] = names
    .map((name) => ({ name, changes: changesBetween(typed, name) }))
    .filter(({ name, changes }) => changes <= Math.min(most, Math.floor(name.length / 2)))
    .sort((one, other) => one.changes - other.changes)
  return best?.name ?? null
}
