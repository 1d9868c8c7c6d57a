// Where accepted events are forwarded to, as whoever runs the server writes it down: a JSON array in FORWARD_TO.
import * as v from 'valibot'
import { server as words } from '../../shared/words/en-server.ts'
import { senders } from '../../senders/index.ts'
import type { Need, Sender, Told } from '../../senders/sender.ts'

export interface Target {
  /** Of the operator's choosing; queues and counts carry it. */
  readonly name: string
  /** Null: a file, which a home may have. */
  readonly sender: Sender | null
  /** What the sender needs to be told, keys among it. */
  readonly told: Told
  /** Of the operator's own, on each request. */
  readonly headers: Readonly<Record<string, string>>
  /** One report a day for all together, instead of each as it came. */
  readonly sums: boolean
  /** Whose events: all that can be forwarded, where it isn't said. */
  readonly doors: readonly string[]
}

/** Their events can be said in words of the list of fields, which is all that a sender takes. */
const forwardable = ['reports', 'smart-agents', 'earlyexit', 'posthog', 'otlp', 'plausible']

/**
 * A community server counts batches as people. So only what came as one goes there as one; single events of other
 * protocols only in a sum.
 */
const own = ['reports']
const isOwn = (doors: readonly string[]): boolean => doors.every((door) => own.includes(door))

const Texts = v.record(v.string(), v.string())
const Written = v.pipe(
  v.strictObject({
    name: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,32}$/)),
    to: v.picklist([...Object.keys(senders), 'file']),
    told: v.optional(Texts, {}),
    headers: v.optional(Texts, {}),
    sums: v.optional(v.boolean(), false),
    doors: v.optional(v.array(v.picklist(forwardable))),
  }),
  v.check(({ to, sums, doors = own }) => sums || to !== 'community' || isOwn(doors), words.target.likePeople),
  v.transform(({ to, doors, ...target }): Target => ({
    ...target,
    doors: doors ?? (to === 'community' && !target.sums ? own : forwardable),
    sender: Object.entries(senders).find(([name]) => name === to)?.[1] ?? null,
  })),
  v.check(({ sender, told }) => Object.keys(told).every((name) => named(sender, name)), words.target.unknown),
  v.check(({ sender, told }) => hasAll(sender, told), words.target.lacks),
  v.check(({ told }) => told['address'] === undefined || isAddress(told['address']), words.target.noAddress),
)

export const Targets = v.pipe(
  v.string(),
  v.parseJson(),
  v.array(Written),
  v.check((targets) => new Set(targets.map(({ name }) => name)).size === targets.length, words.target.twice),
)

/** A file is told its path alone. */
const needsOf = (sender: Sender | null): readonly Pick<Need, 'name' | 'optional'>[] =>
  sender === null ? [{ name: 'path' }] : sender.needs

/** Were a misspelled one let pass, a destination that has a usual address would get what is meant for another. */
const named = (sender: Sender | null, name: string): boolean =>
  needsOf(sender).some((need) => need.name === name)

const isAddress = (text: string): boolean => /^https?:$/.test(URL.parse(text)?.protocol ?? '')

function hasAll(sender: Sender | null, told: Told): boolean {
  return needsOf(sender).every((need) => need.optional === true || (told[need.name] ?? '') !== '')
}

/** The names of those that get what comes through a door. */
export const targetsOf = (door: string, targets: readonly Target[]): string[] =>
  targets.filter(({ doors }) => doors.includes(door)).map(({ name }) => name)
