// utilityProcess: a forked Node whose script sees process.parentPort, as in Electron, and no IPC channel.
import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { join } from 'node:path'
import type { ForkOptions, UtilityProcess } from 'electron'
import { notCloneable } from './clone.ts'
import { needReady } from './world.ts'
import type { World } from './world.ts'

type UtilityShape = Pick<UtilityProcess, 'postMessage' | 'kill' | 'pid'>

class StandInUtility extends EventEmitter implements UtilityShape {
  pid: number | undefined
  readonly #child: ChildProcess

  constructor(path: string, args: readonly string[], { stdio, env, cwd, execArgv = [] }: ForkOptions) {
    super()
    const [, out = 'inherit', err = 'inherit'] = Array.isArray(stdio) ? stdio : []
    this.#child = fork(join(import.meta.dirname, 'utility-child.ts'), [path, ...args], {
      serialization: 'advanced',
      stdio: ['ignore', out, err, 'ipc'],
      execArgv,
      ...(env !== undefined && { env: { ...process.env, ...env } }),
      ...(cwd !== undefined && { cwd }),
    })
    this.#child.on('spawn', () => {
      this.pid = this.#child.pid
      this.emit('spawn')
    })
    this.#child.on('message', (message) => this.emit('message', message))
    this.#child.on('exit', (code, signal) => {
      this.emit('exit', code ?? (signal === null ? 0 : 9))
      this.pid = undefined
    })
  }
  postMessage(message: unknown): void {
    try {
      if (this.#child.connected) this.#child.send(structuredClone(message) as object)
    } catch {
      throw new Error(notCloneable)
    }
  }
  kill(): boolean {
    return this.#child.kill('SIGTERM')
  }
}

let next = 0

export function createUtility(world: World): {
  fork(path: string, args?: string[], options?: ForkOptions): StandInUtility
} {
  return {
    fork: (path, args = [], options = {}) => {
      needReady(world, 'utilityProcess cannot be created')
      const id = next++
      const child = new StandInUtility(path, args, options)
      child.once('spawn', () => void world.ask('utilityBegan', id, child.pid ?? 0))
      return child.once('exit', () => void world.ask('utilityEnded', id))
    },
  }
}
