// Structured clone as text, so that a value can cross from a page to the program and back. It refuses what
// Electron's channels refuse (functions, symbols, objects of the page such as elements), with the same words.
// One file for both sides: it knows neither Node nor the DOM beyond what they share.

type Node =
  | readonly ['raw', string | number | boolean | null]
  | readonly ['undefined']
  | readonly ['bigint' | 'number' | 'regexp' | 'bytes', string, string?]
  | readonly ['date', number]
  | readonly ['error', string, string]
  | readonly ['array' | 'set', readonly number[]]
  | readonly ['object', readonly (readonly [string, number])[]]
  | readonly ['map', readonly (readonly [number, number])[]]

export const notCloneable = 'An object could not be cloned.'
const views = {
  Uint8Array,
  Int8Array,
  Uint16Array,
  Int16Array,
  Uint32Array,
  Int32Array,
  Float32Array,
  Float64Array,
}

export function encode(value: unknown): string {
  const nodes: (Node | null)[] = []
  const seen = new Map<object, number>()
  const add = (given: unknown): number => {
    if (typeof given !== 'object' || given === null) return nodes.push(primitive(given)) - 1
    const known = seen.get(given)
    if (known !== undefined) return known
    const at = nodes.push(null) - 1
    seen.set(given, at)
    nodes[at] = compound(given, add)
    return at
  }
  add(cloned(value))
  return JSON.stringify(nodes)
}

function cloned(value: unknown): unknown {
  try {
    return structuredClone(value)
  } catch {
    throw new Error(notCloneable)
  }
}

function primitive(value: unknown): Node {
  if (value === undefined) return ['undefined']
  if (typeof value === 'bigint') return ['bigint', String(value)]
  if (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0)))
    return ['number', Object.is(value, -0) ? '-0' : String(value)]
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return ['raw', value]
  throw new Error(notCloneable)
}

function compound(value: object, add: (inner: unknown) => number): Node {
  if (Array.isArray(value)) return ['array', value.map(add)]
  if (value instanceof Date) return ['date', value.getTime()]
  if (value instanceof RegExp) return ['regexp', value.source, value.flags]
  if (value instanceof Error) return ['error', value.name, value.message]
  if (value instanceof Map) return ['map', [...value].map(([key, inner]) => [add(key), add(inner)] as const)]
  if (value instanceof Set) return ['set', [...value].map(add)]
  if (value instanceof ArrayBuffer) return ['bytes', toText(new Uint8Array(value)), 'ArrayBuffer']
  if (ArrayBuffer.isView(value)) {
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
    return ['bytes', toText(bytes), value.constructor.name]
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) throw new Error(notCloneable) // a File, a port, ...
  return ['object', Object.entries(value).map(([key, inner]) => [key, add(inner)] as const)]
}

export function decode(text: string): unknown {
  const nodes = JSON.parse(text) as Node[]
  const made = new Map<number, unknown>()
  const get = (at: number): unknown => {
    if (made.has(at)) return made.get(at)
    const node = nodes[at]
    if (node === undefined) throw new Error('the text is cut')
    return build(node, (value) => made.set(at, value), get)
  }
  return get(0)
}

/** `keep` comes before the inner values are made: a value may hold itself. */
function build(node: Node, keep: (value: unknown) => void, get: (at: number) => unknown): unknown {
  switch (node[0]) {
    case 'raw':
      return node[1]
    case 'undefined':
      return undefined
    case 'bigint':
      return BigInt(node[1])
    case 'number':
      return Number(node[1])
    case 'date':
      return kept(new Date(node[1]), keep)
    case 'regexp':
      return kept(new RegExp(node[1], node[2]), keep)
    case 'error':
      return kept(Object.assign(new Error(node[2]), { name: node[1] }), keep)
    case 'bytes':
      return kept(fromText(node[1], node[2] ?? ''), keep)
    case 'array': {
      const array: unknown[] = kept([], keep)
      for (const at of node[1]) array.push(get(at))
      return array
    }
    case 'set': {
      const set = kept(new Set(), keep)
      for (const at of node[1]) set.add(get(at))
      return set
    }
    case 'map': {
      const map = kept(new Map(), keep)
      for (const [key, at] of node[1]) map.set(get(key), get(at))
      return map
    }
    case 'object': {
      const object = kept({}, keep)
      for (const [key, at] of node[1])
        Object.defineProperty(object, key, {
          value: get(at),
          enumerable: true,
          writable: true,
          configurable: true,
        })
      return object
    }
  }
}

function kept<T>(value: T, keep: (value: unknown) => void): T {
  keep(value)
  return value
}

function toText(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}

function fromText(text: string, name: string): unknown {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
  if (name === 'ArrayBuffer') return bytes.buffer
  if (name === 'DataView') return new DataView(bytes.buffer)
  for (const [known, View] of Object.entries(views)) if (known === name) return new View(bytes.buffer)
  return bytes
}
