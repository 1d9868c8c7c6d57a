// Rows I8, I9 and I6 of the reliability plan: what a web page elsewhere, or a stranger's program, can try on the
// local web host. Each attack carries everything else right (cookie, token, a good code), so that what is refused
// is refused for the one thing that is wrong.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serveWeb } from '../../host/web.ts'
import type { WebHost } from '../../host/web.ts'
import type { Host } from '../../host/create-host.ts'
import { tokenHeader } from '../../shared/web.ts'
import { eventually, makeWorld } from '../world.ts'
import type { World } from '../world.ts'
import { formatRequest, sendRaw } from './raw-http.ts'
import type { RawAnswer } from './raw-http.ts'
import { makeBrowser, makePage } from './web-browser.ts'
import type { Browser, Tab } from './web-browser.ts'
import { en } from '../../shared/words/en.ts'

let world: World
let host: Host
let web: WebHost
let browser: Browser
let tab: Tab
let id: string

beforeAll(async () => {
  world = await makeWorld()
  host = world.host('web')
  web = await serveWeb({ host, page: await makePage(world.folder), port: 0, now: Date.now, words: en.web })
  browser = makeBrowser(web.port)
  tab = await browser.open(web.address())
  const path = await world.makeFile('a.db', 10)
  const opened = await tab.connected.bridge.stream('files.open', { path }, () => {})
  id = opened.ok ? opened.value.id : ''
})
afterAll(async () => {
  await web.close()
  await host.close()
  await world.remove()
})

interface Target {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly body?: string
  /** What it answers when nothing is wrong with the request. */
  readonly well: number
}
const targets = (): Target[] => [
  { method: 'GET', path: '/', well: 200 },
  { method: 'GET', path: '/assets/index-Ab12.js', well: 200 },
  { method: 'GET', path: '/assets/worker-Ab12.js', well: 200 },
  { method: 'GET', path: '/nothing', well: 404 },
  { method: 'GET', path: `/bytes/${id}`, well: 200 },
  { method: 'POST', path: '/session', body: JSON.stringify({ code: codeOf(web.address()) }), well: 200 },
  { method: 'POST', path: '/again', body: JSON.stringify({ ask: web.again.ask, open: null }), well: 200 },
  { method: 'POST', path: '/call/app.info', body: '{}', well: 200 },
  { method: 'POST', path: '/call/nothing', body: '{}', well: 404 },
  { method: 'POST', path: '/stream/files.open', body: '{"path":"/nowhere"}', well: 200 },
]
const codeOf = (address: string): string =>
  new URLSearchParams(new URL(address).hash.slice(1)).get('code') ?? ''

