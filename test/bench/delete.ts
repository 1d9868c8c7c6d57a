// Deleting the oldest 100,000 of 1,000,000 events and proving them gone, against the sqlite3 shell that does DELETE and
// VACUUM on another copy and proves nothing. The preview, in which a person reads what would go, is told apart.
import { copyFile, rm } from 'node:fs/promises'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { createHost } from '../../host/create-host.ts'
import { directBridge } from '../../host/direct.ts'
import { forkChild } from '../../host/process.ts'
import { everything } from '../../shared/viewer/filter.ts'
import { atMost, median } from './row.ts'
import type { BenchPlace, Measurement } from './row.ts'
import { sampleFile } from './sample.ts'
import { askShell } from './shell.ts'

const runs = 3
const deleted = 100_000
const names = {
  erase: 'delete: 100,000 of 1,000,000, proved gone',
  preview: 'delete: its preview',
} as const

export const deleting: Measurement = {
  rows: Object.values(names),
  async measure(place) {
    const path = await sampleFile(place, 1_000_000)
    const from = askShell(
      path,
      `SELECT timestamp FROM telemetry_events ORDER BY timestamp LIMIT 1 OFFSET ${deleted}`,
    )
    const [shell, ours, previews]: [number[], number[], number[]] = [[], [], []]
    for (let run = 0; run < runs; run++) {
      shell.push(await byShell(place, path, from))
      const { preview, erase } = await byProgram(place, path, from)
      previews.push(preview)
      ours.push(erase)
    }
    const t = median(shell)
    const said = (value: number): string =>
      `${(value / 1000).toFixed(1)} s; the shell ${(t / 1000).toFixed(1)} s`
    return [
      atMost(names.erase, median(ours) / t, 3, '× the shell', said(median(ours))),
      atMost(names.preview, median(previews) / t, null, '× the shell', said(median(previews))),
    ]
  },
}

async function withCopy<T>(place: BenchPlace, path: string, work: (own: string) => T): Promise<Awaited<T>> {
  const own = join(place.folder, 'delete.db')
  await copyFile(path, own)
  try {
    return await work(own)
  } finally {
    await rm(own)
  }
}

const byShell = (place: BenchPlace, path: string, from: string): Promise<number> =>
  withCopy(place, path, (own) => {
    const began = performance.now()
    const sql = `DELETE FROM telemetry_events WHERE timestamp < '${from}'; VACUUM`
    const shell = spawnSync('sqlite3', [own, sql], { encoding: 'utf8' })
    if (shell.status !== 0) throw new Error(shell.stderr, { cause: shell.error })
    return performance.now() - began
  })

const byProgram = (place: BenchPlace, path: string, from: string) =>
  withCopy(place, path, async (own) => {
    const data = join(place.folder, 'data')
    const host = createHost({
      print: () => {},
      info: { version: '0', releases: '', host: 'command line', platform: process.platform },
      paths: { data, temporary: join(data, 'temporary'), home: data, policy: join(data, 'policy.json') },
      startChild: forkChild,
      environment: {},
      now: Date.now,
      zone: 'UTC',
      memory: 8e9,
    })
    const bridge = directBridge(host.rpc)
    const which = {
      of: 'matching',
      filter: { ...everything, until: Date.parse(from) },
      zone: 'UTC',
      words: [],
    } as const
    const began = performance.now()
    const seen = await bridge.stream(
      'erase.preview',
      { path: own, which: { ...which, words: [] }, zone: 'UTC' },
      () => {},
    )
    const preview = performance.now() - began
    if (!seen.ok || seen.value.token === null) throw new Error(JSON.stringify(seen))
    const started = performance.now()
    const done = await bridge.stream('erase.run', { token: seen.value.token, now: true }, () => {})
    const erase = performance.now() - started
    await host.close()
    const left = Number(askShell(own, 'SELECT count(*) FROM telemetry_events'))
    const gone = done.ok && done.value.remains === null && done.value.proof.traceable === deleted
    if (!gone || left !== 1_000_000 - deleted)
      throw new Error(`it went wrong: ${left} left, ${JSON.stringify(done)}`)
    return { preview, erase }
  })
