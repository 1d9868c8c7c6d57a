import { dailyUsage, eventsOf, inBatches } from './daily-usage.ts'
import { bearer, endpoint, postJson } from './http.ts'
import { understandHttp } from './sender.ts'
import type { Sender } from './sender.ts'

/**
 * The Smart Agents batch API. Its own events carry the version of Node, single durations and costs, which are no
 * part of a daily report; the operating system and the tool's version stand where its events have them.
 */
export const smartAgents: Sender = {
  name: 'smart-agents',
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
          address: endpoint(told, '/api/v1/telemetry/batch'),
          headers: bearer(told),
          value: {
            events: events.map(({ id, time, fields: { os, tool_version, ...fields } }) => ({
              id,
              event: dailyUsage,
              anonymous_id: ids.anonymousId,
              timestamp: time,
              sdk_version: tool_version,
              os_platform: os,
              ...fields,
            })),
            anonymous_id: ids.anonymousId,
          },
          events: events.length,
        }),
      ),
    ),
  understand: understandHttp,
}
