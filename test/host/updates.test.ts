// "Check for updates" against a receiver on this machine, which writes down all that reaches it and answers as it is told.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { checkForUpdates } from '../../host/updates.ts'
import { isNewer } from '../../shared/releases.ts'

let address = ''
let heard: { line: string; headers: string[]; body: string }[] = []
let answer: { status: number; body: string; headers?: Record<string, string> } = { status: 200, body: '' }
const server = createServer((request, response) => {
  let body = ''
  request.on('data', (piece: Buffer) => (body += piece.toString()))
  request.on('end', () => {
    heard.push({ line: `${request.method ?? ''} ${request.url ?? ''}`, headers: request.rawHeaders, body })
    response.writeHead(answer.status, answer.headers).end(answer.body)
  })
})
beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // it listens on a port
  address = `http://127.0.0.1:${port}/releases/latest.json`
})
afterAll(() => server.close())
beforeEach(() => {
  heard = []
})

const page = (path: string): string => new URL(path, address).href
const tells = (release: unknown): void => {
  answer = { status: 200, body: typeof release === 'string' ? release : JSON.stringify(release) }
}

describe('asking for updates', () => {
  it('P2: is one request, the same from every version and machine, that carries nothing', async () => {
    tells({ version: '1.2.0', page: page('/releases/1.2.0') })
    for (const own of ['0.1.0', '1.1.9']) await checkForUpdates(address, own)
    const { host } = new URL(address)
    const request = {
      line: 'GET /releases/latest.json',
      headers: ['user-agent', 'Sightglass', 'Host', host, 'Connection', 'close'],
      body: '',
    }
    expect(heard).toEqual([request, request])
  })

  it('tells a newer version and where it is, or that there is none', async () => {
    const newer = { version: '1.10.0', page: page('/releases/1.10.0') }
    tells({ ...newer, notes: 'what else it holds is not looked at' })
    expect(await checkForUpdates(address, '1.9.3')).toEqual({ ok: true, value: { own: '1.9.3', newer } })
    for (const own of ['1.10.0', '1.10.1', '2.0.0'])
      expect(await checkForUpdates(address, own)).toEqual({ ok: true, value: { own, newer: null } })
  })

  it.each([
    ['', 'not-json'],
    ['{"version":"1.0.0","page":', 'not-json'],
    ['null', 'malformed'],
    [[], 'malformed'],
    [{ version: '1.0.0' }, 'malformed'],
    [{ version: 1, page: 'P/' }, 'malformed'],
    [{ version: '1.0', page: 'P/' }, 'malformed'],
    [{ version: '1.0.0<b>', page: 'P/' }, 'malformed'],
    [{ version: '1.0.0', page: 'P/?who=me' }, 'malformed'],
    [{ version: '1.0.0', page: 'P/\u202egro.live' }, 'malformed'],
    [{ version: '1.0.0', page: 'https://evil.test/' }, 'elsewhere'],
    [{ version: '1.0.0', page: 'javascript:alert(1)' }, 'elsewhere'],
    [{ version: '1.0.0', page: 'P.evil.test/' }, 'elsewhere'],
    [{ version: '1.0.0', page: 'P@evil.test/' }, 'elsewhere'],
    [`{"version":"1.0.0","page":"P/","more":"${'x'.repeat(5000)}"}`, 'too-large'],
  ])('shows nothing of an answer that is none of ours: %j (%s)', async (release, fault) => {
    const { origin } = new URL(address)
    tells(
      JSON.parse(
        JSON.stringify(release).replace('"P', `"${origin}`).replace('\\"P', `\\"${origin}`),
      ) as unknown,
    )
    const error = { kind: 'release-refused', address, fault }
    expect(await checkForUpdates(address, '0.1.0')).toEqual({ ok: false, error })
  })

  it('says what came instead: another status, a way to elsewhere that is not gone, nobody', async () => {
    answer = { status: 404, body: '{}' }
    expect(await checkForUpdates(address, '0.1.0')).toMatchObject({
      error: { kind: 'release-not-given', status: 404 },
    })
    answer = { status: 302, body: '', headers: { location: page('/elsewhere') } }
    expect(await checkForUpdates(address, '0.1.0')).toMatchObject({
      error: { kind: 'release-not-given', status: 302 },
    })
    expect(heard).toHaveLength(2)
    expect(await checkForUpdates('http://127.0.0.1:9/latest.json', '0.1.0')).toMatchObject({
      error: { kind: 'release-unreached', why: 'refused' },
    })
  })

  it.each([
    ['http://releases.example/latest.json', 'not-https'],
    ['https://me:word@releases.example/latest.json', 'user-info'],
    ['https://releases.example/latest.json?v=0.1.0', 'query'],
    ['latest.json', 'not-an-address'],
  ])('opens no connection to %s', async (wrong, why) => {
    expect(await checkForUpdates(wrong, '0.1.0')).toMatchObject({ error: { kind: 'bad-address', why } })
  })

  it('takes a version that is tried out for older than the one it leads to', () => {
    expect(isNewer('1.2.0', '1.2.0-beta.3')).toBe(true)
    expect(isNewer('1.1.9', '1.2.0-beta.3')).toBe(false)
    expect(isNewer('0.10.0', '0.9.9')).toBe(true)
  })
})
