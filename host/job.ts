// The entry of every child process. It says it is ready, is given one job, and does it.
import { flushCompileCache } from 'node:module'
import { sendBytes } from './byte-pipe.ts'
import { aboutFile } from './file/about.ts'
import { checkFile } from './file/check.ts'
import { makeSample } from './file/sample.ts'
import { follow } from './file/follow.ts'
import { recogniseFile } from './file/recognise.ts'
import { openRows } from './file/rows.ts'
import { openSnapshot } from './file/snapshot.ts'
import { streamColumns } from './file/stream-columns.ts'
import { overviewOfFile, summarizeFile } from './file/summarize.ts'
import { fail } from '../shared/result.ts'
import { endWithoutData, traceWithoutData } from './trace.ts'
import type { Ask, Batch } from '../shared/viewer/asks.ts'
import type {
  AnswerAsk,
  FromChild,
  Item,
  Job,
  JobName,
  Port,
  RowsPort,
  SnapshotPort,
  ToChild,
} from './jobs.ts'

const jobs: { readonly [K in JobName]: Job<K> } = {
  snapshot: openSnapshot,
  about: aboutFile,
  check: checkFile,
  summarize: summarizeFile,
  overview: overviewOfFile,
  sample: makeSample,
  columns: streamColumns,
  recognise: recogniseFile,
  follow,
  rows: openRows,
  export: async (input, port) => (await import('./file/export.ts')).writeExport(input, port),
  import: async (input, port) => (await import('./file/import.ts')).importTables(input, port),
  // Loaded when it is asked for: whoever doesn't share never has the sharing rooms in memory.
  'erase-preview': async (input, port) => (await import('./erase/preview.ts')).previewErase(input, port),
  erase: async (input, port) => (await import('./erase/erase.ts')).erase(input, port),
  'erase-finish': async (input, port) => (await import('./erase/erase.ts')).finishErase(input, port),
  'count-days': async (input, port) => (await import('./sharing/count-days.ts')).countDays(input, port),
}

interface Parent {
  post(message: FromChild): void
  listen(listener: (message: ToChild) => void): void
}

/** Electron gives its utility processes a parentPort; a forked Node has an IPC channel. */
function findParent(): Parent {
  const port = (process as { parentPort?: ElectronParentPort }).parentPort
  if (port !== undefined)
    return {
      post: (message) => port.postMessage(message),
      listen: (listener) => port.on('message', (event) => listener(event.data as ToChild)),
    }
  return {
    post: (message) => process.send?.(message),
    listen: (listener) => process.on('message', (message) => listener(message as ToChild)),
  }
}
interface ElectronParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown }) => void): void
}

const parent = findParent()
let read: ((offset: number, length: number) => Uint8Array) | null = null
let giveBack = (): void => {}
const givenBack = new Promise<void>((resolve) => (giveBack = resolve))
const port: RowsPort & SnapshotPort = {
  progress: (item: Item<JobName>) => parent.post({ type: 'progress', item }),
  givenBack: () => givenBack,
  serve: (reader) => (read = reader),
  hear: (answerer) => (answer = answerer),
}
let answer: AnswerAsk | null = null
const cancelled = new Set<number>()

async function answerAsk(answerer: AnswerAsk, seq: number, ask: Ask): Promise<void> {
  const send = (batch: Batch): void => parent.post({ type: 'batch', seq, batch })
  try {
    const result = await answerer(ask, send, () => cancelled.has(seq))
    parent.post({ type: 'answered', seq, result })
  } catch (error) {
    console.error(`ask: ${traceWithoutData(error)}`)
    parent.post({ type: 'answered', seq, result: fail({ kind: 'unexpected', where: 'ask' }) })
  }
  cancelled.delete(seq)
}

async function start<K extends JobName>(name: K, input: Parameters<Job<K>>[0]): Promise<void> {
  const job: Job<K> = jobs[name]
  try {
    parent.post({ type: 'answer', result: await job(input, port as Port<K>) })
  } catch (error) {
    console.error(`${name}: ${traceWithoutData(error)}`)
    parent.post({ type: 'answer', result: fail({ kind: 'unexpected', where: name }) })
  }
}

parent.listen((message) => {
  if (message.type === 'start') void start(message.name, message.input as never)
  else if (message.type === 'cancel') cancelled.add(message.seq)
  else if (message.type === 'give-back') giveBack()
  else if (message.type === 'ask') {
    if (answer !== null) void answerAsk(answer, message.seq, message.ask)
  } else if (read !== null) {
    const bytes = read(message.offset, message.length)
    if (message.by === 'pipe') sendBytes(bytes)
    // a view of a larger buffer would take all of that along where messages are cloned
    else parent.post({ type: 'bytes', seq: message.seq, bytes: bytes.slice() })
  }
})
endWithoutData()
process.on('disconnect', () => process.exit()) // an orphan holds a copy of someone's data: end with the parent
process.on('error', () => process.exit()) // a message that finds no parent
parent.post({ type: 'ready' })
flushCompileCache() // it ends by being killed: what it has compiled for the next one would be lost
