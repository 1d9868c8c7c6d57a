// Runs a TypeScript file of the project from any Node from 20: by this process where it is new enough, else by the
// project's own Node 26.
import { spawn } from 'node:child_process'
import module from 'node:module'
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { compiled, isInstalled, projectNode } from './set-up.mjs'
import { words } from './words.mjs'

/**
 * @param {string} program its path
 * @param {readonly string[]} args
 */
export async function runByProjectNode(program, args) {
  const node = projectNode()
  if (node === null || !isInstalled()) {
    console.error(words.runNpmCi)
    process.exitCode = 1
  } else if (Number(process.versions.node.split('.')[0]) >= 26) {
    module.enableCompileCache(process.env['NODE_COMPILE_CACHE'] ?? compiled)
    process.argv.splice(1, Infinity, program, ...args)
    await import(pathToFileURL(program).href)
  } else hand(node, [program, ...args])
}

/**
 * Another Node does the work: our exit code is its, and so is the signal that ends us.
 * @param {string} node
 * @param {readonly string[]} args
 */
function hand(node, args) {
  const env = { NODE_COMPILE_CACHE: compiled, ...process.env }
  const child = spawn(node, args, { env, stdio: 'inherit' })
  const passOn = /** @type {const} */ (['SIGTERM', 'SIGHUP'])
  for (const signal of passOn) process.on(signal, () => child.kill(signal))
  // Ctrl-C in a terminal reaches both; sent to us alone, it is passed on.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'))
  child.on('error', (error) => {
    console.error(words.nodeFailed(error.message))
    process.exitCode = 1
  })
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1)
    for (const name of [...passOn, 'SIGINT']) process.removeAllListeners(name)
    process.kill(process.pid, signal)
  })
}
