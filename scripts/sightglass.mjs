#!/usr/bin/env node
// The `sightglass` command. It may be started by any Node from 20; the program itself needs the project's own.
import { join } from 'node:path'
import process from 'node:process'
import { runByProjectNode } from './project-node.mjs'
import { root } from './set-up.mjs'

// `npm run` goes to the project's folder; a path means the folder where the person stands.
const { npm_lifecycle_event: script = '', INIT_CWD: folder } = process.env
if (folder !== undefined && /^(sightglass|telemetry:\w+)$/.test(script)) process.chdir(folder)
await runByProjectNode(join(root, 'host', 'cli', 'main.ts'), process.argv.slice(2))
