import { dailyUsage } from './daily-usage.ts'
import { addressAndKey, postInBatches, understandAnswer } from './http.ts'
import type { Sender } from './sender.ts'

/** The earlyexit events API. Its execution ids, command hashes, patterns and exit codes stay on the machine. */
export const earlyexit: Sender = {
  name: 'earlyexit',
  needs: addressAndKey,
  delivery: 'at least once',
  daysBack: 28,
  encode: (reports, ids, told) =>
    postInBatches('/api/v1/events', reports, ids, told, (events) => ({
      api_version: '1.0',
      events: events.map(({ id, time, fields }) => ({
        type: dailyUsage,
        data: { id, timestamp: time, ...fields },
      })),
      client: { version: reports[0]?.program, platform: reports[0]?.os, anonymized: true },
    })),
  understand: (response) => understandAnswer(response, ({ status }) => status === 'ok'),
}
