// `npm run server -- --port 8787 --data DIR` starts the community server on one small machine; with a command it does
// one thing on the same folder, beside a running server if need be. Its data lies in SQLite in that folder, or in
// PostgreSQL where DATABASE_URL names one.
import { parseArgs } from 'node:util'
import { server as words } from '../shared/words/en-server.ts'
import { configFrom } from './config.ts'
import { runCommand } from './node/commands.ts'
import { placeAt } from './node/place.ts'
import { Nights } from './node/nights.ts'
import { startServer } from './node/start.ts'

const options = {
  port: { type: 'string', default: '8787' },
  host: { type: 'string', default: '127.0.0.1' },
  data: { type: 'string', default: 'server-data' },
} as const

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ options, allowPositionals: true })
  const config = configFrom(process.env)
  if (!config.ok) throw new Error(words.badVariable(config.error))
  const place = placeAt(values.data, process.env['DATABASE_URL'])
  if (positionals.length > 0) return runCommand(positionals, { place, config: config.value, clock: Date.now })
  const port = Number(values.port)
  if (!/^\d+$/.test(values.port) || port > 65_535) throw new Error(words.badPort(values.port))
  const running = await startServer({
    port,
    host: values.host,
    place,
    config: config.value,
    log: (line) => console.log(JSON.stringify(line)),
  })
  console.log(words.started(running.address, place.data))
  const nights = new Nights(place.data)
  const stop = (): void => {
    process.off('SIGINT', stop).off('SIGTERM', stop) // a second one ends at once
    void nights.stop()
    void running.close()
  }
  process.on('SIGINT', stop).on('SIGTERM', stop)
}

main().catch((error: unknown) => {
  console.error(words.notStarted(error instanceof Error ? error.message : String(error)))
  process.exitCode = 1
})
