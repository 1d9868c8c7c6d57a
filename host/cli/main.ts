// The entry of the command line, run from the source by the project's own Node.
import { spawn } from 'node:child_process'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { runAtTerminal } from './at-terminal.ts'

process.exitCode = await runAtTerminal(process.argv.slice(2), { open })

/** The windows are started as `npm start` does it, which knows whether there is an Electron to use. */
function open(args: readonly string[], signal: AbortSignal): Promise<number> {
  const script = fileURLToPath(new URL('../../scripts/start.mjs', import.meta.url))
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script, ...args], { stdio: 'inherit' })
    signal.addEventListener('abort', () => child.kill())
    child.on('error', () => resolve(1))
    child.on('exit', (code) => resolve(code ?? 130))
  })
}
