// Forwarding beside a running server: for each destination rounds in short succession, one at a time, so that one that takes
// long to fail keeps no other waiting.
import { open } from 'node:fs/promises'
import { carryHttp } from '../router/carry.ts'
import { forwardDue } from '../router/forward.ts'
import type { Forwarding } from '../router/forward.ts'
import { program } from '../version.ts'

const pause = 300

type Given = Pick<Forwarding, 'store' | 'targets' | 'totals' | 'clock'>

/** What comes back ends it, when the rounds under way are over. */
export function startForwarding({ targets, ...given }: Given): () => Promise<void> {
  const loops = targets.map((target) => startLoop({ ...given, targets: [target] }))
  return async () => void (await Promise.all(loops.map((stop) => stop())))
}

function startLoop(given: Given): () => Promise<void> {
  let stopping = false
  let running = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  const round = async (): Promise<void> => {
    const forwarding = { ...given, carry: carryHttp, append, program, stopped: () => stopping }
    await forwardDue(forwarding).catch(() => {}) // the next one again
    if (!stopping) wait()
  }
  const wait = (): void => {
    timer = setTimeout(() => void (running = round()), pause)
  }
  wait()
  return async () => {
    stopping = true
    clearTimeout(timer)
    await running
  }
}

async function append(path: string, text: string): Promise<void> {
  const file = await open(path, 'a', 0o600)
  try {
    await file.appendFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}
