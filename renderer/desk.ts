// Asks put to the worker that has read the file and still has it open. A statement in a hostile file may never end,
// and no worker can be stopped inside it: one that is silent for too long is ended, whoever asked is told so, and
// the next ask starts another on the same image.
import type { Ask, AskAnswer, Batch } from '../shared/viewer/asks.ts'
import type { AppError, Result } from '../shared/result.ts'
import { fail } from '../shared/result.ts'
import type { ExportPiece } from '../shared/writers/export.ts'
import type { ExportWish, ExportedTable } from '../shared/export.ts'
import type { FromReader, ToReader } from './worker/messages.ts'

/** Without a word from it, a worker is given so long; a sort of a big table says nothing until it is done. */
const patience = 8000
const patienceForSort = 60_000

interface WaitingExport {
  readonly wish: ExportWish
  readonly onPiece: (piece: ExportPiece) => void
  readonly settle: (tables: Result<readonly ExportedTable[]>) => void
}
type Heard = Extract<FromReader, { type: 'batch' | 'answer' | 'piece' | 'exported' }>
export const isAnswer = (message: FromReader): message is Heard => 'id' in message

/** What is asked while the worker still looks the file through for damage waits so long for that. */
const patienceWhileChecking = 2000

interface Waiting {
  readonly ask: Ask
  readonly onBatch: (batch: Batch) => void
  readonly settle: (answer: Result<AskAnswer>) => void
  readonly patience: number
}

export class WorkerDesk {
  readonly #name: string
  #worker: Worker | null = null
  #ready = false
  #checking = false
  #startAgain: (() => Worker) | null = null
  readonly #waiting = new Map<number, Waiting>()
  readonly #exports = new Map<number, WaitingExport>()
  #asked = 0
  #watch: ReturnType<typeof setTimeout> | null = null

  constructor(name: string) {
    this.#name = name
  }

  employ(worker: Worker): void {
    this.#worker = worker
  }
  employs(worker: Worker): boolean {
    return this.#worker === worker
  }
  startAgainBy(start: () => Worker): void {
    this.#startAgain = start
  }

  /** The file is read: from now on its worker has time for asks, and is watched. */
  ready(): void {
    this.#ready = true
    this.#expect()
  }

  /** All rows are read, and the file is being looked through: that can take long, or never end. */
  checking(): void {
    this.#checking = true
    if (this.#isAsked) this.#relieveSoon()
  }

  ask(ask: Ask, onBatch: (batch: Batch) => void, signal: AbortSignal): Promise<Result<AskAnswer>> {
    const worker = (this.#worker ??= this.#start())
    if (worker === null) return Promise.resolve(fail({ kind: 'stopped', what: this.#name }))
    const id = this.#asked++
    return new Promise((settle) => {
      this.#waiting.set(id, {
        ...{ ask, onBatch, settle },
        patience: ask.ask === 'sort' ? patienceForSort : patience,
      })
      signal.addEventListener('abort', () => {
        if (this.#waiting.has(id)) this.#post({ type: 'cancel', id })
        this.#settle(id, fail({ kind: 'cancelled' }))
      })
      this.#post({ type: 'ask', id, ask })
      if (this.#checking && !this.#ready) this.#relieveSoon()
      this.#expect()
    })
  }

  /** The rows as text, piece by piece. */
  exportRows(
    wish: ExportWish,
    onPiece: (piece: ExportPiece) => void,
    signal: AbortSignal,
  ): Promise<Result<readonly ExportedTable[]>> {
    const worker = (this.#worker ??= this.#start())
    if (worker === null) return Promise.resolve(fail({ kind: 'stopped', what: this.#name }))
    const id = this.#asked++
    return new Promise((settle) => {
      this.#exports.set(id, { wish, onPiece, settle })
      signal.addEventListener('abort', () => this.#post({ type: 'cancel', id }))
      this.#post({ type: 'export', id, wish })
      if (this.#checking && !this.#ready) this.#relieveSoon()
      this.#expect()
    })
  }

  hear(message: Heard): void {
    if (message.type === 'piece') this.#exports.get(message.id)?.onPiece(message.piece)
    else if (message.type === 'exported') {
      this.#exports.get(message.id)?.settle(message.tables)
      this.#exports.delete(message.id)
    } else if (message.type === 'batch') this.#waiting.get(message.id)?.onBatch(message.batch)
    else this.#settle(message.id, message.answer)
    this.#expect()
  }

  /** Its worker has ended by itself, or can't be given what it needs. */
  lost(worker: Worker): void {
    if (this.employs(worker)) this.#stop()
  }

  end(): void {
    this.#stop()
    this.#startAgain = null
  }

  get #isAsked(): boolean {
    return this.#waiting.size + this.#exports.size > 0
  }

  #relieveSoon(): void {
    setTimeout(() => {
      if (!this.#ready && this.#isAsked) this.#relieve()
    }, patienceWhileChecking)
  }

  /** Whoever asks goes first: another worker answers, and nobody looks for damage any longer. */
  #relieve(): void {
    this.#worker?.terminate()
    this.#worker = this.#start()
    for (const [id, { ask }] of this.#waiting) this.#post({ type: 'ask', id, ask })
    for (const [id, { wish }] of this.#exports) this.#post({ type: 'export', id, wish })
    this.ready()
  }

  #start(): Worker | null {
    const worker = this.#startAgain?.() ?? null
    if (worker === null) return null
    worker.onmessage = ({ data }: MessageEvent<FromReader>) => {
      if (isAnswer(data)) this.hear(data)
      else if (data.type === 'failed') this.lost(worker)
    }
    worker.onerror = () => this.lost(worker)
    return worker
  }

  #post(message: ToReader): void {
    this.#worker?.postMessage(message)
  }

  #settle(id: number, answer: Result<AskAnswer>): void {
    this.#waiting.get(id)?.settle(answer)
    this.#waiting.delete(id)
    if (this.#waiting.size === 0) this.#expect()
  }

  #expect(): void {
    if (this.#watch !== null) clearTimeout(this.#watch)
    this.#watch = null
    if (!this.#ready || !this.#isAsked) return
    const longest = Math.max(patience, ...[...this.#waiting.values()].map((one) => one.patience))
    this.#watch = setTimeout(() => this.#stop(), longest)
  }

  #stop(): void {
    if (this.#watch !== null) clearTimeout(this.#watch)
    this.#watch = null
    this.#worker?.terminate()
    this.#worker = null
    const stopped = fail<AppError>({ kind: 'stopped', what: this.#name })
    for (const { settle } of this.#exports.values()) settle(stopped)
    this.#exports.clear()
    for (const id of [...this.#waiting.keys()]) this.#settle(id, fail({ kind: 'stopped', what: this.#name }))
  }
}
