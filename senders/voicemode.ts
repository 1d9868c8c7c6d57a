// The VoiceMode worker takes one summary of use an event, and ten events an hour for one id: so one event a report.
// Its summary demands a number of sessions: the sum of where the ranges of the kinds begin. How long each session
// was, by which transport and provider of speech, a daily report does not know; the rows stand in their place.
import { counts } from '../shared/sharing/ranges.ts'
import type { Report } from '../shared/sharing/shape.ts'
import { beginning, dailyUsage, lowest } from './daily-usage.ts'
import { answerOf, endpoint, postJson } from './http.ts'
import { understandHttp } from './sender.ts'
import type { Ids, Outcome, Response, Sender } from './sender.ts'

export const voicemode: Sender = {
  name: 'voicemode',
  needs: [{ name: 'address', kind: 'address' }],
  delivery: 'exactly once',
  daysBack: 28, // it would take 90
  encode: (reports, ids, told) =>
    Promise.resolve(
      reports.map((report) =>
        postJson({
          address: endpoint(told, '/telemetry'),
          value: summaryOf(report, ids),
          events: report.rows.length,
        }),
      ),
    ),
  understand,
}

function summaryOf({ format, day, level, tool_version, os, program, rows }: Report, ids: Ids): unknown {
  return {
    event_id: ids.idOf(`${format} ${day}`).replaceAll('-', '').slice(0, 16), // its own ids are 16 hex digits
    telemetry_id: ids.anonymousId,
    timestamp: beginning(day),
    environment: { os, version: tool_version, program },
    usage: {
      total_sessions: rows.reduce(
        (sum, row) => sum + (row.kind === undefined ? 0 : lowest(counts, row.count)),
        0,
      ),
      duration_distribution: {},
      transport_usage: {},
      provider_usage: { tts: {}, stt: {} },
      type: dailyUsage,
      format,
      level,
      rows,
    },
  }
}

function understand(response: Response): Outcome {
  const outcome = understandHttp(response)
  const answer = answerOf(response)
  if (outcome.kind === 'later') {
    const asked = outcome.after ?? answer?.['retry_after'] ?? null
    return {
      kind: 'later',
      after: typeof asked === 'number' ? String(asked) : typeof asked === 'string' ? asked : null,
    }
  }
  if (outcome.kind !== 'delivered') return outcome
  if (answer?.['status'] !== 'ok') return { kind: 'later', after: null }
  return answer['message'] === 'Event already recorded' ? { ...outcome, kind: 'duplicate' } : outcome
}
