// The community server on one small machine: `npm run server -- --port 8787 --data DIR`.
import { mkdirSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { createAdaptorServer } from '@hono/node-server'
import { server as words } from '../shared/words/en-server.ts'
import { createApp, usualConfig } from './app.ts'
import { openSqliteStore } from './stores/sqlite.ts'

export interface Choices {
  readonly port: number
  readonly host: string
  /** The folder that holds everything. */
  readonly data: string
}

export interface RunningServer {
  readonly address: string
  /** Finishes what was accepted, then closes the store. */
  close(): Promise<void>
}

export async function startServer({ port, host, data }: Choices): Promise<RunningServer> {
  mkdirSync(data, { recursive: true, mode: 0o700 })
  const store = openSqliteStore(join(data, 'sightglass-server.db'))
  const app = createApp({ store, clock: Date.now, config: usualConfig })
  const server = createAdaptorServer({
    fetch: app.fetch,
    serverOptions: { requestTimeout: 15_000, headersTimeout: 10_000, maxHeaderSize: 16_384 },
  })
  await new Promise<void>((listening, failed) => {
    server.once('error', failed)
    server.listen(port, host, listening)
  })
  return {
    address: addressOf(server.address()),
    close: async () => {
      await new Promise((closed) => server.close(closed))
      await store.close()
    },
  }
}

function addressOf(bound: AddressInfo | string | null): string {
  if (bound === null || typeof bound === 'string') return ''
  return `http://${bound.family === 'IPv6' ? `[${bound.address}]` : bound.address}:${bound.port}`
}

const options = {
  port: { type: 'string', default: '8787' },
  host: { type: 'string', default: '127.0.0.1' },
  data: { type: 'string', default: 'server-data' },
} as const

async function main(): Promise<void> {
  const { values } = parseArgs({ options })
  const data = resolve(values.data)
  const port = Number(values.port)
  if (!/^\d+$/.test(values.port) || port > 65_535) throw new Error(words.badPort(values.port))
  const running = await startServer({ port, host: values.host, data })
  console.log(words.started(running.address, data))
  const stop = (): void => {
    process.off('SIGINT', stop).off('SIGTERM', stop) // a second one ends at once
    void running.close()
  }
  process.on('SIGINT', stop).on('SIGTERM', stop)
}

if (import.meta.main)
  main().catch((error: unknown) => {
    console.error(words.notStarted(error instanceof Error ? error.message : String(error)))
    process.exitCode = 1
  })
