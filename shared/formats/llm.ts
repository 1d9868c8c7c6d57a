// llm logged answers in `responses`; its newer versions log turns of threads instead and leave the old table as it
// is. A file that has lived through the change holds both, and both are counted; a row that was carried over keeps
// its id and is counted once.
import type { EventSource, Format, Join } from './format.ts'

const common = {
  key: 'id',
  time: { from: [{ column: 'datetime_utc' }], encoding: 'iso' },
  outcome: null,
  failedKinds: [],
  duration: { from: [{ column: 'duration_ms' }], toMilliseconds: 1 },
  lanes: 'model',
  dimensions: [{ name: 'model', from: [{ column: 'resolved_model' }, { column: 'model' }] }],
} as const satisfies Partial<EventSource>

const measures = (tools: string): EventSource['measures'] => [
  { name: 'input tokens', from: [{ column: 'input_tokens' }], unit: 'tokens' },
  { name: 'output tokens', from: [{ column: 'output_tokens' }], unit: 'tokens' },
  { name: 'tools', from: [{ sql: 'k.tools', join: tools }], unit: 'count' },
]

const toolsOf = (table: string, column: string): readonly Join[] => [
  {
    as: 'k',
    from: `(SELECT ${column} AS id, count(*) AS tools FROM ${table} GROUP BY ${column})`,
    on: 'k.id = e.id',
    needs: { [table]: [column] },
  },
]

const responses: EventSource = {
  ...common,
  table: 'responses',
  kind: { always: 'response' },
  joins: toolsOf('tool_calls', 'response_id'),
  measures: measures('k'),
}

const sensitive: readonly string[] = [
  ...['prompt', 'system', 'prompt_json', 'options_json', 'response', 'response_json', 'reasoning'].map(
    (column) => `responses.${column}`,
  ),
  'conversations.name',
  'threads.name',
  'turns.options_json',
  'turns.response_json',
  'turn_search.prompt',
  'turn_search.response',
  'messages.provider_metadata',
  'parts.text',
  'parts.payload',
  'fragments.content',
  'fragments.source',
  'schemas.content',
  'tool_calls.arguments',
  'tool_results.output',
  'tool_results.exception',
  'tool_instances.arguments',
  'attachments.path',
  'attachments.url',
  'attachments.content',
]

/** The name of a thread or conversation is the beginning of its first prompt. */
const contents = {
  threads: [],
  conversations: [],
  messages: ['parts'],
  attachments: [],
  fragments: [],
  tool_instances: [],
} as const

const turns: Format = {
  name: 'llm',
  title: 'llm',
  proof: {
    turns: ['id', 'thread_id', 'model', 'datetime_utc', 'duration_ms'],
    threads: ['id', 'datetime_utc'],
  },
  events: {
    ...common,
    table: 'turns',
    kind: { always: 'turn' },
    joins: toolsOf('turn_tools', 'turn_id'),
    measures: measures('k'),
  },
  also: { ...responses, where: 'NOT EXISTS (SELECT 1 FROM turns AS t WHERE t.id = e.id)' },
  contents,
  sensitive,
}

const legacy: Format = {
  name: 'llm',
  title: 'llm',
  proof: { responses: ['id', 'model', 'prompt', 'response', 'datetime_utc'] },
  events: responses,
  contents,
  sensitive,
}

export const llm: readonly Format[] = [turns, legacy]
