// The desktop shell: in a real Electron where one is installed, or in the stand-in for its runtime.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium, _electron as electron } from 'playwright-core'
import { startStandIn } from '../standin/standin.ts'
import type { StandIn, StandInOptions } from '../standin/standin.ts'
import { listenForComplaints } from './chromium.ts'
import { programEnvironment, root } from './options.ts'
import type { Program, ProgramOptions } from './options.ts'

/** The built shell in the stand-in, for specs that look behind the page. */
export function startShell({ home, toolsHome, releases, ...rest }: ShellOptions): Promise<StandIn> {
  const main = join(root, 'dist/shell/main.cjs')
  if (!existsSync(main)) throw new Error('the shell is not built: npm run build')
  const environment = programEnvironment({
    home,
    ...(toolsHome !== undefined && { toolsHome }),
    ...(releases !== undefined && { releases }),
  })
  return startStandIn({ main, environment, ...rest })
}
type ShellOptions = Pick<ProgramOptions, 'home' | 'toolsHome' | 'releases'> &
  Omit<StandInOptions, 'main' | 'environment'>

export async function openStandIn({ file, kind: _kind, ...options }: ProgramOptions): Promise<Program> {
  const standIn = await startShell({ ...options, args: file === undefined ? [] : [file] })
  const page = await standIn.page()
  return { kind: 'stand-in', page, complaints: standIn.complaints, close: () => standIn.close() }
}

export async function openElectron(options: ProgramOptions): Promise<Program> {
  const packaged = process.env['SIGHTGLASS_PACKAGED']
  const { page, close } = await (packaged === undefined
    ? openByElectron(options)
    : openPackaged(packaged, options))
  const complaints = listenForComplaints(page)
  await page.emulateMedia({
    colorScheme: options.colorScheme ?? 'light',
    reducedMotion: options.reducedMotion ?? 'reduce',
  })
  await page.setViewportSize(options.viewport ?? { width: 1280, height: 800 })
  return { kind: 'electron', page, complaints, close }
}

type Opened = Pick<Program, 'page' | 'close'>
/** Chromium refuses to start otherwise. */
const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []

async function openByElectron({ file, ...options }: ProgramOptions): Promise<Opened> {
  const executablePath = process.env['SIGHTGLASS_ELECTRON']
  if (executablePath === undefined)
    throw new Error('SIGHTGLASS_ELECTRON names no runtime: npm run test:electron')
  const program = await electron.launch({
    executablePath,
    args: [...asRoot, root, ...(file === undefined ? [] : [file])],
    env: programEnvironment(options),
  })
  return { page: await program.firstWindow(), close: () => program.close() }
}

/** A packaged program's fuses refuse the inspector that Playwright starts Electron with; its page has one of its own. */
async function openPackaged(program: string, { file, ...options }: ProgramOptions): Promise<Opened> {
  const words = [...asRoot, '--remote-debugging-port=0', ...(file === undefined ? [] : ['--', file])]
  const child = spawn(program, words, {
    env: programEnvironment(options),
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = once(child, 'exit')
  const browser = await chromium.connectOverCDP(await debuggerOf(child.stderr))
  const [context] = browser.contexts()
  if (context === undefined) throw new Error('the packaged program shows nothing')
  const close = async (): Promise<void> => {
    await browser.close()
    child.kill()
    await ended
  }
  return { page: context.pages()[0] ?? (await context.waitForEvent('page')), close }
}

/** Chromium says on standard error where it can be reached. */
async function debuggerOf(said: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: said })) {
    const [, address] = /^DevTools listening on (ws:\/\/\S+)/.exec(line) ?? []
    if (address !== undefined) {
      said.resume()
      return address
    }
  }
  throw new Error('the packaged program ended before it could be looked into')
}
