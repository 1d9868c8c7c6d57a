// Row I12: the twenty items of Electron's security checklist (electronjs.org/docs/latest/tutorial/security), each held
// against the shell's own code. The code runs with an `electron` that only writes down what it is asked for; what can't
// be seen that way is looked for in the sources.
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { fuses } from '../../scripts/pack/fuses.mjs'
import { channel, shellNames } from '../../shared/shell.ts'

type Handler = (...given: unknown[]) => unknown
/** What the code asked of Electron: the arguments of each call, by its name. */
const electron = vi.hoisted(() => {
  const asked = new Map<string, unknown[][]>()
  const note = (name: string, given: unknown[]): void =>
    void asked.set(name, [...(asked.get(name) ?? []), given])
  /** An object that has every method and notes its calls; where an answer matters, it is given here. */
  const part = (of: string, answers: Record<string, unknown> = {}): object =>
    new Proxy(answers, {
      get: (known, name) => {
        if (typeof name === 'symbol' || name === 'then') return undefined
        if (name in known && typeof known[name] !== 'function') return known[name]
        return (...given: unknown[]): unknown => {
          note(`${of}.${name}`, given)
          const answer = known[name]
          return typeof answer === 'function' ? Reflect.apply(answer, null, given) : undefined
        }
      },
    })
  const contents = part('contents')
  const ours = part('session', { webRequest: part('webRequest'), protocol: part('ours') })
  const square = { id: 1, workArea: { x: 0, y: 0, width: 1000, height: 800 } }
  return {
    asked,
    module: {
      // Not the first: it hands its files to another and is done, which is all of main that needs no Electron.
      app: part('app', { requestSingleInstanceLock: () => false }),
      BrowserWindow: function (options: unknown) {
        note('BrowserWindow', [options])
        return part('window', { webContents: contents, loadURL: () => Promise.resolve() })
      },
      contextBridge: part('contextBridge'),
      dialog: part('dialog'),
      ipcMain: part('ipcMain'),
      ipcRenderer: part('ipcRenderer', { invoke: () => Promise.resolve(null) }),
      Menu: part('Menu'),
      nativeTheme: part('nativeTheme', { shouldUseDarkColors: false }),
      protocol: part('protocol'),
      safeStorage: part('safeStorage'),
      screen: part('screen', { getPrimaryDisplay: () => square, getAllDisplays: () => [square] }),
      session: part('sessions', { fromPartition: () => ours }),
      utilityProcess: part('utilityProcess'),
      webUtils: part('webUtils'),
    },
    contents,
  }
})
vi.mock('electron', () => electron.module)

