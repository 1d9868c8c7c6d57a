// A beacon endpoint takes heartbeats: that an installation is alive, what it is, and how it is used, in ranges.
// Wanted by that wire and left out: architecture, way of deployment, number of people, database, uptime.
import type { Report } from '../shared/sharing/shape.ts'
import { beginning } from './daily-usage.ts'
import { endpoint, postJson } from './http.ts'
import { understandHttp } from './sender.ts'
import type { Ids, Sender } from './sender.ts'

export const beacon: Sender = {
  name: 'beacon',
  needs: [{ name: 'address', kind: 'address' }],
  delivery: 'at least once',
  daysBack: 28,
  encode: (reports, ids, told) =>
    Promise.resolve(
      reports.map((report) =>
        postJson({
          address: endpoint(told, ''),
          value: reportHeartbeat(report, ids),
          events: report.rows.length,
        }),
      ),
    ),
  understand: understandHttp,
}

export function reportHeartbeat(report: Report, ids: Ids): Readonly<Record<string, unknown>> {
  const { format, day, level, tool_version, os, program, rows } = report
  return {
    installation_id: ids.anonymousId,
    version: tool_version,
    platform: { os },
    features_enabled: rows.flatMap(({ kind }) => kind ?? []),
    timestamp: beginning(day),
    format,
    level,
    program,
    usage: rows,
  }
}
