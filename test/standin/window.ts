// BrowserWindow and its webContents. The page itself is in the test's browser; here is what the program sees of it.
import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import type { BrowserWindow, BrowserWindowConstructorOptions, WebContents } from 'electron'
import { decode, encode } from './clone.ts'
import { Ports, frameObject } from './main-ipc.ts'
import type { StandInIpc } from './main-ipc.ts'
import type { StandInSession } from './session.ts'
import type { FrameLook, FromPage, Rectangle, ToPage, WindowLook } from './wire.ts'
import { PreventableEvent, needReady, strict } from './world.ts'
import type { World } from './world.ts'

type ContentsShape = Pick<WebContents, 'send' | 'isDestroyed' | 'reload' | 'setWindowOpenHandler'>
type WindowShape = Pick<
  BrowserWindow,
  | 'loadURL' | 'show' | 'focus' | 'close' | 'isDestroyed' | 'isMinimized' | 'restore'
  | 'maximize' | 'isMaximized' | 'setFullScreen' | 'isFullScreen' | 'getNormalBounds'
> // prettier-ignore

const topToken = 'top'
const gone = (): never => {
  throw new TypeError('Object has been destroyed')
}

export class StandInContents extends EventEmitter implements ContentsShape {
  readonly #world: World
  readonly #id: number
  readonly ports: Ports = new Ports(this)
  #url = 'about:blank'
  #destroyed = false
  #openHandler: ((details: { url: string }) => { action: string }) | null = null

