// The application without a home: its real store in memory, a clock set by hand, no socket.
import type { Hono } from 'hono'
import { createApp } from '../../server/app.ts'
import type { Deps, LogLine } from '../../server/app.ts'
import { usualConfig } from '../../server/config.ts'
import { noPoints, nothingNearby } from '../../server/door.ts'
import { createLimiter } from '../../server/limits.ts'
import { createMetrics } from '../../server/metrics.ts'
import { dayKeyOf, sha256 } from '../../server/node/digests.ts'
import { migrationsFor } from '../../server/node/migrations.ts'
import { noSigner } from '../../server/receipts.ts'
import type { Store } from '../../server/store.ts'
import { openSqliteStore } from '../../server/stores/sqlite.ts'
import { createTotals } from '../../server/totals.ts'

export const storeInMemory = (): Store => openSqliteStore(':memory:', migrationsFor('sqlite'))

export interface AppInMemory {
  readonly app: Hono
  readonly store: Store
  readonly lines: readonly LogLine[]
}

export function appInMemory(now: () => number, given: Partial<Deps> = {}): AppInMemory {
  const store = given.store ?? storeInMemory()
  const config = given.config ?? usualConfig
  const lines: LogLine[] = []
  const dayKey = dayKeyOf(new Uint8Array(32))
  const keys = { keyOf: () => Promise.resolve(dayKey), tidy: async () => {} }
  const app = createApp({
    clock: now,
    limiter: createLimiter(keys, config.limits),
    signer: noSigner,
    totals: createTotals(),
    metrics: createMetrics(),
    nearby: nothingNearby,
    points: noPoints,
    sha256,
    journal: { note: async () => {} },
    addressOf: () => '192.0.2.7',
    log: (line) => lines.push(line),
    ...given,
    config,
    store,
  })
  return { app, store, lines }
}
