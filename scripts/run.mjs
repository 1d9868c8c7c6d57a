// For npm's scripts: `node scripts/run.mjs FILE.ts …` runs it by the project's own Node, whichever runs this.
import { resolve } from 'node:path'
import process from 'node:process'
import { runByProjectNode } from './project-node.mjs'
import { root } from './set-up.mjs'

const [program = '', ...args] = process.argv.slice(2)
await runByProjectNode(resolve(root, program), args)
