// The Worker in the real workerd: the time its process spends on a thousand requests of one report each (the free tier
// gives 10 ms a request), D1 and all, and what the bundle weighs.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { bundleWorker } from '../contract/server/bundle.ts'
import { makeBatch, reportsOf } from '../contract/server/batches.ts'
import { startWorkerHome } from '../contract/server/worker-home.ts'
import { atMost } from './row.ts'
import type { Measurement, Row } from './row.ts'

const names = { cpu: 'worker: processor time of a report', bundle: 'worker: bundle, gzip' } as const
const requests = 1000

export const serverWorker: Measurement = {
  rows: Object.values(names),
  measure: async ({ note }) => [await bundle(), ...(await cpu(note))],
}

async function bundle(): Promise<Row> {
  const bytes = await readFile(await bundleWorker())
  const value = gzipSync(bytes).length / 1000
  return atMost(names.bundle, value, 200, 'kB', `${Math.round(bytes.length / 1000)} kB as it is`)
}

/** Milliseconds that the youngest workerd of this process has used, as Linux counts them. */
function usedByWorkerd(): number {
  const found = execFileSync('pgrep', ['--parent', String(process.pid), '--newest', 'workerd'], {
    encoding: 'utf8',
  })
  const stat = readFileSync(`/proc/${found.trim()}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10 // in hundredths of a second
}

async function cpu(note: (line: string) => void): Promise<Row[]> {
  if (process.platform !== 'linux') {
    note('only Linux tells the time that another process has used: its row is left out')
    return []
  }
  const home = await startWorkerHome({ LIMIT_PER_NETWORK: 'none' })
  const reports = reportsOf()
  const send = async (): Promise<void> => {
    const { body } = makeBatch({ reports })
    const headers = { 'content-type': 'application/json' }
    const { status } = await fetch(`${home.address}/api/v1/reports`, { method: 'POST', headers, body })
    if (status !== 200) throw new Error(`answered ${status}`)
  }
  for (let n = 0; n < 50; n++) await send()
  const before = usedByWorkerd()
  for (let n = 0; n < requests; n++) await send()
  const value = (usedByWorkerd() - before) / requests
  await home.stop()
  return [atMost(names.cpu, value, 10, 'ms', `of workerd as a whole, over ${requests} requests`)]
}
