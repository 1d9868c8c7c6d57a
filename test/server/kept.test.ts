// The rules by which single values of foreign clients are kept.
import { describe, expect, it } from 'vitest'
import {
  amount,
  anonymousIdOf,
  moment,
  oneOf,
  osOf,
  pick,
  several,
  tally,
  timeOf,
  version,
  word,
} from '../../server/kept.ts'
import { kindOf, knownOf } from '../../server/known.ts'

describe('a word', () => {
  it.each(['code-reviewer', 'TimeoutError', 'db.query', 'gpt-4o', 'overført', 'c++', 'web_search', 'v8'])(
    'is kept: %s',
    (one) => expect(word(one)).toBe(one),
  )
  it.each([
    'ada@example.org',
    '/home/ada',
    'C:\\Users\\ada',
    'Ada Lovelace',
    'sk-ant-api03-0123456789',
    'AKIA1234567890',
    '192.168.1.17',
    'host-192.168.1.17',
    'fe80::1',
    '+49 30 901820',
    'id-12345',
    'rm -rf',
    'https://a.example',
    '<script>',
    `a${'a'.repeat(48)}`,
    '=1+1',
  ])('is "other" where it is none: %s', (one) => expect(word(one)).toBe('other'))
  it('is nothing where nothing was said', () => {
    for (const one of ['', null, 7, true, ['a'], { a: 1 }]) expect(word(one)).toBeUndefined()
  })
})

it('a version has two dots at most, for three make an address', () => {
  for (const one of ['1.0', '2.10.3', 'v20.11.1', '0.0.5', '1.2.3-beta.1', '7'])
    expect(version(one)).toBe(one)
  for (const one of ['192.168.1.1', '20261121', 'latest', '1.0; rm', 1.5])
    expect(version(one)).toBeUndefined()
})

it('numbers are finite and not below nothing; times say when, and nothing else', () => {
  expect([0, 1.5, -1, Infinity, '3'].map(amount)).toEqual([0, 1.5, undefined, undefined, undefined])
  expect(timeOf('2026-11-20T10:00:00+02:00')).toBe(Date.UTC(2026, 10, 20, 8))
  expect(timeOf(1_795_000_000.5)).toBe(1_795_000_000_500)
  expect(['Ada 2026-11-20', 'now', null, -1, 9e15].map(timeOf)).toEqual([null, null, null, null, null])
  expect(moment('2026-11-20T10:00:00.123456+00:00')).toBe('2026-11-20T10:00:00.123Z')
})

it('an id is a UUID, in one spelling', () => {
  expect(anonymousIdOf('550E8400-E29B-41D4-A716-446655440000')).toBe('550e8400-e29b-41d4-a716-446655440000')
  for (const one of ['ada@example.org', '550e8400', null, 7]) expect(anonymousIdOf(one)).toBeNull()
})

it('a system is known by each of its names', () => {
  expect(['Linux', 'darwin', 'macOS', 'win32', 'Windows', 'BeOS', 'constructor'].map(osOf)).toEqual([
    ...['linux', 'macos', 'macos', 'windows', 'windows', 'other', 'other'],
  ])
})

it('what no rule names is not kept, and how much that was is counted to the last leaf', () => {
  const sent = {
    agent: 'planner',
    note: 'Dear Ada',
    deep: { a: [1, 2, { b: 3 }] },
    used: { a: 1, 'to ada': 2, b: -1 },
  }
  expect(pick(sent, { agent: word, used: tally(word), missing: word })).toEqual({
    kept: { agent: 'planner', used: { a: 1, other: 2 } },
    dropped: 5,
  })
  const features = several(oneOf(['sso', 'ai']))(['sso', 'ada', 'ai'])
  expect(features).toEqual(['sso', 'ai'])
  expect(JSON.stringify(tally(word)({ constructor: 2, __proto__: 1 }))).toBe('{"constructor":2}')
  expect(pick({ ...(JSON.parse('{"__proto__": {"x": 1}}') as object) }, { toString: word }).kept).toEqual({})
})

describe('what the list of fields knows of an event', () => {
  it('by its own names and those of the tools', () => {
    const sent = {
      agent_type: 'debugger',
      model: 'claude-sonnet-4-5',
      $os: 'Mac OS X',
      sdk_version: '2.1.7',
      count: '5-9',
    }
    expect(knownOf(sent)).toEqual({
      kept: {
        agent: 'debugger',
        model_family: 'claude-sonnet',
        os: 'macos',
        tool_version: '2.1',
        count: '5-9',
      },
      dropped: 0,
    })
  })
  it('is "other" for a word that is not in the list, and nothing for a range that is none', () => {
    const sent = {
      agent: 'my-own',
      count: '7',
      median: 'soon',
      level: 'secret',
      day: '2026-02-31',
      name: 'Ada',
      toString: 1,
    }
    expect(knownOf(sent)).toEqual({ kept: { agent: 'other' }, dropped: 6 })
  })
  it('is what its format allows, where it names one', () => {
    const sent = { format: 'earlyexit', agent: 'debugger', exit_reason: 'timeout' }
    expect(knownOf(sent).kept).toEqual({ format: 'earlyexit', exit_reason: 'timeout' })
  })
  it('its kind, if it is one of a shared format', () => {
    expect(
      ['agent_execution', 'execution', 'daily_usage', 'Ada clicked', 'constructor', null].map(kindOf),
    ).toEqual([...['agent_execution', 'execution', 'daily_usage', 'other', 'other', 'other']])
  })
})
