// Calls that no sound window makes. `says` is what the refusal must name, so that the mistake can be found.
import { bridge } from '../../shared/bridge.ts'

interface Malformed {
  readonly what: string
  readonly kind: 'call' | 'stream'
  readonly method: string
  readonly args: () => unknown
  readonly says: RegExp
}

export const malformed: readonly Malformed[] = [
  {
    what: 'a number for a path',
    kind: 'stream',
    method: 'files.open',
    args: () => ({ path: 7 }),
    says: /path/,
  },
  { what: 'an empty path', kind: 'stream', method: 'files.open', args: () => ({ path: '' }), says: /path/ },
  {
    what: 'a path with a NUL',
    kind: 'stream',
    method: 'files.open',
    args: () => ({ path: 'a\0b' }),
    says: /NUL/,
  },
  {
    what: 'arguments without the path',
    kind: 'stream',
    method: 'files.open',
    args: () => ({}),
    says: /path/,
  },
  {
    what: 'an argument too many',
    kind: 'call',
    method: 'settings.get',
    args: () => ({ more: 1 }),
    says: /more/,
  },
  {
    what: 'a setting that does not exist',
    kind: 'call',
    method: 'settings.set',
    args: () => ({ change: { color: 'red' } }),
    says: /color/,
  },
  {
    what: 'a time zone that does not exist',
    kind: 'call',
    method: 'settings.set',
    args: () => ({ change: { timeZone: 'Mars/Olympus' } }),
    says: /time zone/,
  },
  {
    what: 'an id that is a path',
    kind: 'call',
    method: 'files.close',
    args: () => ({ id: '../../x' }),
    says: /id/,
  },
  { what: 'no arguments at all', kind: 'call', method: 'settings.get', args: () => null, says: /arguments/ },
  { what: 'a list of arguments', kind: 'call', method: 'settings.get', args: () => [], says: /arguments/ },
  { what: 'text for arguments', kind: 'call', method: 'settings.get', args: () => 'x', says: /arguments/ },
  {
    what: 'two million characters',
    kind: 'stream',
    method: 'files.open',
    args: () => ({ path: 'x'.repeat(2_000_000) }),
    says: /larger than/,
  },
  {
    what: 'arguments nested five thousand deep',
    kind: 'call',
    method: 'settings.set',
    args: () => ({ change: nested(5000) }),
    says: /too deep/,
  },
  ...['__proto__', 'constructor', 'prototype'].map((key) => ({
    what: `the key ${key}`,
    kind: 'call' as const,
    method: 'settings.set',
    args: (): unknown => JSON.parse(`{"change":{"${key}":{"polluted":true}}}`),
    says: new RegExp(key),
  })),
  {
    what: 'the key __proto__ at the top',
    kind: 'call',
    method: 'settings.get',
    args: () => JSON.parse('{"__proto__":{"polluted":true}}') as unknown,
    says: /__proto__/,
  },
  {
    what: 'a Map',
    kind: 'stream',
    method: 'files.open',
    args: () => ({ path: new Map() }),
    says: /plain|path/,
  },
]

function nested(depth: number): unknown {
  let value: unknown = 1
  for (let i = 0; i < depth; i++) value = { a: value }
  return value
}

/** Names that are no method of this kind, those of every object and of the other kind among them. */
export function unknownNames(kind: 'call' | 'stream'): readonly string[] {
  const otherKind = Object.entries(bridge).find(([, method]) => method.kind !== kind)
  return [
    'files.steal',
    'constructor',
    '__proto__',
    'toString',
    'hasOwnProperty',
    '',
    'app.info/../settings.get',
    'app.info\r\nx: y',
    'a'.repeat(5000),
    ...(otherKind === undefined ? [] : [otherKind[0]]),
  ]
}
