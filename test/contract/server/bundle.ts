// The Worker as `wrangler deploy` would upload it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../../..')
let made: Promise<string> | undefined

/** The path of the one file it comes to. */
export const bundleWorker = (): Promise<string> => (made ??= bundle())

async function bundle(): Promise<string> {
  const folder = join(root, '.cache/worker')
  const wrangler = join(root, 'node_modules/wrangler/bin/wrangler.js')
  const child = spawn(
    process.execPath,
    [wrangler, 'deploy', '--dry-run', '--outdir', folder, '--config', 'server/wrangler.toml'],
    {
      cwd: root,
      env: { ...process.env, WRANGLER_SEND_METRICS: 'false', WRANGLER_LOG_PATH: join(folder, 'log') },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => (said += String(piece)))
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error(said)
  return join(folder, 'worker.js')
}
