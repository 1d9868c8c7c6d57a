// JSON as a tree whose leaves keep the digits they were written with: a number beyond 2^53 is shown as it stands.
export type JsonNode =
  | { readonly is: 'leaf'; readonly type: 'text' | 'number' | 'word'; readonly text: string }
  | {
      readonly is: 'object' | 'list'
      readonly entries: readonly { readonly key: string; readonly node: JsonNode }[]
    }

class Leaf {
  readonly type: 'text' | 'number' | 'word'
  readonly text: string
  constructor(type: Leaf['type'], text: string) {
    this.type = type
    this.text = text
  }
}

/** Null for what is no object and no list. */
export function parseTree(text: string): JsonNode | null {
  if (!/^\s*[[{]/.test(text)) return null
  try {
    return nodeOf(JSON.parse(text, keepSource))
  } catch {
    return null
  }
}

function keepSource(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value === 'string') return new Leaf('text', value)
  if (typeof value === 'number') return new Leaf('number', context?.source ?? String(value))
  return typeof value === 'object' && value !== null ? value : new Leaf('word', String(value))
}

function nodeOf(value: unknown): JsonNode {
  if (value instanceof Leaf) return { is: 'leaf', type: value.type, text: value.text }
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : []
  return {
    is: Array.isArray(value) ? 'list' : 'object',
    entries: entries.map(([key, inner]: [string, unknown]) => ({ key, node: nodeOf(inner) })),
  }
}
