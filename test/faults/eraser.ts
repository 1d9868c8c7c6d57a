// Deletes the oldest rows of a file, in a process that may be killed: path, a folder of its own, how many rows.
import { previewErase } from '../../host/erase/preview.ts'
import { erase } from '../../host/erase/erase.ts'
import type { EraseItem } from '../../shared/erase.ts'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

const [path = '', folder = '', rows = ''] = process.argv.slice(2)
const db = new DatabaseSync(path, { readOnly: true, timeout: 30_000 })
const oldest = db.prepare(`SELECT n FROM telemetry_events ORDER BY n LIMIT ${rows}`).all()
db.close()
const addresses = oldest.map(({ n }) => ({ rowid: Number(n), place: 0 }))
const input = { path, temporary: folder, now: Date.now(), zone: 'UTC', backup: null }
const silent = { serve: () => {}, progress: () => {} }
const seen = await previewErase({ ...input, which: { of: 'rows', addresses } }, silent)
if (!seen.ok) throw new Error(seen.error.kind)
process.stdout.write(`${JSON.stringify(addresses.map(({ rowid }) => rowid))}\n`)
const telling = {
  serve: () => {},
  progress: (item: EraseItem) => void process.stdout.write(`${item.type === 'step' ? item.step : ''}\n`),
}
const key = Buffer.alloc(32, 7)
const { plan } = seen.value
const done = await erase(
  { plan, now: 0, key, receipt: join(folder, 'one.receipt'), backup: null, patience: 5000 },
  telling,
)
process.stdout.write(`${done.ok ? 'done' : done.error.kind}\n`)
