// What the scanner accepts must mean what JSON.parse makes of it; what it doesn't accept is read by JSON.parse.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { JsonScanner } from '../../../shared/viewer/json-scanner.ts'
import { Words } from '../../../shared/viewer/words.ts'

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
const decode = (bytes: Uint8Array, start: number, end: number): string =>
  decoder.decode(bytes.subarray(start, end))
const keys = ['a', 'tool', 'task', 'duration_ms', 'deep', '__proto__', '']
  .map((key) => ({ key }))
  .filter(({ key }) => key !== '')

interface Scanner {
  readonly scanner: JsonScanner
  readonly numbers: readonly (number | null)[]
}
function scannerOf(): Scanner {
  const scanner = new JsonScanner(new Words())
  return { scanner, numbers: keys.map(({ key }) => scanner.want(key)) }
}
/** One that remembers the order of keys in the texts before. */
const used = scannerOf()

function scan(bytes: Uint8Array, { scanner, numbers } = scannerOf()): Map<string, unknown> | null {
  // bytes of other rows lie around a text in the engine's memory
  const around = new Uint8Array(bytes.length + 40).fill(0x22)
  around.set(new TextEncoder().encode('{"a":1}'), 1)
  around.set(new TextEncoder().encode('5,"a":7}'), bytes.length + 20)
  around.set(bytes, 20)
  if (!scanner.scan(around, 20, 20 + bytes.length, decode)) return null
  return new Map(keys.map(({ key }, i) => [key, scanner.values[numbers[i] ?? -1]]))
}

/** What a row's reader takes out of the parsed object: texts, numbers, booleans, null; the rest is only there. */
function parsed(bytes: Uint8Array): Map<string, unknown> | null {
  let value: unknown
  try {
    value = JSON.parse(decode(bytes, 0, bytes.length))
  } catch {
    return null
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const own = new Map(Object.entries(value))
  return new Map(keys.map(({ key }) => [key, own.get(key)]))
}
const plain = (value: unknown): unknown =>
  typeof value === 'symbol' || (typeof value === 'object' && value !== null) ? 'compound' : value

function compare(bytes: Uint8Array): boolean {
  const found = scan(bytes)
  expect(scan(bytes, used)).toEqual(found)
  if (found === null) return false
  const expected = parsed(bytes)
  expect(expected, decode(bytes, 0, bytes.length)).not.toBeNull()
  for (const { key } of keys)
    expect(
      Object.is(plain(found.get(key)), plain(expected?.get(key))),
      `${key} of ${decode(bytes, 0, bytes.length)}`,
    ).toBe(true)
  return true
}

const key = fc.oneof(fc.constantFrom(...keys.map(({ key }) => key)), fc.string({ maxLength: 4 }))
const withPoint = (digits: fc.Arbitrary<number>, most: number): fc.Arbitrary<number> =>
  fc.tuple(digits, fc.nat({ max: most })).map(([count, places]) => Number(`${count}e-${places}`))
const scalar = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom('planner', 'ü', '\u{1F600}', 'a"b', 'a\\b', '', 'x'.repeat(100)),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.maxSafeInteger(),
  withPoint(fc.maxSafeInteger(), 17),
  withPoint(fc.integer({ min: -9999, max: 9999 }), 5),
  fc.constantFrom(-0, 1e21, 123456789012345680, true, false, null),
)
const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, scalar, fc.array(tie('value'), { maxLength: 3 }), tie('object')),
  object: fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
})).value
/** Also with a key twice, which an object can't have. */
const text = fc
  .tuple(fc.array(fc.tuple(key, value), { maxLength: 8 }), fc.constantFrom('', ' ', '\n\t'))
  .map(
    ([members, space]) =>
      `${space}{${members.map(([name, held]) => `${space}${JSON.stringify(name)}${space}:${space}${JSON.stringify(held, null, space)}${space}`).join(',')}}${space}`,
  )
const encode = (text: string): Uint8Array => new TextEncoder().encode(text)

describe('a scanner of JSON', () => {
  it('means by what it accepts what JSON.parse makes of it', () => {
    let accepted = 0
    let seen = 0
    fc.assert(
      fc.property(text, (json) => {
        seen++
        if (compare(encode(json))) accepted++
      }),
      { numRuns: 3000 },
    )
    expect(accepted / seen).toBeGreaterThan(0.4)
  })

  it('accepts nothing that JSON.parse refuses, whatever byte is changed, cut or put in', () => {
    let accepted = 0
    let refused = 0
    const change = fc.record({
      at: fc.nat(),
      byte: fc.oneof(fc.nat(255), fc.constantFrom(...encode('{}[],:"\\0-.eE tn'))),
      how: fc.nat(2),
    })
    fc.assert(
      fc.property(text, fc.array(change, { minLength: 1, maxLength: 3 }), (json, changes) => {
        let bytes = [...encode(json)]
        for (const { at, byte, how } of changes) {
          const place = at % (bytes.length + 1)
          bytes =
            how === 0 && bytes.length > 0
              ? bytes.with(Math.max(0, Math.min(place, bytes.length - 1)), byte)
              : bytes.toSpliced(place, how - 1, ...(how === 1 ? [byte] : []))
        }
        if (compare(Uint8Array.from(bytes))) accepted++
        else refused++
      }),
      { numRuns: 6000 },
    )
    expect(accepted).toBeGreaterThan(500)
    expect(refused).toBeGreaterThan(500)
  })

  it('passes over the escapes that there are in a text that nobody asks for, and over no other', () => {
    for (let byte = 0x20; byte < 0x7f; byte++) {
      const json = `{"unasked":"x\\${String.fromCharCode(byte)}y","a":1}`
      expect(scan(encode(json)) !== null, json).toBe('"\\/bfnrt'.includes(String.fromCharCode(byte)))
    }
    for (const [hex, isThere] of [
      ['00e9', true],
      ['00E9', true],
      ['00g9', false],
      ['00-9', false],
    ] as const)
      expect(scan(encode(`{"unasked":"\\u${hex}","a":1}`)) !== null, hex).toBe(isThere)
  })

  it('leaves to JSON.parse what may be written in many ways', () => {
    for (const odd of [
      '{"\\u0061":1}',
      '{"a":"\\n"}',
      '{"a":1',
      '{"a":01}',
      '[1]',
      '1',
      '',
      '{"a":1}}',
      '\ufeff{"a":1}',
    ])
      expect(scan(encode(odd)), odd).toBeNull()
  })

  it('asks for no key that could be written otherwise', () => {
    const scanner = new JsonScanner(new Words())
    expect(['ü', 'a"b', 'a\\b', '\n', ''].map((odd) => scanner.want(odd))).toEqual([
      null,
      null,
      null,
      null,
      null,
    ])
    expect([scanner.want('a'), scanner.want('ab'), scanner.want('a')]).toEqual([0, 1, 0])
  })
})

describe('words', () => {
  it('are told apart however many there are, and known again', () => {
    const words = new Words()
    const all = Array.from({ length: 30_000 }, (_, i) => `${'w'.repeat(i % 60)}${i}`)
    for (let round = 0; round < 2; round++)
      for (const word of all) {
        const bytes = encode(`"${word}"`)
        expect(words.word(bytes, 1, bytes.length - 1, decode)).toBe(word)
      }
  })
})
