// `npm start`: installs what is missing, builds what is stale, and opens the program: in a window of Electron
// where that can work, otherwise at once in the browser, with one line that says why. Nobody meets a dead start:
// when Electron fails or shows nothing, the web host takes over.
import { join, resolve } from 'node:path'
import process from 'node:process'
import { canDownload, download, findRuntime, hasDisplay, openWindow } from './electron.mjs'
import { Processes, passInputTo } from './processes.mjs'
import { Explained, build, compiled, install, root } from './set-up.mjs'
import { words } from './words.mjs'

/** @typedef {{ file: string | null, port: string | null, open: boolean, use: 'any' | 'browser' | 'electron' }} Options */

const patience = 20_000

/**
 * @param {readonly string[]} args
 * @returns {Options}
 */
function readOptions(args) {
  /** @type {Options} */
  const options = { file: null, port: null, open: true, use: 'any' }
  const rest = args.flatMap((arg) => (arg.startsWith('--port=') ? ['--port', arg.slice(7)] : [arg]))
  let plain = false
  for (let at = 0; at < rest.length; at++) {
    const arg = rest[at] ?? ''
    if (arg === '--' && !plain) plain = true
    else if (plain || !arg.startsWith('-') || arg === '-') {
      if (options.file !== null) throw new Explained(words.oneFile)
      options.file = resolve(asked(), arg)
    } else if (arg === '--no-open') options.open = false
    else if (arg === '--browser' || arg === '--electron') {
      const use = arg === '--browser' ? 'browser' : 'electron'
      if (options.use !== 'any' && options.use !== use) throw new Explained(words.notBoth)
      options.use = use
    } else if (arg === '--port') {
      const port = rest[++at] ?? ''
      if (!/^\d{1,5}$/.test(port) || Number(port) > 65535) throw new Explained(words.badPort(port))
      options.port = port
    } else throw new Explained(words.unknownOption(arg))
  }
  return options
}

/** The folder where the person typed the command: npm itself goes to the project's. */
function asked() {
  const { npm_lifecycle_event: script, INIT_CWD: folder } = process.env
  return script === 'start' && folder !== undefined ? folder : process.cwd()
}

/**
 * The runtime to open a window with, or why there is none.
 * @param {Processes} processes
 * @param {string} node
 * @param {Options} options
 * @returns {Promise<{ runtime: string } | { why: string }>}
 */
async function chooseRuntime(processes, node, options) {
  if (options.use === 'browser') return { why: words.asked }
  const runtime = findRuntime()
  if (runtime !== null) return { runtime }
  if (options.use === 'any' && !hasDisplay()) return { why: words.noDisplay }
  const { host, answers } = await canDownload()
  if (!answers) return { why: words.noAnswer(host) }
  return attempt(async () => ({ runtime: await download(processes, node) }))
}

/**
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T | { why: string }>}
 */
async function attempt(work) {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Explained) return { why: error.message }
    throw error
  }
}

/**
 * @param {Processes} processes
 * @param {string} node
 * @param {string} runtime
 * @param {Options} options
 * @returns {Promise<{ code: number } | { why: string }>}
 */
async function useElectron(processes, node, runtime, options) {
  const built = await attempt(() => build(processes, node, 'shell'))
  if (built !== undefined) return { why: words.shellNotBuilt }
  const outcome = await openWindow(processes, { runtime, file: options.file, patience })
  return outcome.ok ? { code: outcome.code } : { why: outcome.why }
}

/**
 * @param {Processes} processes
 * @param {string} node
 * @param {Options} options
 */
async function useBrowser(processes, node, options) {
  const args = [join(root, 'host', 'web-main.ts')]
  if (options.port !== null) args.push('--port', options.port)
  if (!options.open) args.push('--no-open')
  if (options.use === 'browser') args.push('--browser')
  if (options.file !== null) args.push(options.file)
  const { child, ended } = processes.start(node, args, {
    cwd: root,
    env: { NODE_COMPILE_CACHE: compiled, ...process.env },
    stdio: ['pipe', 'inherit', 'inherit', 'ipc'],
  })
  if (child.stdin !== null) passInputTo(child.stdin)
  const { code, error } = await ended
  if (error !== null) throw new Explained(error)
  return code ?? 1
}

/** @param {Processes} processes */
async function start(processes) {
  if (process.argv.slice(2).some((arg) => arg === '--help' || arg === '-h')) {
    console.log(words.usage)
    return 0
  }
  if (Number(process.versions.node.split('.')[0]) < 20) throw new Explained(words.nodeTooOld(process.version))
  const options = readOptions(process.argv.slice(2))
  const node = await install(processes)
  const [chosen] = await Promise.all([
    chooseRuntime(processes, node, options),
    build(processes, node, 'page'),
  ])
  const opened = 'why' in chosen ? chosen : await useElectron(processes, node, chosen.runtime, options)
  if ('code' in opened) return opened.code
  if (processes.stopping) return 130
  if (options.use === 'electron') throw new Explained(words.electronOnly(opened.why))
  console.log(words.web(opened.why))
  return useBrowser(processes, node, options)
}

const processes = new Processes()
processes.obeySignals()
try {
  const code = await start(processes)
  if (!processes.stopping) process.exit(code)
} catch (error) {
  if (!(error instanceof Explained)) throw error
  if (!processes.stopping) {
    console.error(error.message)
    process.exit(1)
  }
}
