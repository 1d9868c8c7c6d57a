// The app object: its life from the first line of main to the last window.
import { EventEmitter } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import type { App } from 'electron'
import type { StandInWindow } from './window.ts'
import { PreventableEvent } from './world.ts'
import type { World } from './world.ts'

type AppShape = Pick<
  App,
  | 'whenReady' | 'isReady' | 'quit' | 'exit' | 'enableSandbox' | 'setName' | 'setPath' | 'getPath' | 'getVersion' | 'getLocale'
  | 'requestSingleInstanceLock' | 'setAboutPanelOptions' | 'isPackaged' | 'getAppPath' | 'setActivationPolicy'
> // prettier-ignore

export class StandInApp extends EventEmitter implements AppShape {
  world: World | null = null
  readonly windows = new Set<StandInWindow>()
  readonly isPackaged = false
  readonly #paths = new Map<string, string>()
  readonly #root: string
  readonly #ready = Promise.withResolvers<undefined>()
  #sending: Promise<unknown> = Promise.resolve()

  constructor(root: string) {
    super()
    this.#root = root
    this.on('browser-window-created', (_event: object, window: StandInWindow) => this.windows.add(window))
    this.on('stand-in-window-gone', (window: StandInWindow) => {
      this.windows.delete(window)
      if (this.windows.size > 0 || this.#world.quitting) return
      if (this.listenerCount('window-all-closed') > 0) this.emit('window-all-closed')
      else this.quit()
    })
  }
  get #world(): World {
    if (this.world === null) throw new Error('the program has not started')
    return this.world
  }

  whenReady(): Promise<void> {
    return this.#ready.promise
  }
  isReady(): boolean {
    return this.#world.ready
  }
  becomeReady(): void {
    this.#world.ready = true
    this.emit('ready', {}, {})
    this.#ready.resolve(undefined)
  }

  /** Windows may refuse, and so may listeners, at the same places as in Electron. */
  quit(): void {
    const first = new PreventableEvent()
    this.emit('before-quit', first)
    if (first.defaultPrevented) return
    this.#world.quitting = true
    for (const window of [...this.windows]) window.close()
    if (this.windows.size > 0) {
      this.#world.quitting = false
      return
    }
    const last = new PreventableEvent()
    this.emit('will-quit', last)
    if (last.defaultPrevented) return
    this.emit('quit', {}, 0)
    this.exit(0)
  }
  exit(code = 0): void {
    void this.#sending.finally(() => process.exit(code))
  }

  enableSandbox(): void {
    if (this.#world.ready) throw new Error('`app.enableSandbox()` can only be called before the app is ready')
  }
  setName(name: string): void {
    super.setMaxListeners(20)
    this.#paths.set('name', name)
  }
  setPath(name: string, path: string): void {
    if (!isAbsolute(path)) throw new Error('Path must be absolute')
    if (!existsSync(path)) throw new Error('Failed to set path')
    this.#paths.set(name, path)
  }
  getPath(name: string): string {
    const path = this.#paths.get(name)
    if (path === undefined) throw new Error(`Failed to get '${name}' path`)
    return path
  }
  /** Electron knows it only once it is ready. */
  getLocale(): string {
    return this.isReady() ? 'en-US' : ''
  }

  getVersion(): string {
    if (this.#world.start.version !== null) return this.#world.start.version
    const about: unknown = JSON.parse(readFileSync(join(this.#root, 'package.json'), 'utf8'))
    return typeof about === 'object' && about !== null && 'version' in about ? String(about.version) : ''
  }
  getAppPath(): string {
    return this.#root
  }
  requestSingleInstanceLock(data: Record<string, unknown> = {}): boolean {
    if (!this.#world.start.locked) return true
    this.#sending = this.#world.ask('secondInstance', process.argv, process.cwd(), data)
    return false
  }
  setAboutPanelOptions(): void {}
  setActivationPolicy(): void {}
}
