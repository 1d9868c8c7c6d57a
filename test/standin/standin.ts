// A stand-in for Electron's runtime, for machines that have none. It runs the real, built main process
// (dist/shell/main.cjs) in a Node of its own with an `electron` to require that is typed against Electron's own
// declarations, and shows the real page, with the real preload, in Chromium.
//
// What it cannot show, so that only a real Electron can:
// - the app:// scheme itself: the page lies at http://127.0.0.1:PORT, and its addresses are translated. Whether
//   Chromium takes 'self' of the policy, COOP, COEP, workers and ranges for app:// the same way is not shown.
// - the sandbox of the operating system, process isolation, fuses, code signing, the packaged program, ASAR.
// - Electron's Node and its SQLite (the program's process is this machine's Node), and its Chromium's version.
// - native drawing: window frames, real menus and their default keys, dialogs, title bars, zoom, full screen, the
//   dock, the flash of a wrong background before the first paint, minimising; several displays are numbers only.
// - navigations that make no request (about:blank, data:, javascript:), and a denied window.open() giving null:
//   here the pop-up exists for a moment and is closed.
// - the system's own keyrings, their locks and questions: keys are sealed with a password of the test's.
// - permissions as Chromium asks for them: the handlers are called by the test, not by a page's request.
// - the system's own part in open-file, second instances (the lock is scripted), and quitting at log-out.
// - crashes of the page's process, and of the GPU's.
// - a utility process's own memory limits and priorities: it is a forked Node, and dies of the same signals.
// - elements handed over the context bridge, transferred buffers, and how long Electron's own copying takes.
import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { launchChromium, listenForComplaints } from '../e2e/chromium.ts'
import { WindowPage } from './browser.ts'
import { link } from './link.ts'
import type { ProgramSide, Rectangle, TestSide } from './wire.ts'

/** What a page is told whose program has ended while it asked. */
const no = (): boolean => false

export interface StandInOptions {
  /** The built main, with preload.cjs and the page's folder where it looks for them. */
  readonly main: string
  readonly args?: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  readonly browser?: Browser
  readonly platform?: NodeJS.Platform
  readonly openBeforeReady?: readonly string[]
  readonly workAreas?: readonly Rectangle[]
  readonly viewport?: { readonly width: number; readonly height: number }
  readonly colorScheme?: 'light' | 'dark'
  readonly reducedMotion?: 'reduce' | 'no-preference'
  readonly version?: string
  /** The password of the system's keyring; left out, the desktop has none. */
  readonly keyring?: string
  /** Told of each utility process, with a way to hear of its end. */
  readonly onUtility?: (onExit: (listener: () => void) => void, pid: number) => void
  /** The program that runs already and holds the lock; it is told of this start. */
  readonly first?: StandIn
}

export interface StandIn {
  /** The page of the window there is, or of the next one, once it has loaded. */
  page(): Promise<Page>
  ask: ReturnType<typeof link<ProgramSide>>['ask']
  /** What the next file dialogs give; without any they are closed without a choice. */
  readonly dialogs: string[][]
  /** The names that the program gave its save dialogs. */
  readonly suggestions: string[]
  readonly complaints: readonly string[]
  /** Both outputs of the program so far. */
  output(): string
  /** Lets the page take a file dropped from the desktop for one that has a path. */
  knowFile(file: { readonly name: string; readonly size: number; readonly path: string }): Promise<void>
  readonly exited: Promise<number>
  close(): Promise<void>
}

