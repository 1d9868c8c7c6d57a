// Has many files read by a few processes that can be killed, and counts. A file that takes longer than its time is
// a failure of the program, not of the test: the process is ended and the next one goes on.
import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Tried } from './try-file.ts'
import type { Task } from './try-many.ts'

export interface Figures {
  readonly files: number
  readonly safe: number
  readonly read: number
  readonly refused: Readonly<Record<string, number>>
  /** Read without an error, and damaged all the same: how many, and how many of them are told. */
  readonly silent: { readonly all: number; readonly told: number }
  /** Files that the native engine and the window's read to different numbers of events. */
  readonly different: readonly string[]
  readonly slowest: number
  /** The first few that were not safe, with why. */
  readonly unsafe: readonly string[]
}

const patience = 5000

export async function tryAll(tasks: Iterable<Task>, processes = 2): Promise<Figures> {
  const queue = tasks[Symbol.iterator]()
  const tried: Tried[] = []
  const unsafe: string[] = []
  const work = async (): Promise<void> => {
    const folder = await mkdtemp(join(tmpdir(), 'sightglass-faults-'))
    let child = await start(folder)
    for (let next = queue.next(); next.done !== true; next = queue.next()) {
      const answer = await ask(child, next.value)
      if (typeof answer !== 'string') {
        tried.push(answer)
        continue
      }
      unsafe.push(`${JSON.stringify(next.value).slice(0, 100)}: ${answer}`)
      child.kill('SIGKILL')
      child = await start(folder)
    }
    child.disconnect()
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
  await Promise.all(Array.from({ length: processes }, work))
  return countUp(tried, unsafe)
}

function countUp(tried: readonly Tried[], stuck: readonly string[]): Figures {
  const unsafe = [...stuck]
  const refused: Record<string, number> = {}
  const silent = { all: 0, told: 0 }
  const different: string[] = []
  let [read, slowest] = [0, 0]
  for (const one of tried) {
    slowest = Math.max(slowest, one.milliseconds)
    if (one.unsafe !== null) unsafe.push(`${one.name}: ${one.unsafe}`)
    else if (!one.unchanged) unsafe.push(`${one.name}: the file was changed`)
    else if (one.milliseconds > patience) unsafe.push(`${one.name}: took ${one.milliseconds} ms`)
    if (typeof one.native === 'number') read++
    else refused[one.native] = (refused[one.native] ?? 0) + 1
    const shown = typeof one.native === 'number' || typeof one.window === 'number'
    if (shown && one.truth === false) {
      silent.all++
      if (one.sound === false) silent.told++
    }
    if (typeof one.native === 'number' && typeof one.window === 'number' && one.native !== one.window)
      different.push(`${one.name}: ${one.native} and ${one.window}`)
  }
  const files = tried.length + stuck.length
  return {
    files,
    safe: files - unsafe.length,
    read,
    refused,
    silent,
    different,
    slowest,
    unsafe: unsafe.slice(0, 5),
  }
}

async function start(folder: string): Promise<ChildProcess> {
  const child = fork(join(import.meta.dirname, 'try-many.ts'), [folder], {
    execArgv: [],
    serialization: 'advanced',
  })
  await once(child, 'message')
  return child
}

/** The answer, or what went wrong with the process. */
async function ask(child: ChildProcess, task: Task): Promise<Tried | string> {
  return new Promise((resolve) => {
    const watch = setTimeout(() => finish('hung'), 3 * patience) // three ways to read, one after another
    const crashed = (code: number | null): void => finish(`the process ended with ${code}`)
    const answered = (message: unknown): void => finish(message as Tried) // both ends are this test's
    const finish = (answer: Tried | string): void => {
      clearTimeout(watch)
      child.off('exit', crashed).off('message', answered)
      resolve(answer)
    }
    child.on('exit', crashed).on('message', answered)
    child.send(task)
  })
}

export const line = (title: string, { files, safe, read, refused, silent, slowest }: Figures): string =>
  `${title}: ${safe} of ${files} safe, ${read} read, refused ${JSON.stringify(refused)}, ` +
  `damaged without an error ${silent.all}, told ${silent.told}, slowest ${slowest} ms`
