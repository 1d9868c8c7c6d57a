// Rows of a believable Smart Agents file, in the order of time, one by one: a million of them need no more memory
// than ten. The same arguments give the same rows, byte for byte.
import type { Writer } from '../formats/text-database.ts'
import { day, moments, spanOf } from './rhythm.ts'
import { choice, createRandom } from './random.ts'
import type { Random } from './random.ts'
import * as story from './story.ts'

export interface SampleWish {
  readonly events: number
  readonly seed: number
  /** Milliseconds since 1970; every event lies before it. */
  readonly until: number
}

/** In the order of the table's columns. */
export type SampleRow = readonly [
  id: string,
  eventType: string,
  eventData: string,
  anonymousId: string,
  timestamp: string,
  sent: number,
  sentAt: string | null,
  createdAt: string,
]

export interface Sample {
  readonly config: string
  readonly rows: Generator<SampleRow>
}

/** The tool's own tables, word for word. */
export const smartAgentsTables = [
  'CREATE TABLE telemetry_config (\n        key TEXT PRIMARY KEY,\n        value TEXT NOT NULL\n      )',
  `CREATE TABLE telemetry_events (
        id TEXT PRIMARY KEY,
        event_type TEXT NOT NULL,
        event_data TEXT NOT NULL,
        anonymous_id TEXT NOT NULL,
        timestamp TEXT NOT NULL,
        sent INTEGER DEFAULT 0,
        sent_at TEXT,
        created_at TEXT DEFAULT CURRENT_TIMESTAMP
      )`,
  'CREATE INDEX idx_events_type ON telemetry_events(event_type)',
  'CREATE INDEX idx_events_timestamp ON telemetry_events(timestamp)',
  'CREATE INDEX idx_events_sent ON telemetry_events(sent)',
] as const
export const smartAgentsInserts = {
  config: "INSERT INTO telemetry_config VALUES ('config', ?)",
  event: 'INSERT INTO telemetry_events VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
} as const

/** All of it in one go, into a database in memory. */
export function writeSmartAgents(writer: Writer, wish: SampleWish): void {
  for (const table of smartAgentsTables) writer.run(table, [])
  const { config, rows } = sampleSmartAgents(wish)
  writer.run(smartAgentsInserts.config, [config])
  for (const row of rows) writer.run(smartAgentsInserts.event, row)
}

export function sampleSmartAgents(wish: SampleWish): Sample {
  const random = createRandom(wish.seed)
  const anonymousId = uuid(random)
  const config = JSON.stringify({ enabled: true, anonymous_id: anonymousId, send_automatically: false })
  return { config, rows: rowsOf(wish, random, anonymousId) }
}

function* rowsOf(wish: SampleWish, random: Random, anonymousId: string): Generator<SampleRow> {
  const calendar = makeCalendar(wish)
  const pickKind = choice(story.rhythmOfKinds)
  const troubledKind = choice(
    story.rhythmOfKinds.map(([kind, weight]) => [kind, kind === 'error' ? weight * 6 : weight] as const),
  )
  for (const time of moments(random, wish.events, wish.until, calendar.troubled)) {
    const now: Moment = {
      part: calendar.part(time),
      outage: calendar.outage(time),
      slow: calendar.slow(time),
    }
    const kind = now.outage ? troubledKind(random) : pickKind(random)
    const timestamp = new Date(time).toISOString()
    // The tool writes the row's kind, id and time into its data once more; that would make a file half as large again.
    const data = {
      ...describe[kind](random, now),
      sdk_version: latest(story.sdkVersions, now.part),
      node_version: latest(story.nodeVersions, now.part),
      os_platform: 'linux',
    }
    const sentAt = calendar.sentAt(time)
    const createdAt = `${timestamp.slice(0, 10)} ${timestamp.slice(11, 19)}`
    yield [
      uuid(random),
      kind,
      JSON.stringify(data),
      anonymousId,
      timestamp,
      sentAt ? 1 : 0,
      sentAt,
      createdAt,
    ]
  }
}

interface Moment {
  /** 0 at the beginning of the span, 1 at its end. */
  readonly part: number
  readonly outage: boolean
  /** How likely the slow release is what runs: people update within three days. */
  readonly slow: number
}

function makeCalendar({ events, until }: SampleWish) {
  const span = spanOf(events) * day
  const start = until - span
  const released = until - Math.min(span * 0.3, 26 * day)
  const troubled = workingDay(until - Math.min(span * 0.55, 62 * day))
  const outageStart = troubled + day * 0.31
  const sends = [0.12, 0.26].map((part) => start + Math.floor(part * span))
  const sentTexts = sends.map((time) => new Date(time).toISOString())
  return {
    troubled,
    part: (time: number): number => (time - start) / span,
    outage: (time: number): boolean => time >= outageStart && time < outageStart + day * 0.45,
    slow: (time: number): number =>
      Math.max(0, Math.min(1, (time - released) / Math.min(3 * day, span * 0.05))),
    sentAt: (time: number): string | null => sentTexts[sends.findIndex((send) => time < send)] ?? null,
  }
}

/** Midnight of that day, or of the Wednesday before where it is not a working day. */
function workingDay(time: number): number {
  const midnight = Math.floor(time / day) * day
  const weekday = new Date(midnight).getUTCDay()
  return weekday === 6 ? midnight - 3 * day : weekday === 0 ? midnight - 4 * day : midnight
}

