// The server on one small machine where the machine or the wire fails it.
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { usualConfig } from '../../server/config.ts'
import { openStore, placeAt } from '../../server/node/place.ts'
import { startServer } from '../../server/node/start.ts'
import type { RunningServer } from '../../server/node/start.ts'
import { makeBatch } from '../contract/server/batches.ts'
import { sendRaw } from '../host/raw-http.ts'
import { mountSmallDisk } from '../small-disk.ts'

const folder = mkdtempSync(join(tmpdir(), 'sightglass-faults-'))
const mounted = mountSmallDisk(folder, 4)
const disk = mounted?.path ?? ''
let server: RunningServer | null = null
afterEach(async () => {
  await server?.close()
  server = null
})
afterAll(() => {
  mounted?.remove()
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
})

async function start(data: string, slowestBody = usualConfig.slowestBody): Promise<RunningServer> {
  const config = { ...usualConfig, slowestBody, limits: { id: null, network: null, key: null, all: null } }
  server = await startServer({ port: 0, host: '127.0.0.1', place: placeAt(data, undefined), config })
  return server
}
const send = (body: string) =>
  fetch(`${server?.address ?? ''}/api/v1/reports`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  })
const portOf = ({ address }: RunningServer): number => Number(new URL(address).port)

async function kept(data: string): Promise<ReadonlySet<string>> {
  const store = await openStore(placeAt(data, undefined))
  const done = await store.run([{ sql: 'SELECT seen FROM events' }])
  await store.close()
  return new Set(done.ok ? (done.value[0] ?? []).map((row) => String(row['seen'])) : [])
}

if (mounted !== null)
  it('a full disk answers "later", loses nothing that was accepted, and goes on once there is room', async () => {
    const data = join(disk, 'data')
    await start(data)
    await send(makeBatch().body)
    const { bavail, bsize } = statfsSync(disk)
    writeFileSync(join(disk, 'filler'), Buffer.alloc((bavail - 60) * bsize, 1))
    const accepted: string[] = []
    let refused = 0
    for (let n = 0; n < 400 && refused < 20; n++) {
      const batch = makeBatch()
      const { status } = await send(batch.body)
      if (status === 200) accepted.push(batch.id)
      else expect([n, status]).toEqual([n, 503])
      refused += status === 200 ? 0 : 1
    }
    expect(refused).toBe(20)
    expect(accepted.length).toBeGreaterThan(0)
    rmSync(join(disk, 'filler'))
    const after = makeBatch()
    expect((await send(after.body)).status).toBe(200)
    await server?.close()
    server = null
    const there = await kept(data)
    expect([...accepted, after.id].filter((id) => !there.has(`reports ${id}`))).toEqual([])
    expect(there.size).toBe(accepted.length + 2)
  })

it('being stopped, it finishes what it has begun to take in', async () => {
  const data = join(folder, 'stopped')
  const running = await start(data)
  const batch = makeBatch()
  const head = `POST /api/v1/reports HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${batch.body.length}\r\n\r\n`
  const socket = connect(portOf(running), '127.0.0.1')
  let answer = ''
  socket.on('data', (piece) => (answer += String(piece)))
  await new Promise<void>((sent) => socket.write(head + batch.body.slice(0, 100), () => sent()))
  await new Promise((resolve) => setTimeout(resolve, 50)) // it has the head now
  const closed = running.close()
  server = null
  socket.write(batch.body.slice(100))
  await new Promise((ended) => socket.once('close', ended))
  await closed
  expect(answer).toMatch(/^HTTP\/1\.1 200 /)
  expect((await kept(data)).has(`reports ${batch.id}`)).toBe(true)
})

it('I5: a body that comes byte by byte is given up, the connection closed, and others are answered meanwhile', async () => {
  const running = await start(join(folder, 'slow'), 500)
  for (const path of ['/api/v1/reports', '/batch/', '/telemetry']) {
    const socket = connect(portOf(running), '127.0.0.1')
    let answer = ''
    socket.on('data', (piece) => (answer += String(piece)))
    socket.on('error', () => {}) // it is closed while a byte is under way
    const closed = new Promise((over) => socket.once('close', over))
    socket.write(
      `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 90000\r\n\r\n`,
    )
    const drip = setInterval(() => socket.write(' '), 20)
    expect((await send(makeBatch().body)).status).toBe(200)
    await closed
    clearInterval(drip)
    expect([path, answer.slice(0, 13)]).toEqual([path, 'HTTP/1.1 408 '])
  }
})

describe('I6: bad framing is refused, and the connection closed', () => {
  const post = 'POST /api/v1/reports HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n'
  it.each([
    ['a length and chunks', `${post}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, 400],
    ['two lengths', `${post}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`, 400],
    ['a length that is none', `${post}Content-Length: 2x\r\n\r\n{}`, 400],
    ['a header folded over lines', `${post}X-A: 1\r\n 2\r\nContent-Length: 2\r\n\r\n{}`, 400],
    ['lines ended by LF alone', post.replaceAll('\r\n', '\n') + 'Content-Length: 2\n\n{}', 400],
    ['a space before the colon', `${post}Content-Length : 2\r\n\r\n{}`, 400],
    [
      'chunks of a length that is none',
      `${post}Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`,
      400,
    ],
    ['another coding than chunks', `${post}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`, 400],
    ['64 KB of headers', `${post}X-A: ${'a'.repeat(65_536)}\r\nContent-Length: 2\r\n\r\n{}`, 431],
  ])('%s', async (_what, text, status) => {
    const running = await start(join(folder, 'framing'))
    const answer = await sendRaw(portOf(running), text)
    expect(answer.status).toBe(status)
  })
})
