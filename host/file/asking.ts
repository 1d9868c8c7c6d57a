// The processes that answer asks about rows: one for each file that is looked at, kept for the next ask, and ended
// when none has come for a while.
import type { CancelSignal } from '../../shared/bridge.ts'
import type { Result } from '../../shared/result.ts'
import type { Ask, AskAnswer, Batch } from '../../shared/viewer/asks.ts'
import { startJob } from '../jobs.ts'
import type { Running } from '../jobs.ts'
import type { StartChild } from '../process.ts'
import type { Reading } from './opened.ts'

const most = 2
const idle = 5000

interface Kept {
  readonly job: Running<'rows'>
  readonly reading: Reading
  asks: number
  rest: ReturnType<typeof setTimeout> | null
}

export class Asking {
  readonly #startChild: StartChild
  readonly #begin: (path: string) => Promise<Reading>
  readonly #kept = new Map<string, Promise<Kept>>()

  constructor(startChild: StartChild, begin: (path: string) => Promise<Reading>) {
    this.#startChild = startChild
    this.#begin = begin
  }

  async ask(
    path: string,
    ask: Ask,
    send: (batch: Batch) => void,
    signal: CancelSignal,
  ): Promise<Result<AskAnswer>> {
    const starting = this.#kept.get(path) ?? this.#start(path)
    const kept = await starting
    if (kept.rest !== null) clearTimeout(kept.rest)
    kept.asks++
    const started = await kept.job.answer
    const answer = started.ok ? await kept.job.ask(ask, send, signal) : started
    if (--kept.asks === 0) kept.rest = setTimeout(() => this.#end(path, starting), idle).unref()
    if (!answer.ok && answer.error.kind !== 'cancelled') this.#end(path, starting)
    return answer
  }

  closeAll(): void {
    for (const [path, starting] of [...this.#kept]) this.#end(path, starting)
  }

  #start(path: string): Promise<Kept> {
    const [oldest] = this.#kept
    if (this.#kept.size >= most && oldest !== undefined) this.#end(...oldest)
    const starting = this.#begin(path).then((reading): Kept => {
      const job = startJob(this.#startChild, 'rows', reading.input, () => {})
      return { job, reading, asks: 0, rest: null }
    })
    this.#kept.set(path, starting)
    return starting
  }

  #end(path: string, starting: Promise<Kept>): void {
    if (this.#kept.get(path) === starting) this.#kept.delete(path)
    void starting.then(({ job, reading, rest }) => {
      if (rest !== null) clearTimeout(rest)
      job.close()
      void reading.end()
    })
  }
}
