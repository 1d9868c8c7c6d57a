// Whatever may run long natively runs in a child process that can be killed: a hostile file can hold SQLite in
// one call for ever, and no thread can be stopped inside it. How a child is started is an argument of
// createHost, because Node forks and Electron has its utilityProcess; both end in job.ts.
import { fork } from 'node:child_process'
import { Readable } from 'node:stream'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { stdio } from './byte-pipe.ts'

export interface Child {
  post(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  /** Bytes that come beside the messages; not every kind of process has such a way. */
  readonly onBytes?: ((listener: (chunk: Uint8Array) => void) => void) | undefined
  onExit(listener: () => void): void
  kill(): void
  /** Bytes of memory it has now; null where the system doesn't tell. */
  memory?(): number | null
}
export type StartChild = () => Child

/** Each reading starts a few processes of the same modules: compiled once, they are ready in a quarter of the time. */
const compiled = fileURLToPath(new URL('../.cache/node', import.meta.url))

/** Starts job.ts under the Node that runs this. */
export const forkChild: StartChild = () => {
  const child = fork(new URL('./job.ts', import.meta.url), {
    serialization: 'advanced', // undefined, NaN and bytes pass as they are
    execArgv: [],
    env: { NODE_COMPILE_CACHE: compiled, ...process.env },
    stdio: [...stdio],
  })
  const [, , , , pipe] = child.stdio
  child.on('error', () => child.kill('SIGKILL')) // a failed post; the exit that follows tells the rest
  return {
    post: (message) => {
      if (child.connected) child.send(toSerializable(message))
    },
    onMessage: (listener) => child.on('message', listener),
    ...(pipe instanceof Readable ? { onBytes: (listener) => pipe.on('data', listener) } : {}),
    onExit: (listener) => child.once('exit', listener),
    kill: () => child.kill('SIGKILL'),
    memory: () => memoryOf(child.pid),
  }
}

/** Linux alone tells it of another process without starting a third. */
export function memoryOf(pid: number | undefined): number | null {
  if (process.platform !== 'linux' || pid === undefined) return null
  try {
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024
  } catch {
    return null // it has just ended
  }
}

/** send() wants an object type; everything we post is one. */
function toSerializable(message: unknown): object {
  if (typeof message !== 'object' || message === null)
    throw new TypeError('a message to a child is an object')
  return message
}

/** Not while the window begins, nor while it draws the first charts of what was opened: there may be two cores in all. */
const atStart = 500
const afterUse = 1500

/**
 * Keeps one child waiting, because starting one takes longer than most of the work it is asked for: a third of a
 * second, of which the person who opens a file would wait for all.
 */
export function keepOneReady(startChild: StartChild): { readonly start: StartChild; close(): void } {
  let spare: Spare | null = null
  let closed = false
  const prepare = (): void => {
    if (!closed) spare ??= new Spare(startChild())
  }
  const after = (time: number): void => void setTimeout(prepare, time).unref()
  after(atStart)
  return {
    start: () => {
      const ready = spare
      spare = null
      after(afterUse)
      return ready === null || ready.ended ? startChild() : ready
    },
    close: () => {
      closed = true
      spare?.kill()
    },
  }
}

/** A child whose messages are kept until somebody listens. */
class Spare implements Child {
  ended = false
  readonly #child: Child
  readonly #early: unknown[] = []
  #listener: ((message: unknown) => void) | null = null

  constructor(child: Child) {
    this.#child = child
    child.onExit(() => (this.ended = true))
    child.onMessage((message) => {
      if (this.#listener === null) this.#early.push(message)
      else this.#listener(message)
    })
  }

  post(message: unknown): void {
    this.#child.post(message)
  }
  onMessage(listener: (message: unknown) => void): void {
    this.#listener = listener
    for (const message of this.#early.splice(0)) queueMicrotask(() => listener(message))
  }
  get onBytes(): Child['onBytes'] {
    return this.#child.onBytes
  }
  onExit(listener: () => void): void {
    this.#child.onExit(listener)
  }
  kill(): void {
    this.#child.kill()
  }
  memory(): number | null {
    return this.#child.memory?.() ?? null
  }
}
