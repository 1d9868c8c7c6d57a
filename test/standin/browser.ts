// The browser's half of the stand-in: pages in Chromium that have the preload in an isolated world, and whose
// navigations, pop-ups and requests to elsewhere are put to the program before they happen.
import { join } from 'node:path'
import type { BrowserContext, CDPSession, Page, Route } from 'playwright-core'
import { build } from 'vite'
import type { FrameLook, FromPage, ToPage } from './wire.ts'

const world = 'sightglass stand-in preload'

/** What the program says to what a page wants. */
export interface Judge {
  mayNavigate(window: number, url: string, top: boolean): Promise<boolean>
  mayOpen(window: number, url: string): Promise<boolean>
  maySend(window: number, url: string): Promise<boolean>
  navigatedWithin(window: number): void
  reloaded(window: number): Promise<void>
  fromPage(window: number, frame: FrameLook, message: FromPage): void
}

export class WindowPage {
  readonly page: Page
  readonly #cdp: CDPSession
  readonly #reload: Page['reload']
  readonly #id: number
  readonly #judge: Judge
  readonly #origin: string
  #base = 'about:blank'
  #expected: string | null = null
  #context: number | null = null
  #frame = ''

  private constructor(id: number, page: Page, cdp: CDPSession, origin: string, judge: Judge) {
    this.page = page
    this.#reload = page.reload.bind(page)
    page.reload = async (options) => {
      await judge.reloaded(id)
      this.#expected = page.url()
      return this.#reload(options)
    }
    this.#cdp = cdp
    this.#id = id
    this.#judge = judge
    this.#origin = origin
  }

  static async open(
    context: BrowserContext,
    id: number,
    origin: string,
    preload: string,
    judge: Judge,
  ): Promise<WindowPage> {
    const page = await context.newPage()
    const cdp = await context.newCDPSession(page)
    const opened = new WindowPage(id, page, cdp, origin, judge)
    await opened.#connect(preload)
    return opened
  }

  async #connect(preload: string): Promise<void> {
    const cdp = this.#cdp
    cdp.on('Runtime.executionContextCreated', ({ context: { id, name, auxData } }) => {
      if (name === world && auxData?.['frameId'] === this.#frame) this.#context = id
    })
    cdp.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name !== 'standInSend') return
      const top = executionContextId === this.#context
      const frame = {
        url: this.toShown(this.page.url()),
        top,
        token: top ? 'top' : String(executionContextId),
      }
      this.#judge.fromPage(this.#id, frame, JSON.parse(payload) as FromPage) // written by preload-world.ts
    })
    cdp.on('Page.navigatedWithinDocument', () => this.#judge.navigatedWithin(this.#id))
    await this.page.route('**/*', (route) => this.#judgeRequest(route))
    await cdp.send('Page.enable')
    this.#frame = (await cdp.send('Page.getFrameTree')).frameTree.frame.id
    await cdp.send('Runtime.enable')
    await cdp.send('Runtime.addBinding', { name: 'standInSend', executionContextName: world })
    const [pageWorld, preloadWorld] = await bundledWorlds()
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: pageWorld })
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', {
      source: `${preloadWorld}\nstandInPreload(function (require, module, exports, process) {\n${preload}\n});`,
      worldName: world,
    })
  }

  async load(url: string, base: string): Promise<void> {
    this.#base = base
    this.#expected = url
    await this.page.goto(url)
  }
  async reload(): Promise<void> {
    this.#expected = this.page.url()
    await this.#reload()
  }
  async receive(message: ToPage): Promise<void> {
    await this.inPreload(`standInReceive(${JSON.stringify(message)})`)
  }
  async inPreload(expression: string): Promise<void> {
    if (this.#context === null) return
    await this.#cdp.send('Runtime.evaluate', { expression, contextId: this.#context })
  }

  /** An address as Electron would show it. */
  toShown(url: string): string {
    return url.startsWith(this.#origin) ? this.#base + url.slice(this.#origin.length) : url
  }

  /** A navigation is asked about first, and then, like everything else, whether its request may be sent. */
  async #judgeRequest(route: Route): Promise<void> {
    const request = route.request()
    const url = request.url()
    const shown = this.toShown(url)
    if (request.isNavigationRequest()) {
      const top = request.frame() === this.page.mainFrame()
      const expected = top && url === this.#expected?.split('#')[0]
      if (expected) this.#expected = null
      else if (!(await this.#judge.mayNavigate(this.#id, shown, top))) return route.abort('aborted')
    }
    if (!(await this.#judge.maySend(this.#id, shown))) return route.abort('blockedbyclient')
    const ours = url.startsWith(`${this.#origin}/`)
    return ours
      ? route.continue()
      : route.abort(request.isNavigationRequest() ? 'aborted' : 'namenotresolved')
  }
}

let bundled: Promise<readonly [string, string]> | null = null

function bundledWorlds(): Promise<readonly [string, string]> {
  bundled ??= Promise.all([bundle('page-world'), bundle('preload-world')])
  return bundled
}

async function bundle(name: string): Promise<string> {
  const made = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      target: 'chrome140',
      lib: { entry: join(import.meta.dirname, `${name}.ts`), formats: ['iife'], name: 'standIn' },
    },
  })
  const [output] = Array.isArray(made) ? made : []
  const [chunk] = output?.output ?? []
  if (chunk?.type !== 'chunk') throw new Error(`${name} could not be bundled`)
  return chunk.code
}
