// Promise P4: only fields on the published list leave, as ranges and closed words, by UTC day.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { earlyexit } from '../../../shared/formats/earlyexit.ts'
import type { Format } from '../../../shared/formats/format.ts'
import { smartAgents } from '../../../shared/formats/smart-agents.ts'
import { anonymize } from '../../../shared/sharing/anonymize.ts'
import type { Outbound } from '../../../shared/sharing/anonymize.ts'
import type { Level } from '../../../shared/sharing/consent.ts'
import { reportFields, rowFields } from '../../../shared/sharing/fields.ts'
import type { Field } from '../../../shared/sharing/fields.ts'
import { isSharedFormat, sharedFormats } from '../../../shared/sharing/lists/index.ts'
import type { SharedFormat } from '../../../shared/sharing/lists/index.ts'
import { dayFigures, utcDay } from '../../../shared/sharing/report.ts'
import { encodeBatch, shownIds } from '../../../shared/sharing/wire.ts'
import { columnsOf } from './columns.ts'
import type { Told } from './columns.ts'
import { leaksIn, planted } from './secrets.ts'

const time = Date.parse('2026-11-20T12:00:00Z')
const formats: Readonly<Record<SharedFormat, Format>> = { 'smart-agents': smartAgents, earlyexit }

function share(format: SharedFormat, events: readonly Told[], level: Level): Outbound {
  const figures = dayFigures([columnsOf(formats[format], events)], format, [utcDay(time)])
  return anonymize(figures, { level, version: '0.1.0', platform: 'linux' })
}

/** Every word that the published list lets a field hold. */
function published(field: Field, format: SharedFormat): readonly string[] {
  const { type } = field
  if (type.kind === 'ranges') return type.ranges.map(({ word }) => word)
  if (type.kind === 'words') return [...(type.list(format)?.words ?? []), ...(type.other ? ['other'] : [])]
  return type.kind === 'day' ? ['2026-11-20'] : ['0.1']
}

type Allowed = ReadonlyMap<string, ReadonlySet<unknown>>
const allowedIn = (fields: readonly Field[], format: SharedFormat): Allowed =>
  new Map(fields.map((field) => [field.name, new Set(published(field, format))]))

const listed = (format: SharedFormat, name: string | null): string[] =>
  rowFields.flatMap((field) => {
    const dimension = 'dimension' in field ? field.dimension : null
    return dimension === name && field.type.kind === 'words' ? [...published(field, format)] : []
  })

/** An event whose every text may be a listed word, a secret, or anything. */
function anyEvent(format: SharedFormat): fc.Arbitrary<Told> {
  const text = (name: string | null) =>
    fc.oneof(fc.constantFrom(...planted), fc.constantFrom('debugger', ...listed(format, name)), fc.string())
  const names = formats[format].events.dimensions.map(({ name }) => name)
  return fc.record({
    time: fc.integer({ min: time - 43_200_000, max: time + 43_199_999 }),
    kind: text(null),
    failed: fc.boolean(),
    duration: fc.oneof(fc.double(), fc.integer({ min: 0, max: 100_000 })),
    dimensions: fc.record(Object.fromEntries(names.map((name) => [name, text(name)]))),
  })
}

describe('P4: what leaves is on the published list', () => {
  for (const format of sharedFormats)
    it(`${format}: every field and every word, whatever the file holds; no secret, in no clothing`, () => {
      const inReport = allowedIn(reportFields, format)
      const inRow = allowedIn(rowFields, format)
      let rowsSeen = 0
      fc.assert(
        fc.property(fc.array(anyEvent(format), { minLength: 1, maxLength: 12 }), (events) => {
          const outbound = share(format, events, 'detailed')
          expect(outbound.length).toBe(1)
          for (const { rows, ...about } of outbound) {
            expect(rows.length).toBeGreaterThan(0)
            rowsSeen += rows.length
            expect(unpublished(inReport, about)).toEqual([])
            expect(rows.flatMap((row) => unpublished(inRow, row))).toEqual([])
          }
          const body = encodeBatch(outbound, shownIds)
          expect(leaksIn(body)).toEqual([])
        }),
        { numRuns: 1000 },
      )
      expect(rowsSeen).toBeGreaterThan(1000)
    })

  it('a level keeps its word: basic tells kinds only', () => {
    const dimensions = { agent: 'debugger', model: 'gpt-5', 'error type': 'TimeoutError' }
    const events = [{ time, kind: 'agent_execution', failed: true, duration: 5, dimensions }]
    const names = (level: Level) =>
      share('smart-agents', events, level).flatMap(({ rows }) => rows.map(Object.keys))
    expect(names('basic')).toEqual([['kind', 'count', 'error_rate', 'median', 'p95']])
    expect(names('detailed').flat()).toEqual(expect.arrayContaining(['agent', 'model_family', 'error_type']))
  })

  it('a basic report tells one kind, the same whenever it is made, and over many days each as often as it occurs', () => {
    const day = 86_400_000
    const times = Array.from({ length: 300 }, (_, i) => time - i * day)
    const told = times.flatMap((at) => [
      ...Array.from({ length: 30 }, () => ({ time: at, kind: 'agent_execution' })),
      ...Array.from({ length: 10 }, () => ({ time: at, kind: 'skill_execution' })),
    ])
    const figures = dayFigures([columnsOf(smartAgents, told)], 'smart-agents', times.map(utcDay).sort())
    const made = () => anonymize(figures, { level: 'basic', version: '0.1.0', platform: 'linux' })
    const kinds = made().map(({ rows }) => rows.map(({ kind }) => kind))
    expect(kinds.every((one) => one.length === 1)).toBe(true)
    expect(made()).toEqual(made())
    const skills = kinds.filter(([kind]) => kind === 'skill_execution').length
    expect(skills / times.length).toBeGreaterThan(0.25) // a third by their ranges, 20-49 and 10-19
    expect(skills / times.length).toBeLessThan(0.42)
  })

  it('events of a format that has no list can’t be given to it', () => {
    expect(isSharedFormat('atuin')).toBe(false)
    expect(isSharedFormat('constructor')).toBe(false)
  })
})

