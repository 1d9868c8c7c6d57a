// A million events, everything against T: the time that the sqlite3 shell takes for the nine questions of a
// dashboard on the same file, one by one.
import { copyFile } from 'node:fs/promises'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { atMost, median, p95 } from './row.ts'
import type { BenchPlace, Measurement, Row } from './row.ts'
import { sampleFile } from './sample.ts'
import { askShell, nineQuestions, timeShell } from './shell.ts'
import { openWindow } from './window.ts'
import type { Answer, BenchWindow } from './window.ts'

const runs = 5
const rounds = 4
const names = {
  first: 'million: first charts painted',
  all: 'million: all columns and charts',
  counts: 'million: filter change, counts, p95',
  percentiles: 'million: filter change, percentiles, p95',
  painted: 'million: filter change, painted, p95',
  memory: 'million: peak memory of the page',
  frame: 'million: longest blocked frame',
  append: 'million: 1,000 rows appended',
} as const

export const million: Measurement = {
  rows: Object.values(names),
  async measure(place) {
    const path = await sampleFile(place, 1_000_000)
    const size = statSync(path).size
    const shell = [timeShell(path, nineQuestions)]
    const firsts: number[] = []
    const alls: number[] = []
    const frames: number[] = []
    const peaks: number[] = []
    let answers: readonly Answer[] = []
    for (let run = 0; run < runs; run++) {
      const window = await openWindow(place.folder, path)
      const opened = await window.open(1_000_000)
      firsts.push(opened.first)
      alls.push(opened.all)
      frames.push(opened.longestFrame)
      peaks.push(await window.peak())
      if (run === runs - 1) answers = await changeFilters(window, path)
      await window.close()
      if (run % 2 === 1) shell.push(timeShell(path, nineQuestions))
    }
    const appended = await append(place, path)
    const t = median(shell)
    const said = `T = ${(t / 1000).toFixed(1)} s`
    const ofT = (name: string, value: number, limit: number | null): Row =>
      atMost(name, value / t, limit, '× T', `${value.toFixed(0)} ms; ${said}`)
    return [
      ofT(names.first, median(firsts), 0.12),
      ofT(names.all, median(alls), 0.3),
      ofT(names.counts, p95(answers.map(({ counts }) => counts)), 1 / 500),
      ofT(names.percentiles, p95(answers.map(({ percentiles }) => percentiles)), 1 / 60),
      ofT(names.painted, p95(answers.map(({ painted }) => painted)), null),
      atMost(names.memory, Math.max(...peaks) / size, 2.5, '× file', `file of ${(size / 1e6).toFixed(0)} MB`),
      atMost(names.frame, median(frames), 100, 'ms', 'median of the runs'),
      ofT(names.append, appended - 2000, 0.02),
    ]
  },
}

const json = (key: string): string => `json_extract(event_data, '$.${key}')`
const iso = (time: number): string => `timestamp >= '${new Date(time).toISOString()}'`
const from = Date.UTC(2026, 5, 1)
const to = Date.UTC(2026, 8, 1)

/** What is chosen, as the address says it and as SQL does. */
const choices: readonly (readonly [string, string])[] = [
  ['where=agent%3Dplanner', `coalesce(${json('agent_type')}, ${json('used_with_agent')}) = 'planner'`],
  ['not=agent%3Dplanner', `coalesce(${json('agent_type')}, ${json('used_with_agent')}) IS NOT 'planner'`],
  ['where=kind%3Dagent_execution', "event_type = 'agent_execution'"],
  ['not=kind%3Derror', "event_type <> 'error'"],
  ['failed=yes', `(event_type = 'error' OR ${json('success')} = 0)`],
  ['failed=no', `(event_type <> 'error' AND ${json('success')} IS NOT 0)`],
  ['took=100~10000', `${json('duration_ms')} >= 100 AND ${json('duration_ms')} < 10000`],
  ['took=%211000~5000', `NOT coalesce(${json('duration_ms')} >= 1000 AND ${json('duration_ms')} < 5000, 0)`],
  [`range=${from}~${to}`, `${iso(from)} AND NOT ${iso(to)}`],
  [`range=%21${from}~${to}`, `NOT (${iso(from)} AND NOT ${iso(to)})`],
  ['period=2026-03-01..2026-10-31', `${iso(+new Date(2026, 2, 1))} AND NOT ${iso(+new Date(2026, 10, 1))}`],
  ['', '1'],
]

/** Every choice in turn, so that none is the same as the one before; the figures must be those that SQL counts. */
async function changeFilters(window: BenchWindow, path: string): Promise<Answer[]> {
  const here = await window.page.evaluate(
    () => new URLSearchParams(location.hash.split('?')[1]).get('file') ?? '',
  )
  const file = `#/overview?file=${encodeURIComponent(here)}&`
  const counted = choices.map(([address, where]) => ({
    address: file + address,
    events: Number(askShell(path, `SELECT count(*) FROM telemetry_events WHERE ${where}`)),
  }))
  if (new Set(counted.map(({ events }) => events)).size < choices.length - 2)
    throw new Error('too much alike')
  const answers: Answer[] = []
  for (let round = 0; round < rounds; round++)
    for (const { address, events } of counted) answers.push(await window.go(address, events))
  return answers
}

async function append(place: BenchPlace, path: string): Promise<number> {
  const own = join(place.folder, 'appended.db')
  await copyFile(path, own)
  const writer = new DatabaseSync(own)
  writer.exec('PRAGMA journal_mode = wal; PRAGMA wal_autocheckpoint = 0')
  writer.exec('UPDATE telemetry_config SET value = value')
  const window = await openWindow(place.folder, own)
  await window.open(1_000_000)
  await window.page.waitForTimeout(8000) // the follower's first look at all of it is over
  const times: number[] = []
  for (let i = 1; i <= 5; i++) {
    writer.exec(`INSERT INTO telemetry_events SELECT hex(randomblob(16)), event_type, event_data, anonymous_id,
      timestamp, sent, sent_at, created_at FROM telemetry_events ORDER BY rowid DESC LIMIT 1000`)
    times.push(await window.until(1_000_000 + i * 1000))
    await window.page.waitForTimeout(700 + i * 130)
  }
  await window.close()
  writer.close()
  return median(times)
}
