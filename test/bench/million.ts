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
import type { BenchWindow } from './window.ts'

const runs = 5
const changes = 40
const names = {
  first: 'million: first charts painted',
  all: 'million: all columns and charts',
  filter: 'million: filter change, p95',
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
    let filters: number[] = []
    for (let run = 0; run < runs; run++) {
      const window = await openWindow(place.folder, path)
      const opened = await window.open(1_000_000)
      firsts.push(opened.first)
      alls.push(opened.all)
      frames.push(opened.longestFrame)
      peaks.push(await window.peak())
      if (run === runs - 1) filters = await changeFilters(window, path)
      await window.close()
      if (run % 2 === 1) shell.push(timeShell(path, nineQuestions))
    }
    const appended = await append(place, path)
    const t = median(shell)
    const said = `T = ${(t / 1000).toFixed(1)} s`
    const ofT = (name: string, value: number, limit: number): Row =>
      atMost(name, value / t, limit, '× T', `${value.toFixed(0)} ms; ${said}`)
    return [
      ofT(names.first, median(firsts), 0.12),
      ofT(names.all, median(alls), 0.3),
      ofT(names.filter, p95(filters), 1 / 500),
      atMost(names.memory, Math.max(...peaks) / size, 2.5, '× file', `file of ${(size / 1e6).toFixed(0)} MB`),
      atMost(names.frame, median(frames), 100, 'ms', 'median of the runs'),
      ofT(names.append, appended - 2000, 0.02),
    ]
  },
}

/** Between two periods to and fro; the figures painted must be those that SQL counts. */
async function changeFilters(window: BenchWindow, path: string): Promise<number[]> {
  const all = 1_000_000
  const since = new Date(Date.now() - 90 * 86_400_000)
  since.setUTCHours(0, 0, 0, 0)
  await window.page.locator('header .choices a').nth(2).click()
  await window.page.waitForTimeout(1500)
  const title = await window.page.locator('main dl div').first().getAttribute('title')
  const some = Number(title?.replace(/\D/g, ''))
  const counted = Number(
    askShell(path, `SELECT count(*) FROM telemetry_events WHERE timestamp >= '${since.toISOString()}'`),
  )
  // The period begins at a local midnight: within a day of the one counted here.
  if (some === 0 || some === all || Math.abs(some - counted) > 20_000)
    throw new Error(`${some} is not ${counted}`)
  const times: number[] = []
  for (let i = 0; i < changes; i++) {
    times.push(await window.click('header .choices li:nth-child(5) a', all))
    times.push(await window.click('header .choices li:nth-child(3) a', some))
  }
  return times
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
