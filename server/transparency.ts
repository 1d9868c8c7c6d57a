// A month in numbers, for everybody: what was taken in, refused, deleted and published. It is made of totals, in which
// there is nobody.
import type { Result } from '../shared/result.ts'
import { fail, ok } from '../shared/result.ts'
import { server as words } from '../shared/words/en-server.ts'
import { numberIn, textIn } from './store.ts'
import type { Store, StoreFailure } from './store.ts'

export interface MonthReport {
  readonly month: string
  /** By door and what happened: `reports`, `taken`, 120. */
  readonly totals: readonly { readonly door: string; readonly what: string; readonly n: number }[]
}

export async function reportMonth(store: Store, month: string): Promise<Result<MonthReport, StoreFailure>> {
  const done = await store.run([
    {
      sql: `SELECT door, what, sum(n) AS n FROM totals WHERE substr(day, 1, 7) = CAST(? AS TEXT)
        GROUP BY door, what ORDER BY door, what`,
      values: [month],
    },
  ])
  if (!done.ok) return fail('unavailable')
  const totals = (done.value[0] ?? []).map((row) => ({
    door: textIn(row, 'door'),
    what: textIn(row, 'what'),
    n: numberIn(row, 'n'),
  }))
  return ok({ month, totals })
}

export const monthInWords = ({ month, totals }: MonthReport): string =>
  [
    words.monthTitle(month),
    '',
    ...totals.map(({ door, what, n }) => `${String(n).padStart(10)}  ${door}: ${what}`),
    ...(totals.length === 0 ? [words.monthEmpty] : []),
    '',
  ].join('\n')
