// `npm run server:worker`: the server as a Worker in the real workerd on this machine, with D1 and KV in a folder of
// the project. What comes after `--` is handed to wrangler: `npm run server:worker -- --port 8788`.
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { Processes, describe } from './processes.mjs'
import { Explained, install, root } from './set-up.mjs'
import { toolPath } from './suites.mjs'
import { words } from './words.mjs'

const processes = new Processes()
processes.obeySignals()
const config = ['--config', 'server/wrangler.toml', '--persist-to', '.cache/worker-state']
const env = {
  ...process.env,
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_LOG_PATH: join(root, '.cache/wrangler'),
}

/**
 * @param {string} node
 * @param {readonly string[]} args
 */
async function wrangler(node, args) {
  const { ended } = processes.start(node, [toolPath('wrangler'), ...args, ...config], {
    cwd: root,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const how = await ended
  if (how.code !== 0 && !processes.stopping)
    throw new Explained(words.workerFailed(args[0] ?? '', describe(how)))
}

/**
 * The secret that receipts are signed with, as `wrangler secret put` would hold it.
 * @param {string} node
 */
async function makeSecret(node) {
  const path = join(root, 'server/.dev.vars')
  if (existsSync(path)) return
  const { child, ended } = processes.start(node, ['server/node.ts', 'keys', 'make'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let keys = ''
  child.stdout?.on('data', (piece) => (keys += String(piece)))
  await ended
  writeFileSync(path, `SIGNING_KEYS='${keys.trim()}'\n`, { mode: 0o600 })
}

try {
  const node = await install(processes)
  await makeSecret(node)
  await wrangler(node, ['d1', 'migrations', 'apply', 'DB', '--local'])
  await wrangler(node, ['dev', '--local', ...process.argv.slice(2)])
} catch (error) {
  if (!(error instanceof Explained)) throw error
  console.error(error.message)
  process.exitCode = 1
}
