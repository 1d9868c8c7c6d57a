// OTLP over HTTP, as JSON: log records of a collector. It knows no duplicates; `event.id` stays the same, so that
// whoever stores them can tell. What it rejects of a request it names a number for and must never get again.
import { isRecord } from '../shared/plain.ts'
import { dailyUsage } from './daily-usage.ts'
import type { Event } from './daily-usage.ts'
import { addressAndKey, answerOf, postInBatches } from './http.ts'
import { understandHttp } from './sender.ts'
import type { Outcome, Response, Sender } from './sender.ts'

export const otlp: Sender = {
  name: 'otlp',
  needs: addressAndKey,
  delivery: 'at least once',
  daysBack: 28,
  encode: (reports, ids, told) =>
    postInBatches('/v1/logs', reports, ids, told, (events) => ({
      resourceLogs: [
        {
          resource: { attributes: [attribute('service.name', 'sightglass')] },
          scopeLogs: [
            {
              scope: { name: dailyUsage },
              logRecords: events.map((event) => recordOf(event, ids.anonymousId)),
            },
          ],
        },
      ],
    })),
  understand,
}

const attribute = (key: string, stringValue: string) => ({ key, value: { stringValue } })
const info = 9

const recordOf = ({ id, time, fields }: Event, anonymousId: string) => ({
  timeUnixNano: `${Date.parse(time)}000000`,
  severityNumber: info,
  body: { stringValue: dailyUsage },
  attributes: [
    attribute('event.id', id),
    attribute('anonymous_id', anonymousId),
    ...Object.entries(fields).map(([name, value]) => attribute(name, value)),
  ],
})

function understand(response: Response): Outcome {
  const outcome = understandHttp(response)
  if (outcome.kind !== 'delivered') return outcome
  const partial = answerOf(response)?.['partialSuccess']
  if (!isRecord(partial)) return outcome
  const rejected = Number(partial['rejectedLogRecords'] ?? 0) // a 64-bit number: a string in this JSON
  if (!(rejected > 0)) return outcome // a warning alone
  return { kind: 'refused', status: response.status, reason: JSON.stringify(partial).slice(0, 500) }
}
