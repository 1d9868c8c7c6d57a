// Sends what is due. Consent is looked at again in the moment before each request, and while one is under way; the
// log has the attempt before the network is touched, and the outcome after. Destinations don't wait for each other.
import type { Outcome, Response, Sealed, Sender, Told } from '../../senders/sender.ts'
import type { Result } from '../../shared/result.ts'
import { halve } from '../../shared/sharing/anonymize.ts'
import type { Outbound } from '../../shared/sharing/anonymize.ts'
import type { Consent } from '../../shared/sharing/consent.ts'
import { shownFor } from './days.ts'
import { Frozen, fillKeys, sha256 } from './freeze.ts'
import type { Destination } from './freeze.ts'
import type { Drawn } from './ids.ts'
import type { LogEntry } from '../../shared/share-log.ts'
import type { Item, Outbox } from './outbox.ts'
import type { Clock, Pace } from './pace.ts'
import { waitFor } from './waits.ts'

/** Why nothing came back, and whether the destination may have got it all the same. */
export interface CarryFault {
  readonly why:
    | 'address'
    | 'connection'
    /** Nobody vouches for the other side; its key isn't the pinned one; the file of one's own authority is none. */
    | 'certificate'
    | 'pin'
    | 'authority'
    | 'lost'
    | 'time-out'
    | 'stopped'
  readonly reached: boolean
  readonly detail: string
}
export type Carrier = (sealed: Sealed, signal: AbortSignal) => Promise<Result<Response, CarryFault>>

export interface Sending {
  readonly outbox: Outbox
  readonly pace: Pace
  readonly clock: Clock
  readonly random: () => number
  /** Read anew at each call. */
  readonly consent: () => Promise<Consent | null>
  readonly destinations: readonly Destination[]
  /** A destination's keys, for as long as one request takes. */
  readonly keys: (destination: string) => Promise<Told>
  /** How requests to it travel, and the answers that lie elsewhere. */
  readonly carry: (sender: Sender, destination: string) => Carrier
  /** What goes on beyond the longest answer is cut off: some kilobytes, where it isn't said. */
  readonly ask: (
    address: string,
    signal: AbortSignal,
    longest?: number,
  ) => Promise<Result<Response, CarryFault>>
  readonly draw: (reports: Outbound) => Drawn
  /** Ends when consent does; asked for each request. */
  readonly watch: (stop: () => void) => () => void
  /** Kept by tests that end the program at each of its steps. */
  readonly step?: (name: string) => void
}

/** Sends all that can go now. Gives when to look again; null where nothing waits. */
export async function sendDue(sending: Sending): Promise<number | null> {
  sending.outbox.comeBack()
  const nexts = await Promise.all(sending.destinations.map((destination) => sendTo(sending, destination)))
  const waiting = nexts.filter((next) => next !== null)
  return waiting.length === 0 ? null : Math.min(...waiting)
}

async function sendTo(sending: Sending, destination: Destination): Promise<number | null> {
  const { outbox, pace, clock } = sending
  for (;;) {
    const item = outbox.head(destination.name)
    if (item === null) return null
    if (settledBefore(sending, destination.sender, item)) continue
    const now = clock.now()
    if (item.next > now) return item.next
    const wait = pace.wait(destination.name, item.request.events)
    if (wait > 0) return now + wait
    if (!(await sendOne(sending, destination, item))) return null
  }
}

/** The program ended after an attempt began. Where a second copy would count twice, it isn't sent again. */
function settledBefore({ outbox }: Sending, sender: Sender, item: Item): boolean {
  if (item.attempt === null || sender.delivery !== 'at most once') return false
  const told = 'the program ended before an answer came'
  outbox.set(item, outcomeOf(item.attempt, 'unclear', null, told), 'unclear', told)
  return true
}

/** False where consent ended. */
async function sendOne(sending: Sending, destination: Destination, item: Item): Promise<boolean> {
  const { outbox, clock, random, pace } = sending
  const step = sending.step ?? (() => {})
  const now = clock.now()
  const filled = fillKeys(item.request, await sending.keys(destination.name))
  const sealed =
    (await destination.sender.seal?.(filled, await sending.keys(destination.name), now)) ?? filled
  const stop = new AbortController()
  const unwatch = sending.watch(() => stop.abort())
  try {
    step('before the attempt')
    if ((await sending.consent()) === null || stop.signal.aborted) return false
    const attempt = outbox.begin(
      item,
      attemptOf(item, filled.body),
      now + waitFor(null, item.attempts + 1, now, random),
      () => pace.count(destination.name, item.request.events),
    )
    step('attempt written')
    const answer = await sending.carry(destination.sender, destination.name)(sealed, stop.signal)
    step('answered')
    // What was emptied from the queue meanwhile must not come back.
    const of = { sender: destination.sender, batch: item.batch }
    const outcome = await understand(sending, of, answer, stop.signal)
    await settle(sending, destination, { ...item, attempts: item.attempts + 1 }, attempt, outcome)
    step('settled')
    return !stop.signal.aborted
  } finally {
    unwatch()
  }
}

