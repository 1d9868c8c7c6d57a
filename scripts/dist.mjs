// `npm run dist`: packages for this machine's system, by electron-builder.yml, into dist/packages. What follows `--`
// goes to electron-builder. With `--dir` alone (the program in a folder, to try it) nothing is fetched where the
// Electron runtime is installed; the tools that make installers are fetched by electron-builder at their first use.
import { join } from 'node:path'
import process from 'node:process'
import { canDownload, runtimeFolder } from './electron.mjs'
import { Processes } from './processes.mjs'
import { Explained, build, install, root } from './set-up.mjs'
import { toolPath } from './suites.mjs'
import { words } from './words.mjs'

/**
 * @param {Processes} processes
 * @param {readonly string[]} wanted
 */
async function dist(processes, wanted) {
  const node = await install(processes)
  const folder = runtimeFolder()
  if (folder === null) {
    const { host, answers } = await canDownload()
    if (!answers) throw new Explained(words.noRuntimeToPack(host))
  }
  for (const what of /** @type {const} */ (['page', 'shell'])) await build(processes, node, what)
  const options = ['--config', join(root, 'electron-builder.yml'), '--publish', 'never']
  // Of another architecture, and for a universal program of both, the runtime has to be fetched.
  const own = folder !== null && isForThisMachine(wanted) ? [`-c.electronDist=${folder}`] : []
  const { ended } = processes.start(node, [toolPath('electron-builder'), ...options, ...own, ...wanted], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const { code } = await ended
  if (code !== 0) throw new Explained(words.packagesNotMade)
}

/**
 * Whether what is asked for is one program, for a machine like this one.
 * @param {readonly string[]} wanted
 */
function isForThisMachine(wanted) {
  const [own, named] = [
    [systems[process.platform], process.arch],
    wanted.map((word) => word.replace(/^--/, '')),
  ]
  const others = [...Object.values(systems), 'x64', 'arm64', 'universal'].filter(
    (name) => !own.includes(name),
  )
  return (
    (named.includes('dir') || named.includes(process.arch)) && !others.some((name) => named.includes(name))
  )
}
/** @type {Readonly<Record<string, string>>} */
const systems = { linux: 'linux', darwin: 'mac', win32: 'win' }

const processes = new Processes()
processes.obeySignals()
try {
  await dist(processes, process.argv.slice(2))
} catch (error) {
  if (!(error instanceof Explained)) throw error
  console.error(error.message)
  process.exitCode = 1
}
