// The one window, and what is denied in it. The session lives in memory only: nothing of a telemetry file can
// end up in a browser cache on disk.
import { BrowserWindow, nativeTheme, screen, session } from 'electron'
import type { Session, WebContents } from 'electron'
import { join } from 'node:path'
import type { Words } from '../shared/words/en.ts'
import { pageAddress } from './ipc.ts'
import { placeWindow, smallest } from './window-state.ts'
import type { WindowState } from './window-state.ts'

/** As the settings want them at that moment. */
type Say = () => Words['desktop']

/** The start script waits for this line. */
export const shownLine = 'sightglass: window shown'

/** The page's paper, so that the window has its colour before the page has painted. */
const paper = { light: '#fcfcfa', dark: '#14171a' } as const

/** A session of our own, with every permission, device and way to the network denied. */
export function openSession(): Session {
  const ours = session.fromPartition('sightglass', { cache: false })
  ours.setSpellCheckerEnabled(false) // it would fetch dictionaries
  ours.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  ours.setPermissionCheckHandler(() => false)
  ours.setDevicePermissionHandler(() => false)
  ours.setDisplayMediaRequestHandler((_request, answer) => answer(null))
  ours.webRequest.onBeforeRequest(({ url }, answer) => {
    answer({ cancel: ![pageAddress, 'devtools://'].some((start) => url.startsWith(start)) })
  })
  ours.on('will-download', (event) => event.preventDefault())
  return ours
}

/** For every contents that ever exists in this program. */
export function denyLeaving(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.on('will-navigate', (event) => event.preventDefault())
  contents.on('will-frame-navigate', (event) => event.preventDefault())
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
}

export function createWindow(
  ours: Session,
  state: WindowState,
  onChange: (state: WindowState) => void,
  say: Say,
): BrowserWindow {
  const primary = screen.getPrimaryDisplay()
  const displays = [primary, ...screen.getAllDisplays().filter(({ id }) => id !== primary.id)]
  const place = placeWindow(
    state,
    displays.map(({ workArea }) => workArea),
  )
  const window = new BrowserWindow({
    ...place,
    minWidth: smallest.width,
    minHeight: smallest.height,
    show: false,
    title: 'Sightglass',
    backgroundColor: nativeTheme.shouldUseDarkColors ? paper.dark : paper.light,
    webPreferences: {
      session: ours,
      preload: join(import.meta.dirname, 'preload.cjs'),
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
    },
  })
  if (state.maximized) window.maximize()
  if (state.fullScreen) window.setFullScreen(true)
  tell(window, onChange)
  recover(window.webContents, say)
  window.once('ready-to-show', () => {
    window.show()
    console.log(shownLine)
  })
  window.loadURL(pageAddress).catch((error: unknown) => console.error(say().pageNotLoaded(String(error))))
  return window
}

/** Tells the window's place a moment after it changed, and when it closes. */
function tell(window: BrowserWindow, onChange: (state: WindowState) => void): void {
  let timer: NodeJS.Timeout | undefined
  const now = (): void => {
    clearTimeout(timer)
    if (window.isDestroyed()) return
    onChange({
      bounds: window.getNormalBounds(),
      maximized: window.isMaximized(),
      fullScreen: window.isFullScreen(),
    })
  }
  const soon = (): void => {
    clearTimeout(timer)
    timer = setTimeout(now, 500)
  }
  window.on('resize', soon)
  window.on('move', soon)
  window.on('close', now)
}

/** A page that crashed (out of memory, say) comes back by itself, but not again and again. */
function recover(contents: WebContents, say: Say): void {
  let last = -Infinity
  contents.on('render-process-gone', (_event, { reason }) => {
    console.error(say().pageEnded(reason))
    if (reason === 'clean-exit' || Date.now() - last < 10_000) return
    last = Date.now()
    contents.reload()
  })
}