  constructor(world: World, id: number) {
    super()
    this.#world = world
    this.#id = id
  }
  get mainFrame(): WebContents['mainFrame'] {
    if (this.#destroyed) gone()
    return frameObject({ url: this.#url, top: true, token: topToken }) as WebContents['mainFrame'] // a part of one
  }
  send(channel: string, ...args: unknown[]): void {
    if (this.#destroyed) gone()
    this.toPage({ type: 'message', channel, body: encode(args) })
  }
  isDestroyed(): boolean {
    return this.#destroyed
  }
  reload(): void {
    if (this.#destroyed) gone()
    this.begin()
    void this.#world.ask('reload', this.#id)
  }
  setWindowOpenHandler(handler: Parameters<WebContents['setWindowOpenHandler']>[0]): void {
    this.#openHandler = handler as (details: { url: string }) => { action: string }
  }

  mayOpen(url: string): boolean {
    return this.#openHandler === null || this.#openHandler({ url }).action === 'allow'
  }
  mayNavigate(url: string, top: boolean): boolean {
    const events = top ? ['will-frame-navigate', 'will-navigate'] : ['will-frame-navigate']
    for (const name of events) {
      const event = Object.assign(new PreventableEvent(), { url, isMainFrame: top, isSameDocument: false })
      this.emit(name, event, url)
      if (event.defaultPrevented) return false
    }
    if (top) this.begin(url)
    return true
  }
  /** A new document begins in the top frame: what the old one held is gone. */
  begin(url = this.#url): void {
    this.#url = url
    this.ports.closeAll()
    this.emit('did-start-navigation', { url, isMainFrame: true, isSameDocument: false })
  }
  toPage(message: ToPage): void {
    if (!this.#destroyed) void this.#world.ask('toPage', this.#id, message).catch(() => {}) // the page may be gone
  }
  destroy(): void {
    this.#destroyed = true
    this.ports.closeAll()
    this.emit('destroyed')
  }
}

let windows = 0

export class StandInWindow extends EventEmitter implements WindowShape {
  readonly id = ++windows
  readonly webContents: StandInContents
  readonly #world: World
  readonly #options: BrowserWindowConstructorOptions
  readonly #session: StandInSession
  readonly #opened: Promise<void>
  #bounds: Rectangle
  #shown: boolean
  #maximized = false
  #fullScreen = false
  #focused = false
  #destroyed = false

  constructor(world: World, options: BrowserWindowConstructorOptions, defaultSession: StandInSession) {
    super()
    needReady(world, 'Cannot create BrowserWindow')
    const { webPreferences = {}, width = 800, height = 600, x, y, show = true } = options
    if (webPreferences.sandbox === false || webPreferences.contextIsolation === false)
      throw new Error('the stand-in has only sandboxed windows with isolated contexts')
    const area = world.start.workAreas[0] ?? { x: 0, y: 0, width: 1920, height: 1080 }
    this.#world = world
    this.#options = options
    this.#session = (webPreferences.session as unknown as StandInSession | undefined) ?? defaultSession
    this.#shown = show
    this.#bounds = {
      x: x ?? area.x + Math.round((area.width - width) / 2),
      y: y ?? area.y + Math.round((area.height - height) / 2),
      width,
      height,
    }
    this.webContents = strict('webContents', new StandInContents(world, this.id))
    const preload = webPreferences.preload === undefined ? '' : readFileSync(webPreferences.preload, 'utf8')
    this.#opened = this.#session.listen().then((origin) => world.ask('openPage', this.id, origin, preload))
    world.app.emit('web-contents-created', {}, this.webContents)
    world.app.emit('browser-window-created', {}, this)
  }

  async loadURL(url: string): Promise<void> {
    if (this.#destroyed) gone()
    this.webContents.begin(url)
    await this.#opened
    const real = await this.#session.toReal(url)
    try {
      await this.#world.ask('load', this.id, real.url, real.base)
    } catch (error) {
      if (!this.#destroyed) throw error
    }
    if (this.#destroyed) return
    this.webContents.emit('dom-ready')
    this.emit('ready-to-show')
    this.webContents.emit('did-finish-load')
  }
  show(): void {
    this.#shown = true
    this.focus()
    this.emit('show')
  }
  focus(): void {
    this.#focused = true
  }
  close(): void {
    if (this.#destroyed) return
    const event = new PreventableEvent()
    this.emit('close', event)
    if (!event.defaultPrevented) this.#destroy()
  }
  #destroy(): void {
    this.#destroyed = true
    this.webContents.destroy()
    void this.#world.ask('closePage', this.id)
    this.emit('closed')
    this.#world.app.emit('stand-in-window-gone', this)
  }
  isDestroyed(): boolean {
    return this.#destroyed
  }
  isMinimized(): boolean {
    return false
  }
  restore(): void {
    this.#shown = true
  }
  maximize(): void {
    this.#maximized = true
    this.emit('resize')
  }
  isMaximized(): boolean {
    return this.#maximized
  }
  setFullScreen(flag: boolean): void {
    this.#fullScreen = flag
    this.emit('resize')
  }
  isFullScreen(): boolean {
    return this.#fullScreen
  }
  getNormalBounds(): Rectangle {
    if (this.#destroyed) gone()
    return this.#bounds
  }

  /** The person drags the window. */
  setPlace(bounds: Rectangle, maximized: boolean): void {
    this.#bounds = bounds
    this.#maximized = maximized
    this.emit('move')
    this.emit('resize')
  }
  look(): WindowLook {
    const { webPreferences = {}, ...options } = this.#options
    const { session: _session, ...preferences } = webPreferences
    return {
      bounds: this.#bounds,
      shown: this.#shown,
      maximized: this.#maximized,
      focused: this.#focused,
      options: { ...options },
      webPreferences: { ...preferences },
    }
  }

  get session(): StandInSession {
    return this.#session
  }

  fromPage(ipc: StandInIpc, look: FrameLook, message: FromPage): void {
    const { webContents } = this
    const frame = frameObject(look)
    switch (message.type) {
      case 'invoke': {
        const args = decode(message.body) as unknown[] // made by encode, of a list
        const { id } = message
        ipc.invoke(webContents, frame, message.channel, args).then(
          (body) => webContents.toPage({ type: 'reply', id, body }),
          (error: unknown) =>
            webContents.toPage({ type: 'reply', id, error: error instanceof Error ? error.message : '' }),
        )
        return
      }
      case 'send':
        return ipc.deliver(webContents, frame, message.channel, decode(message.body) as unknown[], [])
      case 'post': {
        const ports = message.ports.map((id) => webContents.ports.take(id))
        return ipc.deliver(webContents, frame, message.channel, [decode(message.body)], ports)
      }
      case 'port':
      case 'port-closed':
        return webContents.ports.receive(message)
      case 'preload-failed':
        console.error(`Unable to load preload script: ${message.error}`)
        webContents.emit('preload-error', {}, '', new Error(message.error))
    }
  }
}
