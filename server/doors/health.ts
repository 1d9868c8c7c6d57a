import { answer, unavailable } from '../door.ts'
import type { Door } from '../door.ts'

/** Whether it works, for whoever watches it, and for Smart Agents, whose document names this address. */
export const health: Door = {
  name: 'health',
  method: 'GET',
  paths: ['/api/v1/telemetry/health'],
  answer: async (_call, { store }) => {
    const asked = await store.run([{ sql: 'SELECT 1 AS one' }])
    return asked.ok ? answer({ status: 'ok' }) : unavailable
  },
}
