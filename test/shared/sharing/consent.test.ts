import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideSharing, parseConsent } from '../../../shared/sharing/consent.ts'

const on = { level: 'detailed', since: '2026-11-01T09:30:00.000Z' }
const allowed = { stored: on, environment: {}, policy: null }

describe('sharing is on only where it was switched on', () => {
  it('is on at the level that was chosen, and knows since when', () => {
    expect(decideSharing(allowed)).toMatchObject({ consent: on, forcedOffBy: null })
    expect(parseConsent({ ...on, level: 'basic' })?.level).toBe('basic')
  })

  const doubtful: readonly (readonly [string, unknown])[] = [
    ['nothing was stored', undefined],
    ['null was stored', null],
    ['a text was stored', 'detailed'],
    ['a list was stored', [on]],
    ['the level is missing', { since: on.since }],
    ['the level is off', { ...on, level: 'off' }],
    ['the level is one that does not exist', { ...on, level: 'all' }],
    ['the level is written otherwise', { ...on, level: 'Detailed' }],
    ['the date is missing', { level: 'basic' }],
    ['the date is no date', { ...on, since: '2026-13-45T09:30:00Z' }],
    ['the date has no zone', { ...on, since: '2026-11-01T09:30:00' }],
    ['something else stands beside it', { ...on, maybe: false }],
  ]
  for (const [what, stored] of doubtful)
    it(`is off when ${what}`, () => {
      expect(decideSharing({ ...allowed, stored }).consent).toBeNull()
    })

  it('is off for anything at all that is not, to the letter, what switching on wrote', () => {
    const spoilt = fc.record({ key: fc.constantFrom('level', 'since', 'more'), value: fc.anything() })
    fc.assert(
      fc.property(
        fc.oneof(
          fc.anything(),
          spoilt.map(({ key, value }) => ({ ...on, [key]: value })),
        ),
        (stored) => {
          expect(parseConsent(stored)).toBeNull()
        },
      ),
    )
  })
})

describe('whatever speaks against sharing wins over the person’s own "on", and is named', () => {
  const environments: readonly (readonly [Record<string, string>, string | null])[] = [
    [{ DO_NOT_TRACK: '1' }, 'DO_NOT_TRACK'],
    [{ DO_NOT_TRACK: 'true' }, 'DO_NOT_TRACK'],
    [{ DO_NOT_TRACK: 'false' }, 'DO_NOT_TRACK'],
    [{ DO_NOT_TRACK: '0' }, null],
    [{ DO_NOT_TRACK: '' }, null],
    [{ SIGHTGLASS_SHARING: 'off' }, 'SIGHTGLASS_SHARING'],
    [{ SIGHTGLASS_SHARING: 'OFF ' }, 'SIGHTGLASS_SHARING'],
    [{ SIGHTGLASS_SHARING: 'no' }, 'SIGHTGLASS_SHARING'],
    [{ SIGHTGLASS_SHARING: 'maybe' }, 'SIGHTGLASS_SHARING'],
    [{ SIGHTGLASS_SHARING: 'on' }, null],
    [{ SIGHTGLASS_SHARING: '' }, null],
    [{ DO_NOT_TRACK: '0', SIGHTGLASS_SHARING: 'off' }, 'SIGHTGLASS_SHARING'],
  ]
  for (const [environment, forcedOffBy] of environments)
    it(`${JSON.stringify(environment)}: ${forcedOffBy ?? 'nothing speaks against it'}`, () => {
      const decided = decideSharing({ ...allowed, environment })
      expect(decided.forcedOffBy).toBe(forcedOffBy)
      expect(decided.consent === null).toBe(forcedOffBy !== null)
    })

  const policies: readonly (readonly [string | null, boolean])[] = [
    [null, true],
    ['{"sharing": "allowed"}', true],
    ['{"sharing": "never"}', false],
    ['{"sharing": "allowed", "unless": "…"}', false],
    ['{}', false],
    ['', false],
    ['{"sharing": "allow', false],
  ]
  for (const [policy, allows] of policies)
    it(`a policy file with ${policy ?? 'nothing, because there is none'}: ${allows ? 'allowed' : 'off'}`, () => {
      const decided = decideSharing({ ...allowed, policy })
      expect(decided.consent !== null).toBe(allows)
      expect(decided.forcedOffBy).toBe(allows ? null : 'policy')
    })

  it('an environment that says "on" switches nothing on', () => {
    const environment = { SIGHTGLASS_SHARING: 'on', DO_NOT_TRACK: '0' }
    expect(decideSharing({ stored: undefined, environment, policy: '{"sharing": "allowed"}' })).toMatchObject(
      {
        consent: null,
        forcedOffBy: null,
      },
    )
  })
})
