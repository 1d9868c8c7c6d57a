#!/usr/bin/env node
// The `sightglass` command. It may be started by any Node from 20; the program itself needs the project's Node 26.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { isInstalled, projectNode, root } from './set-up.mjs'
import { words } from './words.mjs'

const program = join(root, 'host', 'cli', 'main.ts')

/** `npm run` goes to the project's folder; a path means the folder where the person stands. */
function returnToFolder() {
  const { npm_lifecycle_event: script = '', INIT_CWD: folder } = process.env
  if (folder !== undefined && /^(sightglass|telemetry:\w+)$/.test(script)) process.chdir(folder)
}

/**
 * Another Node does the work: our exit code is its, and so is the signal that ends us.
 * @param {string} node
 */
function hand(node) {
  const child = spawn(node, [program, ...process.argv.slice(2)], { stdio: 'inherit' })
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

const node = projectNode()
if (node === null || !isInstalled()) {
  console.error(words.runNpmCi)
  process.exitCode = 1
} else {
  returnToFolder()
  if (Number(process.versions.node.split('.')[0]) >= 26) {
    process.argv[1] = program
    await import(pathToFileURL(program).href)
  } else hand(node)
}
