// A tool that inserts as fast as it may while records are deleted, in its own process: path, journal mode, and whether
// it keeps its file open. In the same transaction it counts what it has inserted, so that a look at one moment of the
// file tells whether anything is missing.
import { DatabaseSync } from 'node:sqlite'

const [path = '', journal = '', keeps = ''] = process.argv.slice(2)
const open = (): DatabaseSync => {
  const db = new DatabaseSync(path, { timeout: 30_000 })
  db.exec(`PRAGMA journal_mode = ${journal}; PRAGMA synchronous = OFF; PRAGMA secure_delete = OFF`)
  return db
}
let db = open()
db.exec(`CREATE TABLE IF NOT EXISTS telemetry_events (n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT, event_type TEXT,
    event_data TEXT, timestamp TEXT); CREATE INDEX IF NOT EXISTS by_id ON telemetry_events (id);
  CREATE TABLE IF NOT EXISTS counted (n INTEGER); INSERT INTO counted VALUES (0)`)

function insert(rows: number): void {
  const add = db.prepare(
    'INSERT INTO telemetry_events (id, event_type, event_data, timestamp) VALUES (?, ?, ?, ?)',
  )
  db.exec('BEGIN IMMEDIATE')
  for (let i = 0; i < rows; i++) {
    const data = JSON.stringify({
      agent_type: 'planner',
      success: true,
      note: 'x'.repeat(Math.random() * 300),
    })
    add.run(crypto.randomUUID(), 'agent_execution', data, new Date().toISOString())
  }
  db.exec(`UPDATE counted SET n = n + ${rows}; COMMIT`)
}

insert(8000)
process.stdout.write('ready\n')
process.on('SIGTERM', () => process.exit())
const turn = (): void => {
  if (keeps !== 'open') db = open()
  insert(5)
  if (keeps !== 'open') db.close()
  setTimeout(turn, 5)
}
if (keeps !== 'open') db.close()
turn()
