// The server on one small machine: the application with its files, its engine, its socket and its nightly run.
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Hono } from 'hono'
import { createApp } from '../app.ts'
import type { LogLine } from '../app.ts'
import type { Config } from '../config.ts'
import { createLimiter } from '../limits.ts'
import { createMetrics } from '../metrics.ts'
import { addressBehind } from '../network.ts'
import { dayKeysIn } from './day-keys.ts'
import { journalIn } from './journal.ts'
import { signerIn } from './signing.ts'
import { deleteAgain, nightly, openStore } from './place.ts'
import type { Place } from './place.ts'
import { createTotals } from '../totals.ts'

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
  const { port, host, place, config, clock = Date.now, log = () => {} } = choices
  const store = await openStore(place)
  await deleteAgain(store, place)
  const dayKeys = dayKeysIn(place.dayKeys)
  const totals = createTotals()
  const app = createApp({
    store,
    config,
    clock,
    log,
    totals,
    metrics: createMetrics(),
    limiter: createLimiter(dayKeys, config.limits),
    signer: await signerIn(place.signingKeys, clock()),
    journal: journalIn(place.journal),
    addressOf: (c) =>
      addressBehind(
        getConnInfo(c).remote.address ?? null,
        c.req.header('x-forwarded-for') ?? null,
        config.trustedProxies,
      ),
  })
  const nights = new Nights((stopped) => nightly({ store, config, clock, stopped }, place))
  const flushing = setInterval(() => void totals.flush(store), 5000)
  const listening = await listen(app, port, host)
  return {
    address: listening.address,
    close: async () => {
      clearInterval(flushing)
      await listening.close()
      await nights.stop()
      await totals.flush(store)
      await store.close()
    },
  }
}

/** The nightly work, at 02:00 UTC. */
class Nights {
  readonly #work: (stopped: () => boolean) => Promise<void>
  #stopping = false
  #running: Promise<void> = Promise.resolve()
  #timer: NodeJS.Timeout | undefined

  constructor(work: (stopped: () => boolean) => Promise<void>) {
    this.#work = work
    this.#wait()
  }

  #wait(): void {
    const now = Date.now()
    const next = new Date(now).setUTCHours(2, 0, 0, 0)
    this.#timer = setTimeout(
      () => {
        this.#wait()
        this.#run()
      },
      next > now ? next - now : next + 86_400_000 - now,
    )
  }

  #run(): void {
    this.#running = this.#running.then(() => this.#work(() => this.#stopping)).catch(() => {}) // next night again
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer)
    this.#stopping = true
    await this.#running
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
    close: () => new Promise((closed) => server.close(() => closed())),
  }
}

function addressOf(bound: AddressInfo | string | null): string {
  if (bound === null || typeof bound === 'string') return ''
  return `http://${bound.family === 'IPv6' ? `[${bound.address}]` : bound.address}:${bound.port}`
}
