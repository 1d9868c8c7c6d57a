// The two ends of a job. Parent: runJob starts a child, hands it the work, passes progress on, and kills it when
// the caller cancels. Child: job.ts looks the work up in a table of jobs and answers. A job that has answered may
// stay to serve requests (a snapshot serves its bytes) until it is closed.
import { statSync } from 'node:fs'
import type { Progress } from '../shared/bridge.ts'
import type { CancelSignal } from '../shared/bridge.ts'
import type { AppError, Result } from '../shared/result.ts'
import { fail } from '../shared/result.ts'
import { Incoming } from './byte-pipe.ts'
import type { Ask, AskAnswer, Batch } from '../shared/viewer/asks.ts'
import type { Child, StartChild } from './process.ts'
import type { AboutFile } from './file/about.ts'
import type { CheckFile } from './file/check.ts'
import type { WriteExport } from './file/export.ts'
import type { ImportTables } from './file/import.ts'
import type { MakeSample } from './file/sample.ts'
import type { Lent, OpenSnapshot } from './file/snapshot.ts'
import type { StreamColumns } from './file/stream-columns.ts'
import type { Follow } from './file/follow.ts'
import type { OpenRows } from './file/rows.ts'
import type { RecogniseFile } from './file/recognise.ts'
import type { CountOverview, Summarize } from './file/summarize.ts'
import type { Erase, FinishErase } from './erase/erase.ts'
import type { PreviewErase } from './erase/preview.ts'
import type { CountDays } from './sharing/count-days.ts'

/** Every job by name, with the types of what goes in and comes out. */
export interface Jobs {
  snapshot: OpenSnapshot
  about: AboutFile
  check: CheckFile
  summarize: Summarize
  overview: CountOverview
  sample: MakeSample
  columns: StreamColumns
  recognise: RecogniseFile
  follow: Follow
  rows: OpenRows
  'count-days': CountDays
  'erase-preview': PreviewErase
  erase: Erase
  'erase-finish': FinishErase
  export: WriteExport
  import: ImportTables
}
export type JobName = keyof Jobs
type Input<K extends JobName> = Jobs[K]['input']
type Output<K extends JobName> = Jobs[K]['output']
/** What a job sends before its answer; progress, where it doesn't say otherwise. */
export type Item<K extends JobName> = Jobs[K] extends { item: infer I } ? I : Progress

/** What a job may do besides answering. */
export interface JobPort<I = Progress> {
  progress(item: I): void
  /** Stay alive after the answer and serve byte ranges. What is given must not change afterwards. */
  serve(read: (offset: number, length: number) => Uint8Array): void
}
/** What the job that takes a file in may do besides. */
export interface SnapshotPort extends JobPort<Progress | Lent> {
  /** Resolves when whoever was lent the file has read it. */
  givenBack(): Promise<void>
}
/** What the job that answers asks may do besides. */
export interface RowsPort extends JobPort {
  /** Stay alive after the answer and answer asks about rows. */
  hear(answer: AnswerAsk): void
}
export type AnswerAsk = (
  ask: Ask,
  send: (batch: Batch) => void,
  isCancelled: () => boolean,
) => Promise<Result<AskAnswer>>
export type Port<K extends JobName> = K extends 'rows'
  ? RowsPort
  : K extends 'snapshot'
    ? SnapshotPort
    : JobPort<Item<K>>
export type Job<K extends JobName> = (input: Input<K>, port: Port<K>) => Promise<Result<Output<K>>>

/** Messages between the two ends. Both ends are ours and of one build, so their shape is not checked again. */
export type ToChild =
  | { readonly type: 'start'; readonly name: JobName; readonly input: Input<JobName> }
  | {
      readonly type: 'read'
      readonly seq: number
      readonly offset: number
      readonly length: number
      /** A length of 0 asks for the next of a stream, whose length is told with it. */
      readonly by: 'pipe' | 'message'
    }
  | { readonly type: 'ask'; readonly seq: number; readonly ask: Ask }
  | { readonly type: 'cancel'; readonly seq: number }
  | { readonly type: 'give-back' }
export type FromChild =
  | { readonly type: 'ready' }
  | { readonly type: 'progress'; readonly item: Item<JobName> }
  | { readonly type: 'answer'; readonly result: Result<Output<JobName>> }
  | { readonly type: 'bytes'; readonly seq: number; readonly bytes: Uint8Array }
  | { readonly type: 'batch'; readonly seq: number; readonly batch: Batch }
  | { readonly type: 'answered'; readonly seq: number; readonly result: Result<AskAnswer> }

export interface Running<K extends JobName> {
  readonly answer: Promise<Result<Output<K>>>
  /** Into the given memory, where the bytes come by a way that has none of its own. */
  read(offset: number, length: number, into?: Uint8Array): Promise<Result<Uint8Array>>
  ask(ask: Ask, onBatch: (batch: Batch) => void, signal: CancelSignal): Promise<Result<AskAnswer>>
  /** What was lent is still being read: the job may be silent. */
  goesOn(): void
  /** What was lent has been read. */
  giveBack(): void
  close(): void
}

interface Asked {
  readonly onBatch: (batch: Batch) => void
  readonly settle: (result: Result<AskAnswer>) => void
}

/**
 * A job that works on a stranger's file and says nothing for so long is stuck in one statement, and is ended. The
 * rest (a follower waits for hours, a sample is our own doing) may be silent.
 */
const shortest = 4000
/** Bytes a millisecond that a slow disk gives: some steps go through a whole file without a word. */
const slow = 50_000
const watched: ReadonlySet<JobName> = new Set<JobName>([
  'about',
  'snapshot',
  'summarize',
  'overview',
  'columns',
  'recognise',
  'count-days',
  'check',
  'rows',
  'erase-preview',
  'export',
  'import',
])
/** Bytes beyond the file's own, and how often they are looked at. */
const mostMemory = 850_000_000
const weighEvery = 50
/** A machine under load takes its time to start a process. */
const patienceToStart = 20_000

