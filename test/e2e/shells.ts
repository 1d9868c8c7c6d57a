// Desktop shells for the specs: the built one in the stand-in for Electron's runtime, each in a folder of its own,
// all in one browser, and closed when the test is over.
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll } from 'vitest'
import type { StandIn } from '../standin/standin.ts'
import { launchChromium } from './chromium.ts'
import { makeSmartAgentsFile } from './files.ts'
import { startShell } from './shell-program.ts'

export type Options = Partial<Parameters<typeof startShell>[0]>
export interface Started {
  readonly shell: StandIn
  readonly page: Page
}
export interface Shells {
  readonly folder: string
  /** Started, whether it shows a window or not. */
  begin(options?: Options): Promise<StandIn>
  /** Started, and its page is there. */
  start(options?: Options): Promise<Started>
  /** Started once for all the tests of the file. */
  shared(): Started
  /** A file with 66 events. */
  telemetry(name: string): string
}

export function useShells({ share }: { readonly share: boolean }): Shells {
  let browser: Browser
  let folder = ''
  let homes = 0
  let common: Started | null = null
  const running: StandIn[] = []

  const begin = async (options: Options = {}): Promise<StandIn> => {
    const home = options.home ?? join(folder, String(++homes))
    await mkdir(home, { recursive: true })
    const shell = await startShell({ browser, ...options, home })
    running.push(shell)
    return shell
  }
  const start = async (options: Options = {}): Promise<Started> => {
    const shell = await begin(options)
    const page = await shell.page()
    await page.locator('nav').first().waitFor()
    return { shell, page }
  }
  beforeAll(async () => {
    browser = await launchChromium()
    folder = await mkdtemp(join(tmpdir(), 'sightglass-shell-'))
    if (share) common = await start()
    running.length = 0
  })
  afterEach(async () => {
    await Promise.all(running.splice(0).map((shell) => shell.close()))
  })
  afterAll(async () => {
    await common?.shell.close()
    await browser.close()
    await rm(folder, { recursive: true, force: true })
  })

  return {
    begin,
    start,
    get folder() {
      return folder
    },
    shared: () => {
      if (common === null) throw new Error('no shell is shared')
      return common
    },
    telemetry: (name) => {
      const path = join(folder, name)
      makeSmartAgentsFile(path, 66)
      return path
    },
  }
}

export const showsFile = (page: Page, name: string): Promise<void> =>
  page.getByText(name, { exact: true }).first().waitFor({ timeout: 10_000 })
