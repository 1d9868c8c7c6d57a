// The nightly run, at 02:00 UTC and soon after a start, for a machine may be off at night. It is a process of its own:
// counting a week of reports keeps an engine busy for seconds, in which the server goes on answering. It can be ended
// in the middle; the next one goes on.
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

const program = join(import.meta.dirname, '../node.ts')
const afterStart = 60_000

export class Nights {
  readonly #data: string
  #timer: NodeJS.Timeout
  #running: ChildProcess | undefined

  constructor(data: string) {
    this.#data = data
    this.#timer = setTimeout(() => this.#run(), afterStart)
  }

  #run(): void {
    const now = Date.now()
    const tonight = new Date(now).setUTCHours(2, 0, 0, 0)
    this.#timer = setTimeout(() => this.#run(), tonight > now ? tonight - now : tonight + 86_400_000 - now)
    this.#running = spawn(process.execPath, [program, 'nightly', '--data', this.#data], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    this.#running.once('exit', () => (this.#running = undefined))
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer)
    if (this.#running === undefined) return
    const exited = once(this.#running, 'exit')
    this.#running.kill()
    await exited
  }
}
