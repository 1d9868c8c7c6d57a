// The page as it is really built, and the headers that bind it when the local web host serves it.
import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { serveWeb } from '../../host/web.ts'
import type { WebHost } from '../../host/web.ts'
import { makeWorld } from '../world.ts'
import type { World } from '../world.ts'
import { formatRequest, sendRaw } from './raw-http.ts'
import { en } from '../../shared/words/en.ts'

const run = promisify(execFile)
const root = join(import.meta.dirname, '../..')
let world: World
let web: WebHost
let files: { readonly name: string; readonly text: string }[]

beforeAll(async () => {
  world = await makeWorld()
  const page = join(world.folder, 'page')
  await run(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--outDir', page], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
  })
  web = await serveWeb({ host: world.host('web'), page, port: 0, now: Date.now, words: en.web })
  const names = await readdir(page, { recursive: true, withFileTypes: true })
  files = await Promise.all(
    names
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const path = join(entry.parentPath, entry.name)
        return { name: path.slice(page.length).replaceAll('\\', '/'), text: await readFile(path, 'latin1') }
      }),
  )
}, 120_000)
afterAll(async () => {
  await web.close()
  await world.remove()
})

const get = (path: string): Promise<Response> => fetch(`http://127.0.0.1:${web.port}${path}`)

/** A policy as its parts, so that a test names what it means. */
async function policyOf(path: string): Promise<ReadonlyMap<string, string>> {
  const policy = (await get(path)).headers.get('content-security-policy') ?? ''
  return new Map(
    policy.split(';').map((part): [string, string] => {
      const [name = '', ...sources] = part.trim().split(' ')
      return [name, sources.join(' ')]
    }),
  )
}

it('the page may load its own scripts, styles, workers and data, and nothing else', async () => {
  for (const path of ['/', '/index.html']) {
    const policy = await policyOf(path)
    expect(policy.get('default-src')).toBe("'none'")
    expect(policy.get('script-src')).toBe("'self'")
    expect(policy.get('style-src')).toBe("'self'")
    expect(policy.get('connect-src')).toBe("'self'")
    expect(policy.get('worker-src')).toBe("'self'")
    for (const never of ['base-uri', 'form-action', 'frame-ancestors'])
      expect(policy.get(never)).toBe("'none'")
    expect([...policy.values()].join(' ')).not.toMatch(/unsafe|http|\*/)
  }
})

it('only the worker that runs SQLite may compile WebAssembly, by its own response', async () => {
  const compiling = files.filter(({ name, text }) => name.endsWith('.js') && text.includes('WebAssembly.'))
  expect(compiling.map(({ name }) => name)).toEqual([expect.stringMatching(/^\/assets\/worker-[\w-]+\.js$/)])
  for (const { name } of files) {
    const allowed = (await policyOf(name)).get('script-src')
    expect([name, allowed]).toEqual([
      name,
      compiling.some((one) => one.name === name) ? "'self' 'wasm-unsafe-eval'" : "'self'",
    ])
  }
  for (const { name } of compiling) {
    const policy = await policyOf(name)
    expect([...policy.keys()].filter((part) => policy.get(part) !== "'none'").sort()).toEqual([
      'connect-src',
      'script-src',
    ])
  }
})

it('no file of the page, data, refusal or error allows eval, another origin, embedding or sniffing', async () => {
  for (const path of [...files.map(({ name }) => name), '/', '/nothing', '/bytes/x', '/call/app.info']) {
    const { headers } = await get(path)
    expect(headers.get('content-security-policy')).not.toMatch(/'unsafe-eval'|unsafe-inline|http|\*/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
    expect(headers.get('cross-origin-embedder-policy')).toBe('require-corp')
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
    expect(headers.get('permissions-policy')).toContain('camera=()')
    expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
    expect(headers.get('cache-control')).toBe(
      path.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-store',
    )
  }
})

it('each file comes whole and with the type that a strict browser asks for', async () => {
  const types: Record<string, string> = {
    html: 'text/html; charset=utf-8',
    js: 'text/javascript; charset=utf-8',
    css: 'text/css; charset=utf-8',
    wasm: 'application/wasm',
    svg: 'image/svg+xml',
  }
  for (const { name, text } of files) {
    const answer = await get(name)
    expect([name, answer.headers.get('content-type')]).toEqual([name, types[name.split('.').at(-1) ?? '']])
    expect(Buffer.from(await answer.arrayBuffer()).toString('latin1') === text).toBe(true)
  }
})

it('the page has no script or style in its HTML, and asks for nothing from elsewhere', () => {
  const html = files.find(({ name }) => name === '/index.html')?.text ?? ''
  expect(html).toContain('<script type="module"')
  expect(html).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\son\w+=|\sstyle=/)
  for (const [, address = ''] of html.matchAll(/(?:src|href)="([^"]*)"/g))
    expect(address).toMatch(/^\.\/assets\//)
})

it('serves only what is in the list of the built files, however the address is written', async () => {
  for (const path of [
    '/../package.json',
    '/..%2fpackage.json',
    '/%2e%2e/package.json',
    '/assets/../../package.json',
    '/assets/..%5c..%5cpackage.json',
    '/assets',
    '/assets/',
    '//index.html',
    '/index.html/',
    '/INDEX.HTML',
    '/index.html%00.js',
    '/constructor',
    '/__proto__',
  ]) {
    const headers: [string, string][] = [['Host', `127.0.0.1:${web.port}`]]
    const answer = await sendRaw(web.port, formatRequest({ method: 'GET', path, headers }))
    expect([path, answer.status, answer.body]).toEqual([path, 404, 'There is nothing at this address.\n'])
  }
  expect((await get('/?a=b')).status).toBe(200)
})
