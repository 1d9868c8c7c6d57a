// The server on one small machine: the application with its files, its engine, its socket and its nightly run.
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Hono } from 'hono'
import { createApp } from '../app.ts'
import type { LogLine } from '../app.ts'
import type { Config } from '../config.ts'
import { noPoints, nothingNearby } from '../door.ts'
import { createLimiter } from '../limits.ts'
import { createMetrics } from '../metrics.ts'
import { addressBehind } from '../network.ts'
import { dayKeysIn } from './day-keys.ts'
import { sha256 } from './digests.ts'
import { startForwarding } from './forwarding.ts'
import { journalIn } from './journal.ts'
import { signerIn } from './signing.ts'
import { deleteAgain, openStore } from './place.ts'
import type { Place } from './place.ts'
import { createTotals, dayOf } from '../totals.ts'
import type { Totals } from '../totals.ts'
import type { Store } from '../store.ts'

export interface Choices {
  readonly port: number
  readonly host: string
  readonly place: Place
  readonly config: Config
  readonly clock?: () => number
  readonly log?: (line: LogLine) => void
}

export interface RunningServer {
  readonly address: string
  /** Finishes what was accepted, then closes the store. */
  close(): Promise<void>
}

export async function startServer(choices: Choices): Promise<RunningServer> {
  const store = await openStore(choices.place)
  try {
    return await serve(store, choices)
  } catch (error) {
    await store.close() // a store that is open would keep the process, and nobody would start it anew
    throw error
  }
}

async function serve(store: Store, choices: Choices): Promise<RunningServer> {
  const { port, host, place, config, clock = Date.now, log = () => {} } = choices
  await deleteAgain(store, place) // where the disk is full, the nightly run does it
  const dayKeys = dayKeysIn(place.dayKeys)
  await dayKeys.keyOf(dayOf(clock())) // a damaged file is told at the start
  const totals = createTotals()
  const app = createApp({
    store,
    config,
    clock,
    log,
    totals,
    metrics: createMetrics(),
    nearby: nothingNearby,
    points: noPoints,
    limiter: createLimiter(dayKeys, config.limits),
    signer: await signerIn(place.signingKeys, clock()),
    sha256,
    journal: journalIn(place.journal),
    addressOf: (c) =>
      addressBehind(
        getConnInfo(c).remote.address ?? null,
        c.req.header('x-forwarded-for') ?? null,
        config.trustedProxies,
      ),
  })
  const listening = await listen(app, port, host)
  const stopClock = startClock(store, totals)
  const stopForwarding = startForwarding({ store, totals, clock, targets: config.forwards })
  return {
    address: listening.address,
    close: async () => {
      stopClock()
      await listening.close()
      await stopForwarding()
      await totals.flush(store)
      await store.close()
    },
  }
}

/** Takes the engine's own hourly wishes, and the counts that only memory holds. */
function startClock(store: Store, totals: Totals): () => void {
  const flushing = setInterval(() => void totals.flush(store), 5000)
  const hourly = setInterval(() => void store.tend({ kind: 'hour' }).catch(() => {}), 3_600_000)
  return () => {
    clearInterval(flushing)
    clearInterval(hourly)
  }
}

interface Listening {
  readonly address: string
  close(): Promise<void>
}

async function listen(app: Hono, port: number, host: string): Promise<Listening> {
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
      const closed = new Promise<void>((done) => server.close(() => done()))
      // A connection that is kept open after its last answer would hold the end up for seconds.
      const idle = setInterval(() => 'closeIdleConnections' in server && server.closeIdleConnections(), 50)
      await closed
      clearInterval(idle)
    },
  }
}

function addressOf(bound: AddressInfo | string | null): string {
  if (bound === null || typeof bound === 'string') return ''
  return `http://${bound.family === 'IPv6' ? `[${bound.address}]` : bound.address}:${bound.port}`
}
