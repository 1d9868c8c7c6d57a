// What asking a destination came to, a sentence each: how many reports are as they should be, and each kind that isn't,
// with what it is about.
import { heldStates } from '../share-held.ts'
import type { HeldReport } from '../share-held.ts'
import type { held } from './en-held.ts'
import type { Like } from './like.ts'

export function heldLines(
  reports: readonly HeldReport[],
  { states, faults }: Like<typeof held>,
  write: (value: number) => string,
  nameOf: (about: readonly string[]) => string,
): { readonly said: readonly string[]; readonly failed: readonly string[] } {
  const [said, failed]: [string[], string[]] = [[], []]
  for (const state of heldStates) {
    const its = reports.filter((report) => report.state === state)
    if (its.length === 0) continue
    if (state === 'remains' || state === 'missing' || state === 'other bytes')
      failed.push(faults[state](its.map(({ about }) => nameOf(about)).join('; ')))
    else said.push(states[state]({ of: its.length, text: write(its.length) }))
  }
  return { said, failed }
}
