// Rows S4 and S8, at the wire: against real servers of this machine that do what servers shouldn't.
import { createHash, X509Certificate } from 'node:crypto'
import { createServer as plainServer } from 'node:http'
import type { RequestListener, Server } from 'node:http'
import { createServer as tlsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { createServer as socketServer } from 'node:net'
import type { Server as SocketServer } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { checkAddress } from '../../../host/sharing/address.ts'
import { askHttp, carryHttp } from '../../../host/sharing/carry.ts'
import type { Trust } from '../../../host/sharing/carry.ts'
import { authority, expired, expiredKey, good, goodKey, other, otherKey } from './certificates.ts'

const servers: (Server | SocketServer)[] = []
const sockets = new Set<Socket>()
afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))))
})
async function listen(server: Server | SocketServer): Promise<number> {
  servers.push(server)
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}
const post = (address: string, trust?: Trust, timeout = 2000, signal = new AbortController().signal) =>
  carryHttp(trust, timeout)(
    { address, method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"a":"ä"}' },
    signal,
  )

/** Bodies that arrived whole. */
function recording(respond: RequestListener): { bodies: string[]; listener: RequestListener } {
  const bodies: string[] = []
  const listener: RequestListener = (request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk))
    request.on('end', () => {
      bodies.push(body)
      respond(request, response)
    })
  }
  return { bodies, listener }
}

it('the bytes arrive as they are, with fixed headers and no others', async () => {
  const headers: string[][] = []
  const { bodies, listener } = recording((request, response) => {
    headers.push(request.rawHeaders.filter((_, i) => i % 2 === 0).map((name) => name.toLowerCase()))
    response.writeHead(200, { 'retry-after': '7' }).end('yes')
  })
  const port = await listen(plainServer(listener))
  for (const host of ['127.0.0.1', 'localhost'])
    expect(await post(`http://${host}:${port}/x`)).toMatchObject({
      ok: true,
      value: { status: 200, body: 'yes', headers: { 'retry-after': '7' } },
    })
  expect(bodies).toEqual(['{"a":"ä"}', '{"a":"ä"}'])
  expect(headers[0]?.sort()).toEqual(['connection', 'content-length', 'content-type', 'host', 'user-agent'])
})

it('an answer that lies elsewhere is asked for without a word of the report', async () => {
  const seen: unknown[] = []
  const { bodies, listener } = recording((request, response) => {
    seen.push(request.method, request.headers['content-length'])
    response.end('row 7')
  })
  const address = `http://127.0.0.1:${await listen(plainServer(listener))}`
  const answer = await askHttp()(address, new AbortController().signal)
  expect([answer.ok && answer.value.body, bodies, seen]).toEqual(['row 7', [''], ['GET', undefined]])
})

