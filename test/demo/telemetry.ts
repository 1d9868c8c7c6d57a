// A person's own telemetry, as Smart Agents writes it: rows of the sample's story, of which each person has those that
// fit their habits. It isn't marked as a sample, which nobody could share.
import { DatabaseSync } from 'node:sqlite'
import { spanOf } from '../../shared/sample/rhythm.ts'
import { sampleSmartAgents, smartAgentsTables } from '../../shared/sample/smart-agents.ts'
import type { SampleRow } from '../../shared/sample/smart-agents.ts'
import { createRandom } from '../../shared/sample/random.ts'
import { day } from './habits.ts'
import type { Habits } from './habits.ts'

/** On no list of the sample's, and on the list of what may leave. */
export const rareAgent = 'security-auditor'

export interface Span {
  /** Midnights. */
  readonly from: number
  readonly until: number
}

/** The sample's story has holidays: told up to one day of a June, it is the same whenever it is asked for. */
const staged = Date.UTC(2026, 5, 17)

export function writeTelemetry(path: string, habits: Habits, { from, until }: Span): void {
  const db = new DatabaseSync(path)
  for (const table of smartAgentsTables) db.exec(table)
  const insert = db.prepare('INSERT INTO telemetry_events VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
  const random = createRandom(habits.seed)
  db.exec('BEGIN')
  for (let stream = 0; stream < habits.volume; stream++) {
    const wish = { events: eventsFor((until - from) / day), seed: habits.seed * 8 + stream, until: staged }
    for (const row of sampleSmartAgents(wish).rows) {
      const time = Date.parse(row[4]) + until - staged
      if (time >= from && random.chance(likelihood(habits, row))) insert.run(...at(row, time))
    }
  }
  if (habits.isInGuild)
    for (let noon = from + day / 2; noon < until; noon += day) insert.run(...auditOf(random.bits(), noon))
  db.exec('COMMIT')
  db.close()
}

/** So many that the sample's story goes back so far. */
function eventsFor(days: number): number {
  let events = 200
  while (spanOf(events) < days) events += 20
  return events
}

function likelihood({ likes }: Habits, [, kind, data]: SampleRow): number {
  const { agent_type, provider } = JSON.parse(data) as { agent_type?: string; provider?: string }
  return [kind, agent_type, provider].reduce(
    (all, word) => (word === undefined ? all : Math.min(all, likes(word))),
    1,
  )
}

function at([id, kind, data, anonymousId]: SampleRow, time: number): SampleRow {
  const text = new Date(time).toISOString()
  return [id, kind, data, anonymousId, text, 0, null, text]
}

function auditOf(number: number, time: number): SampleRow {
  const data = { agent_type: rareAgent, success: true, duration_ms: 4000, provider: 'anthropic' }
  return at(
    [`audit-${number}-${time}`, 'agent_execution', JSON.stringify(data), 'own', '', 0, null, ''],
    time,
  )
}
