// The stand-in for Electron's runtime fails where Electron fails: small programs, each with one mistake.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startStandIn } from '../standin/standin.ts'
import type { StandIn } from '../standin/standin.ts'
import { launchChromium } from './chromium.ts'
import { programEnvironment } from './options.ts'

let browser: Browser
let folder: string
const running: StandIn[] = []

beforeAll(async () => {
  browser = await launchChromium()
  folder = await mkdtemp(join(tmpdir(), 'sightglass-standin-'))
})
afterEach(async () => {
  for (const standIn of running.splice(0)) await standIn.close()
})
afterAll(async () => {
  await browser.close()
  await rm(folder, { recursive: true, force: true })
})

const register = `protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
])`
const show = `
  const ours = session.fromPartition('try')
  ours.protocol.handle('app', (request) => new Response('<title>' + new URL(request.url).pathname + '</title>', {
    headers: { 'content-type': 'text/html' },
  }))
  const window = new BrowserWindow({ webPreferences: { session: ours, preload: __dirname + '/preload.cjs' } })
  void window.loadURL('app://local/')`
const names =
  'app, BrowserWindow, dialog, ipcMain, Menu, nativeTheme, protocol, screen, session, utilityProcess'

let programs = 0
/** A program of these lines: before it is ready, and after. */
async function program(before: string, after: string, preload = ''): Promise<StandIn> {
  const home = join(folder, String(++programs))
  await mkdir(home)
  const used = names.split(', ').filter((name) => name === 'app' || `${before}${after}`.includes(name))
  await writeFile(
    join(home, 'main.cjs'),
    `const { ${used.join(', ')} } = require('electron')
    ${before}
    app.whenReady().then(async () => { ${after} })`,
  )
  await writeFile(join(home, 'preload.cjs'), preload)
  const standIn = await startStandIn({
    main: join(home, 'main.cjs'),
    environment: programEnvironment({ home }),
    browser,
  })
  running.push(standIn)
  return standIn
}
const windowed = (after: string, preload: string): Promise<StandIn> =>
  program(register, `${show}\n${after}`, preload)

/** A preload that gives the page one function of this body. */
const exposing = (body: string): string =>
  `const { contextBridge, ipcRenderer } = require('electron')
  contextBridge.exposeInMainWorld('tried', { run: (...args) => { ${body} } })`

/** What the page's call ends with: its value, or the words of its failure. */
const run = (page: Page, ...args: unknown[]): Promise<unknown> =>
  page.evaluate(async (given) => {
    const { tried } = window as unknown as { tried: { run(...args: unknown[]): unknown } }
    try {
      return await tried.run(...given)
    } catch (error) {
      return String(error)
    }
  }, args)

async function endsWith(standIn: StandIn, words: string): Promise<void> {
  expect(await standIn.exited).toBe(1)
  expect(standIn.output()).toContain(words)
}

