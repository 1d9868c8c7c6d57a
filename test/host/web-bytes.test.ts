// The byte route of the local web host: ranges, a reader that is slow, and one that goes away.
import { connect as connectSocket } from 'node:net'
import type { Socket } from 'node:net'
import { once } from 'node:events'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { serveWeb } from '../../host/web.ts'
import type { WebHost } from '../../host/web.ts'
import type { Host } from '../../host/create-host.ts'
import { fail, ok } from '../../shared/result.ts'
import { tokenHeader } from '../../shared/web.ts'
import { eventually, makeWorld } from '../world.ts'
import type { World } from '../world.ts'
import { formatRequest } from './raw-http.ts'
import { makeBrowser, makePage } from './web-browser.ts'
import type { Browser, Tab } from './web-browser.ts'
import { en } from '../../shared/words/en.ts'

const piece = 1024 * 1024
const endless = 'e'.repeat(32)
const small = '5'.repeat(32)
const whole = Buffer.from(Array.from({ length: 1000 }, (_, i) => i % 251))

let world: World
let web: WebHost
let browser: Browser
let tab: Tab
let given = 0
let ended = 0
let flooded = 0

async function* pieces(size: number): AsyncGenerator<Uint8Array> {
  try {
    for (let at = 0; at < size; at += piece) {
      given += piece
      yield new Uint8Array(piece)
    }
  } finally {
    ended++
  }
}
async function* part(start: number, end: number): AsyncGenerator<Uint8Array> {
  for (let at = start; at < end; at += 100) yield whole.subarray(at, Math.min(at + 100, end))
}

/** Items as fast as they can be made, for as long as someone is there. */
const flood: Host['rpc']['stream'] = async (_name, _args, send, signal) => {
  const item = 'x'.repeat(100_000)
  while (!signal.aborted) {
    send(item)
    flooded += item.length
    await new Promise((resolve) => setImmediate(resolve))
  }
  return fail({ kind: 'cancelled' })
}

beforeAll(async () => {
  world = await makeWorld()
  const host = world.host('web')
  web = await serveWeb({
    words: en.web,
    host: {
      rpc: { ...host.rpc, stream: flood },
      bytes: (id, range) =>
        id === endless
          ? ok({ size: 1000 * piece, pieces: pieces(1000 * piece) })
          : id === small
            ? ok({ size: 1000, pieces: part(range?.start ?? 0, range?.end ?? 1000) })
            : host.bytes(id, range),
    },
    page: await makePage(world.folder),
    port: 0,
    now: Date.now,
  })
  browser = makeBrowser(web.port)
  tab = await browser.open(web.address())
})
afterAll(async () => {
  await web.close()
  await world.remove()
})

const get = (id: string, range?: string, method = 'GET'): Promise<Response> =>
  browser.fetch(`/bytes/${id}`, {
    method,
    headers: { [tokenHeader]: tab.token, ...(range === undefined ? {} : { range }) },
  })

it('gives the whole, says how long it is, and keeps it out of every cache', async () => {
  const answer = await get(small)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-length')).toBe('1000')
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect(answer.headers.get('accept-ranges')).toBe('bytes')
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(whole)
})

for (const [range, start, end] of [
  ['bytes=0-0', 0, 1],
  ['bytes=5-', 5, 1000],
  ['bytes=-7', 993, 1000],
  ['bytes=-7000', 0, 1000],
  ['bytes=990-99999', 990, 1000],
  ['bytes=100-299', 100, 300],
] as const)
  it(`gives the range ${range}`, async () => {
    const answer = await get(small, range)
    expect(answer.status).toBe(206)
    expect(answer.headers.get('content-range')).toBe(`bytes ${start}-${end - 1}/1000`)
    expect(answer.headers.get('content-length')).toBe(String(end - start))
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(whole.subarray(start, end))
  })

for (const range of [
  'bytes=1000-',
  'bytes=7-3',
  'bytes=-0',
  'bytes=-',
  'bytes=a-b',
  'bytes=0-1,5-6',
  'lines=1-2',
])
  it(`can't give the range ${range}, and says how much there is`, async () => {
    const answer = await get(small, range)
    expect(answer.status).toBe(416)
    expect(answer.headers.get('content-range')).toBe('bytes */1000')
    expect(await answer.text()).toBe('')
  })

it('tells the length without the bytes', async () => {
  const answer = await get(small, undefined, 'HEAD')
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-length')).toBe('1000')
  expect(await answer.text()).toBe('')
})

for (const id of ['0'.repeat(32), '', '..%2f..%2fetc%2fpasswd', '../../package.json', `${small}/x`])
  it(`knows no bytes named ${JSON.stringify(id)}`, async () => {
    expect((await get(id)).status).toBe(404)
  })

/** A page that asks, and then takes nothing. */
async function askAndStall(method: 'GET' | 'POST', path: string): Promise<Socket> {
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const headers: [string, string][] = [
    ['Host', `127.0.0.1:${web.port}`],
    ['Origin', browser.origin],
    ['Content-Type', 'application/json'],
    ['Cookie', cookie],
    [tokenHeader, tab.token],
  ]
  const socket = connectSocket(web.port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write(formatRequest({ method, path, headers, body: method === 'POST' ? '{}' : '' }))
  await once(socket, 'readable')
  return socket
}
async function restsAt(count: () => number): Promise<number> {
  await eventually(async () => {
    const before = count()
    await new Promise((resolve) => setTimeout(resolve, 200))
    return before === count()
  })
  return count()
}

it('reads no further ahead than a slow page takes, and stops when the page goes', async () => {
  const socket = await askAndStall('GET', `/bytes/${endless}`)
  expect(await restsAt(() => given)).toBeLessThan(32 * piece)
  expect(ended).toBe(0)
  socket.destroy()
  await eventually(() => ended === 1)
  expect((await tab.connected.bridge.call('app.info', {})).ok).toBe(true)
})

it('gives up a page that asked for items and takes none, before they fill the memory', async () => {
  const socket = await askAndStall('POST', '/stream/flood')
  expect(await restsAt(() => flooded)).toBeLessThan(40 * piece)
  socket.destroy()
})
