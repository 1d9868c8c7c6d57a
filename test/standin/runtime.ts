// The entry of the program's process: gives the built main an `electron` to require, and lives it through.
import Module, { createRequire, registerHooks } from 'node:module'
import { join } from 'node:path'
import type * as Electron from 'electron'
import { StandInApp } from './app.ts'
import { decode, encode } from './clone.ts'
import { link } from './link.ts'
import { StandInIpc, StandInPort, frameObject } from './main-ipc.ts'
import { Menus, StandInTheme, createDialog, createSafeStorage, createScreen } from './native.ts'
import { Schemes, createSessions } from './session.ts'
import { createUtility } from './utility.ts'
import { StandInWindow } from './window.ts'
import type { FrameLook, ProgramSide, Start, TestSide } from './wire.ts'
import { PreventableEvent, strict } from './world.ts'
import type { World } from './world.ts'

const root = join(import.meta.dirname, '../..')
const app = new StandInApp(root)
const ipcMain = new StandInIpc()
const menus = new Menus()
const byId = new Map<number, StandInWindow>()

const { ask } = link<TestSide>(
  {
    send: (message) => process.send?.(message),
    onMessage: (listener) => process.on('message', listener),
  },
  programSide(),
)
process.on('disconnect', () => process.exit())

function start(how: Start): void {
  Object.defineProperty(process, 'platform', { value: how.platform })
  Object.defineProperty(process, 'defaultApp', { value: true })
  process.argv = [process.execPath, root, ...how.args]
  const world: World = { start: how, app, ask, ready: false, quitting: false }
  app.world = world
  const electron = assemble(world)
  const load: unknown = Reflect.get(Module, '_load')
  Reflect.set(Module, '_load', (request: string, ...rest: unknown[]) => {
    if (request === 'electron') return electron
    const loaded: unknown = Reflect.apply(load as () => unknown, Module, [request, ...rest])
    return loaded
  })
  offerToModules(Object.keys(electron))
  createRequire(import.meta.url)(how.main)
  setImmediate(() => {
    app.emit('will-finish-launching')
    for (const path of how.openBeforeReady) app.emit('open-file', new PreventableEvent(), path)
    app.becomeReady()
  })
}

/** What imports Electron gets the same as what requires it. */
function offerToModules(names: readonly string[]): void {
  const url = 'stand-in:electron'
  const source = `import { createRequire } from 'node:module'
    export const { ${names.join(', ')} } = createRequire(process.execPath)('electron')`
  registerHooks({
    resolve: (asked, context, next) =>
      asked === 'electron' ? { url, shortCircuit: true } : next(asked, context),
    load: (asked, context, next) =>
      asked === url ? { format: 'module', source, shortCircuit: true } : next(asked, context),
  })
}

function assemble(world: World): object {
  const schemes = new Schemes(world)
  const sessions = createSessions(world, schemes)
  /** Called with `new`. */
  function BrowserWindow(options: Electron.BrowserWindowConstructorOptions = {}): StandInWindow {
    const window = new StandInWindow(world, options, sessions.defaultSession)
    byId.set(window.id, window)
    return strict('BrowserWindow', window)
  }
  const parts = {
    app: strict('app', app),
    BrowserWindow,
    dialog: strict('dialog', createDialog(world)),
    ipcMain: strict('ipcMain', ipcMain),
    Menu: strict('Menu', menus.module),
    nativeTheme: strict('nativeTheme', new StandInTheme(world)),
    protocol: strict('protocol', {
      registerSchemesAsPrivileged: (list: Electron.CustomScheme[]) => schemes.register(list),
    } satisfies Pick<Electron.Protocol, 'registerSchemesAsPrivileged'>),
    safeStorage: strict('safeStorage', createSafeStorage(world)),
    screen: strict('screen', createScreen(world)),
    session: strict('session', sessions),
    utilityProcess: strict('utilityProcess', createUtility(world)),
  } satisfies Partial<Record<keyof typeof Electron, unknown>>
  return strict('electron', parts)
}

/** The window that the person sees; the program has one. */
const current = (): StandInWindow | undefined => [...app.windows].at(-1)
function needWindow(): StandInWindow {
  const window = current()
  if (window === undefined) throw new Error('there is no window')
  return window
}

function programSide(): ProgramSide {
  return {
    start,
    fromPage: (id, frame, message) => {
      const window = byId.get(id)
      if (window !== undefined && !window.isDestroyed()) window.fromPage(ipcMain, frame, message)
    },
    reloaded: (id) => byId.get(id)?.webContents.begin(),
    mayNavigate: (id, url, top) => byId.get(id)?.webContents.mayNavigate(url, top) ?? false,
    mayOpen: (id, url) => byId.get(id)?.webContents.mayOpen(url) ?? false,
    maySend: (id, url) => byId.get(id)?.session.maySend(url) ?? false,
    navigatedWithin: (id) =>
      void byId
        .get(id)
        ?.webContents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: true }),
    invokeAs,
    invokeTextAs: (frame, channel, text) => invokeAs(frame, channel, JSON.parse(text) as unknown[]),
    postAs: (frame, channel, message) => {
      const heard: unknown[] = []
      const { promise, resolve } = Promise.withResolvers<unknown[]>()
      const hear = (body: string): void => {
        const told = decode(body)
        heard.push(told)
        if (typeof told === 'object' && told !== null && 'answer' in told) resolve(heard)
      }
      const port = new StandInPort(hear, () => resolve(heard))
      ipcMain.deliver(
        needWindow().webContents,
        frameObject(frame),
        channel,
        [decode(encode(message))],
        [port],
      )
      return promise
    },
    emitApp: (name, args) => void app.emit(name, new PreventableEvent(), ...args),
    emitContents: (name, args) => void needWindow().webContents.emit(name, new PreventableEvent(), ...args),
    askPermission: (permission) => askPermission(permission),
    spellChecker: () => needWindow().session.spellChecker,
    window: () => current()?.look() ?? null,
    setBounds: (bounds, maximized) => needWindow().setPlace(bounds, maximized),
    closeWindow: () => needWindow().close(),
    menu: () => menus.look(),
    clickMenu: (labels) => menus.click(labels),
    quit: () => app.quit(),
  }
}

async function invokeAs(frame: FrameLook, channel: string, args: unknown[]): Promise<unknown> {
  return decode(await ipcMain.invoke(needWindow().webContents, frameObject(frame), channel, args))
}

/** Where nothing was set, Electron says yes. */
function askPermission(permission: string): { asked: boolean; checked: boolean; device: boolean } {
  const { asked, checked, device } = needWindow().session.permissions
  let granted = asked === null
  const call = (handler: unknown, ...args: unknown[]): unknown =>
    handler === null ? true : Reflect.apply(handler as () => unknown, undefined, args)
  if (asked !== null) call(asked, null, permission, (yes: boolean) => (granted = yes), {})
  return {
    asked: granted,
    checked: call(checked, null, permission, '', {}) === true,
    device: call(device, { deviceType: permission, origin: '', device: {} }) === true,
  }
}
