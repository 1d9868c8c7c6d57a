// Values that may be private, as they are shown while the veil is drawn: by their place in the list of their
// dimension, so that one can still be told from another, and chosen.
import type { Format } from '../shared/formats/format.ts'
import { sensitiveDimensions } from '../shared/formats/sensitive.ts'
import type { Change } from '../shared/viewer/insights.ts'
import type { Program } from './program.svelte.ts'

/** By format: it is asked for each value that is on the screen. */
const known = new WeakMap<Format, ReadonlySet<string>>()
function sensitiveIn(format: Format): ReadonlySet<string> {
  const found = known.get(format) ?? sensitiveDimensions(format)
  known.set(format, found)
  return found
}

export function shownValue(program: Program, dimension: string, value: string): string {
  const { recognised, overview } = program.reader
  if (!program.settings.veil || recognised === null) return value
  if (!sensitiveIn(recognised.format).has(dimension)) return value
  const list = overview?.dimensions.find(({ name }) => name === dimension)?.bars ?? []
  const place = list.findIndex(({ label }) => label === value)
  return program.words.records.veiledValue(place < 0 ? '' : program.numbers.short(place + 1))
}

/** The same with other names for what is veiled. */
export function shownChange(program: Program, change: Change): Change {
  const shown = <N extends { readonly dimension: string; readonly value: string }>(named: N): N => ({
    ...named,
    value: shownValue(program, named.dimension, named.value),
  })
  return {
    ...change,
    part: change.part && shown(change.part),
    explanation: change.explanation && shown(change.explanation),
  }
}
