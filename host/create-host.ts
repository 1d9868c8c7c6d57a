// The only wiring: everything the host can do, put together from what it is given. The web host, the Electron
// shell, the command line and the tests all call this, each with its own clock, folders and way to start a child.
import { mkdtemp } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { AppInfo, Handlers } from '../shared/bridge.ts'
import type { Result } from '../shared/result.ts'
import { ok } from '../shared/result.ts'
import { ChoiceStore } from './choices.ts'
import { ColumnStore } from './columns.ts'
import { Asking } from './file/asking.ts'
import { aboutCheaply } from './about.ts'
import { browse } from './file/browse.ts'
import { Erasing } from './erase/erasing.ts'
import { Keeper } from './erase/keep.ts'
import { listReceipts } from './erase/receipts.ts'
import { Tending } from './erase/tending.ts'
import { discover } from './file/discover.ts'
import { drafting } from './file/draft.ts'
import { exportFolder, placeFor, watchDraft } from './file/place.ts'
import { OpenedFiles } from './file/opened.ts'
import type { Bytes, Reading } from './file/opened.ts'
import type { ReadOnlyInput } from './file/read-only.ts'
import { Recent } from './file/recent.ts'
import { Share } from './share.ts'
import type { ShareDeps } from './share.ts'
import type { KeyStore } from './sharing/key-file.ts'
import { runJob } from './jobs.ts'
import { makePrivateFolder } from './paths.ts'
import type { Paths } from './paths.ts'
import type { StartChild } from './process.ts'
import { createRpc } from './rpc.ts'
import type { Rpc } from './rpc.ts'
import { SettingsStore } from './settings.ts'
import { speak } from './speech.ts'
import { empty } from './temporary.ts'

export interface HostDeps {
  readonly info: Pick<AppInfo, 'version' | 'releases' | 'host' | 'platform'>
  readonly paths: Paths
  readonly startChild: StartChild
  /** What may forbid sharing: DO_NOT_TRACK and the like. */
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly now: () => number
  /** The machine's own zone, used while the person has not chosen another. */
  readonly zone: string
  /** Bytes of memory; the biggest file that may be read whole follows from it. */
  readonly memory: number
  /** Milliseconds for which a deletion waits for a tool that writes; five seconds where it isn't said. */
  readonly patience?: number
  /** What the console destination prints. */
  readonly print: (text: string) => void
  /** Where the system keeps keys; the desktop shell alone has a way to it. */
  readonly keyStore?: KeyStore
  /** Tests have clocks, chances and roads of their own. */
  readonly sharing?: Partial<Pick<ShareDeps, 'clock' | 'random' | 'roads'>>
}

export interface Host {
  readonly handlers: Handlers
  readonly rpc: Rpc
  /** The bytes of an opened file: all, or a range, in pieces. */
  bytes(id: string, range?: { readonly start: number; readonly end: number }): Result<Bytes>
  /** From now on does what is due: retention, deletions that could not be finished. */
  tend(): void
  close(): Promise<void>
}

/** Up to here a window reads the file itself; above, the host reads it and ships columns. */
const largestImage = 600 * 1024 * 1024

