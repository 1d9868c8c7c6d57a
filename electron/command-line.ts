// `sightglass` as it is installed: the whole command line in Electron's own process, without a window. It is the same
// program as host/cli/main.ts; only how children are started and how a window is opened are Electron's.
import { app } from 'electron'
import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { runAtTerminal } from '../host/cli/at-terminal.ts'
import { speech } from '../host/cli/speech.ts'
import { findPaths } from '../host/paths.ts'
import { commandOf } from './arguments.ts'
import { startUtility } from './utility.ts'

const words = speech.words.desktop
const { data } = findPaths({ platform: process.platform, environment: process.env, home: homedir() })
const folder = join(data, 'command-line') // what Chromium writes, apart from the window's: both may run at once
mkdirSync(folder, { recursive: true, mode: 0o700 })
app.setPath('userData', folder)
if (process.platform === 'darwin') app.setActivationPolicy('prohibited') // no place in the dock

await app.whenReady() // before that no child can be started
const code = await runAtTerminal(commandOf(process.argv), {
  startChild: startUtility(() => words),
  version: app.getVersion(),
  packageFile: join(app.getAppPath(), 'package.json'),
  open: async (args) => open(args),
})
await Promise.all([process.stdout, process.stderr].map(flushed))
app.exit(code)

/** The window is a program of its own, which stays when this one has ended. */
function open(args: readonly string[]): number {
  const option = args.find((arg) => arg.startsWith('--'))
  if (option !== undefined) {
    console.error(words.noWebHost(option))
    return 2
  }
  const own = process.defaultApp ? [app.getAppPath()] : []
  // An AppImage is a disk that is taken away with its first process: the file itself is started again.
  spawn(process.env['APPIMAGE'] ?? process.execPath, [...own, '--', ...args], {
    detached: true,
    stdio: 'ignore',
  }).unref()
  return 0
}

/** A pipe may still hold what was written last, and app.exit() waits for nothing. */
function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write('', () => resolve()))
}