describe('the stand-in fails where Electron fails', () => {
  it('when a scheme is registered after ready', async () => {
    await endsWith(await program('', register), 'should be called before app is ready')
  })

  it('when the page’s scheme was never registered', async () => {
    await endsWith(await program('', show.replace('void', 'await')), 'app is not registered as standard')
  })

  it('when a channel gets a second handler', async () => {
    const twice = `ipcMain.handle('a', () => 1); ipcMain.handle('a', () => 2)`
    await expect(program(twice, '')).rejects.toThrow(`Attempted to register a second handler for 'a'`)
  })

  it('when a scheme gets a second handler', async () => {
    const again = `ours.protocol.handle('app', () => new Response())`
    await endsWith(await windowed(again, ''), 'Failed to register protocol')
  })

  it('when a window, a session or a display is asked for before ready', async () => {
    await expect(program('new BrowserWindow({})', '')).rejects.toThrow('before app is ready')
    await expect(program(`session.fromPartition('x')`, '')).rejects.toThrow('before app is ready')
    await expect(program('screen.getAllDisplays()', '')).rejects.toThrow('before app is ready')
    await expect(program(`utilityProcess.fork('x')`, '')).rejects.toThrow('before app is ready')
  })

  it('when the program’s folder is set to one that is not there', async () => {
    await expect(program(`app.setPath('userData', '/no/where')`, '')).rejects.toThrow('Failed to set path')
  })

  it('when a handler answers with what structured clone refuses', async () => {
    const standIn = await windowed(
      `ipcMain.handle('a', () => ({ say: () => 1 }))`,
      exposing(`return ipcRenderer.invoke('a')`),
    )
    expect(await run(await standIn.page())).toMatch(/Error invoking remote method 'a': .*could not be cloned/)
  })

  it('when the page sends what structured clone refuses', async () => {
    const preload = exposing(`return ipcRenderer.invoke('a', args[0] ?? (() => 1))`)
    const standIn = await windowed(`ipcMain.handle('a', (_event, given) => given)`, preload)
    const page = await standIn.page()
    expect(await run(page)).toContain('An object could not be cloned')
    expect(await run(page, { a: [1, null, { b: 'c' }] })).toEqual({ a: [1, null, { b: 'c' }] })
  })

  it('when the program sends the page what structured clone refuses', async () => {
    const standIn = await windowed(`window.webContents.send('a', () => 1)`, '')
    await endsWith(standIn, 'An object could not be cloned')
  })

  it('when a channel is unknown', async () => {
    const standIn = await windowed('', exposing(`return ipcRenderer.invoke('nobody')`))
    expect(await run(await standIn.page())).toContain(`No handler registered for 'nobody'`)
  })

  it('when a window that was closed is sent something', async () => {
    const late = `app.on('window-all-closed', () => {})
      const { webContents } = window
      window.on('closed', () => webContents.send('a', 1))`
    const standIn = await windowed(late, '')
    await standIn.page()
    await expect(standIn.ask('closeWindow')).rejects.toThrow('Object has been destroyed')
  })

  it('when the page navigates and the program forbids it, and not when it allows it', async () => {
    const rule = `window.webContents.on('will-navigate', (event, url) => {
      if (url.endsWith('/forbidden')) event.preventDefault()
    })`
    const page = await (await windowed(rule, '')).page()
    const go = async (path: string): Promise<string> => {
      await page.evaluate((to) => location.assign(to), path)
      await page.waitForTimeout(300)
      return page.title()
    }
    expect(await go('/forbidden')).toBe('/')
    expect(await go('/allowed')).toBe('/allowed')
    expect(await go('https://example.org/')).toBe('/allowed')
  })

  it('when a sandboxed preload requires Node', async () => {
    const standIn = await windowed('', `require('fs'); ${exposing('return 1')}`)
    const page = await standIn.page()
    expect(await page.evaluate(() => 'tried' in window)).toBe(false)
    await expect.poll(() => standIn.output()).toContain('Unable to load preload script: module not found: fs')
  })

  it('when something is used that it does not have', async () => {
    await expect(program('app.dock', '')).rejects.toThrow('the stand-in has no app.dock')
    await expect(program(`require('electron').powerMonitor`, '')).rejects.toThrow('no electron.powerMonitor')
  })

  it('when a menu item is nothing', async () => {
    await expect(program('Menu.buildFromTemplate([{}])', '')).rejects.toThrow('Invalid template for MenuItem')
  })
})

describe('the stand-in’s context bridge', () => {
  it('hands functions over as functions, whose answers and failures come back', async () => {
    const body = `return args[0](2).then((doubled) => doubled + 1)`
    const page = await (await windowed('', exposing(body))).page()
    const answers = await page.evaluate(async () => {
      const { tried } = window as unknown as {
        tried: { run(call: (n: number) => unknown): Promise<unknown> }
      }
      const good = await tried.run((n) => Promise.resolve(n * 2))
      const bad = await tried.run(() => Promise.reject(new Error('not today'))).catch(String)
      return [good, bad]
    })
    expect(answers).toEqual([5, 'Error: not today'])
  })

  it('copies dates, maps and bytes, drops what stands on a prototype, and refuses symbols', async () => {
    const body = `
      const [date, map, bytes, thing] = args
      return [date instanceof Date, map.get('a'), bytes.length, thing.own, typeof thing.say]`
    const page = await (await windowed('', exposing(body))).page()
    const answers = await page.evaluate(() => {
      const { tried } = window as unknown as { tried: { run(...args: unknown[]): unknown } }
      class Thing {
        own = 1
        say(): void {}
      }
      const seen = tried.run(new Date(), new Map([['a', 1]]), new Uint8Array(3), new Thing())
      const refused = [Symbol('x'), new Map([['f', (): void => {}]])].map((value) => {
        try {
          return tried.run(value)
        } catch (error) {
          return String(error)
        }
      })
      return [seen, ...refused]
    })
    const words = 'Error: An object could not be cloned.'
    expect(answers).toEqual([[true, 1, 3, 1, 'undefined'], words, words])
  })

  it('gives the page nothing of the preload’s world, and an object that it cannot change', async () => {
    const page = await (await windowed('', exposing('return 1'))).page()
    const seen = await page.evaluate(() => {
      const { tried } = window as unknown as { tried: { run: unknown } }
      try {
        tried.run = null
      } catch {
        // strict code throws, other code goes on
      }
      const leaks = ['require', 'process', 'ipcRenderer', 'standInSend', 'standInReceive', 'module', 'Buffer']
      return [typeof tried.run, ...leaks.filter((name) => name in window)]
    })
    expect(seen).toEqual(['function'])
  })
})
