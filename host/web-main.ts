// The entry of the local web host, which scripts/start.mjs starts.
import { join } from 'node:path'
import { endWithoutData } from './trace.ts'
import { runWeb } from './web/run.ts'

endWithoutData()
// Held by the start script: when even that was killed, nobody else would end us. Alone it keeps nothing alive.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()
await runWeb(join(import.meta.dirname, '..', 'dist', 'page'))
