// The server as somebody runs it, a process of its own on SQLite, at 200 requests a second, and while it forgets a
// million rows at 100. Requests start by the clock, whether those before are answered or not.
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { DatabaseSync } from 'node:sqlite'
import { root } from '../e2e/options.ts'
import { makeBatch, reportsOf } from '../contract/server/batches.ts'
import { median } from './row.ts'
import type { BenchPlace, Measurement, Row } from './row.ts'

const names = {
  p99: 'server: 200 requests a second, p99',
  memory: 'server: memory at its end',
  forgetting: 'server: p99 while a million rows are forgotten',
} as const
const start = 45
const seconds = process.env['SIGHTGLASS_LONG'] === undefined ? 60 : 600

export const serverLoad: Measurement = { rows: [names.p99, names.memory], measure: steady }
export const serverForgetting: Measurement = {
  rows: [names.forgetting],
  measure: async (place) => [await forgetting(place)],
}

interface Program {
  readonly address: string
  readonly child: ChildProcess
  stop(): Promise<void>
}

async function startProgram(data: string): Promise<Program> {
  const none = Object.fromEntries(['ID', 'NETWORK', 'KEY'].map((by) => [`LIMIT_PER_${by}`, 'none']))
  const child = spawn(process.execPath, ['server/node.ts', '--port', '0', '--data', data], {
    cwd: root,
    env: { ...process.env, ...none },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const address = await new Promise<string>((found) =>
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [started] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? []
      if (started !== undefined) found(started)
    }),
  )
  const stop = async (): Promise<void> => {
    const exited = once(child, 'exit')
    child.kill()
    await exited
  }
  return { address, child, stop }
}

/** Kilobytes; Linux alone tells them of another process. */
function memoryOf({ child }: Program): number {
  try {
    const status = readFileSync(`/proc/${child.pid ?? 0}/status`, 'utf8')
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0)
  } catch {
    return 0
  }
}

interface Load {
  readonly times: number[]
  readonly failed: number
}

async function load(address: string, perSecond: number, going: () => boolean): Promise<Load> {
  const reports = reportsOf() // made once: what is measured is the server
  const times: number[] = []
  let failed = 0
  const open = new Set<Promise<void>>()
  const one = async (): Promise<void> => {
    const { body } = makeBatch({ reports })
    const began = performance.now()
    const headers = { 'content-type': 'application/json' }
    const status = await fetch(`${address}/api/v1/reports`, { method: 'POST', headers, body }).then(
      async (response) => (await response.arrayBuffer(), response.status),
      () => 0,
    )
    times.push(performance.now() - began)
    if (status !== 200) failed++
  }
  const began = performance.now()
  for (let n = 0; going(); n++) {
    const wait = began + (n * 1000) / perSecond - performance.now()
    if (wait > 0) await new Promise((next) => setTimeout(next, wait))
    const request = one()
    open.add(request)
    void request.then(() => open.delete(request))
  }
  await Promise.all(open)
  return { times, failed }
}

const p99 = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? NaN

function within(length: number): () => boolean {
  const end = performance.now() + length * 1000
  return () => performance.now() < end
}

async function steady({ folder }: BenchPlace): Promise<Row[]> {
  const program = await startProgram(join(folder, 'steady'))
  await load(program.address, 200, within(start)) // until it is compiled and its heap has its size
  const memory: number[] = []
  const watching = setInterval(() => memory.push(memoryOf(program)), 500)
  const { times, failed } = await load(program.address, 200, within(seconds))
  clearInterval(watching)
  await program.stop()
  const third = Math.floor(memory.length / 3)
  const [early, late] = [median(memory.slice(0, third)), median(memory.slice(-third))]
  const worst = p99(times)
  const said = `${times.length} requests in ${seconds} s, ${failed} failed, median ${median(times).toFixed(1)} ms`
  return [
    {
      name: names.p99,
      value: worst,
      limit: 250,
      unit: 'ms',
      ok: worst <= 250 && failed === 0,
      reference: said,
    },
    {
      name: names.memory,
      value: late / early,
      limit: 1.1,
      unit: '× that of before',
      ok: late / early <= 1.1,
      reference: `${Math.round(late / 1024)} MB, from ${Math.round(early / 1024)} MB`,
    },
  ]
}

const million = 1_000_000

async function forgetting({ folder, note }: BenchPlace): Promise<Row> {
  const data = join(folder, 'forgetting')
  const program = await startProgram(data)
  const db = new DatabaseSync(join(data, 'sightglass-server.db'), { timeout: 60_000 })
  const old = Date.now() - 100 * 86_400_000
  const numbers = `WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ${million / 2})`
  db.exec(`BEGIN;
    INSERT INTO seen (id, door, received, intake, last_seen)
      ${numbers} SELECT 'old ' || n, 'test', ${old} + n, 1, 1 FROM n;
    INSERT INTO events (seen, position, door, kind, anonymous_id, day, received, body)
      ${numbers} SELECT 'old ' || n, 0, 'test', 'kind', 'id ' || n % 5000, '2026-01-01', ${old} + n, '{}' FROM n;
    COMMIT; PRAGMA wal_checkpoint(TRUNCATE)`)
  note('a million old rows are there')
  const nightly = spawn(process.execPath, ['server/node.ts', 'nightly', '--data', data], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  let over = false
  const began = performance.now()
  void once(nightly, 'exit').then(() => (over = true))
  const { times, failed } = await load(program.address, 100, () => !over)
  const took = (performance.now() - began) / 1000
  const left = Number(db.prepare("SELECT count(*) AS n FROM seen WHERE door = 'test'").get()?.['n'])
  db.close()
  await program.stop()
  const value = p99(times)
  return {
    name: names.forgetting,
    value,
    limit: 500,
    unit: 'ms',
    ok: value <= 500 && failed === 0 && left === 0,
    reference: `${times.length} requests at 100 a second, ${failed} failed; forgotten in ${took.toFixed(0)} s, ${left} left`,
  }
}
