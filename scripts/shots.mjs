// `npm run shots`: every screen and state in one contact sheet, .cache/shots/contact-sheet.png, and a list of what
// is cut off, overlapping, sideways or off colour. The pictures are taken by test/shots/main.ts.
import { join } from 'node:path'
import process from 'node:process'
import { Processes } from './processes.mjs'
import { build, install, root } from './set-up.mjs'

const processes = new Processes()
processes.obeySignals()
const node = await install(processes)
await build(processes, node, 'page')
const { ended } = processes.start(node, [join(root, 'test/shots/main.ts'), ...process.argv.slice(2)], {
  cwd: root,
  stdio: ['ignore', 'inherit', 'inherit'],
})
process.exitCode = (await ended).code ?? 1
