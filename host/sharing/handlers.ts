// The bridge's methods of sharing. They are loaded when one of them is asked for, or when sharing is on.
import { resolve } from 'node:path'
import type { FileEntry, Handlers, MethodName, OutPlace } from '../../shared/bridge.ts'
import type { AppError, Result } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'
import type { ReadFile } from '../../shared/share.ts'
import type { Destinations } from '../../shared/share-destinations.ts'
import { dayOf, utcDay } from '../../shared/sharing/report.ts'
import { senders } from '../../senders/index.ts'
import { placeFor } from '../file/place.ts'
import { writeWhole } from '../file/write.ts'
import { communityHandlers } from './community.ts'
import { databasePath } from './database.ts'
import { allSenders, bare, senderNamed } from './destinations.ts'
import type { SetDestination } from './destinations.ts'
import { eraseLog } from './erase-log.ts'
import { askForDeletion } from './forget.ts'
import { askHolders, listHolders } from './held.ts'
import { planOf, showRequests } from './plan.ts'
import { planProbe, probe } from './probe.ts'
import { checkReceipts, keysSeen } from './receipts.ts'
import type { Sharing } from './run.ts'
import { listShared } from './sent.ts'
import { allKnown, listFiles, listQueue, listStates, tellStatus } from './told.ts'

export type ShareName = Extract<MethodName, `share.${string}` | `community.${string}`>

export interface Around {
  /** Files at the places of known tools and those opened lately. */
  readonly found: () => Promise<readonly FileEntry[]>
}

export function shareHandlers(sharing: Sharing, { found }: Around): Pick<Handlers, ShareName> {
  const { deps, store } = sharing
  const { clock } = deps
  return {
    ...communityHandlers(sharing),
    'share.status': async () => ok(await tellStatus(sharing)),
    'share.plan': (asked, send, signal) => plan(sharing, asked, send, signal),
    'share.on': async ({ level, day, seen }, send, signal) => {
      const shown = await plan(sharing, { path: null, day, level, to: null }, send, signal)
      if (!shown.ok) return shown
      if (shown.value.seen !== seen) return fail({ kind: 'preview-unseen' })
      const on = await sharing.switch.on(level)
      if (!on.ok) return on
      await sharing.tidy()
      return ok(await tellStatus(sharing))
    },
    'share.off': async () => {
      await sharing.switch.off()
      return ok(listShared(store))
    },
    'share.destinations': async () => destinationsOf(sharing),
    'share.setDestination': async ({ name, told, level }) => {
      const since = new Date(clock.now()).toISOString()
      const set = await sharing.destinations.set(name, told, level, since)
      if (!set.ok) return set
      await sharing.tidy()
      store.look()?.outbox.dropChanged(name, 'refused')
      return destinationsOf(sharing)
    },
    'share.removeDestination': async ({ name }) => {
      await sharing.destinations.remove(name)
      store.look()?.outbox.dropChanged(name, 'all')
      return destinationsOf(sharing)
    },
    'share.test': async ({ name, address }) => {
      const destination = (await sharing.destinations.list()).find((one) => one.name === name)
      if (destination === undefined) return fail(await sharing.destinations.whyNot(name))
      const planned = await planProbe(destination)
      return address === null ? ok(planned) : probe(planned, address, deps.ask(destination))
    },
    'share.files': async () => ok(listFiles(await sharing.ticked.read(), await found())),
    'share.tick': async ({ path, ticked }, send, signal) => {
      const whole = resolve(path)
      if (ticked) {
        const fit = await mayBeShared(sharing, whole, send, signal)
        if (!fit.ok) return fit
      }
      const set = await sharing.ticked.set(whole, ticked)
      return set.ok ? ok(listFiles(set.value, await found())) : set
    },
    'share.queue': () => ok(listQueue(sharing)),
    'share.item': ({ batch }) => {
      const items = (store.look()?.outbox.list() ?? []).filter((item) => item.batch === batch)
      const [first] = items
      if (first === undefined) return fail({ kind: 'batch-unknown', batch })
      const level = store.open().outbox.made(batch).reports?.[0]?.level === 'detailed' ? 'detailed' : 'basic'
      return ok(
        showRequests(
          items.map(({ request }) => request),
          first.destination,
          level,
        ),
      )
    },
    'share.drop': ({ batch }) => {
      const waits =
        store
          .look()
          ?.outbox.list()
          .some((item) => item.batch === batch) ?? false
      if (!waits) return fail({ kind: 'batch-unknown', batch })
      store.open().outbox.withhold(batch)
      return ok(listQueue(sharing))
    },
    'share.now': ({ to }, send, signal) => sharing.look({ to, now: true }, send, signal),
    'share.earlier': async ({ from }, send, signal) => {
      if ((await sharing.switch.consent()) === null) return fail({ kind: 'share-off' })
      const { db, log } = store.open()
      db.whole(() => {
        log.write({ what: 'earlier', from })
        store.keep('earlier', from)
      })
      return sharing.look({ to: null, now: false }, send, signal)
    },
    'share.newId': async () => {
      if ((await sharing.switch.consent()) === null) return fail({ kind: 'share-off' })
      sharing.switch.replaceId()
      return ok(await tellStatus(sharing))
    },
    'share.log': ({ words, before, most }) =>
      ok(store.look()?.log.page(words, most, before) ?? { lines: [], more: false, entries: 0, found: 0 }),
    'share.verifyLog': () => {
      const opened = store.look()
      if (opened === null) return ok({ entries: 0, broken: null, receipts: [], keys: [] })
      return ok({ ...opened.log.verify(), receipts: checkReceipts(opened), keys: keysSeen(opened) })
    },
    'share.exportLog': (wanted) => exportLog(sharing, wanted),
    'share.eraseLog': ({ through, sure }) =>
      eraseLog(store, through, sure, { folder: deps.paths.data, now: clock.now() }),
    'share.sent': () => ok(listShared(store)),
    'share.forget': async ({ to, which = null }) => {
      askForDeletion(store, { to, which }, clock.now())
      await sharing.forget()
      return ok(listShared(store))
    },
    'share.held': ({ address }) =>
      address === null ? ok(listHolders(sharing)) : askHolders(sharing, address),
  }
}