export function startJob<K extends JobName>(
  startChild: StartChild,
  name: K,
  input: Input<K>,
  onItem: (item: Item<K>) => void,
  signal?: CancelSignal,
): Running<K> {
  const child = startChild()
  const reads = new Map<number, (result: Result<Uint8Array>) => void>()
  const asks = new Map<number, Asked>()
  let seq = 0
  let gone: AppError | null = null
  const size = pathsOf(input).reduce((sum, path) => sum + sizeOf(path), 0)
  const patience = (shortest + size / slow) * (name === 'export' ? 5 : 1) // SQLite writes a whole copy in one step
  let answered = false
  let watch: ReturnType<typeof setTimeout> | null = null
  let settle: (result: Result<Output<K>>) => void = () => {}
  const answer = new Promise<Result<Output<K>>>((resolve) => (settle = resolve))

  const end = (error: AppError): void => {
    gone ??= error
    settle(fail(gone))
    for (const give of reads.values()) give(fail(gone))
    for (const { settle: give } of asks.values()) give(fail(gone))
    reads.clear()
    asks.clear()
    signal?.removeEventListener('abort', cancel)
    expect(null)
    clearInterval(weigh)
    child.kill()
  }
  const cancel = (): void => end({ kind: 'cancelled' })

  const isWaitedFor = (): boolean => !answered || reads.size > 0 || asks.size > 0
  const expect = (within: number | null): void => {
    if (watch !== null) clearTimeout(watch)
    const waiting = within !== null && gone === null && watched.has(name) && isWaitedFor()
    watch = waiting ? setTimeout(() => end({ kind: 'stopped', what: name }), within) : null
  }

  /** A few bytes of a hostile file can ask for gigabytes, a row's values one by one. */
  const weigh = setInterval(() => {
    const waited = watched.has(name) && isWaitedFor()
    if (waited && (child.memory?.() ?? 0) > size + mostMemory)
      end({ kind: 'file-damaged', path: 'path' in input ? (input.path ?? '') : '', detail: 'memory' })
  }, weighEvery)
  weigh.unref()

  const give = (seq: number, bytes: Uint8Array): void => {
    reads.get(seq)?.({ ok: true, value: bytes })
    reads.delete(seq)
  }
  const incoming = new Incoming()
  child.onBytes?.((chunk) => {
    incoming.take(chunk)
    expect(patience)
  })
  child.onMessage((raw) => {
    const message = raw as FromChild // both ends are ours, see above
    if (message.type === 'answer') answered = true
    if (message.type === 'bytes') give(message.seq, message.bytes)
    if (message.type === 'batch') asks.get(message.seq)?.onBatch(message.batch)
    if (message.type === 'answered') {
      asks.get(message.seq)?.settle(message.result)
      asks.delete(message.seq)
    }
    expect(patience)
    if (message.type === 'ready') post(child, { type: 'start', name, input })
    else if (message.type === 'progress') onItem(message.item as Item<K>)
    else if (message.type === 'answer') {
      signal?.removeEventListener('abort', cancel)
      settle(message.result)
    }
  })
  expect(patienceToStart)
  child.onExit(() => end({ kind: 'stopped', what: name }))
  if (signal?.aborted) cancel()
  else signal?.addEventListener('abort', cancel)

  return {
    answer,
    read: (offset, length, into) => {
      if (gone !== null) return Promise.resolve(fail(gone))
      const mine = seq++
      return new Promise((resolve) => {
        reads.set(mine, resolve)
        expect(patience)
        const by = child.onBytes !== undefined && length > 0 ? 'pipe' : 'message'
        if (by === 'pipe')
          incoming.expect(into?.subarray(0, length) ?? new Uint8Array(length), (bytes) => give(mine, bytes))
        post(child, { type: 'read', seq: mine, offset, length, by })
      })
    },
    ask: (ask, onBatch, cancelAsk) => {
      if (gone !== null) return Promise.resolve(fail(gone))
      const mine = seq++
      return new Promise((resolve) => {
        const stop = (): void => post(child, { type: 'cancel', seq: mine })
        const settle = (result: Result<AskAnswer>): void => {
          cancelAsk.removeEventListener('abort', stop)
          resolve(result)
        }
        cancelAsk.addEventListener('abort', stop)
        asks.set(mine, { onBatch, settle })
        expect(patience)
        post(child, { type: 'ask', seq: mine, ask })
      })
    },
    goesOn: () => expect(patience),
    giveBack: () => post(child, { type: 'give-back' }),
    close: () => end({ kind: 'cancelled' }),
  }
}

function pathsOf(input: Input<JobName>): readonly string[] {
  if ('paths' in input) return input.paths
  return 'path' in input && input.path !== null ? [input.path] : []
}

function sizeOf(path: string): number {
  const size = (end: string): number => statSync(path + end, { throwIfNoEntry: false })?.size ?? 0
  try {
    return size('') + size('-wal')
  } catch {
    return 0 // the job will say why it can't be read
  }
}

/** Starts a job, waits for its answer, and ends its process. */
export async function runJob<K extends JobName>(
  startChild: StartChild,
  name: K,
  input: Input<K>,
  onItem: (item: Item<K>) => void,
  signal?: CancelSignal,
): Promise<Result<Output<K>>> {
  const running = startJob(startChild, name, input, onItem, signal)
  const result = await running.answer
  running.close()
  return result
}

const post = (child: Child, message: ToChild): void => child.post(message)
