// The entry of the local web host, which scripts/start.mjs starts.
import { join } from 'node:path'
import { runWeb } from './web/run.ts'

await runWeb(join(import.meta.dirname, '..', 'dist', 'page'))
