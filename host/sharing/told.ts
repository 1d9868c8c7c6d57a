// What the Sharing screen and `share status` are told: where reports go and how that is going, what waits, when the
// next leaves. Nothing here makes a file or opens a connection, and no key is among it.
import { basename } from 'node:path'
import type { NextReport, QueueItem, ShareFile, SharingStatus } from '../../shared/share.ts'
import type { DestinationState, KnownDestination } from '../../shared/share-destinations.ts'
import type { Sender } from '../../senders/sender.ts'
import type { FileEntry } from '../../shared/bridge.ts'
import { readSharing } from './consent-file.ts'
import { text } from './database.ts'
import { nextMoments, shownFor } from './days.ts'
import { allSenders, needsOf } from './destinations.ts'
import type { SetDestination } from './destinations.ts'
import { deletionsPending } from './forget.ts'
import type { Item } from './outbox.ts'
import { addressOf } from './plan.ts'
import type { Sharing } from './run.ts'
import { takeBackOf } from './sent.ts'
import { idTimes } from './switch.ts'

const iso = (time: number): string => new Date(time).toISOString()
const dots = '••••••••'

function known(sender: Sender): KnownDestination {
  return {
    name: sender.name,
    needs: needsOf(sender).map(({ name, kind, optional = false }) => ({ name, kind, optional })),
    delivery: sender.delivery,
    daysBack: sender.daysBack,
    takeBack: takeBackOf(sender),
    ownTools: sender.ownTools ?? null,
  }
}
export const allKnown = (): KnownDestination[] => allSenders.map(known)

export async function listStates(sharing: Sharing): Promise<DestinationState[]> {
  const items = sharing.store.look()?.outbox.list() ?? []
  const set = await sharing.destinations.list()
  return Promise.all(
    set.map((destination) =>
      stateOf(
        sharing,
        destination,
        items.filter((item) => item.destination === destination.name),
      ),
    ),
  )
}

async function stateOf(
  { store }: Sharing,
  destination: SetDestination,
  items: readonly Item[],
): Promise<DestinationState> {
  const { name, sender, level, from, since } = destination
  const told = needsOf(sender).flatMap(({ name: need, kind }) => {
    const value = destination.told[need]
    return value === undefined ? [] : [[need, kind === 'key' ? dots : value] as const]
  })
  const waiting = items.filter(({ state }) => state === 'waiting')
  const stuck = items.find(({ state }) => state !== 'waiting')
  const failing = waiting.find(({ attempts, lastError }) => attempts > 0 && lastError !== null)
  const nexts = waiting.map(({ next }) => next)
  const sql = "SELECT max(day) AS day FROM day WHERE destination = ? AND batch <> 'withheld'"
  const through = store.look()?.db.first(sql, name)?.['day'] ?? null
  return {
    ...known(sender),
    name,
    level,
    told: Object.fromEntries(told),
    address: await addressOf(destination),
    from,
    since,
    state: how(stuck, failing, waiting[0]),
    waiting: waiting.length,
    lastError: (stuck ?? failing)?.lastError ?? null,
    nextDue: nexts.length === 0 ? null : iso(Math.min(...nexts)),
    through: through === null ? null : String(through),
  }
}

/** What is worst is told. */
function how(
  stuck: Item | undefined,
  failing: Item | undefined,
  waiting: Item | undefined,
): DestinationState['state'] {
  if (stuck !== undefined) return 'stuck'
  if (failing !== undefined) return 'failing'
  return waiting === undefined ? 'idle' : 'waiting'
}

export async function tellStatus(sharing: Sharing): Promise<SharingStatus> {
  const { paths, environment, clock } = sharing.deps
  const { consent, forcedOffBy, inCI } = await readSharing(paths, environment)
  const destinations = consent === null ? [] : await listStates(sharing)
  const opened = sharing.store.look()
  const id = opened === null ? null : idTimes(opened.db, clock.now())
  return {
    level: consent?.level ?? 'off',
    forcedOffBy,
    since: consent?.since ?? null,
    inCI,
    destinations,
    next: nextOf(sharing, destinations, { ticked: await sharing.ticked.read(), now: clock.now() }),
    id: id === null ? null : { drawn: iso(id.drawn), replacedOn: iso(id.replacedOn) },
    deletionsPending: deletionsPending(sharing.store),
  }
}

function nextOf(
  { store }: Sharing,
  destinations: readonly DestinationState[],
  { ticked, now }: { readonly ticked: readonly string[]; readonly now: number },
): NextReport | null {
  if (destinations.length === 0) return null
  const waiting = (store.look()?.outbox.list() ?? []).filter(({ state }) => state === 'waiting')
  const soonest = Math.min(...waiting.map(({ next }) => next))
  if (!Number.isFinite(soonest) && ticked.length === 0) return null
  if (!Number.isFinite(soonest))
    return { ...nextMoments(now), to: destinations.map(({ name }) => name), about: [] }
  const first = waiting.filter(({ next }) => next === soonest)
  return {
    earliest: iso(soonest),
    latest: iso(soonest),
    to: [...new Set(first.map(({ destination }) => destination))],
    about: [...new Set(first.flatMap(({ about }) => about))],
  }
}

export function listQueue({ store, deps }: Sharing): QueueItem[] {
  const now = deps.clock.now()
  const opened = store.look()
  return (opened?.outbox.list() ?? []).map((item) => {
    const row = opened?.db.first('SELECT frozen_at FROM batch WHERE id = ?', item.batch) ?? null
    return {
      batch: item.batch,
      to: item.destination,
      address: item.request.address,
      about: item.about,
      bytes: item.bytes,
      events: item.request.events,
      due: iso(item.next),
      held: now < Number(text(row, 'frozen_at')) + shownFor,
      attempts: item.attempts,
      lastError: item.lastError,
      state: item.state,
    }
  })
}

/** Those that are ticked first; then what was found or opened lately and could be. */
export function listFiles(ticked: readonly string[], found: readonly FileEntry[]): ShareFile[] {
  const paths = new Set([...ticked, ...found.map(({ path }) => path)]) // one may be found, and opened lately
  const one = (path: string, isTicked: boolean): ShareFile => {
    const entry = found.find((file) => file.path === path)
    const { name = basename(path), tool = null, missing = false } = entry ?? {}
    return { path, name, tool, ticked: isTicked, missing }
  }
  return [...paths].map((path) => one(path, ticked.includes(path)))
}
