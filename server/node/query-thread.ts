import { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'
import * as v from 'valibot'

const Asked = v.object({ path: v.string(), sql: v.string(), mostRows: v.number() })
const { path, sql, mostRows } = v.parse(Asked, workerData)
const rows: unknown[] = []
for (const row of new DatabaseSync(path, { readOnly: true, timeout: 5000 }).prepare(sql).iterate()) {
  if (rows.push(row) === mostRows) break
}
parentPort?.postMessage(rows)
