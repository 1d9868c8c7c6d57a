// One's own values beside those of the many: counted out of one's own files exactly as the server counts reports (a
// vote a day, divided by how much each word was used; ranges instead of numbers), so that like is compared with like.
// All of it is worked out on this machine.
import { anonymize } from '../sharing/anonymize.ts'
import type { Origin } from '../sharing/anonymize.ts'
import { subjects } from '../sharing/fields.ts'
import { counts } from '../sharing/ranges.ts'
import type { Range } from '../sharing/ranges.ts'
import type { DayFigures } from '../sharing/report.ts'
import type { Report } from '../sharing/shape.ts'
import type { OwnCell, OwnTable } from './band.ts'
import { measures, rangesOf } from './trends.ts'
import type { Measure } from './trends.ts'

interface Vote {
  readonly word: string
  readonly day: string
  readonly count: number
  readonly told: Readonly<Partial<Record<Measure, string>>>
}

export function ownTables(days: readonly DayFigures[], origin: Omit<Origin, 'level'>): OwnTable[] {
  const reports = anonymize(days, { ...origin, level: 'detailed' })
  return [...Map.groupBy(reports, ({ format }) => format)].flatMap(([format, its]) =>
    ['os', 'tool_version', ...subjects.map(({ name }) => name)].flatMap((subject) => {
      const votes = its.flatMap((report) => votesOf(report, subject))
      return votes.length === 0 ? [] : [tableOf(format, subject, votes)]
    }),
  )
}

function votesOf(report: Report, subject: string): Vote[] {
  const { day } = report
  if (subject === 'os' || subject === 'tool_version')
    return [{ word: report[subject], day, count: 1, told: {} }]
  const known = subjects.find(({ name }) => name === subject)
  return report.rows.flatMap((row) => {
    const word = known === undefined ? undefined : row[known.name]
    if (word === undefined) return []
    const told = Object.fromEntries(measures.map((measure) => [measure, row[measure]]))
    return [{ word, day, count: counts.find((range) => range.word === row.count)?.from ?? 1, told }]
  })
}

function tableOf(format: string, subject: string, votes: readonly Vote[]): OwnTable {
  const days = Map.groupBy(votes, ({ day }) => day)
  const weigh = ({ day, count }: Vote): number =>
    count / (days.get(day) ?? []).reduce((sum, one) => sum + one.count, 0)
  const cells = [...Map.groupBy(votes, ({ word }) => word)].map(([word, its]): OwnCell => {
    const part = its.reduce((sum, vote) => sum + weigh(vote), 0)
    const ranges = measures.flatMap((measure) => {
      const middle = middleOf(
        rangesOf[measure],
        its.map((vote) => ({ range: vote.told[measure], weight: weigh(vote) })),
      )
      return middle === null ? [] : [[measure, middle] as const]
    })
    return { word, share: (100 * part) / days.size, ...Object.fromEntries(ranges) }
  })
  return { format, subject, days: days.size, cells: cells.toSorted((a, b) => b.share - a.share) }
}

/** The range that half the weight lies at or below. */
function middleOf(
  order: readonly Range[],
  votes: readonly { readonly range: string | undefined; readonly weight: number }[],
): string | null {
  const told = votes.filter(({ range }) => range !== undefined)
  const half = told.reduce((sum, { weight }) => sum + weight, 0) / 2
  let below = 0
  for (const { word } of order) {
    below += told.reduce((sum, { range, weight }) => sum + (range === word ? weight : 0), 0)
    if (below > 0 && below >= half) return word
  }
  return null
}
