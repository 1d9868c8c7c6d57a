// The SQLite store in a thread of its own: while the engine writes and waits for the disk, the doors read and check
// what comes next. It opens before this answers, so that a file that can't be opened is told at the start; a bug in
// there ends the process as it would in here.
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Statement, Store, Tending } from '../store.ts'
import { traits } from './sqlite.ts'
import type { Outcome } from './sqlite.ts'

export type Question =
  | { readonly kind: 'run'; readonly statements: readonly Statement[] }
  | { readonly kind: 'tend'; readonly when: Tending }
  | { readonly kind: 'close' }

export interface Asked {
  readonly number: number
  readonly question: Question
}

export interface Answered {
  readonly number: number
  /** Of `run` alone. */
  readonly outcome?: Outcome
  /** A bug that a single question met. */
  readonly broke?: unknown
}

interface Waiting {
  readonly answer: (outcome: Outcome | undefined) => void
  readonly broke: (error: unknown) => void
}

export async function openSqliteAside(path: string, migrations: readonly string[]): Promise<Store> {
  const thread = new Worker(new URL('./sqlite-thread.ts', import.meta.url), {
    workerData: { path, migrations },
  })
  await once(thread, 'message') // or its error, thrown here
  const waiting = new Map<number, Waiting>()
  thread.on('message', ({ number, outcome, broke }: Answered) => {
    const asked = waiting.get(number)
    waiting.delete(number)
    if (waiting.size === 0) thread.unref()
    if (broke === undefined) asked?.answer(outcome)
    else asked?.broke(broke)
  })
  thread.unref()
  let last = 0
  const ask = (question: Question): Promise<Outcome | undefined> =>
    new Promise((answer, broke) => {
      const number = ++last
      waiting.set(number, { answer, broke })
      thread.ref()
      thread.postMessage({ number, question } satisfies Asked)
    })
  return {
    ...traits,
    run: async (statements) => {
      const outcome = await ask({ kind: 'run', statements })
      if (outcome === undefined) throw new Error('the store answered nothing')
      return outcome
    },
    tend: async (when) => void (await ask({ kind: 'tend', when })),
    close: async () => void (await ask({ kind: 'close' })),
  }
}
