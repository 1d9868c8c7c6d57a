// `npm run bench`: prints a row for each figure; `-- --json` one object a line, `-- --only NAME` those whose name
// holds NAME, `-- --record` adds them to docs/bench-history.jsonl. It ends with 1 when a limit is missed.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { root } from '../e2e/options.ts'
import { exporting } from './exporting.ts'
import { deleting } from './delete.ts'
import { record } from './history.ts'
import { hand } from './hand.ts'
import { million } from './million.ts'
import { opening } from './opening.ts'
import { scrolling } from './scrolling.ts'
import { serverForgetting, serverLoad } from './server-load.ts'
import { serverTrends } from './server-trends.ts'
import { serverWorker } from './server-worker.ts'
import { server } from './server.ts'
import { sharing } from './sharing.ts'
import { starting } from './starting.ts'
import { switchingOff } from './switching-off.ts'
import type { Measurement, Row } from './row.ts'

const measurements: readonly Measurement[] = [
  starting,
  opening,
  million,
  hand,
  scrolling,
  exporting,
  deleting,
  sharing,
  switchingOff,
  server,
  serverLoad,
  serverForgetting,
  serverTrends,
  serverWorker,
]

const { values } = parseArgs({
  options: { json: { type: 'boolean' }, only: { type: 'string' }, record: { type: 'boolean' } },
})
const { json = false, only = '' } = values

const wanted = measurements.filter(({ rows }) => rows.some((name) => name.includes(only)))
if (wanted.length === 0) {
  console.error(
    `No row's name holds "${only}". There are:\n${measurements.flatMap(({ rows }) => rows).join('\n')}`,
  )
  process.exit(2)
}
const folder = await mkdtemp(join(tmpdir(), 'sightglass-bench-'))
const measured: Row[] = []
try {
  for (const { measure } of wanted)
    for (const row of await measure({ folder, kept: join(root, '.cache/bench'), note: console.error })) {
      if (!row.name.includes(only)) continue
      measured.push(row)
      console.log(json ? JSON.stringify(row) : inWords(row))
    }
} finally {
  await rm(folder, { recursive: true, force: true })
}
if (values.record === true) record(measured)
process.exitCode = measured.every(({ ok }) => ok) ? 0 : 1

function inWords({ name, value, limit, unit, ok, reference }: Row): string {
  const bound = limit === null ? 'no limit' : `limit ${limit.toPrecision(2)}`
  return `${ok ? 'ok    ' : 'MISSED'} ${name.padEnd(40)} ${value.toPrecision(3)} ${unit} (${bound}; ${reference})`
}
