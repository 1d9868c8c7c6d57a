// The desktop shell: in a real Electron where one is installed, or in the stand-in for its runtime.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { _electron as electron } from 'playwright-core'
import { startStandIn } from '../standin/standin.ts'
import type { StandIn, StandInOptions } from '../standin/standin.ts'
import { listenForComplaints } from './chromium.ts'
import { programEnvironment, root } from './options.ts'
import type { Program, ProgramOptions } from './options.ts'

/** The built shell in the stand-in, for specs that look behind the page. */
export function startShell({ home, toolsHome, ...rest }: ShellOptions): Promise<StandIn> {
  const main = join(root, 'dist/shell/main.cjs')
  if (!existsSync(main)) throw new Error('the shell is not built: npm run build')
  const environment = programEnvironment({ home, ...(toolsHome !== undefined && { toolsHome }) })
  return startStandIn({ main, environment, ...rest })
}
type ShellOptions = Pick<ProgramOptions, 'home' | 'toolsHome'> & Omit<StandInOptions, 'main' | 'environment'>

export async function openStandIn({ file, kind: _kind, ...options }: ProgramOptions): Promise<Program> {
  const standIn = await startShell({ ...options, args: file === undefined ? [] : [file] })
  const page = await standIn.page()
  return { kind: 'stand-in', page, complaints: standIn.complaints, close: () => standIn.close() }
}

export async function openElectron(options: ProgramOptions): Promise<Program> {
  const executablePath = process.env['SIGHTGLASS_ELECTRON']
  if (executablePath === undefined)
    throw new Error('SIGHTGLASS_ELECTRON names no runtime: npm run test:electron')
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [] // Chromium refuses to start otherwise
  const program = await electron.launch({
    executablePath,
    args: [...asRoot, root, ...(options.file === undefined ? [] : [options.file])],
    env: programEnvironment(options),
    colorScheme: options.colorScheme ?? 'light',
  })
  const page = await program.firstWindow()
  const complaints = listenForComplaints(page)
  await page.emulateMedia({ reducedMotion: options.reducedMotion ?? 'reduce' })
  await page.setViewportSize(options.viewport ?? { width: 1280, height: 800 })
  return { kind: 'electron', page, complaints, close: () => program.close() }
}