type Data = Record<string, string | number | boolean>
const describe: Readonly<Record<story.SampleKind, (random: Random, now: Moment) => Data>> = {
  agent_execution: describeAgent,
  skill_execution: describeSkill,
  performance: (random) => {
    const [operation, median, size] = pickOperation(random)
    const data_size = Math.round(spread(random, size, 0.6))
    return { operation, duration_ms: Math.max(1, Math.round(spread(random, median, 0.6))), data_size }
  },
  feature_usage: (random) => ({ feature_name: pickFeature(random), action: pickAction(random) }),
  workflow: (random, now) => {
    const [workflow_type, total_steps] = pickWorkflow(random)
    const success = !random.chance(now.outage ? 0.45 : 0.09)
    const steps_completed = success ? total_steps : Math.floor(random.next() * total_steps)
    return { workflow_type, steps_completed, total_steps, success }
  },
  error: (random, now) => {
    const error_type = now.outage && random.chance(0.85) ? story.outage.failure : pickFailure(random)
    const [error_category, component] = story.components[error_type] ?? ['runtime', 'core']
    const spot = Math.imul(Math.floor(random.next() * 40) + 1, 0x9e3779b1) // some places break again and again
    const stack_trace_hash = hex(spot >>> 0) + hex(Math.imul(spot, 0x85ebca6b) >>> 0)
    return { error_type, error_category, component, stack_trace_hash }
  },
}

const pickModel = choice(story.models)
const pickTool = choice(story.tools)
const pickFailure = choice(story.failures)
const pickSkill = choice(story.skills)
const pickOperation = choice(story.operations)
const pickFeature = choice(story.features)
const pickAction = choice(story.actions)
const pickWorkflow = choice(story.workflows)
const pickTask = new Map(story.agents.map(({ name, tasks }) => [name, choice(tasks)]))
const byWeight = (agents: readonly story.Agent[]) =>
  choice(agents.map((agent) => [agent, agent.weight] as const))
const pickAnyAgent = byWeight(story.agents)
const pickEarlyAgent = byWeight(story.agents.filter(({ from }) => from === 0))
const pickAgent = (random: Random, now: Moment): story.Agent => {
  const agent = pickAnyAgent(random)
  return agent.from <= now.part ? agent : pickEarlyAgent(random)
}

function describeAgent(random: Random, now: Moment): Data {
  const agent = pickAgent(random, now)
  const model = pickModel(random)
  const tool = pickTool(random)
  const released = agent.name === story.release.agent && random.chance(now.slow)
  const down = now.outage && model.provider === story.outage.provider && random.chance(story.outage.share)
  const success = !down && !random.chance(agent.failing)
  const error = success ? null : down ? story.outage.failure : pickFailure(random)
  const usual = spread(
    random,
    agent.median * model.pace * (released ? story.release.slower : 1),
    agent.spread * (released ? story.release.wider : 1),
  )
  const length = error === 'TimeoutError' ? 60_000 : error === null ? usual * tail(random) : usual * 0.4
  const input_tokens = Math.round(spread(random, 5200, 0.9))
  const output_tokens = success ? Math.round(spread(random, 780, 0.8)) : 0
  const cost = (input_tokens * model.price[0] + output_tokens * model.price[1]) / 1_000_000
  return {
    agent_type: agent.name,
    agent_version: versionOf(agent, released, now),
    success,
    duration_ms: Math.round(length + random.next() * 40),
    cost: Math.round(cost * 10_000) / 10_000,
    task_type: pickTask.get(agent.name)?.(random) ?? '',
    ...(error === null ? {} : { error_type: error }),
    ...(tool === null ? {} : { tool }),
    model: model.name,
    provider: model.provider,
    input_tokens,
    output_tokens,
  }
}

function describeSkill(random: Random, now: Moment): Data {
  const [skill_name, median, failing] = pickSkill(random)
  const success = !random.chance(now.outage ? 0.4 : failing)
  const duration_ms = Math.round(spread(random, median, 0.65) * tail(random))
  const mood = Math.round(4.3 + random.normal() * 0.7)
  const user_satisfaction = success ? Math.max(3, Math.min(5, mood)) : 1 + Math.floor(random.next() * 2)
  return { skill_name, success, duration_ms, user_satisfaction, used_with_agent: pickAgent(random, now).name }
}

function versionOf(agent: story.Agent, released: boolean, now: Moment): string {
  if (agent.name !== story.release.agent || now.part < 0.16) return latest(story.sdkVersions, now.part)
  return released ? story.release.after : story.release.before
}

/** Durations are spread like a log-normal: never negative, and a few are much longer than most. */
const spread = (random: Random, median: number, sigma: number): number =>
  median * Math.exp(random.normal() * sigma)
const tail = (random: Random): number => (random.chance(0.015) ? 2 + random.next() * 5 : 1)

function latest(versions: readonly (readonly [string, number])[], part: number): string {
  let found = ''
  for (const [version, from] of versions) if (from === 0 || part >= from) found = version
  return found
}

const pairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
const hex = (bits: number): string =>
  (pairs[bits >>> 24] ?? '') +
  (pairs[(bits >>> 16) & 255] ?? '') +
  (pairs[(bits >>> 8) & 255] ?? '') +
  (pairs[bits & 255] ?? '')

/** In the form of version 4, from the seeded numbers. */
function uuid(random: Random): string {
  const middle = hex(((random.bits() & 0xffff0fff) | 0x4000) >>> 0)
  const variant = hex(((random.bits() & 0x3fffffff) | 0x80000000) >>> 0)
  return `${hex(random.bits())}-${middle.slice(0, 4)}-${middle.slice(4)}-${variant.slice(0, 4)}-${variant.slice(4)}${hex(random.bits())}`
}