const root = join(import.meta.dirname, '../..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const sources = (pattern: string): string => globSync(pattern, { cwd: root }).map(read).join('\n')
const [shell, page] = [sources('electron/*.ts'), sources('renderer/**/*.{ts,svelte,html}')]

const calls = (name: string): unknown[][] => electron.asked.get(name) ?? []
const handlerOf = (name: string, event?: string): Handler => {
  const call = calls(name).find(([first]) => event === undefined || first === event)
  expect(call, `${name} ${event ?? ''}`).toBeDefined()
  return call?.at(-1) as Handler
}
const answersOf = (name: string, ...given: unknown[]): unknown[] => {
  const told: unknown[] = []
  handlerOf(name)(...given, (answer: unknown) => void told.push(answer))
  return told
}
const isPrevented = (event: string): boolean => {
  const preventDefault = vi.fn()
  handlerOf('contents.on', event)({ preventDefault })
  return preventDefault.mock.calls.length === 1
}
const preferences = (): Record<string, unknown> =>
  (calls('BrowserWindow')[0]?.[0] as { webPreferences: Record<string, unknown> }).webPreferences

let folder = ''
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sightglass-checklist-'))
  vi.stubEnv('SIGHTGLASS_HOME', folder)
  const said = vi.spyOn(console, 'log').mockImplementation(() => {})
  await import('../../electron/main.ts')
  said.mockRestore()
  await import('../../electron/preload.ts')
  const { createWindow, openSession } = await import('../../electron/window.ts')
  const { en } = await import('../../shared/words/en.ts')
  const place = { bounds: null, maximized: false, fullScreen: false }
  createWindow(
    openSession(),
    place,
    () => {},
    () => en.desktop,
  )
  handlerOf('app.on', 'web-contents-created')({}, electron.contents)
})
afterAll(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

const items: Readonly<Record<string, () => void | Promise<void>>> = {
  '1 only secure content is loaded': () => {
    expect(calls('window.loadURL')).toEqual([['app://local/']])
    const [[schemes] = []] = calls('protocol.registerSchemesAsPrivileged') as [unknown[]][]
    expect(schemes).toMatchObject([{ scheme: 'app', privileges: { standard: true, secure: true } }])
    for (const url of [
      'http://evil.test/',
      'https://evil.test/',
      'ws://evil.test/',
      'app://other/',
      'ftp://evil.test/',
    ])
      expect(answersOf('webRequest.onBeforeRequest', { url })).toEqual([{ cancel: true }])
    expect(answersOf('webRequest.onBeforeRequest', { url: 'app://local/index.html' })).toEqual([
      { cancel: false },
    ])
  },
  '2 no Node.js for the page, its workers and frames': () =>
    expect(preferences()).toMatchObject({
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
    }),
  '3 contexts are isolated': () => expect(preferences()).toMatchObject({ contextIsolation: true }),
  '4 every process of a page is sandboxed': () => {
    expect(preferences()).toMatchObject({ sandbox: true })
    expect(calls('app.enableSandbox')).toHaveLength(1)
    expect(shell).not.toMatch(/no-sandbox/)
  },
  '5 permissions are denied': () => {
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'openExternal',
      'clipboard-read',
      'hid',
    ])
      expect(answersOf('session.setPermissionRequestHandler', null, permission)).toEqual([false])
    expect(handlerOf('session.setPermissionCheckHandler')(null, 'media')).toBe(false)
    expect(handlerOf('session.setDevicePermissionHandler')({})).toBe(false)
    expect(answersOf('session.setDisplayMediaRequestHandler', {})).toEqual([null])
  },
  '6 web security is on': () => {
    expect(preferences()).toMatchObject({ webSecurity: true })
    expect(shell).not.toMatch(/disable-web-security|webSecurity: false/)
  },
  '7 every file of the page comes with a content security policy': async () => {
    const { dataHeaders, listPage } = await import('../../host/page.ts')
    for (const name of ['index.html', 'app.js', 'style.css', 'mark.svg'])
      writeFileSync(join(folder, name), '')
    const served = await listPage(folder)
    for (const path of ['/', '/index.html', '/app.js', '/style.css', '/mark.svg']) {
      const policy = (await served.answer(path))?.headers.get('content-security-policy')
      expect(policy, path).toMatch(/^default-src 'none';/)
      expect(policy, path).not.toMatch(/unsafe|\*|https?:|data:|blob:/)
    }
    expect(dataHeaders['content-security-policy']).toMatch(/^default-src 'none';/)
    expect(page).not.toMatch(/\beval\(|new Function\(/)
  },
  '8 insecure content does not run': () =>
    expect(preferences()).toMatchObject({ allowRunningInsecureContent: false }),
  '9 no experimental features': () => {
    expect(preferences()).not.toHaveProperty('experimentalFeatures')
    expect(shell).not.toMatch(/experimental-web-platform-features|enable-features/)
  },
  '10 no features of Blink are switched on': () => {
    expect(preferences()).not.toHaveProperty('enableBlinkFeatures')
    expect(shell).not.toMatch(/enable-blink-features/)
  },
  '11 no pop-ups of webviews': () => {
    expect(preferences()).toMatchObject({ webviewTag: false })
    expect(page + shell).not.toMatch(/<webview|allowpopups/i)
  },
  '12 no webview is attached': () => expect(isPrevented('will-attach-webview')).toBe(true),
  '13 no navigation': () => {
    for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect'])
      expect(isPrevented(event)).toBe(true)
    expect(preferences()).toMatchObject({ navigateOnDragDrop: false })
  },
  '14 no new windows': () =>
    expect(handlerOf('contents.setWindowOpenHandler')({ url: 'https://evil.test/' })).toEqual({
      action: 'deny',
    }),
  '15 nothing is opened by the system’s other programs': () =>
    expect(shell).not.toMatch(/openExternal\(|\bshell\b[^\n]*from 'electron'/),
  '16 Electron is the one that is pinned, of a kind that is still looked after': () => {
    const version = (path: string): string => (JSON.parse(read(path)) as { version: string }).version
    const { devDependencies } = JSON.parse(read('package.json')) as { devDependencies: { electron: string } }
    expect(version('node_modules/electron/package.json')).toBe(devDependencies.electron)
    expect(Number(devDependencies.electron.split('.')[0])).toBeGreaterThanOrEqual(45)
  },
  '17 the sender of every message is looked at': async () => {
    const { connectIpc } = await import('../../electron/ipc.ts')
    const registered = new Map<string, Handler>()
    const register = (name: string, handler: unknown): unknown => registered.set(name, handler as Handler)
    const ipcMain: unknown = { handle: register, on: register }
    const never = (): never => {
      throw new Error('it was answered')
    }
    const rpc = { call: never, stream: never }
    const deps = { contents: () => null, rpc, chooseFile: never, saveFile: never }
    connectIpc({ ...deps, ipcMain: ipcMain as Parameters<typeof connectIpc>[0]['ipcMain'] })
    const { open, ...incoming } = channel
    expect([...registered.keys()].sort()).toEqual(Object.values(incoming).sort())
    expect(registered.has(open)).toBe(false)
    const close = vi.fn()
    const stranger = { sender: {}, senderFrame: null, ports: [{ close }] }
    for (const name of [channel.call, channel.chooseFile, channel.saveFile])
      expect(() => registered.get(name)?.(stranger, 'app.info', {})).toThrow('refused')
    for (const name of [channel.stream, channel.ready])
      registered.get(name)?.(stranger, { name: 'files.open' })
    expect(close).toHaveBeenCalledOnce()
    // No other file of the shell listens to pages.
    const listening = globSync('electron/*.ts', { cwd: root }).filter((path) =>
      /ipcMain\.(on|handle)/.test(read(path)),
    )
    expect(listening).toEqual(['electron/ipc.ts'])
  },
  '18 the page has a scheme of its own, and file:// is not used': () => {
    expect(shell).not.toMatch(/loadFile\(|file:\/\//)
    expect(shell).toMatch(/\.protocol\.handle\(pageScheme,/)
    expect(answersOf('webRequest.onBeforeRequest', { url: 'file:///etc/passwd' })).toEqual([{ cancel: true }])
    expect(fuses.GrantFileProtocolExtraPrivileges).toBe(false)
  },
  '19 fuses are turned off that nobody needs, and on that protect': () => {
    const { RunAsNode, EnableNodeOptionsEnvironmentVariable, EnableNodeCliInspectArguments } = fuses
    expect([RunAsNode, EnableNodeOptionsEnvironmentVariable, EnableNodeCliInspectArguments]).toEqual([
      false,
      false,
      false,
    ])
    const { EnableCookieEncryption, EnableEmbeddedAsarIntegrityValidation, OnlyLoadAppFromAsar } = fuses
    expect([EnableCookieEncryption, EnableEmbeddedAsarIntegrityValidation, OnlyLoadAppFromAsar]).toEqual([
      true,
      true,
      true,
    ])
    const builder = read('electron-builder.yml')
    expect(builder).toMatch(/^afterPack: scripts\/pack\/after-pack\.mjs$/m)
    expect(builder).toMatch(/^asar: true$/m)
    expect(shell).not.toMatch(/ELECTRON_RUN_AS_NODE/)
  },
  '20 the page gets six functions of ours, and nothing of Electron’s': () => {
    const [[name, given] = []] = calls('contextBridge.exposeInMainWorld')
    expect(calls('contextBridge.exposeInMainWorld')).toHaveLength(1)
    expect(name).toBe('sightglass')
    const functions = given as Record<string, Handler>
    expect(Object.keys(functions).sort()).toEqual([...shellNames].sort())
    expect(Object.values(functions).every((one) => typeof one === 'function')).toBe(true)
    const heard: unknown[][] = []
    functions['onOpen']?.((...told: unknown[]) => void heard.push(told))
    handlerOf('ipcRenderer.on', channel.open)({ sender: 'Electron’s own' }, '/a.db')
    expect(heard).toEqual([['/a.db']]) // the path, and not the event it came with
    functions['call']?.('app.info', {})
    expect(calls('ipcRenderer.invoke')).toEqual([[channel.call, 'app.info', {}]])
  },
}

it('Electron’s checklist has twenty items, and each is tried', () => {
  expect(Object.keys(items).map((item) => Number.parseInt(item))).toEqual(
    Array.from({ length: 20 }, (_, i) => i + 1),
  )
})
it.each(Object.entries(items))('%s', async (_item, holds) => holds())
