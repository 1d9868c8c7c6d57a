// Row S5: the program is killed, for real, at each of many points between keeping a report and hearing that it has
// arrived. Afterwards it starts again, and the receiver, which knows what it has, must have each day exactly once.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Database } from '../../../host/sharing/database.ts'
import { Log } from '../../../host/sharing/log.ts'
import { Outbox } from '../../../host/sharing/outbox.ts'
import { compiled } from '../../../scripts/set-up.mjs'
import { day, start } from './sending.ts'
import { sendTwoDays } from './two-days.ts'

const rounds = process.env['SIGHTGLASS_LONG'] === undefined ? 3 : 50
type Moment = 'connection' | 'headers' | 'body' | 'half an answer' | 'answer'
const moments: readonly Moment[] = ['connection', 'headers', 'body', 'half an answer', 'answer']

/** Whoever asks is killed at this moment, once. */
let deadly: Moment | null = null
let kill = (): void => {}
let received: string[] = []
let server: Server
let address = ''

const at = (moment: Moment): boolean => {
  if (deadly !== moment) return false
  deadly = null
  kill()
  return true
}
beforeAll(async () => {
  server = createServer((request, response) => {
    at('headers')
    let body = ''
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk))
    request.on('end', () => {
      received.push(body)
      at('body')
      const { batch_id } = JSON.parse(body) as { batch_id: string }
      const receipt = JSON.stringify({ status: 'ok', batch_id })
      response.writeHead(200, { 'content-length': receipt.length })
      response.write(receipt.slice(0, 10), () => at('half an answer'))
      response.end(receipt.slice(10), () => at('answer'))
    })
  })
  server.on('connection', (socket: Socket) => {
    socket.on('error', () => {})
    at('connection')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())

async function run(folder: string, point: number): Promise<string> {
  const script = join(import.meta.dirname, 'killed.ts')
  const child = spawn(process.execPath, [script, folder, address, String(point)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_COMPILE_CACHE: compiled },
  })
  kill = () => child.kill('SIGKILL')
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (said += chunk))
  await once(child, 'close')
  return child.signalCode ?? said
}

/** Kills at the point, starts again, and looks at what has become of it. Gives how the first run ended. */
async function tryPoint(point: number, moment: Moment | null): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'sightglass-killed-'))
  try {
    received = []
    deadly = moment
    const ended = await run(folder, point)
    deadly = null
    await sendTwoDays(folder, address, start + day) // a later one: what was under way is due again
    const batches = new Set(received)
    const days = [...batches].map(
      (body) => (JSON.parse(body) as { reports: [{ day: string }] }).reports[0].day,
    )
    expect(days.sort(), `point ${point} ${moment ?? ''}`).toEqual(['2026-11-18', '2026-11-19'])
    const db = new Database(folder)
    const log = new Log(db, Date.now)
    expect(new Outbox(db, log, Date.now).list()).toEqual([])
    expect(log.verify().broken).toBeNull()
    const attempts = log.read('"attempt"', 100).map(({ entry }) => entry)
    for (const body of batches)
      expect(attempts.some((entry) => entry.what === 'attempt' && entry.body === body)).toBe(true)
    db.close()
    return ended
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

it('P7: killed at any of twenty points and more, it loses no day and sends none twice', async () => {
  const spread = Array.from({ length: 20 }, (_, i) => 1 + Math.floor(i * 2.7))
  for (let round = 0; round < rounds; round++) {
    for (const point of spread)
      expect(await tryPoint(point + (round % 3), null), `point ${point}`).toBe('SIGKILL')
    for (const moment of moments) {
      const ended = await tryPoint(-1, moment)
      if (moment !== 'answer') expect(ended, moment).toBe('SIGKILL') // it may have ended by then
    }
  }
}, 1_800_000)
