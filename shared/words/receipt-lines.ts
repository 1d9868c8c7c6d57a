// What looking through receipts came to, a sentence each: how many are right, missing or unchecked, and each that is
// wrong or was signed by a key that isn't believed.
import type { LogCheck } from '../share-log.ts'
import type { receipts } from './en-receipts.ts'
import type { Like } from './like.ts'

export function receiptLines(
  { receipts: all, keys }: LogCheck,
  words: Like<typeof receipts>,
  write: (value: number) => string,
): { readonly said: readonly string[]; readonly failed: readonly string[] } {
  const said = (['verified', 'missing', 'key unknown'] as const).flatMap((state) => {
    const of = all.filter((receipt) => receipt.state === state).length
    return of === 0 ? [] : [words[state]({ of, text: write(of) })]
  })
  const wrong = all.flatMap(({ entry, fault }) =>
    fault === null ? [] : [words.wrong(write(entry), words.faults[fault])],
  )
  const refused = keys.flatMap((seen) => seen.refused.map(({ id }) => words.refusedKey(seen.server, id)))
  return { said, failed: [...wrong, ...refused] }
}
