// Telemetry files for the browser specs and the pictures, written into a test's own folder.
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Page } from 'playwright-core'

const agents = ['planner', 'code-reviewer', 'debugger', 'test-automator']
const hour = 3_600_000

/** So many events, one an hour, the last of them an hour before `until`; every ninth failed. */
export function makeSmartAgentsFile(path: string, events: number, until = Date.now()): void {
  const db = new DatabaseSync(path)
  db.exec(
    'CREATE TABLE telemetry_events (id TEXT PRIMARY KEY, event_type TEXT NOT NULL, event_data TEXT NOT NULL, timestamp TEXT NOT NULL)',
  )
  const insert = db.prepare('INSERT INTO telemetry_events VALUES (?, ?, ?, ?)')
  db.exec('BEGIN')
  for (let i = 0; i < events; i++) {
    const failed = i % 9 === 8
    const data = {
      agent_type: agents[(i * i) % agents.length],
      success: !failed,
      duration_ms: 200 + ((i * 37) % 1000),
      ...(failed ? { error_type: 'TimeoutError' } : {}),
    }
    const kind = i % 4 === 3 ? 'skill_execution' : 'agent_execution'
    insert.run(`event-${i}`, kind, JSON.stringify(data), new Date(until - (events - i) * hour).toISOString())
  }
  db.exec('COMMIT')
  db.close()
}

/** As a person drops it: the page gets the file's bytes and name, and no path. */
export async function dropFile(page: Page, path: string): Promise<void> {
  const dropped = { name: basename(path), base64: readFileSync(path).toString('base64') }
  await page.evaluate(({ name, base64 }) => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name))
    for (const type of ['dragover', 'drop'])
      document.body.dispatchEvent(
        new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }),
      )
  }, dropped)
}
