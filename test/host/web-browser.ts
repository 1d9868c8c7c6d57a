// A browser as far as the local web host can tell: it keeps cookies for the machine, whatever the port, and says
// where a request comes from; its tabs run the page's own half of the bridge.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { connect } from '../../renderer/bridge.ts'
import type { Connected } from '../../renderer/bridge.ts'
import type { Result } from '../../shared/result.ts'
import { isRecord } from '../../shared/plain.ts'
import { tokenHeader } from '../../shared/web.ts'

export interface Browser {
  readonly origin: string
  readonly cookies: Map<string, string>
  /** What its address bar shows. */
  shown: string
  /** A request of the page at the origin, with what a browser adds. */
  fetch(path: string, init?: RequestInit): Promise<Response>
  /** Opens an address in a tab; an earlier tab's storage makes it a reload. */
  connect(address: string, storage?: Map<string, string>): Promise<Result<Connected>>
  open(address: string): Promise<Tab>
}
export interface Tab {
  readonly connected: Connected
  readonly token: string
  readonly storage: Map<string, string>
  post(path: string, body: unknown): Promise<Response>
  resultOf(value: unknown): Result<unknown>
}

export function makeBrowser(port: number): Browser {
  const origin = `http://127.0.0.1:${port}`
  const cookies = new Map<string, string>()
  const browser: Browser = {
    origin,
    cookies,
    shown: '',
    async fetch(path, init = {}) {
      const headers = new Headers(init.headers)
      headers.set('sec-fetch-site', 'same-origin')
      headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '))
      if (init.method === 'POST') headers.set('origin', origin)
      const answer = await fetch(new URL(path, origin), { ...init, headers })
      for (const cookie of answer.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
        cookies.set(name, value)
      }
      return answer
    },
    connect(address, storage = new Map()) {
      browser.shown = address
      const location = { href: address, hash: new URL(address).hash }
      return connect({
        location,
        history: {
          replaceState: (_state, _title, url) => {
            browser.shown = String(url)
          },
        },
        sessionStorage: {
          getItem: (name) => storage.get(name) ?? null,
          setItem: (name, value) => void storage.set(name, value),
        },
        fetch: browser.fetch,
      })
    },
    async open(address) {
      const storage = new Map<string, string>()
      const connected = await browser.connect(address, storage)
      if (!connected.ok) throw new Error(`the page could not connect: ${connected.error.kind}`)
      const token = storage.get(tokenHeader) ?? ''
      return {
        connected: connected.value,
        token,
        storage,
        post: (path, body) =>
          browser.fetch(path, {
            method: 'POST',
            headers: { 'content-type': 'application/json', [tokenHeader]: token },
            body: JSON.stringify(body),
          }),
        resultOf: (value) => {
          const result = isRecord(value) && 'answer' in value ? value['answer'] : value
          if (!isRecord(result) || typeof result['ok'] !== 'boolean') throw new Error('not a Result')
          return result as unknown as Result<unknown>
        },
      }
    },
  }
  return browser
}

/** The least that a built page consists of. */
export async function makePage(folder: string): Promise<string> {
  const page = join(folder, 'page')
  await mkdir(join(page, 'assets'), { recursive: true })
  await writeFile(join(page, 'index.html'), '<!doctype html><title>Sightglass</title>')
  await writeFile(join(page, 'assets', 'index-Ab12.js'), 'export {}')
  await writeFile(join(page, 'assets', 'worker-Ab12.js'), 'export {}')
  await writeFile(join(page, 'assets', 'sql-wasm-Ab12.wasm'), new Uint8Array([0, 97, 115, 109]))
  return page
}