export function createHost(deps: HostDeps): Host {
  const { paths, now, startChild } = deps
  const settings = new SettingsStore(paths)
  const recent = new Recent(paths)
  const choices = new ChoiceStore(paths)
  const columns = new ColumnStore(paths)
  const opened = new OpenedFiles(startChild, Math.min(largestImage, Math.floor(deps.memory / 4)))

  /** Each reading has a folder for its private copy, which goes with it even when its process was killed. */
  const beginReading = async (path: string): Promise<Reading> => {
    await makePrivateFolder(paths.temporary)
    const temporary = await mkdtemp(join(paths.temporary, 'reading-'))
    return {
      input: { path: resolve(path), temporary, now: now(), choices: await choices.read() },
      end: () => empty(temporary).catch(() => {}), // what a dying process still holds is swept up later
    }
  }
  const reading = async <T>(path: string, read: (input: ReadOnlyInput) => Promise<T>): Promise<T> => {
    const begun = await beginReading(path)
    try {
      return await read(begun.input)
    } finally {
      await begun.end()
    }
  }

  const asking = new Asking(startChild, beginReading)

  const erasing = new Erasing({
    startChild,
    now,
    patience: deps.patience ?? 5000,
    folder: join(paths.data, 'erased'),
    begin: beginReading,
    backupOf: async (path) =>
      (await settings.read()).keepBackup ? (await import('./erase/backup.ts')).nameBackup(path, now()) : null,
    leave: () => asking.closeAll(),
  })

  const languageNow = async () => (await speak((await settings.read()).language, deps.environment)).language
  const zoneOf = async (chosen: string | null): Promise<string> =>
    chosen ?? (await settings.read()).timeZone ?? deps.zone

  const keeper = new Keeper({ folder: paths.data, now, zone: () => zoneOf(null) }, erasing)
  const tending = new Tending(erasing, keeper)

  const share = new Share({
    paths,
    environment: deps.environment,
    clock: { now, steady: () => performance.now() },
    random: Math.random,
    version: deps.info.version,
    platform: deps.info.platform,
    print: deps.print,
    keyStore: deps.keyStore ?? null,
    ...deps.sharing,
    count: async (wanted, send, signal) => {
      const [first = ''] = wanted.paths
      return reading(first, ({ path: _first, ...input }) =>
        runJob(startChild, 'count-days', { ...input, ...wanted }, send, signal),
      )
    },
    found: async () => [...(await discover(paths.home, now())), ...(await recent.list(now()))],
  })

  const handlers: Handlers = {
    'app.info': async () => {
      const { consent, forcedOffBy } = await share.whether()
      const level = consent?.level ?? 'off'
      return ok({
        name: 'Sightglass',
        ...deps.info,
        sharing: level,
        sharingWasOn: share.wasOn(),
        sharingForcedOffBy: forcedOffBy,
      })
    },
    'settings.get': async () => ok(await settings.read()),
    'settings.set': ({ change }) => settings.change(change),
    'files.discover': async () => ok(await discover(paths.home, now())),
    'files.recent': async () => ok(await recent.list(now())),
    'files.forget': async ({ path }) => {
      await recent.forget(path)
      return ok(await recent.list(now()))
    },
    'files.about': ({ path }, _send, signal) =>
      reading(path, (input) => aboutCheaply(input, startChild, signal)),
    'files.browse': ({ path }) => browse(path, paths.home),
    'files.open': async ({ path, ...options }, send, signal) => {
      const file = await opened.open(await beginReading(path), options, send, signal)
      if (file.ok) recent.add(file.value.path, now())
      return file
    },
    'files.follow': ({ path, after }, send, signal) =>
      reading(path, (input) => runJob(startChild, 'follow', { ...input, after }, send, signal)),
    'files.check': ({ path }, send, signal) =>
      reading(path, (input) => runJob(startChild, 'check', input, send, signal)),
    'files.recognise': ({ path }, send, signal) =>
      reading(path, (input) => runJob(startChild, 'recognise', input, send, signal)),
    'files.ask': ({ path, ask }, send, signal) => asking.ask(resolve(path), ask, send, signal),
    'columns.get': async () => ok(await columns.read()),
    'columns.set': ({ key, columns: chosen }) => columns.change(key, chosen),
    'choices.get': async () => ok(await choices.read()),
    'choices.set': ({ key, choice }) => {
      asking.closeAll() // they have taken their files for what they were until now
      return choices.change(key, choice)
    },
    'files.close': ({ id }) => {
      opened.close(id)
      return ok(null)
    },
    'files.summary': async ({ path, zone, ...asked }, send, signal) => {
      const wanted = { ...asked, zone: await zoneOf(zone), language: await languageNow() }
      return reading(path, (input) => runJob(startChild, 'summarize', { ...input, ...wanted }, send, signal))
    },
    'files.overview': async ({ path, zone, ...asked }, send, signal) => {
      const wanted = { ...asked, zone: await zoneOf(zone), language: await languageNow() }
      return reading(path, (input) => runJob(startChild, 'overview', { ...input, ...wanted }, send, signal))
    },
    'files.exportFolder': async () => ok({ folder: await exportFolder(paths.home) }),
    'files.export': async ({ path, out, ...wanted }, send, signal) => {
      const target = await placeFor(out, resolve(path), paths.home)
      if (!target.ok) return target
      return drafting(target.value, wanted.overwrite, (draft) =>
        reading(path, async (input) => {
          const unwatch = wanted.wish.as === 'sqlite' ? watchDraft(draft, input.path, send) : () => {}
          const job = { ...input, ...wanted, target: target.value, draft }
          return runJob(startChild, 'export', job, send, signal).finally(unwatch)
        }),
      )
    },
    'files.import': async ({ path, out, overwrite }, send, signal) => {
      const target = await placeFor(out, resolve(path), paths.home)
      if (!target.ok) return target
      const wanted = { path: resolve(path), target: target.value, overwrite }
      return drafting(target.value, overwrite, (draft) =>
        runJob(startChild, 'import', { ...wanted, draft }, send, signal),
      )
    },
    'files.sample': async ({ out, ...wanted }, send, signal) => {
      if (out === null) await makePrivateFolder(paths.data)
      const path = out === null ? join(paths.data, 'sample.db') : resolve(out)
      return drafting(path, wanted.overwrite, (draft) => {
        const input = { ...wanted, until: wanted.until ?? now(), path, draft }
        return runJob(startChild, 'sample', input, send, signal)
      })
    },
    'erase.preview': async ({ path, which, zone }, send, signal) =>
      erasing.preview(path, which, await zoneOf(zone), send, signal),
    'erase.run': ({ token, now: at }, send, signal) => erasing.run(token, at, send, signal),
    'erase.receipts': async () => ok(await listReceipts(join(paths.data, 'erased', 'receipts'))),
    'erase.verify': ({ receipt, path }, send, signal) => erasing.verify(receipt, path, send, signal),
    'erase.pending': async () => ok(await erasing.pending()),
    'erase.finish': ({ path }, send, signal) => erasing.finish(path, send, signal),
    'keep.get': async () => ok(await keeper.read()),
    'keep.preview': ({ path, days }, send, signal) => keeper.preview(path, days, send, signal),
    'keep.set': ({ path, rule }) => keeper.set(path, rule),
    'keep.run': ({ path }, send, signal) => keeper.run(path, send, signal),
    'updates.check': async () =>
      (await import('./updates.ts')).checkForUpdates(deps.info.releases, deps.info.version),
    ...share.handlers(),
  }

  return {
    handlers,
    rpc: createRpc(handlers),
    bytes: (id, range) => opened.bytes(id, range),
    tend: () => {
      tending.begin()
      share.tend()
    },
    close: async () => {
      await tending.end()
      await share.close()
      opened.closeAll()
      asking.closeAll()
      await Promise.all([settings.settled(), recent.settled()])
    },
  }
}
