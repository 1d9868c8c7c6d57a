// The program in a window, for the browser specs. A spec opens it and gets a Playwright page; whether the local
// web host, the stand-in for Electron's runtime or a real Electron is behind it is chosen from outside, so that
// one spec runs unchanged in all three: SIGHTGLASS_PROGRAM=web (the default), stand-in or electron.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './options.ts'
import type { Program, ProgramKind, ProgramOptions } from './options.ts'
import { openElectron, openStandIn } from './shell-program.ts'
import { openWeb } from './web-program.ts'

export async function openProgram(options: ProgramOptions): Promise<Program> {
  if (!existsSync(join(root, 'dist/page/index.html')))
    throw new Error('the page is not built: npm run build, or npx vite build')
  const kind = options.kind ?? chosenKind()
  return open[kind](options)
}

const open = {
  web: openWeb,
  'stand-in': openStandIn,
  electron: openElectron,
} satisfies Record<ProgramKind, (options: ProgramOptions) => Promise<Program>>

export function chosenKind(): ProgramKind {
  const chosen = process.env['SIGHTGLASS_PROGRAM'] ?? 'web'
  if (chosen === 'web' || chosen === 'stand-in' || chosen === 'electron') return chosen
  throw new Error(`SIGHTGLASS_PROGRAM is ${chosen}: not web, stand-in or electron`)
}
