// The whole loop on a home: people share for two weeks through the program's own queue and sender, the trends are told,
// one of them takes everything back, and the next trends are without them. What the trends must say is counted from the
// people's files, by SQL and a table of ranges written down here.
import { rm } from 'node:fs/promises'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { askHttp, carryHttp } from '../../../host/sharing/carry.ts'
import type { SharingDeps } from '../../../host/sharing/run.ts'
import { disperse, firstMidnight, gather, share, switchAllOn } from '../../demo/crowd.ts'
import { good, takeBack } from '../../demo/installation.ts'
import type { Installation } from '../../demo/installation.ts'
import { makeRoom } from '../../demo/room.ts'
import { rareAgent } from '../../demo/telemetry.ts'
import type { Home, RunningHome } from './home.ts'

const people = 12
const threshold = 5
const days = 15

interface Cell {
  readonly word: string
  readonly contributors: number
  readonly share: number
}
interface Week {
  readonly from: string
  readonly to: string
  readonly tables: readonly { subject: string; contributors: number; cells: readonly Cell[] }[]
}

export function wholeLoop({ name, start }: Home): void {
  describe(`the whole loop on ${name}`, () => {
    it('shares, tells the trends of the people’s files, and after one took all back tells them without', async () => {
      const folder = makeRoom(people)
      const home = await start({
        LIMIT_PER_ID: 'none',
        LIMIT_PER_NETWORK: 'none',
        TRENDS_CONTRIBUTORS: String(threshold),
      })
      const clock = { now: firstMidnight(days) }
      const crowd = gather({ folder, people, guild: threshold, days, clock, roads: fromEdge })
      try {
        await switchAllOn(crowd, home.address, 'detailed')
        await share(crowd, { days, clock })
        await home.nightly()
        const before = await newestWeek(home)
        expectTold(before, crowd)
        expect(wordsOf(before, 'agent')).toContain(rareAgent)

        const [leaving] = crowd
        if (leaving === undefined) throw new Error('nobody came')
        const theirs = await batchesOf(leaving)
        expect(await heldOf(home, theirs)).toBe(theirs.length)
        expect(await takeBack(leaving)).toBe(theirs.length)
        expect(await heldOf(home, theirs)).toBe(0)
        const { receipts } = await good(leaving.handlers['share.verifyLog']({}))
        expect(receipts.filter(({ state }) => state !== 'verified')).toEqual([])

        await home.nightly()
        // Of just enough people one is missing: what only they did can be told no longer, all else still stands.
        const after = await newestWeek(home)
        expect(wordsOf(after, 'agent')).not.toContain(rareAgent)
        expect(wordsOf(after, 'kind')).toEqual(wordsOf(before, 'kind'))
      } finally {
        disperse(crowd)
        await home.stop()
        await rm(folder, { recursive: true, force: true, maxRetries: 3 })
      }
    }, 150_000)
  })
}

/** The edge tells the sender's address in a header; a home of its own sees the socket's. */
const fromEdge = (address: string): Pick<SharingDeps, 'carry' | 'ask'> => ({
  carry: () => (sealed, signal) => {
    const headers = { ...sealed.headers, 'cf-connecting-ip': address }
    return carryHttp({}, undefined, address)({ ...sealed, headers }, signal)
  },
  ask: () => askHttp(),
})

async function newestWeek({ address }: RunningHome): Promise<Week> {
  const file = (await (await fetch(`${address}/trends.json`)).json()) as { weeks: Week[] } // a door: looked at below
  const [week] = file.weeks
  if (week === undefined) throw new Error('no week is told')
  return week
}

const wordsOf = ({ tables }: Week, subject: string): string[] =>
  tables.flatMap((table) => (table.subject === subject ? table.cells.map(({ word }) => word) : [])).toSorted()

async function batchesOf({ handlers }: Installation): Promise<string[]> {
  const sent = await good(handlers['share.sent']({}))
  return sent.flatMap((one) => one.sent.map(({ batch }) => `reports ${batch}`))
}
async function heldOf({ query }: RunningHome, batches: readonly string[]): Promise<number> {
  const sql = 'SELECT count(*) AS n FROM events WHERE seen IN (SELECT value FROM json_each(?))'
  return Number((await query(sql, JSON.stringify(batches)))[0]?.['n'])
}

const subjects = {
  kind: 'event_type',
  agent: "coalesce(json_extract(event_data, '$.agent_type'), json_extract(event_data, '$.used_with_agent'))",
}
/** A count is told as a range, which counts as much as it begins with. */
const begins = [1, 5, 10, 20, 50, 100, 200, 500]
const asTold = (n: number): number => begins.findLast((begin) => begin <= n) ?? 0

/** Of each person's days in the week: how much of which word. */
function countFiles(crowd: readonly Installation[], { from, to }: Week, column: string) {
  const votes: { readonly day: string; readonly word: string; readonly part: number }[] = []
  for (const { file } of crowd) {
    const db = new DatabaseSync(file, { readOnly: true })
    const sql = `SELECT substr(timestamp, 1, 10) AS day, ${column} AS word, count(*) AS n FROM telemetry_events
      WHERE word IS NOT NULL AND day BETWEEN ? AND ? GROUP BY 1, 2`
    const rows = db.prepare(sql).all(from, to) as { day: string; word: string; n: number }[] // a door: plain SQL
    db.close()
    for (const { day, word, n } of rows) {
      const all = rows.filter((row) => row.day === day).reduce((sum, row) => sum + asTold(row.n), 0)
      votes.push({ day, word, part: asTold(n) / all })
    }
  }
  return votes
}

function expectTold(week: Week, crowd: readonly Installation[]): void {
  for (const [subject, column] of Object.entries(subjects)) {
    const votes = countFiles(crowd, week, column)
    const busiest = (word: string): number => {
      const all = votes.filter((vote) => vote.word === word)
      return Math.max(...all.map(({ day }) => all.filter((vote) => vote.day === day).length))
    }
    const cells = week.tables.find((table) => table.subject === subject)?.cells ?? []
    const told = cells.filter(({ word }) => word !== 'other')
    expect(told.length, subject).toBeGreaterThan(3)
    for (const { word, contributors, share: percent } of told) {
      const part = votes.reduce((sum, vote) => sum + (vote.word === word ? vote.part : 0), 0)
      const all = votes.reduce((sum, vote) => sum + vote.part, 0)
      expect({ word, contributors, percent }).toEqual({
        word,
        contributors: Math.floor(busiest(word) / 10) * 10,
        percent: Math.round((100 * part) / all),
      })
      expect(busiest(word), word).toBeGreaterThanOrEqual(threshold)
    }
  }
}
