// What the doors of other protocols have in common: who asked to leave no trace leaves none, what was dropped is
// counted, and a limit that is full is said in seconds.
import { isRecord } from '../shared/plain.ts'
import type { Result } from '../shared/result.ts'
import { fail, ok } from '../shared/result.ts'
import { server as words } from '../shared/words/en-server.ts'
import { parseJson } from './body.ts'
import { refuse, tooMany, unavailable } from './door.ts'
import type { Answer, Call, Here } from './door.ts'
import { hashOf, sha256Of } from './hash.ts'
import { take } from './intake.ts'
import type { KeptEvent, Piece } from './intake.ts'
import type { Limit, Limited } from './limits.ts'
import { timeOf } from './kept.ts'
import { isSameKey, keyIn } from './operator.ts'
import { targetsOf } from './router/targets.ts'
import { dayOf } from './totals.ts'

export interface Keeping {
  readonly door: string
  readonly pieces: readonly Piece[]
  readonly limits: readonly Limit[]
  /** Single values that are not kept. */
  readonly dropped: number
  /** How this protocol says that a limit is full; without it, as every other. */
  readonly limited?: (limited: Limited, now: number) => Answer
}

/** Which of the pieces are new, by their ids. */
export async function keep(
  { now, network, leavesNoTrace }: Call,
  here: Here,
  { door, pieces, limits, dropped, limited = tooMany }: Keeping,
): Promise<Result<ReadonlySet<string>, Answer>> {
  const { config, totals } = here
  if (leavesNoTrace) {
    totals.count(door, 'asked to leave no trace', now)
    return ok(new Set(pieces.map(({ id }) => id)))
  }
  const targets = targetsOf(door, config.forwards)
  const taken = await take(here, { door, received: now, network, pieces, limits, targets })
  if (!taken.ok) return fail(unavailable)
  if (taken.value.kind === 'limited') return fail(limited(taken.value, now))
  totals.count(door, 'dropped values', now, dropped)
  const seen = [...taken.value.seen]
  return ok(new Set(seen.flatMap(([id, { fresh }]) => (fresh ? [id] : []))))
}

/** The body as a JSON object. */
export function recordIn({ bytes }: Call): Result<Readonly<Record<string, unknown>>, Answer> {
  const sent = parseJson(bytes)
  if (!sent.ok) return fail(refuse(400, words.notJson))
  return isRecord(sent.value) ? ok(sent.value) : fail(refuse(400, words.noObject))
}

/** A request holds at most this many events, so that it is one transaction on every home. */
const mostEvents = 1000
const tooManyEvents = refuse(413, words.tooManyEvents(mostEvents))

/** The events of a request, each an object. */
export function eventsIn(events: unknown): Result<readonly Readonly<Record<string, unknown>>[], Answer> {
  if (!Array.isArray(events) || !events.every(isRecord)) return fail(refuse(400, words.noEvents))
  return events.length > mostEvents ? fail(tooManyEvents) : ok(events)
}

const noKey = refuse(401, words.noKey, { 'www-authenticate': 'Bearer' })

/** What a request is counted by that showed this key; a refusal where keys are asked for and this is none of them. */
export async function openedBy(key: string | null, { config }: Here): Promise<Result<string | null, Answer>> {
  if (config.apiKeys.length === 0) return ok(null)
  if (key === null) return fail(noKey)
  const same = await Promise.all(config.apiKeys.map((own) => isSameKey(key, own)))
  if (!same.includes(true)) return fail(noKey)
  return ok((await hashOf(key)).slice(0, 16))
}

export interface SentBatch {
  /** What its key is counted by. */
  readonly key: string | null
  readonly record: Readonly<Record<string, unknown>>
  readonly events: readonly Readonly<Record<string, unknown>>[]
}

/** `{"events": […]}`, of a client that shows its key in a header. */
export async function batchIn(call: Call, here: Here): Promise<Result<SentBatch, Answer>> {
  const key = await openedBy(keyIn(call.request.headers), here)
  if (!key.ok) return key
  const record = recordIn(call)
  if (!record.ok) return record
  const events = eventsIn(record.value['events'])
  return events.ok ? ok({ key: key.value, record: record.value, events: events.value }) : events
}

/** The id under which an event counts once. A client's own says nothing to us, and is not kept as it is. */
export const pieceId = async (id: string): Promise<string> => (await hashOf(id)).slice(0, 32)

/** For events without an id: the same bytes are the same request, sent again. */
export async function idsByBody({ bytes }: Call): Promise<(position: number) => string> {
  const hash = (await sha256Of(bytes)).slice(0, 32)
  return (position) => `${hash} ${position}`
}

type When = Pick<KeptEvent, 'day' | 'at'>

/** When an event was, where it says so, and not in a day to come. */
export function whenOf(said: unknown, now: number): When {
  const time = timeOf(said)
  return time === null || time > now + 86_400_000
    ? { day: dayOf(now), at: null }
    : { day: dayOf(time), at: time }
}
