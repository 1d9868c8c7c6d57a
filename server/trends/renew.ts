// The published file, renewed once a day: every whole week whose reports are all still there is counted again, weeks of
// before stay as they were. What it says of itself stands in it.
import * as v from 'valibot'
import type { Result } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'
import { server as words } from '../../shared/words/en-server.ts'
import type { Config } from '../config.ts'
import { textIn } from '../store.ts'
import type { Row, Statement, Store, StoreFailure } from '../store.ts'
import { dayOf, daysBefore } from '../totals.ts'
import { publishTable, renewTable, withhold } from './publish.ts'
import type { HeldTable, PublishedTable } from './publish.ts'
import { countVotes } from './votes.ts'
import type { VotedTable, Week } from './votes.ts'

/** The name of the file among the store's documents. */
export const trendsDocument = 'trends'
const weekDocument = (name: string): string => `trends of ${name}`

/** Reports of a week's last day come a day later, and not every machine is on. */
const daysUntilTold = 2
const weeksTold = 52

export interface TrendsFile {
  readonly version: 1
  readonly made: string
  readonly threshold: number
  readonly per_network_and_day: number
  readonly rounded_to: 10
  readonly known_weaknesses: readonly string[]
  readonly weeks: readonly (Week & { readonly tables: readonly PublishedTable[] })[]
}

const Votes = v.object({ contributors: v.number(), votes: v.record(v.string(), v.number()) })
/** Written here alone, and read again as it was written. */
const Held = v.object({
  week: v.object({ name: v.string(), from: v.string(), to: v.string() }),
  tables: v.array(
    v.object({
      format: v.string(),
      subject: v.string(),
      contributors: v.number(),
      weight: v.number(),
      cells: v.array(
        v.object({
          word: v.string(),
          contributors: v.number(),
          part: v.number(),
          ranges: v.object({ error_rate: Votes, median: Votes, p95: Votes }),
        }),
      ),
      folded: v.array(v.string()),
      otherContributors: v.number(),
      withheld: v.boolean(),
    }),
  ),
})
interface HeldWeek {
  readonly week: Week
  readonly tables: readonly HeldTable[]
}

export async function renewTrends(
  store: Store,
  { trends, keepDays }: Config,
  now: number,
): Promise<Result<TrendsFile, StoreFailure>> {
  const held = await readHeld(store)
  if (!held.ok) return held
  const weeks = new Map(held.value.map((one) => [one.week.name, one]))
  for (const week of weeksToCount(dayOf(now), keepDays)) {
    const voted = await countVotes(store, week, trends)
    if (!voted.ok) return voted
    const tables = renewTables(voted.value, weeks.get(week.name)?.tables ?? [], trends.contributors)
    if (tables.length > 0) weeks.set(week.name, { week, tables })
  }
  const newest = [...weeks.values()]
    .toSorted((a, b) => (a.week.from < b.week.from ? 1 : -1))
    .slice(0, weeksTold)
  const file: TrendsFile = {
    version: 1,
    made: new Date(now).toISOString(),
    threshold: trends.contributors,
    per_network_and_day: trends.perNetwork,
    rounded_to: 10,
    known_weaknesses: words.trendsWeaknesses,
    weeks: newest.map(({ week, tables }) => ({ ...week, tables: publishAll(tables, trends.contributors) })),
  }
  const written = await store.run([
    ...newest.map((one) => writeDocument(weekDocument(one.week.name), JSON.stringify(one), now)),
    writeDocument(trendsDocument, JSON.stringify(file), now),
  ])
  return written.ok ? ok(file) : fail('unavailable')
}

const publishAll = (tables: readonly HeldTable[], threshold: number): PublishedTable[] =>
  tables.flatMap((table) => publishTable(table, threshold) ?? [])

function renewTables(
  voted: readonly VotedTable[],
  held: readonly HeldTable[],
  threshold: number,
): HeldTable[] {
  const isSame = (a: { format: string; subject: string }, b: { format: string; subject: string }): boolean =>
    a.format === b.format && a.subject === b.subject
  const renewed = voted.flatMap((table) => {
    const known = held.find((one) => isSame(one, table))
    return renewTable(table, known, threshold) ?? []
  })
  const gone = held.filter((one) => voted.every((table) => !isSame(one, table)))
  return [...renewed, ...gone.map(withhold)]
}

/** Whole weeks that are over for long enough, and of which nothing has been forgotten yet. */
function weeksToCount(today: string, keepDays: number): Week[] {
  const oldest = daysBefore(today, keepDays)
  const weeks: Week[] = []
  let to = daysBefore(today, daysUntilTold)
  while (dayOfWeek(to) !== 0) to = daysBefore(to, 1)
  for (; daysBefore(to, 6) >= oldest; to = daysBefore(to, 7))
    weeks.push({ name: weekName(to), from: daysBefore(to, 6), to })
  return weeks.toReversed()
}

const dayOfWeek = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay()

/** The week belongs to the year that its Thursday lies in. */
function weekName(sunday: string): string {
  const year = daysBefore(sunday, 3).slice(0, 4)
  const days = (Date.parse(daysBefore(sunday, 3)) - Date.parse(`${year}-01-01`)) / 86_400_000
  return `${year}-W${String(Math.floor(days / 7) + 1).padStart(2, '0')}`
}

async function readHeld(store: Store): Promise<Result<readonly HeldWeek[], StoreFailure>> {
  const done = await store.run([{ sql: "SELECT body FROM documents WHERE name LIKE 'trends of %'" }])
  if (!done.ok) return fail('unavailable')
  const read = (row: Row): HeldWeek[] => {
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), Held), textIn(row, 'body'))
    return parsed.success ? [parsed.output] : []
  }
  return ok((done.value[0] ?? []).flatMap(read))
}

const writeDocument = (name: string, body: string, made: number): Statement => ({
  sql: `INSERT INTO documents (name, made, body) VALUES (CAST(? AS TEXT), CAST(? AS BIGINT), CAST(? AS TEXT))
    ON CONFLICT (name) DO UPDATE SET made = excluded.made, body = excluded.body`,
  values: [name, made, body],
})