type Plan = Handlers['share.plan']

async function plan(
  { deps, switch: own, destinations, ticked }: Sharing,
  { path, day, level: asked, to }: Parameters<Plan>[0],
  send: Parameters<Plan>[1],
  signal: Parameters<Plan>[2],
): ReturnType<Plan> {
  const { clock, count, version, platform } = deps
  const now = clock.now()
  if (day !== null && dayOf(day) >= utcDay(now)) return fail({ kind: 'day-not-over', day })
  const paths = path === null ? await ticked.read() : [resolve(path)]
  if (paths.length === 0) return fail({ kind: 'nothing-to-share' })
  const set = await destinations.list()
  const shown = chooseShown(set, to)
  if (!shown.ok)
    return to !== null && shown.error.kind === 'destination-unset'
      ? fail(await destinations.whyNot(to))
      : shown
  const days = day === null ? null : [day]
  // Showing what a sample would give sends nothing; to tick it is another matter.
  const origin = { level: asked ?? (await own.consent())?.level ?? 'detailed', version, platform }
  const wanted = { paths, days, evenSamples: path !== null, examplesFor: origin }
  const counted = await count(wanted, send, signal)
  if (!counted.ok) return counted
  const fault = path === null ? null : faultOf(counted.value.files[0], counted.value.fault, resolve(path))
  if (fault !== null) return fail(fault)
  const made = await planOf(counted.value, { origin, destinations: set, shown: shown.value, now })
  return made.ok || path === null ? made : fail({ kind: 'day-empty', day, path: resolve(path) })
}

/** One that isn't set can be shown where it needs to be told nothing; and our own wire always, its address aside. */
function chooseShown(set: readonly SetDestination[], to: string | null): Result<readonly SetDestination[]> {
  if (to === null) return ok(set.length > 0 ? set : [bare(senders.community)])
  const one = set.find(({ name }) => name === to)
  if (one !== undefined) return ok([one])
  const sender = senderNamed(to)
  if (sender === null) return fail({ kind: 'destination-unknown', known: allSenders.map(({ name }) => name) })
  const needsNothing = sender.needs.length === 0 || sender === senders.community
  return needsNothing ? ok([bare(sender)]) : fail({ kind: 'destination-unset', name: to })
}

function faultOf(file: ReadFile | undefined, fault: AppError | null, path: string): AppError | null {
  if (fault !== null) return fault
  if (file?.leftOut === 'not shared') return { kind: 'format-not-shared', format: file.title }
  if (file?.leftOut === 'export') return { kind: 'export-not-shared', path }
  return file?.leftOut === 'sample' ? { kind: 'sample-not-shared', path } : null
}

/** Looked at before it is ticked: a file of another format, of made-up data, or an export, is refused then and there. */
async function mayBeShared(
  { deps }: Sharing,
  path: string,
  send: Parameters<Plan>[1],
  signal: Parameters<Plan>[2],
): Promise<Result<null>> {
  const wanted = { paths: [path], days: null, evenSamples: false, examplesFor: null }
  const counted = await deps.count(wanted, send, signal)
  if (!counted.ok) return counted
  const fault = faultOf(counted.value.files[0], counted.value.fault, path)
  return fault === null ? ok(null) : fail(fault)
}

const destinationsOf = async (sharing: Sharing): Promise<Result<Destinations>> =>
  ok({
    set: await listStates(sharing),
    known: allKnown(),
    sealed: await sharing.destinations.sealed(),
  })

async function exportLog(
  { store, deps: { paths } }: Sharing,
  { out, overwrite }: { readonly out: OutPlace; readonly overwrite: boolean },
): Promise<Result<{ readonly path: string; readonly entries: number }>> {
  const target = await placeFor(out, databasePath(paths.data), paths.home)
  if (!target.ok) return target
  const lines = [...(store.look()?.log.written() ?? [])]
  const written = await writeWhole(Buffer.from(lines.join('')), target.value, overwrite)
  return written.ok ? ok({ path: target.value, entries: lines.length }) : written
}
