// A reader's first rows would take ten times as long as its later ones, until the engine has seen and compiled what reads
// them. So a reader that waits for a file reads made-up rows of the commonest kind beforehand, while nobody waits for it.
import { smartAgents } from '../../shared/formats/smart-agents.ts'
import { ChunkBuilder } from '../../shared/viewer/columns.ts'
import { compileReader } from '../../shared/viewer/events.ts'
import { readSchema } from '../../shared/viewer/sqlite.ts'
import { openWritten } from './sql-js.ts'

const rounds = 12
const table = `CREATE TABLE telemetry_events (
  id TEXT PRIMARY KEY, event_type TEXT, event_data TEXT, anonymous_id TEXT, timestamp TEXT)`
const rows = `INSERT INTO telemetry_events
  WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 2000)
  SELECT printf('%036d', n),
    CASE n % 7 WHEN 0 THEN 'error' WHEN 1 THEN 'skill_execution' WHEN 2 THEN 'performance' ELSE 'agent_execution' END,
    CASE n % 7
      WHEN 0 THEN json_object('error_type', 'Error ' || n % 5, 'component', 'core', 'sdk_version', '1.' || n % 3)
      WHEN 1 THEN json_object('skill_name', 'skill ' || n % 9, 'success', json('true'), 'duration_ms', n % 900)
      WHEN 2 THEN json_object('operation', 'step ' || n % 6, 'duration_ms', n * 3000000, 'data_size', n * n * 999)
      ELSE json_object('agent_type', 'agent ' || n % 11, 'success', json(CASE n % 10 WHEN 0 THEN 'false' ELSE 'true' END),
        'duration_ms', n * 7, 'cost', n / 9000.0, 'tool', 'tool ' || n % 13, 'model', 'model ' || n % 4,
        'input_tokens', n * 3, 'output_tokens', n, 'os_platform', 'none')
    END,
    'nobody', strftime('%Y-%m-%dT%H:%M:%fZ', 1700000000 + n * 60.5, 'unixepoch')
  FROM numbers`
const spanRows = 500n

/** Ends where something real is to be read. */
export async function rehearse(isWanted: () => boolean): Promise<void> {
  const { db, close } = await openWritten((writer) => {
    writer.run(table, [])
    writer.run(rows, [])
  })
  const schema = readSchema(db)
  // Code compiled while no memory was ever handed over is thrown away when some is for the first time.
  structuredClone(null, { transfer: [new ArrayBuffer(1)] })
  for (let round = 0; round < rounds && isWanted(); round++) {
    const reader = compileReader(smartAgents, schema)
    const chunks = new ChunkBuilder(smartAgents)
    const { from, to } = reader.span(db) ?? { from: 0n, to: -1n }
    for (let at = from; at <= to; at += spanRows) {
      const span = { from: at, to: at + spanRows - 1n }
      Array.from(chunks.chunks(reader.read(db, span), Number(spanRows)))
    }
    await new Promise((resolve) => setTimeout(resolve)) // whatever came meanwhile goes first
  }
  close()
}
