// A command at this machine's terminal: its streams and signals, and the real host, around run.ts.
import process from 'node:process'
import { createInterface } from 'node:readline/promises'
import type { WriteStream } from 'node:tty'
import { directBridge } from '../direct.ts'
import { realHost } from '../real.ts'
import type { Choices } from '../real.ts'
import { endWithoutData } from '../trace.ts'
import { run } from './run.ts'
import type { Output } from './terminal.ts'

const stop = new AbortController()

export interface Started extends Choices {
  /** Opens the program's windows, and gives its exit code. */
  readonly open: (args: readonly string[], signal: AbortSignal) => Promise<number>
}

/** Gives the exit code. */
export async function runAtTerminal(args: readonly string[], { open, ...choices }: Started): Promise<number> {
  endWithoutData()
  process.on('SIGINT', () => stop.abort())
  process.on('SIGTERM', () => stop.abort())
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: Error) => {
      // The reader has enough (`| head`): it is no failure, and there is nobody left to tell anything.
      if ('code' in error && error.code === 'EPIPE') process.exit(0)
      throw error
    })
  const { host, close } = await realHost('command line', choices)
  try {
    return await run(args, {
      bridge: directBridge(host.rpc),
      bytes: host.bytes,
      start: (wanted) => open(wanted, stop.signal),
      ask,
      out: outputOf(process.stdout),
      err: outputOf(process.stderr),
      folder: process.cwd(),
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      now: Date.now,
      signal: stop.signal,
    })
  } finally {
    await close()
  }
}

function outputOf(stream: WriteStream): Output {
  const { NO_COLOR, FORCE_COLOR, TERM, COLUMNS } = process.env
  const isTerminal = stream.isTTY
  const forced = FORCE_COLOR !== undefined && FORCE_COLOR !== '' && FORCE_COLOR !== '0'
  const wanted = forced || (isTerminal && TERM !== 'dumb')
  const told = Number(COLUMNS)
  return {
    write: (text) => void stream.write(text),
    isTerminal,
    width: isTerminal ? stream.columns : Number.isInteger(told) && told > 0 ? told : 80,
    colours: wanted && (NO_COLOR ?? '') === '',
  }
}

async function ask(question: string): Promise<string | null> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return null
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  try {
    return await terminal.question(question, { signal: stop.signal })
  } catch {
    return '' // Ctrl-C is no answer
  } finally {
    terminal.close()
  }
}
