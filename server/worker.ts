// The community server at Cloudflare's edge: D1 keeps what was taken in, KV what D1 must not. wrangler.toml beside
// this file names the bindings, and the hour of the nightly run.
import * as v from 'valibot'
import type { Hono } from 'hono'
import { server as words } from '../shared/words/en-server.ts'
import { createApp } from './app.ts'
import { configFrom } from './config.ts'
import type { Config } from './config.ts'
import { runDaily } from './daily.ts'
import { noPoints } from './door.ts'
import { pointsIn } from './edge/analytics.ts'
import type { Dataset } from './edge/analytics.ts'
import { dayKeysIn, journalIn, nearbyIn, readJournal } from './edge/kv.ts'
import type { Kv } from './edge/kv.ts'
import { deleteOnProof } from './forget.ts'
import { sha256Of } from './hash.ts'
import { createLimiter } from './limits.ts'
import { createMetrics } from './metrics.ts'
import { createSigner, noSigner, SigningKeys } from './receipts.ts'
import { openD1Store } from './stores/d1.ts'
import type { D1 } from './stores/d1.ts'
import type { Store } from './store.ts'
import { carryHttp } from './router/carry.ts'
import { forwardDue } from './router/forward.ts'
import { trendsDocument } from './trends/renew.ts'
import { createTotals, dayOf } from './totals.ts'
import type { Totals } from './totals.ts'
import { program } from './version.ts'

export interface Env {
  readonly DB: D1
  readonly KV: Kv
  /** May be left out. */
  readonly ANALYTICS?: Dataset
  /** A secret: what `npm run server -- keys make` prints. Without it receipts are not signed. */
  readonly SIGNING_KEYS?: string
  /** And the variables of config.ts. */
  readonly [variable: string]: unknown
}

interface Context {
  waitUntil(work: Promise<unknown>): void
}

interface Home {
  readonly app: Hono
  readonly store: Store
  readonly totals: Totals
  readonly config: Config
}

/** Made once in an isolate, at its first request. */
let home: Promise<Home> | undefined

async function makeHome(env: Env): Promise<Home> {
  const config = configFrom(env)
  if (!config.ok) throw new Error(config.error)
  if (config.value.forwards.some(({ sender }) => sender === null)) return noFiles()
  const store = openD1Store(env.DB)
  const totals = createTotals()
  const dayKeys = dayKeysIn(env.KV)
  const app = createApp({
    store,
    totals,
    config: config.value,
    clock: Date.now,
    metrics: createMetrics(),
    nearby: nearbyIn(env.KV),
    points: env.ANALYTICS === undefined ? noPoints : pointsIn(env.ANALYTICS, dayKeys),
    limiter: createLimiter(dayKeys, config.value.limits),
    signer: env.SIGNING_KEYS === undefined ? noSigner : await createSigner(parseKeys(env.SIGNING_KEYS)),
    sha256: sha256Of,
    journal: journalIn(env.KV),
    // The edge sets it itself; what a sender wrote there never arrives.
    addressOf: (c) => c.req.header('cf-connecting-ip') ?? null,
    log: (line) => console.log(JSON.stringify(line)),
  })
  return { app, store, totals, config: config.value }
}

function parseKeys(text: string): SigningKeys {
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), SigningKeys), text)
  if (!read.success) throw new Error(words.badVariable('SIGNING_KEYS', words.variables.SIGNING_KEYS))
  return read.output
}

/** The one of wrangler.toml's hours at which old things go; at the others, what waits is forwarded. */
const nightly = '0 2 * * *'
const noFiles = (): Promise<never> => Promise.reject(new Error('there are no files at the edge'))

export default {
  async fetch(request: Request, env: Env, context: Context): Promise<Response> {
    home ??= makeHome(env)
    const { app, store, totals } = await home
    const answer = await app.fetch(request)
    context.waitUntil(totals.flush(store))
    return answer
  },

  async scheduled({ cron }: { readonly cron: string }, env: Env): Promise<void> {
    home ??= makeHome(env)
    const { store, totals, config } = await home
    await forwardDue({
      ...{ store, totals, program, targets: config.forwards, clock: Date.now, carry: carryHttp },
      append: noFiles,
      stopped: () => false,
    })
    await totals.flush(store)
    if (cron !== nightly) return
    await dayKeysIn(env.KV).tidy(dayOf(Date.now()))
    for await (const deletions of readJournal(env.KV)) await deleteOnProof(store, deletions)
    await runDaily({ store, config, clock: Date.now, stopped: () => false })
    await nearbyIn(env.KV).forget(trendsDocument)
  },
}