const attemptOf = (
  { destination, key, about, request }: Item,
  body: string,
): Extract<LogEntry, { what: 'attempt' }> => ({
  what: 'attempt',
  destination,
  address: request.address,
  method: request.method,
  key,
  about,
  body: request.body,
  bytes: Buffer.byteLength(body),
  sha256: sha256(body),
})

const outcomeOf = (
  of: number,
  outcome: Extract<LogEntry, { what: 'outcome' }>['outcome'],
  status: number | null,
  told: string,
): LogEntry => ({ what: 'outcome', of, outcome, status, told: told.slice(0, 2000) })

type Heard =
  | {
      readonly status: number
      readonly outcome: Exclude<Outcome, { kind: 'elsewhere' }>
      readonly fault?: never
    }
  | { readonly status: number | null; readonly fault: CarryFault; readonly outcome?: never }

/** Where it names another batch, it says nothing of this one: it is asked again. */
export const believed = (outcome: Outcome, batch: string): Outcome =>
  outcome.kind === 'delivered' && (outcome.batch ?? batch) !== batch
    ? { kind: 'later', after: null }
    : outcome

async function understand(
  { ask }: Sending,
  { sender, batch }: { readonly sender: Sender; readonly batch: string },
  answer: Result<Response, CarryFault>,
  signal: AbortSignal,
): Promise<Heard> {
  if (!answer.ok) return { status: null, fault: answer.error }
  const { status } = answer.value
  const outcome = believed(sender.understand(answer.value), batch)
  if (outcome.kind !== 'elsewhere') return { status, outcome }
  const told = await ask(outcome.address, signal)
  const lost = (detail: string): Heard => ({ status, fault: { why: 'lost', reached: true, detail } })
  if (!told.ok) return lost(told.error.detail)
  const second = sender.understand(told.value)
  return second.kind === 'elsewhere'
    ? lost('one redirect after another')
    : { status: told.value.status, outcome: second }
}

async function settle(
  sending: Sending,
  destination: Destination,
  item: Item,
  attempt: number,
  { status, outcome, fault }: Heard,
): Promise<void> {
  const { outbox, clock, random } = sending
  const now = clock.now()
  if (fault !== undefined) {
    const told = `${fault.why}: ${fault.detail}`
    if (fault.reached && destination.sender.delivery === 'at most once')
      return outbox.set(item, outcomeOf(attempt, 'unclear', status, told), 'unclear', told)
    const next = now + waitFor(null, item.attempts, now, random)
    return outbox.later(item, outcomeOf(attempt, 'no answer', status, told), next, told)
  }
  if (outcome.kind === 'delivered' || outcome.kind === 'duplicate')
    return outbox.delivered(item, outcomeOf(attempt, outcome.kind, status, outcome.receipt))
  if (outcome.kind === 'later') {
    const entry = outcomeOf(attempt, 'later', status, outcome.after ?? '')
    return outbox.later(
      item,
      entry,
      now + waitFor(outcome.after, item.attempts, now, random),
      `status ${status}`,
    )
  }
  if (outcome.kind === 'refused')
    return outbox.set(item, outcomeOf(attempt, 'refused', status, outcome.reason), 'refused', outcome.reason)
  await split(sending, destination, item, outcomeOf(attempt, 'too large', status, ''))
}

/** In halves, each frozen anew and shown for an hour; what can't be halved is refused. */
async function split(sending: Sending, destination: Destination, item: Item, entry: LogEntry): Promise<void> {
  const { outbox, clock } = sending
  const consent = await sending.consent()
  const { reports, parts } = outbox.made(item.batch)
  const halves = reports === null || parts > 1 ? null : halve(reports)
  if (halves === null || consent === null) return outbox.set(item, entry, 'refused', 'too large')
  const frozen = await Promise.all(halves.map((half) => Frozen.of(half, destination, sending.draw(half))))
  outbox.replace(consent, item.batch, entry, frozen, clock.now() + shownFor)
}