function unpublished(allowed: Allowed, found: object): [string, unknown][] {
  return Object.entries(found).filter(([name, value]) => !allowed.get(name)?.has(value))
}

describe('a report stays small', () => {
  const everything = (format: SharedFormat, times: number): Told[] => {
    const names = [null, ...formats[format].events.dimensions.map(({ name }) => name)]
    return names.flatMap((name) =>
      listed(format, name).flatMap((word, i) =>
        Array.from({ length: 1 + times * (i % 3) }, () => ({
          time,
          kind: name === null ? word : 'session_end',
          duration: 600_000,
          failed: i % 2 === 0,
          dimensions: name === null ? {} : { [name]: word },
        })),
      ),
    )
  }

  for (const format of sharedFormats)
    it(`${format}: a few kilobytes, on a day on which every word of the lists occurred`, () => {
      const outbound = share(format, everything(format, 20), 'detailed')
      const body = encodeBatch(outbound, shownIds)
      expect(body.trimEnd().length).toBeLessThan(5120)
      expect(body.length % 4096).toBe(0)
      const said = outbound.flatMap(({ rows }) => rows.map((row) => row.kind))
      expect(said.filter((kind) => kind !== undefined).length).toBeGreaterThan(0)
      expect(outbound[0]?.rows.length).toBeGreaterThan(20)
    })

  it('and which of its rows leave is a matter of ranges, not of exact counts', () => {
    const bytes = (times: number) =>
      encodeBatch(share('smart-agents', everything('smart-agents', times), 'basic'), shownIds)
    expect(bytes(21)).toBe(bytes(22))
    const detailed = (times: number) =>
      share('smart-agents', everything('smart-agents', times), 'detailed').flatMap(({ rows }) =>
        rows.flatMap(({ agent }) => agent ?? []),
      )
    expect(detailed(21)).toEqual(detailed(22))
    expect(detailed(21)).not.toHaveLength(0)
  })
})

describe('figures in the same ranges leave as the same bytes', () => {
  const bytes = (events: readonly Told[]) => encodeBatch(share('smart-agents', events, 'detailed'), shownIds)
  const day = (count: number, duration: number, hour: number, unlisted: string): Told[] =>
    Array.from({ length: count }, (_, i) => ({
      time: time + hour * 3_600_000 + i,
      kind: 'agent_execution',
      failed: i < 2,
      duration,
      dimensions: {
        agent: i % 2 === 0 ? 'debugger' : unlisted,
        model: i === 0 ? 'gpt-5' : 'gpt-5-2026-01-01',
      },
    }))

  it('whatever the exact counts, durations, hours and unlisted words were, and in whatever order', () => {
    const one = bytes(day(24, 1100, 0, 'my-agent'))
    expect(one).toContain('"kind":"agent_execution","count":"20-49","error_rate":"5-10%","median":"1-2 s"')
    expect(bytes(day(38, 1900, -11, 'another one'))).toBe(one)
    expect(bytes(day(24, 1100, 0, 'my-agent').reverse())).toBe(one)
  })

  it('and in others as other bytes', () => {
    const one = bytes(day(24, 1100, 0, 'my-agent'))
    expect(bytes(day(24, 2000, 0, 'my-agent'))).not.toBe(one)
    expect(bytes(day(50, 1100, 0, 'my-agent'))).not.toBe(one)
  })
})
