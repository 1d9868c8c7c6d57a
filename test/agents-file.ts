// A Smart Agents file of a test's own events: the columns that every version of the tool has written.
import { DatabaseSync } from 'node:sqlite'

interface AgentEvent {
  readonly id: string
  /** An agent's work, where nothing else is said. */
  readonly kind?: string
  readonly time: number
  readonly data: Readonly<Record<string, unknown>>
}

/** Writes so many events, each made from its number. */
export function writeAgentEvents(path: string, count: number, event: (i: number) => AgentEvent): void {
  const db = new DatabaseSync(path)
  db.exec(`CREATE TABLE telemetry_events (id TEXT PRIMARY KEY, event_type TEXT NOT NULL, event_data TEXT NOT NULL,
    timestamp TEXT NOT NULL); BEGIN`)
  const insert = db.prepare('INSERT INTO telemetry_events VALUES (?, ?, ?, ?)')
  for (let i = 0; i < count; i++) {
    const { id, kind = 'agent_execution', time, data } = event(i)
    insert.run(id, kind, JSON.stringify(data), new Date(time).toISOString())
  }
  db.exec('COMMIT')
  db.close()
}
