// `npm run server`, as a process of its own. The store is what the caller says: a file in its folder, or PostgreSQL.
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { RunningHome } from './home.ts'

const root = join(import.meta.dirname, '../../..')

export interface Engine {
  readonly environment: Readonly<Record<string, string>>
  query: RunningHome['query']
  /** After the server is gone. */
  crash(): Promise<void>
  close(): Promise<void>
  /** Files of its own, outside the server's folder. */
  readonly folder?: string
}

export async function startNodeHome(
  openEngine: (folder: string) => Promise<Engine>,
  environment: Readonly<Record<string, string>> = {},
): Promise<RunningHome> {
  const folder = await mkdtemp(join(tmpdir(), 'sightglass-home-'))
  const engine = await openEngine(folder)
  const said: string[] = []
  const start = (): Promise<Running> => startProgram(folder, { ...engine.environment, ...environment }, said)
  let running = await start()
  return {
    get address() {
      return running.address
    },
    query: engine.query,
    crash: async () => {
      await end(running.child, 'SIGKILL')
      await engine.crash()
      running = await start()
    },
    forward: () => new Promise((resolve) => setTimeout(resolve, 450)), // it does so by itself
    nightly: async () => {
      const child = spawn(process.execPath, ['server/node.ts', 'nightly', '--data', folder], {
        cwd: root,
        env: { ...process.env, ...engine.environment, ...environment },
        stdio: 'inherit',
      })
      const [code] = (await once(child, 'exit')) as [number | null]
      if (code !== 0) throw new Error('the nightly run failed')
    },
    daysRecoverable: undefined,
    traces: async () => [
      ...(await filesIn(folder)),
      ...(engine.folder === undefined ? [] : await filesIn(engine.folder)),
      { name: 'what it said', bytes: Buffer.from(said.join('\n')) },
    ],
    stop: async () => {
      await end(running.child, 'SIGTERM')
      await engine.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

interface Running {
  readonly child: ChildProcess
  readonly address: string
}

async function startProgram(
  folder: string,
  environment: Readonly<Record<string, string>>,
  said: string[],
): Promise<Running> {
  const child = spawn(process.execPath, ['server/node.ts', '--port', '0', '--data', folder], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const address = await new Promise<string>((found, lost) => {
    const hear = (line: string): void => {
      said.push(line)
      const [started] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? []
      if (started !== undefined) found(started)
    }
    for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', hear)
    child.once('exit', () => lost(new Error(`the server ended:\n${said.slice(-5).join('\n')}`)))
  })
  return { child, address }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill(signal)
  await exited
}

export async function filesIn(folder: string): Promise<{ name: string; bytes: Uint8Array }[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
  return Promise.all(files.map(async (name) => ({ name, bytes: await readFile(name) })))
}
