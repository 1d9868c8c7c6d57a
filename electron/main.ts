// The desktop shell: one window that shows the built page over `app://local/`, and the host behind it. Everything
// a page could misuse is denied in window.ts; what the page may do stands in ipc.ts and shared/shell.ts alone.
import { app, dialog, ipcMain, Menu, nativeTheme, protocol, safeStorage } from 'electron'
import type { BrowserWindow, OpenDialogOptions, SaveDialogOptions } from 'electron'
import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { answerBytes, answerNothing, asResponse, listPage } from '../host/page.ts'
import type { Page } from '../host/page.ts'
import { findPaths } from '../host/paths.ts'
import { writeWhole } from '../host/file/write.ts'
import { realHost } from '../host/real.ts'
import type { RealHost } from '../host/real.ts'
import type { Rpc } from '../host/rpc.ts'
import { traceWithoutData } from '../host/trace.ts'
import { JsonFile } from '../host/settings.ts'
import { speak } from '../host/speech.ts'
import { fileName } from '../shared/file-name.ts'
import type { Result } from '../shared/result.ts'
import { ok } from '../shared/result.ts'
import { parseSettings } from '../shared/settings.ts'
import type { Settings } from '../shared/settings.ts'
import { address } from '../shared/web.ts'
import { en } from '../shared/words/en.ts'
import { filesOf, filesSent, isCommandLine } from './arguments.ts'
import { connectIpc, pageHost, pageScheme } from './ipc.ts'
import { keyStoreOf } from './key-store.ts'
import { menuTemplate } from './menu.ts'
import { startUtility } from './utility.ts'
import { createWindow, denyLeaving, openSession, shownLine } from './window.ts'
import { parseWindowState } from './window-state.ts'
import type { WindowState } from './window-state.ts'

const { data } = findPaths({ platform: process.platform, environment: process.env, home: homedir() })
/** Of the menus and dialogs; the window's own words are its page's. */
let { desktop: words } = en
let setMenu = (): void => {}

/** Files asked for before there is anyone to give them to, and then whoever takes them. */
const asked: string[] = []
let open = (path: string): void => void asked.push(path)

/** Built apart from this file, as a module that may wait (vite.config.ts), and loaded only where it is wanted. */
const commandLine = pathToFileURL(join(import.meta.dirname, 'command-line.mjs')).href

if (isCommandLine(process.argv)) void import(/* @vite-ignore */ commandLine)
else openDesktop()

function openDesktop(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: pageScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  ])
  app.enableSandbox()
  app.setName('Sightglass')
  const browserFolder = join(data, 'browser')
  mkdirSync(browserFolder, { recursive: true, mode: 0o700 })
  app.setPath('userData', browserFolder) // the lock is by this folder: another SIGHTGLASS_HOME, another program
  app.on('web-contents-created', (_event, contents) => denyLeaving(contents))
  app.on('open-file', (event, path) => {
    event.preventDefault()
    open(path) // on macOS this may come before the program is ready
  })
  const files = filesOf(process.argv, process.defaultApp, process.cwd())
  if (app.requestSingleInstanceLock({ files })) {
    files.forEach((path) => open(path))
    void run().catch((error: unknown) => {
      console.error(words.couldNotStart(traceWithoutData(error)))
      app.exit(1)
    })
  } else {
    console.log(shownLine) // by the first one, which also opens our files: see second-instance
    app.quit()
  }
}

