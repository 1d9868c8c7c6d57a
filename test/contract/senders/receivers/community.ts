// The community server itself, with its real store in memory.
import { appInMemory, storeInMemory } from '../../../server/app-in-memory.ts'
import type { Store } from '../../../../server/store.ts'
import type { Kept, Receiver } from '../receiver.ts'

export function communityReceiver(now: number): Receiver {
  const store = storeInMemory()
  let rows: readonly Kept[] = []
  const { app } = appInMemory(() => now, { store })
  return {
    answer: async ({ method, path, headers, bytes }) => {
      const body = method === 'POST' ? { body: new Uint8Array(bytes) } : {}
      const answer = await app.fetch(
        new Request(`http://community.test${path}`, { method, headers, ...body }),
      )
      rows = await rowsIn(store)
      return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() }
    },
    rows: () => rows,
  }
}

async function rowsIn(store: Store): Promise<readonly Kept[]> {
  const found = await store.run([{ sql: 'SELECT body FROM events' }])
  const bodies = found.ok ? (found.value[0] ?? []) : []
  return bodies.flatMap(({ body }) => {
    const { rows, ...said } = JSON.parse(String(body)) as { rows: Kept[] }
    return rows.map((row) => ({ ...said, ...row }))
  })
}
