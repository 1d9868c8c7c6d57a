// Electron's own way to start a process; host/process.ts tells what for.
import { utilityProcess } from 'electron'
import { join } from 'node:path'
import { memoryOf } from '../host/process.ts'
import type { StartChild } from '../host/process.ts'
import type { Words } from '../shared/words/en.ts'

/** What the person is told of one that broke is said in the language of that moment. */
export function startUtility(say: () => Words['desktop']): StartChild {
  return () => {
    const child = utilityProcess.fork(join(import.meta.dirname, 'job.cjs'), [], {
      serviceName: 'Sightglass reader',
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    let over = false
    const kill = (): void => {
      if (over) return
      over = true
      if (child.pid === undefined) child.once('spawn', () => endNow(child.pid))
      else endNow(child.pid)
    }
    child.on('error', (type, location) => console.error(say().readerBroke(`${type} ${location}`)))
    child.on('exit', (code) => {
      if (!over) console.error(say().readerEnded(code))
      over = true
    })
    return {
      post: (message) => child.postMessage(message),
      onMessage: (listener) => child.on('message', listener),
      onExit: (listener) => child.once('exit', listener),
      kill,
      memory: () => memoryOf(child.pid),
    }
  }
}

/** The child's own kill() asks nicely, which SQLite in a loop does not hear. */
function endNow(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(pid, 'SIGKILL')
  } catch {
    // it ended by itself at this very moment
  }
}
