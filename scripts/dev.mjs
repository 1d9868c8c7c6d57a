// `npm run dev`: the page from Vite with hot reload, in front of a local web host that restarts when its code
// changes. The host's checks stay as strict as ever: Vite's proxy speaks to it as the host's own page would.
import { once } from 'node:events'
import { createServer as createListener } from 'node:net'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { Processes } from './processes.mjs'
import { Explained, build, install, root } from './set-up.mjs'

const pagePort = 5173
const routes = ['/session', '/call', '/stream', '/bytes']

/** A port that is free now, so that the host keeps it over its restarts. */
async function freePort() {
  const listener = createListener().listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const at = listener.address()
  listener.close()
  return typeof at === 'object' && at !== null ? at.port : 0
}

/**
 * @param {Processes} processes
 * @param {string} node
 * @param {number} port
 */
function startHost(processes, node, port) {
  const args = ['--watch-path=host', '--watch-path=shared', '--watch-preserve-output', 'host/web-main.ts']
  const { child, ended } = processes.start(
    node,
    [...args, '--no-open', '--port', String(port), ...process.argv.slice(2)],
    { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] },
  )
  if (child.stdin !== null) process.stdin.pipe(child.stdin)
  if (child.stdout !== null)
    createInterface({ input: child.stdout }).on('line', (line) => {
      console.log(line.replaceAll(`127.0.0.1:${port}`, `127.0.0.1:${pagePort}`))
    })
  return ended
}

/** @param {number} port */
async function startPage(port) {
  const { createServer } = await import('vite')
  const target = `http://127.0.0.1:${port}`
  const proxy = Object.fromEntries(
    routes.map((route) => [route, { target, changeOrigin: true, headers: { origin: target } }]),
  )
  const server = await createServer({
    configFile: `${root}/vite.config.ts`,
    server: {
      host: '127.0.0.1',
      port: pagePort,
      strictPort: true,
      proxy,
      headers: {
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-embedder-policy': 'require-corp',
      },
    },
  })
  await server.listen()
}

const processes = new Processes()
processes.obeySignals()
try {
  const node = await install(processes)
  await build(processes, node, 'page') // the host serves no page here, but insists on having one
  const port = await freePort()
  await startPage(port)
  const { code } = await startHost(processes, node, port)
  if (!processes.stopping) process.exit(code ?? 1)
} catch (error) {
  if (!(error instanceof Explained)) throw error
  console.error(error.message)
  process.exit(1)
}
