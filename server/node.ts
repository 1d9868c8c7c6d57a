// `npm run server -- --port 8787 --data DIR` starts the community server on one small machine; with a command it does
// one thing on the same folder, beside a running server if need be. Its data lies in SQLite in that folder, or in
// PostgreSQL where DATABASE_URL names one.
import { parseArgs } from 'node:util'
import { server as words } from '../shared/words/en-server.ts'
import { configFrom, misspelledIn } from './config.ts'
import { runCommand, usage } from './node/commands.ts'
import { Explained, tellOf } from './node/explained.ts'
import { placeAt } from './node/place.ts'
import { Nights } from './node/nights.ts'
import { startServer } from './node/start.ts'

const options = {
  port: { type: 'string', default: '8787' },
  host: { type: 'string', default: '127.0.0.1' },
  data: { type: 'string', default: 'server-data' },
  help: { type: 'boolean', default: false },
} as const

function readArguments() {
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true })
    return { ...values, command: positionals }
  } catch (error) {
    const [first = ''] = error instanceof Error ? error.message.split(/(?<=\.) /) : []
    throw new Explained(words.badOption(first))
  }
}

async function main(): Promise<void> {
  const { help, port, host, data, command } = readArguments()
  if (help) return console.log(usage)
  const config = configFrom(process.env)
  if (!config.ok) throw new Explained(config.error)
  const place = placeAt(data, process.env['DATABASE_URL'])
  if (command.length > 0) return runCommand(command, { place, config: config.value, clock: Date.now })
  if (!/^\d+$/.test(port) || Number(port) > 65_535) throw new Explained(words.badPort(port))
  for (const [given, known] of misspelledIn(process.env)) console.error(words.variableLike(given, known))
  const running = await startServer({
    port: Number(port),
    host,
    place,
    config: config.value,
    log: (line) => console.log(JSON.stringify(line)),
  })
  console.log(words.started(running.address, place.data))
  const nights = new Nights(place.data)
  endWhenAsked(() => void Promise.all([nights.stop(), running.close()]))
}

/**
 * Once. systemd, npm and a terminal ask each process of a group, and a process hands on what it was asked: the same
 * wish comes twice within a moment. Only Ctrl-C that is pressed again later means at once.
 */
function endWhenAsked(end: () => void): void {
  let asked: number | undefined
  const ask = (signal: NodeJS.Signals): void => {
    if (asked === undefined) end()
    else if (signal === 'SIGINT' && performance.now() - asked > 1000) process.exit(130)
    asked ??= performance.now()
  }
  process.on('SIGINT', ask).on('SIGTERM', ask)
}

process.umask(0o077) // what is made here, backups and exports too, is for whoever runs the server
// A log that can't be written, for its reader is gone or its disk is full, is no reason to end.
for (const log of [process.stdout, process.stderr]) log.on('error', () => {})
process.on('uncaughtException', (error) => {
  console.error(words.crashed(tellOf(error)))
  process.exit(1)
})
main().catch((error: unknown) => {
  console.error(words.notStarted(tellOf(error)))
  process.exit(1)
})