async function run(): Promise<void> {
  const [host, page] = await Promise.all([
    realHost('electron', {
      startChild: startUtility(() => words),
      version: app.getVersion(),
      packageFile: join(app.getAppPath(), 'package.json'),
      keyStore: keyStoreOf(safeStorage, process.platform),
    }),
    listPage(join(import.meta.dirname, '../page')),
    app.whenReady(),
  ])
  const ours = openSession()
  ours.protocol.handle(pageScheme, (request) => answerPage(host, page, request))
  const rpc = followSettings(host.host.rpc, (settings) => void spoken(settings))
  await rpc.call('settings.get', {})

  const memory = new JsonFile(data, 'window.json', parseWindowState)
  let state = await memory.read()
  let window: BrowserWindow | null = null
  const ipc = connectIpc({
    ipcMain,
    contents: () => window?.webContents ?? null,
    rpc,
    chooseFile: () => chooseFile(window),
    saveFile: (name, bytes) => saveFile(window, name, bytes),
  })
  const show = (): void => {
    if (window !== null) return bringForward(window)
    const keep = (changed: WindowState): void => {
      state = changed
      void memory.change(() => changed)
    }
    window = createWindow(ours, state, keep, () => words)
    window.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) ipc.pageGone()
    })
    window.on('closed', () => {
      window = null
      ipc.pageGone()
    })
  }
  open = (path) => {
    ipc.open(path)
    show()
  }
  const chooseAndOpen = async (): Promise<void> => {
    const path = await chooseFile(window)
    if (path !== null) open(path)
  }
  setMenu = () => {
    const menu = menuTemplate(process.platform, words, { open: () => void chooseAndOpen() })
    Menu.setApplicationMenu(Menu.buildFromTemplate(menu))
  }
  setMenu()
  app.setAboutPanelOptions({ applicationName: 'Sightglass', applicationVersion: app.getVersion() })
  app.on('second-instance', (_event, _argv, _folder, sent) => {
    show()
    filesSent(sent).forEach((path) => open(path))
  })
  app.on('activate', show)
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  beforeTheEnd(async () => {
    await host.close()
    await memory.settled()
  })
  asked.forEach((path) => ipc.open(path))
  show()
}

async function answerPage({ host }: RealHost, page: Page, request: Request): Promise<Response> {
  const { host: where, pathname } = new URL(request.url)
  if (where !== pageHost) return answerNothing(404)
  if (request.method !== 'GET') return answerNothing(405)
  if (pathname.startsWith(address.bytes))
    return asResponse(answerBytes(host, pathname.slice(address.bytes.length), request.headers.get('range')))
  return (await page.answer(pathname)) ?? answerNothing(404)
}

/** In the language of the settings, at once. */
async function spoken({ language }: Settings): Promise<void> {
  const { desktop } = (await speak(language, { LANG: app.getLocale().replace('-', '_') })).words
  if (desktop === words) return
  words = desktop
  setMenu()
}

/** Electron's own parts (menus, dialogs, the page's colour scheme) keep to the theme that the settings name. */
function followSettings(rpc: Rpc, heard: (settings: Settings) => void): Rpc {
  return {
    stream: rpc.stream,
    call: async (name, args) => {
      const answer = await rpc.call(name, args)
      if (name.startsWith('settings.') && answer.ok) {
        const settings = parseSettings(answer.value)
        nativeTheme.themeSource = settings.theme
        heard(settings)
      }
      return answer
    },
  }
}

async function chooseFile(window: BrowserWindow | null): Promise<string | null> {
  const options: OpenDialogOptions = {
    title: words.chooseFile,
    properties: ['openFile'],
    filters: [
      { name: words.telemetryFiles, extensions: ['db', 'sqlite', 'sqlite3', 'db3'] },
      { name: words.allFiles, extensions: ['*'] },
    ],
  }
  const { filePaths } = await (window === null
    ? dialog.showOpenDialog(options)
    : dialog.showOpenDialog(window, options))
  return filePaths[0] ?? null
}

/** The page names the file; where it goes, the person says in the system's dialog, which also asks before replacing. */
async function saveFile(
  window: BrowserWindow | null,
  name: string,
  bytes: Uint8Array,
): Promise<Result<boolean>> {
  const [, start = name, end = ''] = /^(.*)\.(\w{1,8})$/s.exec(name) ?? []
  const options: SaveDialogOptions = { defaultPath: fileName(start, end || 'txt') }
  const { filePath } = await (window === null
    ? dialog.showSaveDialog(options)
    : dialog.showSaveDialog(window, options))
  if (filePath === '') return ok(false)
  const written = await writeWhole(bytes, filePath, true)
  return written.ok ? ok(true) : written
}

function bringForward(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

/** The program ends only when the host has put everything away. */
function beforeTheEnd(putAway: () => Promise<void>): void {
  let done = false
  app.on('will-quit', (event) => {
    if (done) return
    event.preventDefault()
    void putAway().finally(() => {
      done = true
      app.quit()
    })
  })
}