describe('S8: what is refused before any byte of a report leaves', () => {
  it('addresses that are not https, but for this machine itself; names and passwords in them', () => {
    for (const bad of [
      ['http://sharing.example', 'not-https'],
      ['http://192.168.1.7', 'not-https'],
      ['http://10.0.0.1', 'not-https'],
      ['http://127.0.0.1.evil.example', 'not-https'],
      ['http://localhost.evil.example', 'not-https'],
      ['http://0.0.0.0', 'not-https'],
      ['http://[::ffff:192.168.1.7]', 'not-https'],
      ['http://2130706434@evil.example', 'user-info'],
      ['https://ada:secret@sharing.example', 'user-info'],
      ['https://sharing.example/#x', 'fragment'],
      ['ftp://sharing.example', 'not-https'],
      ['file:///etc/passwd', 'not-an-address'],
      ['javascript:alert(1)', 'not-an-address'],
      ['sharing.example', 'not-an-address'],
      ['', 'not-an-address'],
    ] as const)
      expect(checkAddress(bad[0]), bad[0]).toEqual({ ok: false, error: bad[1] })
    for (const fine of [
      'https://sharing.example',
      'http://127.0.0.1:8',
      'http://127.9.9.9',
      'http://[::1]:8',
      'http://localhost:8',
      'http://127.1',
    ])
      expect(checkAddress(fine).ok, fine).toBe(true)
  })

  it('the carrier asks nobody at such an address', async () => {
    const { bodies, listener } = recording((_, response) => response.end())
    const port = await listen(plainServer(listener))
    const answer = await post(`http://ada:secret@127.0.0.1:${port}`)
    expect([answer, bodies]).toEqual([
      { ok: false, error: { why: 'address', reached: false, detail: 'user-info' } },
      [],
    ])
  })

  const serve = async (cert: string, key: string) => {
    const { bodies, listener } = recording((_, response) => response.end('yes'))
    const port = await listen(tlsServer({ cert, key }, listener))
    return { bodies, address: `https://localhost:${port}/` }
  }
  for (const [what, cert, key, trust] of [
    ['nobody vouches for', good, goodKey, {}],
    ['has expired', expired, expiredKey, { authority }],
    ['is another host’s', other, otherKey, { authority }],
    ['is not the pinned one', good, goodKey, { authority, pin: 'A'.repeat(43) + '=' }],
  ] as const)
    it(`a server whose certificate ${what}`, async () => {
      const { bodies, address } = await serve(cert, key)
      expect(await post(address, trust)).toMatchObject({
        ok: false,
        error: { why: 'pin' in trust ? 'pin' : 'certificate', reached: false },
      })
      expect(bodies).toEqual([])
    })

  it('and one that one’s own authority vouches for is spoken to, pinned or not', async () => {
    const { bodies, address } = await serve(good, goodKey)
    const key = new X509Certificate(good).publicKey.export({ type: 'spki', format: 'der' })
    const pin = createHash('sha256').update(key).digest('base64')
    expect((await post(address, { authority })).ok).toBe(true)
    expect((await post(address, { authority, pin })).ok).toBe(true)
    expect(bodies).toHaveLength(2)
  })

  it('a redirect is an answer, and nobody goes there', async () => {
    const elsewhere = recording((_, response) => response.end())
    const port = await listen(plainServer(elsewhere.listener))
    for (const status of [301, 302, 307, 308]) {
      const { listener } = recording((_, response) =>
        response.writeHead(status, { location: `http://127.0.0.1:${port}/` }).end(),
      )
      expect(await post(`http://127.0.0.1:${await listen(plainServer(listener))}`)).toMatchObject({
        ok: true,
        value: { status },
      })
    }
    expect(elsewhere.bodies).toEqual([])
  })
})

describe('S4: at the wire', () => {
  const raw = async (talk: (socket: Socket) => void) =>
    `http://127.0.0.1:${await listen(socketServer((socket) => socket.once('data', () => talk(socket))))}`

  for (const [what, talk] of [
    ['a reset', (socket: Socket) => socket.resetAndDestroy()],
    ['an end without an answer', (socket: Socket) => socket.end()],
    [
      'half a body',
      (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"status":'),
    ],
    [
      'an unfinished chunk',
      (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\nabc'),
    ],
    ['garbage', (socket: Socket) => socket.end('what?\r\n\r\n')],
  ] as const)
    it(`${what} is no answer, and the report may have arrived`, async () => {
      expect(await post(await raw(talk))).toMatchObject({ ok: false, error: { why: 'lost', reached: true } })
    })

  it('silence ends after the time-out, also in the midst of an answer', async () => {
    expect(await post(await raw(() => {}), {}, 200)).toMatchObject({
      ok: false,
      error: { why: 'time-out', reached: true },
    })
    const drip = await raw((socket) => void socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{'))
    expect(await post(drip, {}, 200)).toMatchObject({ ok: false, error: { why: 'time-out' } })
  })

  it('where nobody listens nothing has arrived', async () => {
    const server = plainServer()
    const port = await listen(server)
    await new Promise((resolve) => server.close(resolve))
    servers.length = 0
    expect(await post(`http://127.0.0.1:${port}`)).toMatchObject({
      ok: false,
      error: { why: 'connection', reached: false },
    })
  })

  it('an endless answer is cut off', async () => {
    const { listener } = recording((_, response) => {
      const more = (): void => {
        while (response.write('x'.repeat(65_536)));
        response.once('drain', more)
      }
      more()
    })
    const answer = await post(`http://127.0.0.1:${await listen(plainServer(listener))}`)
    expect(answer.ok && answer.value.body.length).toBe(65_536)
  })

  it('S7: one under way is broken off, and the other side sees the connection go', async () => {
    const stop = new AbortController()
    const gone = new Promise<void>((resolve) => {
      void raw((socket) => {
        socket.on('close', () => resolve())
        stop.abort()
      }).then((address) => post(address, {}, 60_000, stop.signal).then((answer) => answers.push(answer)))
    })
    const answers: unknown[] = []
    await gone
    expect(answers).toEqual([{ ok: false, error: { why: 'stopped', reached: true, detail: 'stopped' } }])
  })
})
