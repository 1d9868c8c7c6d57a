// Row I10 of the reliability plan: the code, the cookie and the token of the local web host.
import { networkInterfaces } from 'node:os'
import { connect as connectSocket } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { serveWeb } from '../../host/web.ts'
import type { WebHost } from '../../host/web.ts'
import type { Host } from '../../host/create-host.ts'
import { tokenHeader } from '../../shared/web.ts'
import { makeWorld } from '../world.ts'
import type { World } from '../world.ts'
import { makeBrowser, makePage } from './web-browser.ts'
import type { Browser, Tab } from './web-browser.ts'
import { en } from '../../shared/words/en.ts'

let world: World
let host: Host
let web: WebHost
let time = Date.UTC(2026, 10, 20)

beforeAll(async () => {
  world = await makeWorld()
  host = world.host('web')
  web = await serveWeb({ host, page: await makePage(world.folder), port: 0, now: () => time, words: en.web })
})
afterAll(async () => {
  await web.close()
  await host.close()
  await world.remove()
})

const codeOf = (address: string): string =>
  new URLSearchParams(new URL(address).hash.slice(1)).get('code') ?? ''
const exchange = (browser: Browser, code: unknown): Promise<Response> =>
  browser.fetch('/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code }),
  })
const newBrowser = (): Browser => makeBrowser(web.port)
const bytesOf = (secret: string): number => Buffer.from(secret, 'base64url').length
async function statusOfCall(browser: Browser, token: string | null): Promise<number> {
  const known = token === null ? {} : { [tokenHeader]: token }
  const headers = { 'content-type': 'application/json', ...known }
  return (await browser.fetch('/call/app.info', { method: 'POST', headers, body: '{}' })).status
}
const cookieOf = (browser: Browser): string => browser.cookies.get(`sightglass-${web.port}`) ?? ''

it('the code, the cookie and the token have 256 bits each, and no two are alike', async () => {
  const seen = new Set<string>()
  for (let i = 0; i < 10; i++) {
    const browser = newBrowser()
    const address = web.address()
    const tab = await browser.open(address)
    for (const secret of [codeOf(address), cookieOf(browser), tab.token]) {
      expect(bytesOf(secret)).toBe(32)
      seen.add(secret)
    }
  }
  expect(seen.size).toBe(30)
})

it('the cookie is out of reach of scripts, of other sites, and says which port it is for', async () => {
  const answer = await exchange(newBrowser(), codeOf(web.address()))
  const [cookie = ''] = answer.headers.getSetCookie()
  expect(cookie).toMatch(new RegExp(`^sightglass-${web.port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`))
  expect(answer.headers.get('cache-control')).toBe('no-store')
})

it('a code works once', async () => {
  const code = codeOf(web.address())
  expect((await exchange(newBrowser(), code)).status).toBe(200)
  const second = await exchange(newBrowser(), code)
  expect(second.status).toBe(403)
  expect(second.headers.getSetCookie()).toEqual([])
  expect(await second.text()).toContain('used already')
})

it('a code works once when it is tried many times at the same moment', async () => {
  const code = codeOf(web.address())
  const answers = await Promise.all(Array.from({ length: 10 }, () => exchange(newBrowser(), code)))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  time += 61_000
})

it('a code works for five minutes', async () => {
  const early = codeOf(web.address())
  const late = codeOf(web.address())
  time += 5 * 60_000 - 1
  expect((await exchange(newBrowser(), early)).status).toBe(200)
  time += 1
  expect((await exchange(newBrowser(), late)).status).toBe(403)
})

it('wrong codes are limited: after twenty within a minute even the right one has to wait', async () => {
  time += 61_000
  const wrong = [
    ...Array.from({ length: 16 }, (_, i) => 'x'.repeat(i)),
    7,
    null,
    { code: 1 },
    'x'.repeat(5000),
  ]
  for (const code of wrong) expect((await exchange(newBrowser(), code)).status).toBe(403)
  const right = codeOf(web.address())
  const limited = await exchange(newBrowser(), right)
  expect(limited.status).toBe(429)
  expect(limited.headers.get('retry-after')).toBe('60')
  time += 61_000
  expect((await exchange(newBrowser(), right)).status).toBe(200)
})

