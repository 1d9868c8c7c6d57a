// `npm start` without a window of its own: serves the page on this machine, opens the browser, and stays until it
// is told to stop. When it runs already for this person, that one is asked for a fresh address instead.
import { createInterface } from 'node:readline'
import type { Words } from '../../shared/words/en.ts'
import { realHost } from '../real.ts'
import { speakAsSet } from '../speech.ts'
import { traceWithoutData } from '../trace.ts'
import { serveWeb } from '../web.ts'
import type { WebHost, WebOptions } from '../web.ts'
import { hasScreen, openBrowser } from './browser.ts'
import { announce, askRunning, retract } from './instance.ts'
import { readOptions } from './options.ts'
import type { StartOptions } from './options.ts'

const usualPort = 4141

export async function runWeb(page: string): Promise<void> {
  const { web: words } = (await speakAsSet(process.env)).words
  try {
    await run(page, words)
  } catch (error) {
    console.error(`${words.failed}\n${traceWithoutData(error)}`)
    process.exit(1)
  }
}

const say = (sentence: string): void => console.log(sentence)

async function run(page: string, words: Words['web']): Promise<void> {
  const folder = process.env['INIT_CWD'] ?? process.cwd()
  const options = readOptions(process.argv.slice(2), folder, words)
  if (!options.ok) return stop(options.error)
  const { file } = options.value
  const show = (address: string): void => {
    if (options.value.open && hasScreen(process.platform, process.env)) openBrowser(process.platform, address)
  }
  const real = await realHost('web')
  const { data } = real.paths
  const running = await askRunning(data, file)
  if (running !== null) {
    await real.close()
    say(words.alreadyRunning(running))
    return show(running)
  }
  const web = await serve({ host: real.host, page, now: Date.now, words }, options.value)
  if (typeof web === 'string') {
    await real.close()
    return stop(web)
  }
  // A folder that can't be written costs only this: a second start then doesn't find the first.
  await announce(data, { port: web.port, pid: process.pid, ...web.again }).catch(() => false)
  const first = web.address(file ?? undefined)
  say(words.started(first))
  show(first)

  const lines = createInterface({ input: process.stdin })
  lines.on('line', () => {
    const fresh = web.address()
    say(words.fresh(fresh))
    show(fresh)
  })
  endWith(async () => {
    lines.close()
    await web.close()
    await retract(data, web.again).catch(() => {})
    await real.close()
  })
}

/** The web host, or the sentence that says why there is none. */
async function serve(
  given: Omit<WebOptions, 'port'>,
  { port }: Pick<StartOptions, 'port'>,
): Promise<WebHost | string> {
  const { words } = given
  const wanted = port ?? usualPort
  try {
    return await serveWeb({ ...given, port: wanted })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null
    if (code === 'ENOENT') return words.notBuilt
    if (code === 'EACCES') return words.portForbidden(wanted)
    if (code !== 'EADDRINUSE') throw error
    if (port !== null) return words.portTaken(port)
  }
  const web = await serveWeb({ ...given, port: 0 })
  say(words.otherPort(usualPort, web.port))
  return web
}

/** Ends in good order at the first request to stop, and at once at the second. */
function endWith(close: () => Promise<void>): void {
  let ending = false
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      if (ending) process.exit(1)
      ending = true
      void close().finally(() => process.exit(0))
    })
}

function stop(sentence: string): void {
  console.error(sentence)
  process.exitCode = 1
}
