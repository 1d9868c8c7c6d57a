// A million events taken out by the command line, from its start to its end, beside the sqlite3 shell doing the same;
// and what memory that takes beyond what the program needs for a hundred events.
import { spawn, spawnSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../e2e/options.ts'
import { atMost, median } from './row.ts'
import type { Measurement, Row } from './row.ts'
import { sampleFile } from './sample.ts'

const runs = 3
const names = {
  csv: 'export: CSV of a million events',
  gzip: 'export: JSON Lines, gzip, of a million',
  memory: 'export: memory above a small file’s',
} as const

export const exporting: Measurement = {
  rows: Object.values(names),
  async measure(place) {
    const path = await sampleFile(place, 1_000_000)
    const few = await sampleFile(place, 100)
    const out = (end: string): string => join(place.folder, `out.${end}`)
    const all = 'SELECT * FROM telemetry_events'
    const times = { csv: [0], shellCsv: [0], gzip: [0], shellGzip: [0] }
    let [most, least] = [0, Infinity]
    for (let run = 0; run < runs; run++) {
      times.shellCsv[run] = shell(`sqlite3 -readonly -csv "$1" "${all}" > "$2"`, path, out('shell.csv'))
      const csv = await sightglass(place.folder, path, out('csv'))
      times.shellGzip[run] = shell(
        `sqlite3 -readonly -json "$1" "${all}" | gzip > "$2"`,
        path,
        out('shell.json.gz'),
      )
      const gzip = await sightglass(place.folder, path, out('jsonl.gz'))
      times.csv[run] = csv.took
      times.gzip[run] = gzip.took
      most = Math.max(most, csv.memory, gzip.memory)
      least = Math.min(least, (await sightglass(place.folder, few, out('few.csv'))).memory)
    }
    const row = (name: string, ours: readonly number[], theirs: readonly number[], limit: number): Row => {
      const [took, reference] = [median(ours), median(theirs)]
      const said = `${(took / 1000).toFixed(2)} s, sqlite3 shell ${(reference / 1000).toFixed(2)} s, medians of ${runs}`
      return atMost(
        name,
        took / reference,
        limit,
        '× shell',
        `${said}: ${(reference / took).toFixed(2)} of its speed`,
      )
    }
    const megabytes = (bytes: number): number => bytes / 1e6
    const above = `peak ${megabytes(most).toFixed(0)} MB, with a hundred events ${megabytes(least).toFixed(0)} MB`
    return [
      row(names.csv, times.csv, times.shellCsv, 1 / 0.4),
      row(names.gzip, times.gzip, times.shellGzip, 1),
      atMost(names.memory, megabytes(most - least), 200, 'MB', above),
    ]
  },
}

/** Milliseconds. */
function shell(script: string, ...args: string[]): number {
  const started = performance.now()
  const { status } = spawnSync('sh', ['-c', script, 'sh', ...args])
  if (status !== 0) throw new Error('the sqlite3 shell is the reference, and did not answer')
  return performance.now() - started
}

interface Ran {
  readonly took: number
  /** The highest of any of its processes, in bytes; 0 where the system doesn't tell. */
  readonly memory: number
}

async function sightglass(home: string, path: string, out: string): Promise<Ran> {
  const started = performance.now()
  const child = spawn(process.execPath, [join(root, 'host/cli/main.ts'), 'export', path, out, '--force'], {
    env: { ...process.env, SIGHTGLASS_HOME: join(home, 'program') },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  let memory = 0
  const look = async (pid: number): Promise<void> => {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
    memory = Math.max(memory, 1024 * Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0))
    const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')
    await Promise.all((children.match(/\d+/g) ?? []).map((one) => look(Number(one))))
  }
  const watch = setInterval(() => void look(child.pid ?? 0), 40)
  const code = await new Promise((resolve) => child.on('close', resolve))
  clearInterval(watch)
  if (code !== 0) throw new Error('the export failed')
  return { took: performance.now() - started, memory }
}
