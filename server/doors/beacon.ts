// Heartbeats of installations, as Operately sends them and as its plan for more of them says; `/ping` takes the same.
// They have no id of their own, so the same heartbeat counts once: of its own time, or else of this day.
import { server as words } from '../../shared/words/en-server.ts'
import { answer, refuse } from '../door.ts'
import type { Door } from '../door.ts'
import { sha256Of } from '../hash.ts'
import { keep, recordIn, whenOf } from '../keep.ts'
import { isRecord } from '../../shared/plain.ts'
import {
  amount,
  anonymousIdOf,
  group,
  oneOf,
  osOf,
  pick,
  several,
  system,
  version,
  versionOf,
  word,
} from '../kept.ts'
import type { Rule, Rules } from '../kept.ts'
import { reportRows } from '../known.ts'

const name = 'beacon'

export const beacon: Door = {
  name,
  method: 'POST',
  paths: ['/beacon', '/analytics/beacons', '/ping'],
  body: { largest: 'report', gzip: true },
  answer: async (call, here) => {
    if (call.bytes.length === 0) return refuse(400, words.emptyBody)
    const read = recordIn(call)
    if (!read.ok) return read.error
    const { installation_id: sentId = read.value['anonymous_id'], anonymous_id: _other, ...sent } = read.value
    const { timestamp, platform } = sent
    const anonymousId = anonymousIdOf(sentId)
    if (anonymousId === null) return refuse(400, words.wrongField('installation_id'))
    const hash = await sha256Of(call.bytes)
    const when = whenOf(timestamp, call.now)
    const { kept, dropped } = pick(sent, rules)
    const event = {
      kind: 'heartbeat',
      anonymousId,
      ...when,
      os: osOf(isRecord(platform) ? platform['os'] : platform),
      version: versionOf(sent['version']),
      body: kept,
    }
    const done = await keep(call, here, {
      door: name,
      pieces: [{ id: when.at === null ? `${when.day} ${hash}` : hash, events: [event] }],
      limits: here.limitsOf(name, { id: anonymousId, network: call.network }, call.now),
      dropped,
    })
    return done.ok ? answer({ status: 'ok' }) : done.error
  },
}

const people = oneOf(['1-10', '11-50', '51-200', '200+'])
const platform: Rule = (value) =>
  typeof value === 'string' ? system(value) : group({ os: system, architecture: word })(value)

const rules: Rules = {
  version,
  elixir_version: version,
  otp_version: version,
  platform,
  deployment_type: oneOf(['docker', 'source', 'binary']),
  user_count_range: people,
  features_enabled: several(word),
  uptime_days: amount,
  database_type: word,
  usage_metrics: group({
    projects_count_range: people,
    goals_count_range: people,
    active_users_7d_range: people,
    features_enabled: several(word),
  }),
  performance_metrics: group({
    avg_response_time_ms: amount,
    db_size_range: oneOf(['<1GB', '1-10GB', '10-100GB', '>100GB']),
  }),
  // What a daily report of ours says besides.
  format: word,
  level: word,
  program: version,
  usage: reportRows,
}
