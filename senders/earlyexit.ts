import { dailyUsage, eventsOf, inBatches } from './daily-usage.ts'
import { bearer, endpoint, postJson, understandAnswer } from './http.ts'
import type { Sender } from './sender.ts'

/** The earlyexit events API. Its execution ids, command hashes, patterns and exit codes stay on the machine. */
export const earlyexit: Sender = {
  name: 'earlyexit',
  needs: [
    { name: 'address', kind: 'address' },
    { name: 'key', kind: 'key', optional: true },
  ],
  delivery: 'at least once',
  daysBack: 28,
  encode: (reports, ids, told) =>
    Promise.resolve(
      inBatches(eventsOf(reports, ids)).map((events) =>
        postJson({
          address: endpoint(told, '/api/v1/events'),
          headers: bearer(told),
          value: {
            api_version: '1.0',
            events: events.map(({ id, time, fields }) => ({
              type: dailyUsage,
              data: { id, timestamp: time, ...fields },
            })),
            client: { version: reports[0]?.program, platform: reports[0]?.os, anonymized: true },
          },
          events: events.length,
        }),
      ),
    ),
  understand: (response) => understandAnswer(response, ({ status }) => status === 'ok'),
}
