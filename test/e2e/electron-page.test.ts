// What the page of the desktop window is given and denied, in the stand-in for Electron's runtime.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { channel, shellNames } from '../../shared/shell.ts'
import { eventually } from '../world.ts'
import { useShells } from './shells.ts'

const { shared } = useShells({ share: true })

describe('the page of the desktop window', () => {
  it('gets exactly the named functions, and nothing of Node or Electron', async () => {
    const { shell, page } = shared()
    const seen = await page.evaluate(() => {
      const leaks = ['require', 'process', 'Buffer', 'module', 'exports', 'global', 'electron', 'ipcRenderer']
      const own = Object.entries(window.sightglass ?? {}).map(([name, value]) => [name, typeof value])
      return {
        own,
        leaks: leaks.filter((name) => name in window),
        frozen: Object.isFrozen(window.sightglass),
      }
    })
    expect(seen).toEqual({ own: shellNames.map((name) => [name, 'function']), leaks: [], frozen: true })
    expect(shell.complaints).toEqual([])
    const preload = await readFile(join(import.meta.dirname, '../../dist/shell/preload.cjs'), 'utf8')
    expect([...preload.matchAll(/require\(([^)]*)\)/g)].map(([, what]) => what)).toEqual(['"electron"'])
  })

  it('is sandboxed and isolated, and its session checks no spelling', async () => {
    const { shell } = shared()
    expect((await shell.ask('window'))?.webPreferences).toEqual({
      preload: join(import.meta.dirname, '../../dist/shell/preload.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    })
    expect(await shell.ask('spellChecker')).toBe(false)
  })

  it('comes with the same guards as on the web host; the worker alone may compile WebAssembly', async () => {
    const { page } = shared()
    const answers = await page.evaluate(async () => {
      const worker = performance.getEntriesByType('resource').find(({ name }) => /assets\/worker-/.test(name))
      const look = async (url: string): Promise<Record<string, string>> =>
        Object.fromEntries((await fetch(url)).headers)
      const source = await (await fetch('/')).text()
      const script = /src="\.(\/assets\/index-[^"]+)"/.exec(source)?.[1] ?? ''
      const code = await (await fetch(script)).text()
      const named = /worker-[\w-]+\.js/.exec(code)?.[0] ?? ''
      return { page: await look('/'), worker: await look(worker?.name ?? `/assets/${named}`) }
    })
    for (const headers of [answers.page, answers.worker]) {
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['cross-origin-opener-policy']).toBe('same-origin')
      expect(headers['cross-origin-embedder-policy']).toBe('require-corp')
      expect(headers['content-security-policy']).toMatch(/^default-src 'none';/)
      expect(headers['content-security-policy']).not.toMatch(/'unsafe-(eval|inline)'|\*/)
    }
    expect(answers.page['content-security-policy']).not.toContain('wasm-unsafe-eval')
    expect(answers.worker['content-security-policy']).toContain("script-src 'self' 'wasm-unsafe-eval'")
    expect(answers.worker['content-type']).toMatch(/^text\/javascript/)
  })

  it('finds nothing at addresses that are no file of the page, and can only read', async () => {
    const { page } = shared()
    const statuses = await page.evaluate(async () => {
      const paths = [
        '/package.json',
        '/..%2fpackage.json',
        '/%2e%2e/package.json',
        '/assets/',
        '/shell/main.cjs',
      ]
      const odd = [
        '/bytes/',
        '/bytes/0123456789abcdef0123456789abcdef',
        '/bytes/..%2f..%2fx',
        '/index.html%00',
        '//x',
      ]
      const asked = [...paths, ...odd].map(async (path) => (await fetch(location.origin + path)).status)
      const written = (await fetch('/', { method: 'POST' })).status
      return { read: await Promise.all(asked), written }
    })
    expect(statuses).toEqual({ read: Array.from({ length: 10 }, () => 404), written: 405 })
  })

  it('cannot leave, open windows, load from elsewhere, or send anything there', async () => {
    const { shell, page } = shared()
    const before = page.url()
    for (const url of ['https://example.org/', 'http://127.0.0.1:9/', '/assets/', 'file:///etc/passwd']) {
      await page.evaluate((to) => location.assign(to), url).catch(() => {})
      await page.waitForTimeout(100)
      expect(page.url()).toBe(before)
    }
    await page.evaluate(() => {
      window.open('https://example.org/')
      window.open('about:blank')
      const link = Object.assign(document.createElement('a'), { href: '/', target: '_blank' })
      document.body.append(link)
      link.click()
      link.remove()
    })
    await eventually(() => page.context().pages().length === 1)
    const reached = await page.evaluate(async () => {
      const tried = await fetch('https://example.org/').then(String, () => 'refused')
      const frame = document.body.appendChild(document.createElement('iframe'))
      frame.src = '/'
      await new Promise((resolve) => setTimeout(resolve, 300))
      let inner = 'refused'
      try {
        inner = typeof Reflect.get(frame.contentWindow ?? {}, 'sightglass')
      } catch {
        // another origin: an error page
      }
      frame.remove()
      return [tried, inner]
    })
    expect(reached[0]).toBe('refused')
    expect(['refused', 'undefined']).toContain(reached[1])
    for (const url of ['https://example.org/', 'http://x/', 'wss://x/', 'file:///etc/passwd'])
      expect(await shell.ask('maySend', 1, url)).toBe(false)
    expect(await shell.ask('maySend', 1, 'app://local/index.html')).toBe(true)
    expect(await shell.ask('maySend', 1, 'app://local.evil.test/')).toBe(false)
    for (const url of ['https://example.org/', 'app://local/', 'about:blank']) {
      expect(await shell.ask('mayOpen', 1, url)).toBe(false)
      expect(await shell.ask('mayNavigate', 1, url, true)).toBe(false)
      expect(await shell.ask('mayNavigate', 1, url, false)).toBe(false)
    }
  })

  it('is granted no permission and no device', async () => {
    const { shell } = shared()
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'clipboard-read',
      'usb',
      'hid',
      'serial',
    ])
      expect(await shell.ask('askPermission', permission)).toEqual({
        asked: false,
        checked: false,
        device: false,
      })
  })

  it('is the only one answered: other frames are refused on the real channels', async () => {
    const { shell } = shared()
    const frames = [
      null,
      { url: 'about:blank', top: true, token: 'top' },
      { url: 'app://local/', top: false, token: 'inner' },
      { url: 'https://example.org/', top: true, token: 'top' },
    ]
    for (const frame of frames) {
      await expect(shell.ask('invokeAs', frame, channel.call, ['app.info', {}])).rejects.toThrow('refused')
      await expect(shell.ask('invokeAs', frame, channel.chooseFile, [])).rejects.toThrow('refused')
      await expect(shell.ask('invokeAs', frame, channel.saveFile, ['a', new Uint8Array(1)])).rejects.toThrow(
        'refused',
      )
      expect(
        await shell.ask('postAs', frame, channel.stream, { name: 'files.open', args: { path: '/a' } }),
      ).toEqual([])
    }
    const ours = { url: 'app://local/', top: true, token: 'top' }
    expect(await shell.ask('invokeAs', ours, channel.call, ['app.info', {}])).toMatchObject({ ok: true })
    await expect(shell.ask('invokeAs', ours, 'sightglass:other', [])).rejects.toThrow('No handler registered')
  })
})
