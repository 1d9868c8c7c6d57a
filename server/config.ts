// What whoever runs a server can choose, and what it does where nothing was chosen.
import * as v from 'valibot'
import type { Result } from '../shared/result.ts'
import { fail, ok } from '../shared/result.ts'
import { changesBetween } from '../shared/typos.ts'
import { server as words } from '../shared/words/en-server.ts'
import type { HourlyLimits } from './limits.ts'
import { Targets } from './router/targets.ts'
import type { Target } from './router/targets.ts'

export interface Config {
  /** Bytes, after decompression: a day's report is a few kilobytes, a foreign client's batch may be many. */
  readonly largestReport: number
  readonly largestForeign: number
  /** Milliseconds that a body may take to come. */
  readonly slowestBody: number
  /** What is older is forgotten; reports of days longer ago are not taken in. */
  readonly keepDays: number
  /** Opens /admin and the analytics; without one they are closed. */
  readonly adminKey: string | null
  /** Any of these opens the compatible doors that ask for a key. Empty: they ask for none. */
  readonly apiKeys: readonly string[]
  /** A team's own server may take what earlyexit calls full: commands, folders, lines. */
  readonly earlyexitFull: boolean
  readonly limits: HourlyLimits
  /** Its worker has limits of its own, which its clients know. */
  readonly voicemode: Pick<HourlyLimits, 'id' | 'network'>
  /** Where accepted events go besides. */
  readonly forwards: readonly Target[]
  /** Addresses of proxies whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[]
  readonly trends: {
    /** A cell with fewer contributors is not published. */
    readonly contributors: number
    /** Of one network, a cell counts this many a day. */
    readonly perNetwork: number
  }
}

export const usualConfig: Config = {
  largestReport: 256 * 1024,
  largestForeign: 2 * 1024 * 1024,
  slowestBody: 15_000,
  keepDays: 90,
  adminKey: null,
  apiKeys: [],
  earlyexitFull: false,
  limits: { id: 60, network: 600, key: 10_000, all: null },
  voicemode: { id: 10, network: 100 },
  forwards: [],
  trustedProxies: [],
  trends: { contributors: 20, perNetwork: 3 },
}

const whole = (least: number, most: number) => {
  const may = words.variables.whole(least, most)
  return v.optional(
    v.pipe(
      v.string(),
      v.regex(/^\d+$/, may),
      v.transform(Number),
      v.minValue(least, may),
      v.maxValue(most, may),
    ),
  )
}
const limit = v.optional(
  v.union(
    [
      v.pipe(
        v.literal('none'),
        v.transform(() => null),
      ),
      v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number)),
    ],
    words.variables.limit,
  ),
)
/** Short enough to be typed, long enough never to be guessed, however often somebody tries. */
const key = v.optional(v.pipe(v.string(), v.trim(), v.minLength(16, words.variables.ADMIN_KEY)))
const list = v.optional(
  v.pipe(
    v.string(),
    v.transform((all) =>
      all
        .split(',')
        .map((one) => one.trim())
        .filter(Boolean),
    ),
  ),
)

const address = v.pipe(v.string(), v.ip(words.variables.proxies))

/** By the name of its variable, on both homes. docs/server.md tells each. */
const Environment = v.object({
  ADMIN_KEY: key,
  API_KEYS: list,
  KEEP_DAYS: whole(1, 365),
  EARLYEXIT_FULL: v.optional(v.picklist(['0', '1'], words.variables.EARLYEXIT_FULL)),
  LIMIT_PER_ID: limit,
  LIMIT_PER_NETWORK: limit,
  LIMIT_PER_KEY: limit,
  LIMIT_ALL: limit,
  VOICEMODE_PER_ID: limit,
  VOICEMODE_PER_NETWORK: limit,
  FORWARD_TO: v.optional(Targets),
  TRUSTED_PROXIES: v.optional(v.pipe(list, v.array(address))),
  TRENDS_CONTRIBUTORS: whole(5, 1_000_000),
  TRENDS_PER_NETWORK: whole(1, 1000),
})

/** Where a variable isn't what it may be: what it must be, in a sentence that quotes nothing of it. */
export function configFrom(environment: Readonly<Record<string, unknown>>): Result<Config, string> {
  const given = Object.fromEntries(
    Object.keys(Environment.entries).flatMap((name) => {
      const value = environment[name]
      return typeof value === 'string' && value !== '' ? [[name, value]] : []
    }),
  )
  const read = v.safeParse(Environment, given)
  if (!read.success) return fail(faultOf(read.issues[0]))
  const set = read.output
  const { limits, trends, voicemode } = usualConfig
  const or = <T>(value: T | undefined, usual: T): T => (value === undefined ? usual : value)
  return ok({
    ...usualConfig,
    adminKey: set.ADMIN_KEY ?? null,
    apiKeys: set.API_KEYS ?? [],
    keepDays: or(set.KEEP_DAYS, usualConfig.keepDays),
    earlyexitFull: set.EARLYEXIT_FULL === '1',
    forwards: set.FORWARD_TO ?? [],
    trustedProxies: set.TRUSTED_PROXIES ?? [],
    limits: {
      id: or(set.LIMIT_PER_ID, limits.id),
      network: or(set.LIMIT_PER_NETWORK, limits.network),
      key: or(set.LIMIT_PER_KEY, limits.key),
      all: or(set.LIMIT_ALL, limits.all),
    },
    voicemode: {
      id: or(set.VOICEMODE_PER_ID, voicemode.id),
      network: or(set.VOICEMODE_PER_NETWORK, voicemode.network),
    },
    trends: {
      contributors: or(set.TRENDS_CONTRIBUTORS, trends.contributors),
      perNetwork: or(set.TRENDS_PER_NETWORK, trends.perNetwork),
    },
  })
}

function faultOf(issue: v.InferIssue<typeof Environment>): string {
  const [name = '', ...within] = (v.getDotPath(issue) ?? '').split('.')
  if (name !== 'FORWARD_TO') return words.badVariable(name, issue.message)
  // Only our own checks are told in their words: the others' quote what stands there, a key perhaps.
  const why = issue.type === 'check' ? issue.message : ''
  return words.badVariable(name, words.variables.FORWARD_TO(within.join('.'), why))
}

/** Variables that nobody reads, with the one of ours whose name differs by a letter or a stroke. */
export function misspelledIn(environment: Readonly<Record<string, unknown>>): (readonly [string, string])[] {
  const known = Object.keys(Environment.entries)
  return Object.keys(environment).flatMap((given) => {
    if (known.includes(given)) return []
    const meant = known.find((name) => isNearly(given.toUpperCase(), name))
    return meant === undefined ? [] : [[given, meant] as const]
  })
}

/** But for one letter; a stroke more or less doesn't count. */
const isNearly = (given: string, name: string): boolean =>
  changesBetween(given.replaceAll('_', ''), name.replaceAll('_', '')) <= 1