type Headers = readonly (readonly [string, string])[]
const own = (): Headers => [
  ['Cookie', [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')],
  [tokenHeader, tab.token],
]
const right = (): Headers => [
  ['Host', `127.0.0.1:${web.port}`],
  ['Origin', browser.origin],
  ['Sec-Fetch-Site', 'same-origin'],
  ['Content-Type', 'application/json'],
  ...own(),
]
const instead = (name: string, values: readonly string[]): Headers => [
  ...right().filter(([one]) => one.toLowerCase() !== name.toLowerCase()),
  ...values.map((value): [string, string] => [name, value]),
]
const ask = (target: Target, headers: Headers): Promise<RawAnswer> =>
  sendRaw(web.port, formatRequest({ ...target, headers }))

function expectRefusal(answer: RawAnswer): void {
  expect(answer.status).toBe(403)
  expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
  expect(answer.headers.get('set-cookie')).toBeUndefined()
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect(answer.body).toMatch(/^[A-Z].*\.\n$/)
}

it('answers each address when nothing is wrong with the request', async () => {
  for (const target of targets()) {
    const answer = await ask(target, right())
    expect([target.path, answer.status]).toEqual([target.path, target.well])
    expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
  }
})

describe('I8: a request that believes in another host is refused on every address, before it is looked at', () => {
  const hosts: readonly [string, (port: number) => readonly string[]][] = [
    ['another name', () => ['evil.test']],
    ['another name with our port', (port) => [`evil.test:${port}`]],
    ['a name that begins like our address', (port) => [`127.0.0.1.evil.test:${port}`]],
    ['our address without the port', () => ['127.0.0.1']],
    ['our address with another port', (port) => [`127.0.0.1:${port + 1}`]],
    ['our address with the port of the web', () => ['127.0.0.1:80']],
    ['the address of every interface', (port) => [`0.0.0.0:${port}`]],
    ['localhost', (port) => [`localhost:${port}`]],
    ['the other loopback', (port) => [`[::1]:${port}`]],
    ['our address written short', (port) => [`127.1:${port}`]],
    ['our address with a dot at its end', (port) => [`127.0.0.1.:${port}`]],
    ['our address behind a user name', (port) => [`evil.test@127.0.0.1:${port}`]],
    ['an empty one', () => ['']],
    ['none at all', () => []],
    ['two, ours first', (port) => [`127.0.0.1:${port}`, 'evil.test']],
    ['two, ours last', (port) => ['evil.test', `127.0.0.1:${port}`]],
  ]
  for (const [what, make] of hosts)
    it(`Host: ${what}`, async () => {
      for (const target of targets()) {
        const answer = await ask(target, instead('Host', make(web.port)))
        // Node itself refuses two of them before we see the request
        if (make(web.port).length > 1 && answer.status === 400) continue
        expectRefusal(answer)
      }
    })

  it('an absolute address in the request line, whatever it names', async () => {
    for (const name of ['evil.test', `127.0.0.1:${web.port}`])
      for (const target of targets())
        expectRefusal(await ask({ ...target, path: `http://${name}${target.path}` }, right()))
  })

  it('a proxy request', async () => {
    const answer = await sendRaw(web.port, 'CONNECT evil.test:443 HTTP/1.1\r\nHost: evil.test:443\r\n\r\n')
    expect(answer.status).toBe(403)
  })

  it('does not use up a code that came with the wrong host', async () => {
    const code = codeOf(web.address())
    const session: Target = { method: 'POST', path: '/session', body: JSON.stringify({ code }), well: 200 }
    expectRefusal(await ask(session, instead('Host', ['evil.test'])))
    expect((await ask(session, right())).status).toBe(200)
  })
})

describe('I9: another page can’t make the browser write here', () => {
  const attacks: readonly [string, () => Headers][] = [
    [
      'no Origin and no Sec-Fetch-Site',
      () => instead('Sec-Fetch-Site', []).filter(([name]) => name !== 'Origin'),
    ],
    ['a foreign Origin', () => instead('Origin', ['https://evil.test'])],
    ['the Origin null', () => instead('Origin', ['null'])],
    ['our Origin with another port', () => instead('Origin', [`http://127.0.0.1:${web.port + 1}`])],
    ['our Origin over https', () => instead('Origin', [`https://127.0.0.1:${web.port}`])],
    ['our Origin as localhost', () => instead('Origin', [`http://localhost:${web.port}`])],
    ['an Origin that begins like ours', () => instead('Origin', [`${browser.origin}.evil.test`])],
    ['two Origins', () => instead('Origin', [browser.origin, 'https://evil.test'])],
    [
      'a foreign Origin and no Sec-Fetch-Site',
      () => instead('Origin', ['https://evil.test']).filter(([name]) => name !== 'Sec-Fetch-Site'),
    ],
    ['Sec-Fetch-Site cross-site', () => instead('Sec-Fetch-Site', ['cross-site'])],
    [
      'Sec-Fetch-Site same-site: another port of this machine',
      () => instead('Sec-Fetch-Site', ['same-site']),
    ],
    ['Sec-Fetch-Site none', () => instead('Sec-Fetch-Site', ['none'])],
    ['a form', () => instead('Content-Type', ['application/x-www-form-urlencoded'])],
    ['a form with files', () => instead('Content-Type', ['multipart/form-data; boundary=x'])],
    ['plain text', () => instead('Content-Type', ['text/plain'])],
    ['plain text that mentions JSON', () => instead('Content-Type', ['text/plain; application/json'])],
    ['no type', () => instead('Content-Type', [])],
    ['two types', () => instead('Content-Type', ['text/plain', 'application/json'])],
    ['an upgrade to WebSocket', () => [...right(), ['Upgrade', 'websocket']]],
  ]
  for (const [what, headers] of attacks)
    it(what, async () => {
      for (const target of targets().filter(({ method }) => method === 'POST'))
        expectRefusal(await ask(target, headers()))
    })

  it('takes a write without Origin when the browser itself says that our page sent it', async () => {
    const call: Target = { method: 'POST', path: '/call/app.info', body: '{}', well: 200 }
    expect((await ask(call, instead('Origin', []))).status).toBe(200)
  })

  it('a WebSocket', async () => {
    const hello: Headers = [
      ['Upgrade', 'websocket'],
      ['Sec-WebSocket-Key', 'AAAAAAAAAAAAAAAAAAAAAA=='],
      ['Sec-WebSocket-Version', '13'],
    ]
    for (const target of targets()) {
      const text = formatRequest({ ...target, method: 'GET', headers: [...right(), ...hello] })
      expectRefusal(await sendRaw(web.port, text.replace('Connection: close', 'Connection: Upgrade, close')))
    }
  })

  it('a CORS preflight', async () => {
    const wish: Headers = [
      ['Access-Control-Request-Method', 'POST'],
      ['Access-Control-Request-Headers', `content-type, ${tokenHeader}`],
    ]
    for (const target of targets())
      for (const origin of ['https://evil.test', 'null', browser.origin]) {
        const headers = [...instead('Origin', [origin]), ...wish]
        expectRefusal(await sendRaw(web.port, formatRequest({ ...target, method: 'OPTIONS', headers })))
      }
  })

  it('other ways to write', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'TRACE']) {
      const text = (headers: Headers): string => formatRequest({ method, path: '/call/app.info', headers })
      expect((await sendRaw(web.port, text(right()))).status).toBe(405)
      expectRefusal(await sendRaw(web.port, text(instead('Origin', ['https://evil.test']))))
    }
  })

  it('reads data for nobody else: a page elsewhere can’t embed or fetch it', async () => {
    for (const site of ['cross-site', 'same-site'])
      for (const target of targets().filter(({ method }) => method === 'GET'))
        expectRefusal(await ask(target, instead('Sec-Fetch-Site', [site])))
  })

  it('lets a link from elsewhere open the page, which then knows nothing, but no frame', async () => {
    const link: Headers = [...instead('Sec-Fetch-Site', ['cross-site']), ['Sec-Fetch-Mode', 'navigate']]
    const page: Target = { method: 'GET', path: '/', well: 200 }
    expect((await ask(page, [...link, ['Sec-Fetch-Dest', 'document']])).status).toBe(200)
    for (const frame of ['iframe', 'frame', 'embed', 'object'])
      expectRefusal(await ask(page, [...link, ['Sec-Fetch-Dest', frame]]))
    expectRefusal(await ask(page, link))
  })
})