export async function startStandIn(options: StandInOptions): Promise<StandIn> {
  const browser = options.browser ?? (await launchChromium())
  const child = fork(join(import.meta.dirname, 'runtime.ts'), [], {
    env: { ...options.environment },
    execArgv: ['--disable-warning=ExperimentalWarning'],
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const windows = new Windows(browser, options)
  const dialogs: string[][] = []
  const suggestions: string[] = []
  const utilities = new Map<number, () => void>()
  const ours: TestSide = {
    ...windows.table,
    chooseFile: () => dialogs.shift() ?? [],
    saveFile: (suggested) => {
      suggestions.push(suggested)
      return dialogs.shift()?.[0] ?? ''
    },
    utilityBegan: (id, pid) => options.onUtility?.((listener) => utilities.set(id, listener), pid),
    utilityEnded: (id) => utilities.get(id)?.(),
    secondInstance: (argv, folder, data) =>
      void options.first?.ask('emitApp', 'second-instance', [argv, folder, data]).catch(() => {}),
  }
  const { ask, cut } = link<ProgramSide>(
    {
      send: (message) => void (child.connected && child.send(message)),
      onMessage: (listener) => child.on('message', listener),
    },
    { ...ours },
  )
  windows.connect({
    mayNavigate: (window, url, top) => ask('mayNavigate', window, url, top).catch(no),
    mayOpen: (window, url) => ask('mayOpen', window, url).catch(no),
    maySend: (window, url) => ask('maySend', window, url).catch(no),
    navigatedWithin: (window) => void ask('navigatedWithin', window).catch(() => {}),
    reloaded: (window) => ask('reloaded', window).catch(() => {}),
    fromPage: (window, frame, message) => void ask('fromPage', window, frame, message).catch(() => {}),
  })
  child.on('error', () => {}) // a message that came too late; the exit tells the rest
  const exited = new Promise<number>((resolve) => {
    child.once('exit', (code) => {
      cut(`the program has ended:\n${said}`)
      windows.end(said)
      child.once('close', () => resolve(code ?? -1)) // all it printed has arrived
      setTimeout(() => resolve(code ?? -1), 500).unref()
    })
  })
  const close = async (): Promise<void> => {
    await ask('quit').catch(() => {})
    await Promise.race([exited, new Promise((resolve) => setTimeout(resolve, 5000).unref())])
    child.kill('SIGKILL')
    await exited
    await windows.close()
    if (options.browser === undefined) await browser.close()
  }
  const standIn: StandIn = {
    ask,
    dialogs,
    suggestions,
    exited,
    close,
    page: () => windows.page(),
    complaints: windows.complaints,
    output: () => said,
    knowFile: (file) => windows.inPreload(`standInFiles.push(${JSON.stringify(file)})`),
  }
  try {
    await ask('start', {
      main: options.main,
      args: options.args ?? [],
      platform: options.platform ?? 'linux',
      locked: options.first !== undefined,
      openBeforeReady: options.openBeforeReady ?? [],
      workAreas: options.workAreas ?? [{ x: 0, y: 0, width: 1920, height: 1080 }],
      dark: options.colorScheme === 'dark',
      keyring: options.keyring ?? null,
      version: options.version ?? null,
    })
  } catch (error) {
    await close()
    throw error
  }
  return standIn
}

/** The windows of one program, in a context of their own. */
class Windows {
  readonly complaints: string[] = []
  readonly #browser: Browser
  readonly #options: StandInOptions
  readonly #open = new Map<number, WindowPage>()
  #context: ReturnType<Browser['newContext']> | null = null
  #judge: Parameters<typeof WindowPage.open>[4] | null = null
  #loaded = Promise.withResolvers<Page>()

  constructor(browser: Browser, options: StandInOptions) {
    this.#browser = browser
    this.#options = options
    this.#loaded.promise.catch(() => {}) // told to those who wait for a page, if any
  }
  connect(judge: Parameters<typeof WindowPage.open>[4]): void {
    this.#judge = judge
  }
  page(): Promise<Page> {
    return this.#loaded.promise
  }
  async inPreload(expression: string): Promise<void> {
    for (const window of this.#open.values()) await window.inPreload(expression)
  }
  end(said: string): void {
    this.#loaded.reject(new Error(`the program ended without a window:\n${said}`))
  }
  async close(): Promise<void> {
    await (await this.#context)?.close()
  }

  readonly table: Omit<
    TestSide,
    'chooseFile' | 'saveFile' | 'secondInstance' | 'utilityBegan' | 'utilityEnded'
  > = {
    openPage: async (id, origin, preload) => {
      this.#context ??= this.#newContext()
      const context = await this.#context
      if (this.#judge === null) throw new Error('nobody judges')
      const window = await WindowPage.open(context, id, origin, preload, this.#judge)
      listenForComplaints(window.page, this.complaints)
      this.#open.set(id, window)
    },
    load: async (id, url, base) => {
      const window = this.#open.get(id)
      await window?.load(url, base)
      if (window !== undefined) this.#loaded.resolve(window.page)
    },
    reload: async (id) => this.#open.get(id)?.reload(),
    closePage: async (id) => {
      const window = this.#open.get(id)
      this.#open.delete(id)
      if (this.#open.size === 0) this.#loaded = Promise.withResolvers()
      this.#loaded.promise.catch(() => {})
      await window?.page.close()
    },
    toPage: async (id, message) => this.#open.get(id)?.receive(message),
    theme: async (source) => {
      const colorScheme =
        source === 'light' || source === 'dark' ? source : (this.#options.colorScheme ?? 'light')
      for (const { page } of this.#open.values()) await page.emulateMedia({ colorScheme })
    },
  }

  #newContext(): ReturnType<Browser['newContext']> {
    const {
      viewport = { width: 1280, height: 800 },
      colorScheme = 'light',
      reducedMotion = 'reduce',
    } = this.#options
    return this.#browser.newContext({ viewport, colorScheme, reducedMotion }).then(async (context) => {
      await context.route('**/*', (route) => route.abort()) // a pop-up's; our windows have routes of their own
      context.on('page', (page) => void this.#judgePopup(page))
      return context
    })
  }

  async #judgePopup(page: Page): Promise<void> {
    const opener = await page.opener()
    for (const [id, window] of this.#open)
      if (window.page === opener && !(await this.#judge?.mayOpen(id, window.toShown(page.url()))))
        await page.close()
  }
}
