// docs/bench-history.jsonl: a line for each figure of each run that somebody chose to keep, so that a slow change shows.
import { execFileSync } from 'node:child_process'
import { appendFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { root } from '../e2e/options.ts'
import type { Row } from './row.ts'

/** What else the machine did belongs to a figure: a load beyond its cores spoils it. */
export function record(rows: readonly Row[]): void {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim()
  const run = {
    date: new Date().toISOString().slice(0, 16),
    commit,
    cores: cpus().length,
    load: Math.round(loadavg()[0] ?? 0),
  }
  const lines = rows.map(({ name, value, unit, limit, ok }) =>
    JSON.stringify({ ...run, name, value: Number(value.toPrecision(3)), unit, limit, ok }),
  )
  appendFileSync(join(root, 'docs/bench-history.jsonl'), `${lines.join('\n')}\n`)
}
