// `npm run demo:community`: what sharing is good for, from the first report to the last deletion. It is played by
// test/demo/main.ts, on this machine alone; Ctrl-C ends all of it.
import { join } from 'node:path'
import process from 'node:process'
import { Processes, passInputTo } from './processes.mjs'
import { build, install, root } from './set-up.mjs'

const processes = new Processes()
processes.obeySignals()
const node = await install(processes)
await build(processes, node, 'page')
const { child, ended } = processes.start(node, [join(root, 'test/demo/main.ts'), ...process.argv.slice(2)], {
  cwd: root,
  stdio: ['pipe', 'inherit', 'inherit'],
})
if (child.stdin !== null) passInputTo(child.stdin)
const { code } = await ended
if (!processes.stopping) process.exit(code ?? 1)
