// Carries what waits to its destinations, apart from any request: each on its own, so that one that is dead keeps
// nobody up. It stops at a destination's first failure and comes back to it later; the queue stands in the store.
import type { Ids, Outcome, Request, Response, Sealed } from '../../senders/sender.ts'
import { jsonLines } from '../../shared/writers/json-lines.ts'
import { readOutbound } from '../../shared/sharing/anonymize.ts'
import type { Outbound } from '../../shared/sharing/anonymize.ts'
import type { Store } from '../store.ts'
import { dayOf, daysBefore } from '../totals.ts'
import type { Totals } from '../totals.ts'
import { Figures } from './figures.ts'
import { idsOf, idsOfPart } from './ids.ts'
import { nextWaiting, oldestWaiting, putOff, settle, settleSpan, waitingIn } from './queue.ts'
import type { Span, Waiting } from './queue.ts'
import type { Target } from './targets.ts'

export interface Forwarding {
  readonly store: Store
  readonly targets: readonly Target[]
  readonly totals: Totals
  readonly clock: () => number
  /** Fails when nothing came back. */
  readonly carry: (sealed: Sealed) => Promise<Response>
  /** Answers when it is on disk. */
  readonly append: (path: string, text: string) => Promise<void>
  /** The version of this program, which reports carry. */
  readonly program: string
  /** Asked between two steps: whether to stop here. */
  readonly stopped: () => boolean
}

/** All that is due, as far as its destinations take it. */
export async function forwardDue(forwarding: Forwarding): Promise<void> {
  await Promise.all(
    forwarding.targets.map((target) =>
      target.sums ? forwardDays(forwarding, target) : forwardEach(forwarding, target),
    ),
  )
}

async function forwardEach(forwarding: Forwarding, target: Target): Promise<void> {
  const { store, clock, stopped } = forwarding
  while (!stopped()) {
    const waiting = await nextWaiting(store, target.name, clock())
    if (waiting === null || waiting.length === 0) return
    for (const some of inGroups(waiting)) {
      const results = await Promise.all(some.map((one) => forwardOne(forwarding, target, one)))
      if (stopped() || results.includes('later')) return
    }
  }
}

/** So many requests are under way to one destination at once. */
const together = 8
function* inGroups(waiting: readonly Waiting[]): Generator<readonly Waiting[]> {
  for (let at = 0; at < waiting.length; at += together) yield waiting.slice(at, at + together)
}

type Result = 'settled' | 'later'

async function forwardOne(forwarding: Forwarding, target: Target, one: Waiting): Promise<Result> {
  const { store, clock } = forwarding
  const sent = await send(forwarding, target, reportsIn(one, forwarding.program), await idsOf(target, one))
  if (sent !== 'later') return (await settle(store, target.name, [one.seen])) ? 'settled' : 'later'
  await putOff(store, target.name, one.seen, clock() + patience(one.tries))
  return 'later'
}

const minute = 60_000
/** Longer each time, up to six hours. */
const patience = (tries: number): number => Math.min(minute * 2 ** tries, 360 * minute)

function reportsIn({ events }: Waiting, program: string): readonly Outbound[] {
  const own = readOutbound(events.map(({ body }) => body))
  if (own !== null) return own.length > 0 ? [own] : []
  const figures = new Figures()
  for (const event of events) figures.add(event)
  return figures.reports(program)
}

/** A day of what was received is summed up once it is over. */
async function forwardDays(forwarding: Forwarding, target: Target): Promise<void> {
  const { store, clock, stopped, program } = forwarding
  while (!stopped()) {
    const oldest = await oldestWaiting(store, target.name, clock())
    if (oldest === null || dayOf(oldest) >= dayOf(clock())) return
    const day = dayOf(oldest)
    const span = { from: Date.parse(day), to: Date.parse(daysBefore(day, -1)) }
    const summed = await sumUp(forwarding, target, day, span)
    if (summed === null) return
    const one = { seen: `sum ${day}`, secretHash: null, events: [], tries: 0 }
    const sent = await send(forwarding, target, summed.figures.reports(program), await idsOf(target, one))
    if (sent === 'later') return putOff(store, target.name, summed.first, clock() + patience(summed.tries))
    await settleSpan(store, target.name, span)
  }
}

interface Summed {
  readonly figures: Figures
  readonly first: string
  readonly tries: number
}

async function sumUp(
  { store, stopped }: Forwarding,
  target: Target,
  day: string,
  span: Span,
): Promise<Summed | null> {
  const figures = new Figures()
  let first: Waiting | undefined
  for (let after = ''; ;) {
    const page = await waitingIn(store, target.name, span, after)
    if (page === null || stopped()) return null
    first ??= page[0]
    for (const { events } of page)
      for (const event of events) figures.add({ ...event, day: event.day < day ? event.day : day })
    const last = page.at(-1)
    if (last === undefined) return first ? { figures, first: first.seen, tries: first.tries } : null
    after = last.seen
  }
}

/** Delivered or given up, but never both unsent and forgotten. */
async function send(
  { carry, append, clock, totals }: Forwarding,
  target: Target,
  reports: readonly Outbound[],
  ids: Ids,
): Promise<Result> {
  const count = (what: string): void => totals.count(`forward ${target.name}`, what, clock())
  const since = target.sender === null ? '' : daysBefore(dayOf(clock()), target.sender.daysBack)
  const young = reports.flat().filter(({ day }) => day >= since)
  if (young.length === 0) count('nothing to forward')
  else if (target.sender === null) {
    const text = [...jsonLines(young)].join('')
    const written = await append(target.told['path'] ?? '', text).then(always, never)
    count(written ? 'delivered' : 'put off')
    if (!written) return 'later'
  } else
    for (const [at, part] of joined(young).entries()) {
      const requests = await target.sender.encode(
        part,
        at === 0 ? ids : await idsOfPart(ids, at),
        target.told,
      )
      for (const request of requests) {
        const outcome = await exchange(target, request, carry, clock())
        if (outcome.kind === 'later') {
          count('put off')
          return 'later'
        }
        count(outcome.kind)
      }
    }
  return 'settled'
}

const always = (): boolean => true
const never = (): boolean => false

/** As few batches as a community server takes them in. */
const mostReports = 50
function joined(all: readonly unknown[]): Outbound[] {
  const parts: Outbound[] = []
  for (let at = 0; at < all.length; at += mostReports) {
    const part = readOutbound(all.slice(at, at + mostReports))
    if (part !== null) parts.push(part)
  }
  return parts
}

async function exchange(
  { sender, told, headers }: Target,
  request: Request,
  carry: Forwarding['carry'],
  now: number,
): Promise<Outcome> {
  const sealed = (await sender?.seal?.(request, told, now)) ?? request
  try {
    const answer = await carry({ ...sealed, headers: { ...sealed.headers, ...headers } })
    return sender?.understand(answer) ?? { kind: 'later', after: null }
  } catch {
    return { kind: 'later', after: null }
  }
}
