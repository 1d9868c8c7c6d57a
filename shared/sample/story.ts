// What the sample tells: who works with what, how long it takes, what it costs, and two things worth finding in
// the charts. A release of one agent made it slower, and one provider was down for a working day.

export const rhythmOfKinds = [
  ['agent_execution', 36],
  ['skill_execution', 20],
  ['performance', 20],
  ['feature_usage', 13],
  ['workflow', 7],
  ['error', 4],
] as const
export type SampleKind = (typeof rhythmOfKinds)[number][0]

export interface Agent {
  readonly name: string
  readonly weight: number
  /** Milliseconds, in the middle; and how widely they spread. */
  readonly median: number
  readonly spread: number
  readonly failing: number
  readonly tasks: readonly (readonly [string, number])[]
  /** The part of the span before which nobody had it. */
  readonly from: number
}

const agent = (
  name: string,
  weight: number,
  [median, spread]: readonly [number, number],
  failing: number,
  tasks: Agent['tasks'],
  from = 0,
): Agent => ({ name, weight, median, spread, failing, tasks, from })

export const agents: readonly Agent[] = [
  agent('code-reviewer', 27, [9000, 0.55], 0.03, [
    ['code_review', 8],
    ['security_review', 2],
  ]),
  agent('debugger', 20, [14_000, 0.75], 0.08, [
    ['bug_fix', 9],
    ['incident', 1],
  ]),
  agent('test-automator', 17, [18_000, 0.65], 0.06, [
    ['test_generation', 7],
    ['test_repair', 3],
  ]),
  agent('rag-agent', 15, [2600, 0.6], 0.025, [
    ['question', 8],
    ['research', 2],
  ]),
  agent('architect', 9, [26_000, 0.7], 0.035, [
    ['design', 7],
    ['refactoring', 3],
  ]),
  agent('docs-writer', 7, [7000, 0.5], 0.015, [['documentation', 1]]),
  agent('planner', 12, [5200, 0.5], 0.02, [['planning', 1]], 0.55),
]

export interface Model {
  readonly name: string
  readonly provider: string
  /** How long it takes, against the others. */
  readonly pace: number
  /** Dollars for a million tokens, in and out. */
  readonly price: readonly [number, number]
}

const model = (name: string, provider: string, pace: number, price: Model['price']): Model => ({
  name,
  provider,
  pace,
  price,
})

export const models: readonly (readonly [Model, number])[] = [
  [model('claude-sonnet-4-5', 'anthropic', 1, [3, 15]), 40],
  [model('claude-haiku-4-5', 'anthropic', 0.55, [1, 5]), 17],
  [model('claude-opus-4-5', 'anthropic', 1.5, [5, 25]), 8],
  [model('gpt-5', 'openai', 1.25, [1.25, 10]), 14],
  [model('gpt-5-mini', 'openai', 0.7, [0.25, 2]), 8],
  [model('gemini-2.5-pro', 'google', 1.05, [1.25, 10]), 8],
  [model('qwen3-coder', 'ollama', 2.1, [0, 0]), 5],
]

/** Null: the agent answered without any. */
export const tools: readonly (readonly [string | null, number])[] = [
  [null, 24],
  ['read', 30],
  ['edit', 24],
  ['bash', 20],
  ['grep', 12],
  ['web_search', 6],
  ['run_tests', 5],
  ['browser', 3],
]

export const failures: readonly (readonly [string, number])[] = [
  ['TimeoutError', 32],
  ['RateLimitError', 22],
  ['ToolError', 17],
  ['ContextLengthError', 11],
  ['ValidationError', 9],
  ['TypeError', 6],
  ['PermissionError', 3],
]
export const outage = { provider: 'anthropic', failure: 'ServiceUnavailableError', share: 0.85 } as const

export const components: Readonly<Record<string, readonly [category: string, component: string]>> = {
  TimeoutError: ['network', 'core/http'],
  RateLimitError: ['network', 'core/http'],
  ServiceUnavailableError: ['network', 'core/http'],
  ToolError: ['tool', 'tools/runner'],
  ContextLengthError: ['model', 'core/context'],
  ValidationError: ['input', 'core/schema'],
  TypeError: ['runtime', 'agents/debugger'],
  PermissionError: ['system', 'tools/files'],
}

/** Name, weight, median milliseconds, share of failures. */
export const skills: readonly (readonly [readonly [string, number, number], number])[] = [
  [['systematic-debugging', 4200, 0.07], 26],
  [['code-review', 2600, 0.03], 24],
  [['test-driven-development', 5200, 0.06], 20],
  [['writing-plans', 3100, 0.02], 14],
  [['memory-cleanup', 650, 0.01], 9],
  [['release-notes', 1900, 0.02], 7],
]

export const features: readonly (readonly [string, number])[] = [
  ['memory_search', 30],
  ['multi_agent', 22],
  ['background_tasks', 18],
  ['evolution_system', 14],
  ['checkpoints', 10],
  ['cost_limits', 6],
]
export const actions: readonly (readonly [string, number])[] = [
  ['used', 80],
  ['configured', 13],
  ['enabled', 5],
  ['disabled', 2],
]

/** Name, median milliseconds, bytes. */
export const operations: readonly (readonly [readonly [string, number, number], number])[] = [
  [['span_query', 14, 20_480], 30],
  [['vector_search', 48, 65_536], 28],
  [['memory_recall', 31, 8192], 22],
  [['prompt_cache', 6, 131_072], 14],
  [['index_rebuild', 2400, 4_194_304], 6],
]

export const workflows: readonly (readonly [readonly [string, number], number])[] = [
  [['code_review', 3], 34],
  [['bug_fix', 5], 28],
  [['feature_build', 8], 22],
  [['release', 6], 9],
  [['migration', 10], 7],
]

/** What the person had installed, by the part of the span at which it came. */
export const sdkVersions: readonly (readonly [string, number])[] = [
  ['1.9.2', 0],
  ['2.0.0', 0.16],
  ['2.1.0', 0.38],
  ['2.2.1', 0.61],
  ['2.3.0', 0.84],
]
export const nodeVersions: readonly (readonly [string, number])[] = [
  ['v22.20.0', 0],
  ['v24.11.1', 0.47],
]
/** The release that made one agent slower: how much, in the middle and in the spread. */
export const release = {
  agent: 'code-reviewer',
  before: '2.3.1',
  after: '2.4.0',
  slower: 1.35,
  wider: 1.18,
} as const
