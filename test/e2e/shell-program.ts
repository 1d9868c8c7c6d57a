// The desktop shell: in a real Electron where one is installed, or in the stand-in for its runtime.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { _electron as electron } from 'playwright-core'
import { startStandIn } from '../standin/standin.ts'
import { listenForComplaints } from './chromium.ts'
import { programEnvironment, root } from './options.ts'
import type { Program, ProgramOptions } from './options.ts'

export const builtMain = join(root, 'dist/shell/main.cjs')

export async function openStandIn(options: ProgramOptions): Promise<Program> {
  needShell()
  const { file, viewport, colorScheme, reducedMotion } = options
  const standIn = await startStandIn({
    main: builtMain,
    args: file === undefined ? [] : [file],
    environment: programEnvironment(options),
    ...(viewport !== undefined && { viewport }),
    ...(colorScheme !== undefined && { colorScheme }),
    ...(reducedMotion !== undefined && { reducedMotion }),
  })
  return {
    kind: 'stand-in',
    page: await standIn.page(),
    complaints: standIn.complaints,
    close: () => standIn.close(),
  }
}

export async function openElectron(options: ProgramOptions): Promise<Program> {
  needShell()
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

function needShell(): void {
  if (!existsSync(builtMain)) throw new Error('the shell is not built: npm run build')
}
