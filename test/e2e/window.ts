// A spec's window: a program with a folder of its own, which ends by the page having complained of nothing. The
// specs of one file share a Chromium, and on the web host also the host, whose folders are emptied between them.
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { launchChromium } from './chromium.ts'
import { makeSmartAgentsFile } from './files.ts'
import type { Program, ProgramOptions } from './options.ts'
import { chosenKind, openProgram } from './program.ts'
import { showPage, startWebHost } from './web-program.ts'
import type { WebHost } from './web-program.ts'

export interface Scene {
  readonly page: Page
  readonly kind: Program['kind']
  /** Where the spec's files lie; also the home in which tools are looked for. */
  readonly folder: string
  /** A fresh address of the web host; there is none in the desktop shell. */
  readonly address?: WebHost['address']
  readonly hostPid?: number | undefined
}
type Prepare = (folder: string) => Partial<ProgramOptions> | Promise<Partial<ProgramOptions>>

interface Shared {
  readonly folder: string
  readonly home: string
  readonly browser: Browser | null
  readonly host: WebHost | null
}
let shared: Shared

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sightglass-spec-'))
  const home = join(folder, 'program')
  const kind = chosenKind()
  const options = { home, toolsHome: folder }
  const [browser, host] = await Promise.all([
    kind === 'electron' ? null : launchChromium(),
    kind === 'web' ? startWebHost(options) : null,
  ])
  shared = { folder, home, browser, host }
})
afterAll(async () => {
  await Promise.all([shared.browser?.close(), shared.host?.close()])
  await rm(shared.folder, { recursive: true, force: true, maxRetries: 3 })
})

/** Opens the program, with what `prepare` wrote into the folder beforehand, and plays the spec in it. */
export async function inWindow(play: (scene: Scene) => Promise<void>, prepare?: Prepare): Promise<void> {
  const { folder, home, browser, host } = shared
  await empty(folder)
  await mkdir(home, { recursive: true }) // the host of the spec before may have made it anew
  const options = { home, toolsHome: folder, ...(await prepare?.(folder)) }
  const program =
    browser !== null && host !== null
      ? await showPage(browser, host, options)
      : await openProgram({ ...options, ...(browser !== null && { browser }) })
  try {
    await program.page.locator('main').waitFor()
    const ofHost = host && { address: host.address, hostPid: host.pid }
    await play({ page: program.page, kind: program.kind, folder, ...ofHost })
    expect(program.complaints).toEqual([])
  } finally {
    await program.close()
  }
}

async function empty(folder: string): Promise<void> {
  for (const name of await readdir(folder))
    await rm(join(folder, name), { recursive: true, force: true, maxRetries: 3 })
}

/** A program that is started with a file of so many events, the last of them an hour before `until`. */
export const withEvents =
  (events: number, until?: number): Prepare =>
  (folder) => {
    const file = join(folder, 'telemetry.db')
    makeSmartAgentsFile(file, events, until)
    return { file }
  }

export { charted, events, figure, shows } from './shown.ts'

/** The path field stands only where there is no system dialog: in a browser. */
export const inBrowser = (process.env['SIGHTGLASS_PROGRAM'] ?? 'web') === 'web'
