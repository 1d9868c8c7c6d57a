// Whether sharing is on. The rule is one: any doubt means off. What is stored must be exactly what switching on
// wrote; whatever the machine says against sharing wins over it; and nothing but a clear "on" makes a Consent,
// the value that the sending side asks for.
import * as v from 'valibot'

const levels = ['basic', 'detailed'] as const
export type Level = (typeof levels)[number]

/** Not exported: this file alone makes a Consent. */
const Consent = v.pipe(
  v.strictObject({
    level: v.picklist(levels),
    /** When it was given, in UTC. Days before it are never shared unless the person asks for that. */
    since: v.pipe(
      v.string(),
      v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/),
      v.check((text) => !Number.isNaN(Date.parse(text)), 'is not a time'),
    ),
  }),
  v.readonly(),
  v.brand('Consent'),
)
export type Consent = v.InferOutput<typeof Consent>

/** Who forbade it, where it isn't the person's own setting. */
export type Forbidder = 'DO_NOT_TRACK' | 'SIGHTGLASS_SHARING' | 'policy'

export interface Sharing {
  /** Null is off. */
  readonly consent: Consent | null
  readonly forcedOffBy: Forbidder | null
  /** On a build server, where nobody reads a screen. */
  readonly inCI: boolean
}

export interface Grounds {
  /** What was stored, as it came from the disk; undefined where nothing is. */
  readonly stored: unknown
  readonly environment: Readonly<Record<string, string | undefined>>
  /** The text of the machine's policy file; null where there is none. */
  readonly policy: string | null
}

export function decideSharing({ stored, environment, policy }: Grounds): Sharing {
  const forcedOffBy = findForbidder(environment, policy)
  const consent = forcedOffBy === null ? parseConsent(stored) : null
  return { consent, forcedOffBy, inCI: isCI(environment) }
}

/** Null for everything that isn't, to the letter, what switching on wrote. */
export function parseConsent(stored: unknown): Consent | null {
  const parsed = v.safeParse(Consent, stored)
  return parsed.success ? parsed.output : null
}

/** As build servers set it. */
const isCI = (environment: Grounds['environment']): boolean =>
  !['', '0', 'false'].includes(environment['CI']?.trim().toLowerCase() ?? '')

function findForbidder(environment: Grounds['environment'], policy: string | null): Forbidder | null {
  const doNotTrack = environment['DO_NOT_TRACK']?.trim() ?? ''
  if (doNotTrack !== '' && doNotTrack !== '0') return 'DO_NOT_TRACK'
  // An environment can forbid sharing, never switch it on: whatever isn't plainly "on" is taken as "no".
  const own = environment['SIGHTGLASS_SHARING']?.trim().toLowerCase() ?? ''
  if (own !== '' && own !== 'on') return 'SIGHTGLASS_SHARING'
  return policy === null || allows(policy) ? null : 'policy'
}

const Policy = v.strictObject({ sharing: v.literal('allowed') })

/** A policy file that says anything else, or can't be understood, forbids. */
function allows(policy: string): boolean {
  try {
    return v.is(Policy, JSON.parse(policy))
  } catch {
    return false
  }
}