describe('I5, I6: requests that are too much or not HTTP', () => {
  const call = `POST /call/app.info HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n`
  const broken: readonly [string, string, readonly number[]][] = [
    [
      'a length and chunks at once',
      `${call}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      [400],
    ],
    ['two lengths', `${call}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`, [400]],
    ['a folded header', `${call}X: a\r\n b\r\n\r\n`, [400, 403]],
    ['bare line feeds', call.replaceAll('\r\n', '\n') + '\n', [400]],
    ['64 KB of header', `${call}X: ${'x'.repeat(65_536)}\r\n\r\n`, [431]],
    ['a space before the colon', `${call}X : a\r\n\r\n`, [400]],
  ]
  for (const [what, text, statuses] of broken)
    it(`${what}: refused, and the connection closed`, async () => {
      const answer = await sendRaw(web.port, text.replace('PORT', String(web.port)))
      expect(statuses).toContain(answer.status)
    })

  it('a body of 10 MB is refused with a sentence and not kept', async () => {
    const target: Target = {
      method: 'POST',
      path: '/call/settings.set',
      body: 'x'.repeat(10_000_000),
      well: 413,
    }
    const answer = await ask(target, right())
    expect(answer.status).toBe(413)
    expect(answer.body).toContain('larger than')
  })

  it('a body that says it has 2 GB is refused before it comes', async () => {
    const text = formatRequest({ method: 'POST', path: '/call/settings.set', headers: right() })
    const answer = await sendRaw(web.port, text.replace('Content-Length: 0', 'Content-Length: 2000000000'))
    expect(answer.status).toBe(413)
  })

  it('a body squeezed by gzip is refused: nothing of ours sends one', async () => {
    const target: Target = { method: 'POST', path: '/call/settings.set', body: 'x', well: 400 }
    expect((await ask(target, [...right(), ['Content-Encoding', 'gzip']])).status).toBe(400)
  })

  it('a body or a header that never ends is given up', async () => {
    const hasty = await serveWeb({
      words: en.web,
      host,
      page: await makePage(world.folder),
      port: 0,
      now: Date.now,
      patience: 300,
    })
    const text = formatRequest({ method: 'POST', path: '/session', headers: right() })
      .replaceAll(String(web.port), String(hasty.port))
      .replace('Content-Length: 0', 'Content-Length: 10')
    for (const unfinished of [text, call]) expect((await sendRaw(hasty.port, unfinished)).status).toBe(408)
    await hasty.close()
  })

  it('half a line of JSON, and bytes that are not text, are bad calls', async () => {
    for (const body of ['{"change":', '\xff\xfe', '']) {
      const answer = await ask({ method: 'POST', path: '/call/settings.set', body, well: 400 }, right())
      expect(answer.status).toBe(400)
      expect(answer.body).toContain('not JSON')
    }
  })
})

it('still works after all of that', async () => {
  expect((await tab.connected.bridge.call('app.info', {})).ok).toBe(true)
  await eventually(() => world.living() === 1) // the opened file's
})
