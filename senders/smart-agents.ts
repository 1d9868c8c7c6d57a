import { dailyUsage } from './daily-usage.ts'
import { addressAndKey, postInBatches } from './http.ts'
import { understandHttp } from './sender.ts'
import type { Sender } from './sender.ts'

/**
 * The Smart Agents batch API. Its own events carry the version of Node, single durations and costs, which are no
 * part of a daily report; the operating system and the tool's version stand where its events have them.
 */
export const smartAgents: Sender = {
  name: 'smart-agents',
  needs: addressAndKey,
  delivery: 'at least once',
  daysBack: 28,
  encode: (reports, ids, told) =>
    postInBatches('/api/v1/telemetry/batch', reports, ids, told, (events) => ({
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
    })),
  understand: understandHttp,
}
