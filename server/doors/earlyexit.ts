// earlyexit's events: executions and their matches. What a command was, where it ran and what it said is content:
// nobody can send it here, except to a team's own server that was told to take it.
import { server as words } from '../../shared/words/en-server.ts'
import { isRecord } from '../../shared/plain.ts'
import { answer, refuse } from '../door.ts'
import type { Door } from '../door.ts'
import type { KeptEvent, Piece } from '../intake.ts'
import { batchIn, idsByBody, keep, pieceId, whenOf } from '../keep.ts'
import { amount, oneOf, osOf, pick, text, versionOf } from '../kept.ts'
import type { Rule, Rules } from '../kept.ts'
import { dailyUsage, knownOf } from '../known.ts'
import { lists } from '../../shared/sharing/lists/index.ts'

const name = 'earlyexit'

export const earlyexit: Door = {
  name,
  method: 'POST',
  paths: ['/api/v1/events'],
  body: { largest: 'foreign', gzip: true },
  answer: async (call, here) => {
    const batch = await batchIn(call, here)
    if (!batch.ok) return batch.error
    const { key, record, events } = batch.value
    const { earlyexitFull: full } = here.config
    const sent = events.map(({ type, data }) => ({ type, data: isRecord(data) ? data : {} }))
    const refused = full ? [] : namesIn(sent, Object.keys(content))
    if (refused.length > 0) return refuse(400, words.content(refused))
    const client = isRecord(record['client']) ? record['client'] : {}
    const parts = sent.map((one) => readEvent(one, client, full, call.now))
    const idAt = await idsByBody(call)
    const pieces = await Promise.all(
      parts.flatMap((part, position) => (part === null ? [] : [pieceOf(part, idAt(position))])),
    )
    const done = await keep(call, here, {
      door: name,
      pieces,
      limits: here.limitsOf(name, { network: call.network, key }, call.now),
      dropped: parts.reduce((sum, part) => sum + (part?.dropped ?? 0), 0),
    })
    if (!done.ok) return done.error
    const leftOut = full ? [] : namesIn(sent, Object.keys(revealing))
    const unknown = parts.filter((part) => part === null).length
    const warnings = [
      ...(leftOut.length > 0 ? [words.contentLeftOut(leftOut)] : []),
      ...(unknown > 0 ? [words.unknownEvents(unknown)] : []),
    ]
    return answer({ status: 'ok', received: sent.length, warnings })
  },
}

/** Refused, unless the operator has switched "full" on. */
const content: Rules = {
  command: text(4096),
  working_directory: text(1024),
  line_content: text(1000),
  match_content: text(1000),
  matched_substring: text(1000),
  context_before: text(500),
  context_after: text(500),
  source_file: text(1024),
}

/** Part of its usual events; each can tell what a command was, so only "full" keeps them. */
const revealing: Rules = { command_hash: text(128), pattern: text(1000) }

const listed = (dimension: string): Rule => oneOf(lists.earlyexit.dimensions[dimension]?.words ?? [])
const execution: Rules = {
  exit_code: amount,
  exit_reason: listed('exit reason'),
  total_runtime: amount,
  match_count: amount,
  time_to_first_match: amount,
  time_to_first_output: amount,
  stdout_lines: amount,
  stderr_lines: amount,
  total_lines_processed: amount,
  user_rating: amount,
  project_type: listed('project type'),
  command_category: listed('command category'),
}
const match: Rules = {
  match_number: amount,
  timestamp_offset: amount,
  stream_source: oneOf(['stdout', 'stderr']),
  line_number: amount,
}
const rules: Readonly<Record<string, Rules>> = { execution, match_event: match }

interface Sent {
  readonly type: unknown
  readonly data: Readonly<Record<string, unknown>>
}

const namesIn = (sent: readonly Sent[], names: readonly string[]): string[] =>
  names.filter((field) => sent.some(({ data }) => Object.hasOwn(data, field)))

interface Part {
  readonly event: KeptEvent
  /** Null: it says none. */
  readonly id: string | null
  readonly dropped: number
}

function readEvent({ type, data }: Sent, client: Sent['data'], full: boolean, now: number): Part | null {
  if (type !== dailyUsage && (typeof type !== 'string' || !Object.hasOwn(rules, type))) return null
  const all = { ...rules[type], ...(full ? { ...content, ...revealing } : {}) }
  const { kept: body, dropped } = type === dailyUsage ? knownOf(data) : pick(data, all)
  return {
    event: {
      kind: type,
      anonymousId: null,
      ...whenOf(data['timestamp'], now),
      os: osOf(client['platform']),
      version: versionOf(client['version']),
      body,
    },
    id: idOf(type, data),
    dropped,
  }
}

function idOf(
  type: string,
  { id, execution_id: execution, match_number: number }: Sent['data'],
): string | null {
  const own = type === dailyUsage ? id : execution
  if (typeof own !== 'string') return null
  return type === 'match_event' ? `${type} ${own} ${String(number)}` : `${type} ${own}`
}

const pieceOf = async ({ id, event }: Part, otherwise: string): Promise<Piece> => ({
  id: id === null ? otherwise : await pieceId(id),
  events: [event],
})
