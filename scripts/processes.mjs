// Every process that a script starts, so that Ctrl-C ends them all. Each child leads a process group of its own:
// what it starts in turn is ended with it. In exchange the terminal's Ctrl-C reaches only us, and we pass it on.
import { spawn, spawnSync } from 'node:child_process'
import { constants } from 'node:os'
import process from 'node:process'

/** @typedef {{ code: number | null, signal: NodeJS.Signals | null, error: string | null }} Ended */
/** @typedef {{ child: import('node:child_process').ChildProcess, ended: Promise<Ended> }} Started */

const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])
const grouped = process.platform !== 'win32'

export class Processes {
  /** @type {Set<import('node:child_process').ChildProcess>} */
  #running = new Set()
  stopping = false

  /**
   * @param {string} command
   * @param {readonly string[]} args
   * @param {import('node:child_process').SpawnOptions} options
   * @returns {Started}
   */
  start(command, args, options) {
    const child = spawn(command, args, { ...options, detached: grouped })
    this.#running.add(child)
    if (this.stopping) signalGroup(child, 'SIGKILL')
    /** @type {Promise<Ended>} */
    const ended = new Promise((resolve) => {
      child.once('error', (error) => {
        this.#running.delete(child)
        resolve({ code: null, signal: null, error: error.message })
      })
      child.once('exit', (code, signal) => {
        this.#running.delete(child)
        if (this.stopping) signalGroup(child, 'SIGKILL') // what it left behind while it was being stopped
        const end = () => resolve({ code, signal, error: null })
        child.once('close', end) // all it printed has arrived
        setTimeout(end, 300) // or what it left behind still holds its output open
      })
    })
    return { child, ended }
  }

  /** @param {NodeJS.Signals} signal */
  stopAll(signal) {
    this.stopping = true
    for (const child of this.#running) signalGroup(child, signal)
  }

  /** The first Ctrl-C asks everything to end, the second kills it; then this process ends as well. */
  obeySignals() {
    for (const name of signals) process.on(name, () => this.#obey(name))
    process.on('exit', () => this.stopAll('SIGKILL')) // whatever ends us: a mistake of ours, or Vite at the end of input
    const parent = process.ppid
    // Stopping npm itself ends only the shell that it started us by: without this we would stay, seen by nobody.
    if (process.env['npm_lifecycle_event'] !== undefined)
      setInterval(() => {
        if (process.ppid !== parent && !this.stopping) this.#obey('SIGTERM')
      }, 500).unref()
  }

  /** @param {typeof signals[number]} name */
  #obey(name) {
    const end = () => process.exit(128 + constants.signals[name])
    const again = this.stopping
    this.stopAll(again ? 'SIGKILL' : name)
    if (again || this.#running.size === 0) end()
    setInterval(() => {
      if (this.#running.size === 0) end()
    }, 20)
    setTimeout(() => this.stopAll('SIGKILL'), 5000).unref()
  }
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
export function signalGroup(child, signal) {
  const { pid } = child
  if (pid === undefined) return
  if (!grouped) {
    spawnSync('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' })
    return
  }
  try {
    process.kill(-pid, signal)
  } catch {
    // The group is empty already.
  }
}

/**
 * How a process ended, in words.
 * @param {Ended} ended
 */
export function describe({ code, signal, error }) {
  return error ?? (signal === null ? `exit code ${code}` : `ended by ${signal}`)
}

/**
 * The child has a process group of its own, so the terminal would refuse to let it read: we read Enter for it.
 * @param {import('node:stream').Writable} sink
 */
export function passInputTo(sink) {
  if (process.platform !== 'win32') process.on('SIGTTIN', () => {}) // started in the background: no input, no stop
  sink.on('error', () => {})
  process.stdin.on('error', () => {})
  process.stdin.pipe(sink)
}
