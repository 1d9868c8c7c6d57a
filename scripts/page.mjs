// `npm run build:page`: the viewer as one HTML file, which opens from the disk without a network.
import { join } from 'node:path'
import process from 'node:process'
import { Processes } from './processes.mjs'
import { Explained, build, install, root } from './set-up.mjs'
import { words } from './words.mjs'

const processes = new Processes()
processes.obeySignals()
try {
  await build(processes, await install(processes), 'alone')
  console.log(words.pageMade(join(root, 'dist', 'alone', 'sightglass.html')))
} catch (error) {
  if (!(error instanceof Explained)) throw error
  console.error(error.message)
  process.exitCode = 1
}
