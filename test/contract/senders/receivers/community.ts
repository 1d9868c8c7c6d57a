// The community server itself, with its real store in memory.
import { createApp, usualConfig } from '../../../../server/app.ts'
import type { Store } from '../../../../server/store.ts'
import { openSqliteStore } from '../../../../server/stores/sqlite.ts'
import type { Kept, Receiver } from '../receiver.ts'

export function communityReceiver(now: number): Receiver {
  const batches = new Map<string, readonly Kept[]>()
  const store = openSqliteStore(':memory:')
  const watched: Store = {
    ...store,
    take: async (taken) => {
      const answer = await store.take(taken)
      if (answer.ok && answer.value.kind === 'kept')
        batches.set(
          taken.batch.batch_id,
          taken.batch.reports.flatMap(({ rows, ...said }) => rows.map((row) => ({ ...said, ...row }))),
        )
      return answer
    },
  }
  const app = createApp({ store: watched, clock: () => now, config: usualConfig })
  return {
    answer: async ({ method, path, headers, bytes }) => {
      const body = method === 'POST' ? { body: new Uint8Array(bytes) } : {}
      const answer = await app.fetch(
        new Request(`http://community.test${path}`, { method, headers, ...body }),
      )
      return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() }
    },
    rows: () => [...batches.values()].flat(),
  }
}
