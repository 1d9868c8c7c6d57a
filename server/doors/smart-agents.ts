// Smart Agents sends batches of events. An event is flat, as its senders write it, or a row of its file with the rest
// as JSON in `event_data`. A batch may carry the hash of a secret; who shows the secret can have deleted what came
// with it.
import { isRecord } from '../../shared/plain.ts'
import type { Result } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'
import { server as words } from '../../shared/words/en-server.ts'
import { parseJson } from '../body.ts'
import { answer, refuse } from '../door.ts'
import type { Answer, Door } from '../door.ts'
import type { KeptEvent, Piece } from '../intake.ts'
import { batchIn, idsByBody, keep, pieceId, whenOf } from '../keep.ts'
import { amount, anonymousIdOf, osOf, pick, system, truth, version, versionOf, word } from '../kept.ts'
import type { Rules } from '../kept.ts'
import { dailyUsage, kindOf, knownOf } from '../known.ts'

export const smartAgentsDoor = 'smart-agents'

export const smartAgents: Door = {
  name: smartAgentsDoor,
  method: 'POST',
  paths: ['/api/v1/telemetry/batch', '/api/telemetry/batch', '/api/v1/batch'],
  body: { largest: 'foreign', gzip: true },
  answer: async (call, here) => {
    const sent = await batchIn(call, here)
    if (!sent.ok) return sent.error
    const { key, record, events } = sent.value
    const batch = readBatch(record)
    if (!batch.ok) return batch.error
    const idAt = await idsByBody(call)
    const parts = await Promise.all(
      events.map(async (sent, position) => {
        const { event, dropped } = readEvent(sent, batch.value.anonymousId, call.now)
        const id = typeof sent['id'] === 'string' ? await pieceId(sent['id']) : idAt(position)
        return { piece: { id, events: [event], ...batch.value.proof } satisfies Piece, dropped }
      }),
    )
    const pieces = parts.map(({ piece }) => piece)
    const sender = { id: batch.value.anonymousId, network: call.network, key }
    const done = await keep(call, here, {
      door: smartAgentsDoor,
      pieces,
      limits: here.limitsOf(smartAgentsDoor, sender, call.now),
      dropped: parts.reduce((sum, { dropped }) => sum + dropped, 0),
    })
    if (!done.ok) return done.error
    const received = done.value.size
    return answer({ status: 'ok', received, duplicates: pieces.length - received })
  },
}

interface About {
  readonly anonymousId: string | null
  readonly proof: Pick<Piece, 'secretHash'>
}

function readBatch({
  anonymous_id: id,
  secret_hash: hash,
}: Readonly<Record<string, unknown>>): Result<About, Answer> {
  const anonymousId = id === undefined ? null : anonymousIdOf(id)
  if (id !== undefined && anonymousId === null) return fail(refuse(400, words.wrongField('anonymous_id')))
  if (hash === undefined) return ok({ anonymousId, proof: {} })
  if (typeof hash !== 'string' || !/^[0-9a-f]{64}$/.test(hash))
    return fail(refuse(400, words.wrongField('secret_hash')))
  return ok({ anonymousId, proof: { secretHash: hash } })
}

const rules: Rules = {
  agent_type: word,
  agent_version: version,
  used_with_agent: word,
  skill_name: word,
  task_type: word,
  feature_name: word,
  action: word,
  error_type: word,
  error_category: word,
  component: word,
  operation: word,
  workflow_type: word,
  tool_name: word,
  provider: word,
  success: truth,
  duration_ms: amount,
  cost: amount,
  data_size: amount,
  input_tokens: amount,
  output_tokens: amount,
  user_satisfaction: amount,
  steps_completed: amount,
  total_steps: amount,
  sdk_version: version,
  node_version: version,
  os_platform: system,
}

/** What says which event it is and when; kept in columns, or not at all. */
const envelope = [
  'id',
  'event',
  'event_type',
  'event_data',
  'anonymous_id',
  'timestamp',
  'created_at',
  'sent',
  'sent_at',
]

function readEvent(
  sent: Readonly<Record<string, unknown>>,
  ofBatch: string | null,
  now: number,
): { event: KeptEvent; dropped: number } {
  const flat = { ...sent, ...dataOf(sent['event_data']) }
  const said = Object.fromEntries(Object.entries(flat).filter(([name]) => !envelope.includes(name)))
  const kind = kindOf(flat['event'] ?? flat['event_type'])
  const { kept: body, dropped } = kind === dailyUsage ? knownOf(said) : pick(said, rules)
  return {
    event: {
      kind,
      anonymousId: anonymousIdOf(flat['anonymous_id']) ?? ofBatch,
      ...whenOf(flat['timestamp'], now),
      os: osOf(said['os_platform']),
      version: versionOf(said['sdk_version']),
      body,
    },
    dropped,
  }
}

function dataOf(data: unknown): Readonly<Record<string, unknown>> {
  if (typeof data !== 'string') return isRecord(data) ? data : {}
  const read = parseJson(new TextEncoder().encode(data))
  return read.ok && isRecord(read.value) ? read.value : {}
}
