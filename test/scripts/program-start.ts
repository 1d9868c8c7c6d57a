// `npm start` as a process of its own, in a temporary home, with what it printed and what it started.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const root = join(import.meta.dirname, '../..')

export interface Start {
  /** Waits until this was printed, and gives all that was. */
  said(what: RegExp): Promise<string>
  /** Waits for the end, and gives all that was printed. */
  readonly ended: Promise<{ readonly code: number | null; readonly output: string }>
  interrupt(signal?: NodeJS.Signals): void
  /** The processes that live below it now. */
  children(): number[]
  end(): Promise<void>
}

export function start(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  how: 'directly' | 'by a shell' = 'directly',
): Start {
  const { DISPLAY: _x, WAYLAND_DISPLAY: _wayland, ...rest } = process.env
  const line = [process.execPath, join(root, 'scripts/start.mjs'), ...args]
  const [command = '', ...words] =
    how === 'directly' ? line : ['/bin/sh', '-c', '"$@"; exit $?', 'sh', ...line]
  const child = spawn(command, words, {
    cwd: tmpdir(),
    env: { ...rest, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const listeners = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      for (const listener of listeners) listener()
    })
  const ended = once(child, 'close').then(() => ({ code: child.exitCode, output }))

  return {
    ended,
    interrupt: (signal = 'SIGINT') => child.kill(signal),
    children: () => (child.pid === undefined ? [] : descendants(child.pid)),
    said: (what) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (what.test(output)) resolve(output)
        }
        listeners.add(look)
        void ended.then(() => reject(new Error(`it ended, and never said ${String(what)}:\n${output}`)))
        look()
      }),
    end: async () => {
      const left = child.pid === undefined ? [] : descendants(child.pid)
      if (child.exitCode === null) child.kill('SIGKILL')
      for (const pid of left) kill(pid)
      await ended
    },
  }
}

function descendants(pid: number): number[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
  const rows = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
  const below = (parent: number): number[] =>
    rows.flatMap(([child = 0, of]) => (of === parent ? [child, ...below(child)] : []))
  return below(pid)
}

export function isAlive(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
  return stdout.trim() !== '' && !stdout.trim().startsWith('Z') // ended, and only not yet noticed
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // it ended by itself
  }
}

export interface Runtime {
  readonly folder: string
  readonly program: string
  readonly environment: Readonly<Record<string, string>>
  remove(): void
}

/** A folder with a shell script where Electron's program is expected; null: with nothing in it. */
export function fakeRuntime(script: string | null): Runtime {
  const folder = mkdtempSync(join(tmpdir(), 'sightglass-start-'))
  const program = join(folder, runtimeName())
  if (script !== null) {
    mkdirSync(dirname(program), { recursive: true })
    writeFileSync(program, `#!/bin/sh\n${script}\n`)
    chmodSync(program, 0o755)
  }
  return {
    folder,
    program,
    environment: {
      ELECTRON_OVERRIDE_DIST_PATH: folder, // Electron's own way to name another runtime
      SIGHTGLASS_HOME: join(folder, 'program'),
      HOME: folder,
      CI: '1', // no display on macOS either
    },
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }),
  }
}

/** Where a real runtime is installed, its package tells the program's name, which differs on macOS. */
function runtimeName(): string {
  try {
    return readFileSync(join(root, 'node_modules/electron/path.txt'), 'utf8')
  } catch {
    return 'electron'
  }
}
