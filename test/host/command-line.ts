// Runs the real command line as a person would: another process, its two outputs and its exit code.
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { compiled } from '../../scripts/set-up.mjs'

const entry = fileURLToPath(new URL('../../host/cli/main.ts', import.meta.url))

export interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}
export interface Place {
  /** Where the program keeps its own things. */
  readonly data: string
  readonly home?: string
  readonly folder?: string
  readonly environment?: Readonly<Record<string, string>>
}

export function startSightglass(
  args: readonly string[],
  place: Place,
  command = process.execPath,
): ChildProcess {
  const { data, home = data, folder, environment = {} } = place
  const all = command === process.execPath ? [entry, ...args] : args
  const { PATH = '', SystemRoot = '' } = process.env
  return spawn(command, all, {
    cwd: folder,
    env: {
      PATH,
      SystemRoot,
      HOME: home,
      USERPROFILE: home,
      SIGHTGLASS_HOME: data,
      TZ: 'UTC',
      NODE_COMPILE_CACHE: compiled,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

export function ended(child: ChildProcess): Promise<Ran> {
  let [out, err] = ['', '']
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (out += text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (err += text))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, out, err }))
  })
}

export const sightglass = (args: readonly string[], place: Place): Promise<Ran> =>
  ended(startSightglass(args, place))
