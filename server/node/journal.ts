// Deletions, one a line, in a file beside the store. A backup that is older than a deletion still holds what was
// deleted; `restore` reads this file and deletes it again.
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import * as v from 'valibot'
import type { Journal } from '../door.ts'
import type { Deletion } from '../forget.ts'
import { readIfThere, writeSecret } from './files.ts'

const Line = v.strictObject({ id: v.string(), secretHash: v.string(), at: v.number() })

export const journalIn = (path: string): Journal => ({
  note: async ({ id, secretHash, at }) => {
    const file = openSync(path, 'a', 0o600)
    try {
      writeSync(file, `${JSON.stringify({ id, secretHash, at })}\n`)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
  },
})

/** What a crash left half of a last line is no deletion that was ever confirmed. */
export function readJournal(path: string): Deletion[] {
  return (readIfThere(path) ?? '').split('\n').flatMap((line) => {
    const read = v.safeParse(v.pipe(v.string(), v.parseJson(), Line), line)
    return read.success ? [read.output] : []
  })
}

const kept = 120 * 86_400_000

/** Takes out what no backup can bring back any more. */
export function pruneJournal(path: string, now: number): void {
  const all = readJournal(path)
  const young = all.filter(({ at }) => at > now - kept)
  if (young.length < all.length) writeSecret(path, young.map((one) => `${JSON.stringify(one)}\n`).join(''))
}