it('data needs the cookie and the token, and the two of one session', async () => {
  const [one, other] = [newBrowser(), newBrowser()]
  const [tab, otherTab]: [Tab, Tab] = [await one.open(web.address()), await other.open(web.address())]
  expect(await statusOfCall(one, tab.token)).toBe(200)
  expect(await statusOfCall(one, null)).toBe(403)
  expect(await statusOfCall(one, otherTab.token)).toBe(403)
  expect(await statusOfCall(one, `${tab.token}x`)).toBe(403)
  expect(await statusOfCall(one, tab.token.slice(1))).toBe(403)
  expect(await statusOfCall(one, cookieOf(one))).toBe(403)
  expect(await statusOfCall(newBrowser(), tab.token)).toBe(403)
  for (const path of ['/stream/files.open', '/bytes/00000000000000000000000000000000']) {
    const method = path.startsWith('/bytes') ? 'GET' : 'POST'
    const init = { method, headers: { 'content-type': 'application/json' } }
    const answer = await one.fetch(path, method === 'GET' ? init : { ...init, body: '{"path":"/x"}' })
    expect(answer.status).toBe(403)
  }
})

it('a second tab of the same browser leaves the first one working', async () => {
  const browser = newBrowser()
  const first = await browser.open(web.address())
  const second = await browser.open(web.address())
  expect(first.token).not.toBe(second.token)
  expect(await statusOfCall(browser, first.token)).toBe(200)
  expect(await statusOfCall(browser, second.token)).toBe(200)
})

it('a cookie that another port planted is replaced, not trusted', async () => {
  const browser = newBrowser()
  browser.cookies.set(`sightglass-${web.port}`, 'A'.repeat(43))
  const tab = await browser.open(web.address())
  expect(cookieOf(browser)).not.toBe('A'.repeat(43))
  expect(await statusOfCall(browser, tab.token)).toBe(200)
})

it('the page loses its code from the address bar, and a reload works with what the tab keeps', async () => {
  const browser = newBrowser()
  const storage = new Map<string, string>()
  const address = web.address('/some where/a&b#c.db')
  const opened = await browser.connect(address, storage)
  expect(opened.ok && opened.value.openAtStart).toBe('/some where/a&b#c.db')
  expect(browser.shown).toBe(`${browser.origin}/`)
  const reloaded = await browser.connect(`${browser.origin}/`, storage)
  expect(reloaded.ok && (await reloaded.value.bridge.call('app.info', {})).ok).toBe(true)
  const place = `${browser.origin}/#/overview?file=x&code=timeout`
  expect((await browser.connect(place, storage)).ok).toBe(true)
  expect(browser.shown).toBe(place) // a place in the window, not a code
  const again = await browser.connect(address, storage) // the used address, from the history
  expect(again.ok).toBe(true)
})

it('the page without a code says that it is not connected', async () => {
  const lost = { ok: false, error: { kind: 'disconnected' } }
  expect(await newBrowser().connect(`${newBrowser().origin}/`)).toEqual(lost)
  expect(await newBrowser().connect(`${newBrowser().origin}/#code=nonsense`)).toEqual(lost)
  const stale = new Map([[tokenHeader, 'from-before-a-restart']])
  expect(await newBrowser().connect(`${newBrowser().origin}/`, stale)).toEqual(lost)
})

it('a page whose host has gone is told once', async () => {
  const short = await serveWeb({
    host,
    page: await makePage(world.folder),
    port: 0,
    now: () => time,
    words: en.web,
  })
  const tab = await makeBrowser(short.port).open(short.address())
  let told = 0
  tab.connected.onDisconnect(() => told++)
  await short.close()
  for (let i = 0; i < 2; i++)
    expect(await tab.connected.bridge.call('app.info', {})).toEqual({
      ok: false,
      error: { kind: 'disconnected' },
    })
  const stream = await tab.connected.bridge.stream('files.open', { path: '/x' }, () => {})
  expect(stream).toEqual({ ok: false, error: { kind: 'disconnected' } })
  expect(told).toBe(1)
})

it('listens on 127.0.0.1 alone: no other address of this machine answers', async () => {
  const others = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  const addresses = others.map(({ address }) => address).filter((address) => address !== '127.0.0.1')
  if (process.platform === 'linux') addresses.push('127.0.0.2')
  expect(await answersAt('127.0.0.1')).toBe(true)
  for (const address of addresses) expect([address, await answersAt(address)]).toEqual([address, false])
})

function answersAt(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connectSocket({ port: web.port, host: address }, () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
}
