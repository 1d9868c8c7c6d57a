// Answers asks about a file's rows, in a process that stays for the next one. A file that can be read in its place is
// opened for each ask and closed again: a connection kept open would hold its tool up. A private copy, which takes
// long to make, is kept for as long as the file stays as it was. A sort is one long statement, so it is made of an
// image where it would keep the tool from writing.
import { statSync } from 'node:fs'
import type { Progress } from '../../shared/bridge.ts'
import type { Result } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'
import type { Ask, AskAnswer, Batch } from '../../shared/viewer/asks.ts'
import { Desk } from '../../shared/viewer/desk.ts'
import type { AnswerAsk, Job } from '../jobs.ts'
import { openAs } from './read-as.ts'
import type { ReadAs } from './read-as.ts'
import { explainOpened } from './read-only.ts'
import type { ReadOnlyInput } from './read-only.ts'

export interface OpenRows {
  input: ReadOnlyInput
  output: null
}

export const openRows: Job<'rows'> = async (input, port) => {
  const rows = new Rows(input, port.progress)
  port.hear(rows.answer)
  return ok(null)
}

interface Open {
  readonly file: ReadAs
  readonly desk: Desk
  readonly stamp: string
  users: number
}

class Rows {
  readonly #input: ReadOnlyInput
  readonly #progress: (item: Progress) => void
  #shared: Promise<Result<Open>> | null = null

  constructor(input: ReadOnlyInput, progress: (item: Progress) => void) {
    this.#input = input
    this.#progress = progress
  }

  /** A file that changed under the answer is asked once more, unless some of the answer is already told. */
  readonly answer: AnswerAsk = async (ask, send, isCancelled) => {
    let isTold = false
    const tell = (batch: Batch): void => {
      isTold = true
      send(batch)
    }
    const answer = await (ask.ask === 'sort' ? this.#alone : this.#together)(ask, tell, isCancelled)
    const isLost = !answer.ok && answer.error.kind === 'file-changed' && !isTold
    return isLost ? this.#alone(ask, send, isCancelled) : answer
  }

  readonly #together: AnswerAsk = async (ask, send, isCancelled) => {
    const opened = await this.#take()
    if (!opened.ok) return opened
    const answer = await this.#run(opened.value, ask, send, isCancelled)
    await this.#giveBack(opened.value)
    return answer
  }

  readonly #alone: AnswerAsk = async (ask, send, isCancelled) => {
    const own = await this.#begin(ask.ask === 'sort' ? 'of one moment' : 'briefly')
    if (!own.ok) return own
    const answer = await this.#run(own.value, ask, send, isCancelled)
    await own.value.file.close()
    return answer
  }

  async #run(
    { desk, file }: Open,
    ask: Ask,
    send: (batch: Batch) => void,
    isCancelled: () => boolean,
  ): Promise<Result<AskAnswer>> {
    try {
      const batches = desk.answer(ask)
      for (;;) {
        await new Promise((resolve) => setImmediate(resolve)) // whatever came meanwhile goes first
        if (isCancelled()) return fail({ kind: 'cancelled' })
        const next = batches.next()
        if (next.done === true) return ok(next.value)
        send(next.value)
      }
    } catch (error) {
      return fail(explainOpened(error, file))
    }
  }

  /** Asks that come together share what is open. */
  async #take(): Promise<Result<Open>> {
    const open = await this.#shared
    if (open?.ok && open.value.users === 0 && open.value.stamp !== stampOf(this.#input.path)) {
      this.#shared = null
      await open.value.file.close()
    }
    const taken = await (this.#shared ??= this.#begin('briefly'))
    if (taken.ok) taken.value.users++
    else this.#shared = null
    return taken
  }

  async #giveBack(open: Open): Promise<void> {
    if (--open.users > 0 || open.file.readFrom === 'copy') return
    this.#shared = null
    await open.file.close()
  }

  async #begin(reading: 'briefly' | 'of one moment'): Promise<Result<Open>> {
    const stamp = stampOf(this.#input.path)
    const opened = await openAs(this.#input, this.#progress, reading)
    if (!opened.ok) return opened
    const { db, schema, format } = opened.value
    return ok({ file: opened.value, desk: new Desk(db, schema, format, TextDecoder), stamp, users: 0 })
  }
}

function stampOf(path: string): string {
  const one = (end: string): string => {
    const about = statSync(path + end, { bigint: true, throwIfNoEntry: false })
    return about === undefined ? '-' : `${about.ino} ${about.size} ${about.mtimeNs}`
  }
  return `${one('')} ${one('-wal')}`
}
