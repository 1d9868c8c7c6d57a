// What passes between the three places of the stand-in: the page's isolated world, the test's process (which owns
// the browser), and the program's process (which runs the built main). Bodies are text made by clone.ts.

export type FromPage =
  | { readonly type: 'invoke'; readonly id: number; readonly channel: string; readonly body: string }
  | { readonly type: 'send'; readonly channel: string; readonly body: string }
  | {
      readonly type: 'post'
      readonly channel: string
      readonly body: string
      readonly ports: readonly number[]
    }
  | { readonly type: 'port'; readonly id: number; readonly body: string }
  | { readonly type: 'port-closed'; readonly id: number }
  | { readonly type: 'preload-failed'; readonly error: string }

export type ToPage =
  | { readonly type: 'reply'; readonly id: number; readonly body?: string; readonly error?: string }
  | { readonly type: 'message'; readonly channel: string; readonly body: string }
  | { readonly type: 'port'; readonly id: number; readonly body: string }
  | { readonly type: 'port-closed'; readonly id: number }

export interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** What a test may know of the window. */
export interface WindowLook {
  readonly bounds: Rectangle
  readonly shown: boolean
  readonly maximized: boolean
  readonly focused: boolean
  readonly options: { readonly [name: string]: unknown }
  readonly webPreferences: { readonly [name: string]: unknown }
}

export interface MenuLook {
  readonly label: string
  readonly role: string | null
  readonly accelerator: string | null
  readonly items: readonly MenuLook[]
}

/** The frame a message says it comes from; null is a frame that is already gone. */
export type FrameLook = { readonly url: string; readonly top: boolean; readonly token: string } | null

/** How the program's process is started. */
export interface Start {
  readonly main: string
  readonly args: readonly string[]
  readonly platform: NodeJS.Platform
  readonly locked: boolean
  readonly openBeforeReady: readonly string[]
  readonly workAreas: readonly Rectangle[]
  readonly dark: boolean
  /** What opens the system's keyring; null where the desktop has none. */
  readonly keyring: string | null
  /** What package.json says, unless a test wants another. */
  readonly version: string | null
}

/** What the test's process answers to. */
export interface TestSide {
  openPage(window: number, origin: string, preload: string): Promise<void>
  /** `base` is what Electron would call the place: app://local */
  load(window: number, url: string, base: string): Promise<void>
  reload(window: number): Promise<void>
  closePage(window: number): Promise<void>
  toPage(window: number, message: ToPage): Promise<void>
  chooseFile(): string[]
  /** Where to, or nothing where the dialog is closed. */
  saveFile(suggested: string): string
  theme(source: string): Promise<void>
  utilityBegan(id: number, pid: number): void
  utilityEnded(id: number): void
  secondInstance(argv: string[], folder: string, data: unknown): void
}

/** What the program's process answers to. */
export interface ProgramSide {
  start(how: Start): void
  fromPage(window: number, frame: FrameLook, message: FromPage): void
  /** The test reloads the page, as a tool from outside does: nobody is asked. */
  reloaded(window: number): void
  /** True when the program lets it happen. */
  mayNavigate(window: number, url: string, top: boolean): boolean
  mayOpen(window: number, url: string): boolean
  maySend(window: number, url: string): boolean
  navigatedWithin(window: number): void
  /** Sends a message as a frame of the test's choosing; gives the reply, or throws what the page would get. */
  invokeAs(frame: FrameLook, channel: string, args: unknown[]): unknown
  /** The same with arguments too deep for structured clone. */
  invokeTextAs(frame: FrameLook, channel: string, args: string): unknown
  /** What comes back over the port before it closes, or before the answer. */
  postAs(frame: FrameLook, channel: string, message: unknown): Promise<unknown[]>
  emitApp(name: string, args: unknown[]): void
  emitContents(name: string, args: unknown[]): void
  askPermission(permission: string): { asked: boolean; checked: boolean; device: boolean }
  spellChecker(): boolean
  window(): WindowLook | null
  setBounds(bounds: Rectangle, maximized: boolean): void
  closeWindow(): void
  menu(): MenuLook[]
  clickMenu(labels: string[]): void
  quit(): void
}
