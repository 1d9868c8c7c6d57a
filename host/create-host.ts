// The only wiring: everything the host can do, put together from what it is given. The web host, the Electron
// shell, the command line and the tests all call this, each with its own clock, folders and way to start a child.
import { randomBytes } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import type { AppInfo, Handlers, OpenedFile } from '../shared/bridge.ts'
import { BytesId } from '../shared/ids.ts'
import type { Result } from '../shared/result.ts'
import { fail, ok } from '../shared/result.ts'
import { parse } from 'valibot'
import { browse } from './file/browse.ts'
import { discover } from './file/discover.ts'
import { dropDraft, nameDraft } from './file/draft.ts'
import type { ReadOnlyInput } from './file/read-only.ts'
import { Recent } from './file/recent.ts'
import { runJob, startJob } from './jobs.ts'
import type { Running } from './jobs.ts'
import { makePrivateFolder } from './paths.ts'
import type { Paths } from './paths.ts'
import type { StartChild } from './process.ts'
import { createRpc } from './rpc.ts'
import type { Rpc } from './rpc.ts'
import { SettingsStore } from './settings.ts'
import { empty } from './temporary.ts'

export interface HostDeps {
  readonly info: Pick<AppInfo, 'version' | 'host' | 'platform'>
  readonly paths: Paths
  readonly startChild: StartChild
  /** What may forbid sharing: DO_NOT_TRACK and the like. */
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly now: () => number
  /** The machine's own zone, used while the person has not chosen another. */
  readonly zone: string
  /** Bytes of memory; the biggest file that may be read whole follows from it. */
  readonly memory: number
}

export interface Host {
  readonly handlers: Handlers
  readonly rpc: Rpc
  /** The bytes of an opened file: all, or a range, in pieces. */
  bytes(id: string, range?: { readonly start: number; readonly end: number }): Result<Bytes>
  close(): Promise<void>
}
export interface Bytes {
  readonly size: number
  readonly pieces: AsyncIterable<Uint8Array>
}

const pieceSize = 4 * 1024 * 1024
const mostSnapshots = 4
const largestWhole = 600 * 1024 * 1024

export function createHost(deps: HostDeps): Host {
  const { paths, now, startChild } = deps
  const settings = new SettingsStore(paths)
  const recent = new Recent(paths)
  const snapshots = new Map<string, { readonly size: number; readonly job: Running<'snapshot'> }>()
  const limit = Math.min(largestWhole, Math.floor(deps.memory / 4))

  const closeSnapshot = (id: string): void => {
    snapshots.get(id)?.job.close()
    snapshots.delete(id)
  }
  /** Each reading has a folder for its private copy, which goes with it even when its process was killed. */
  const reading = async <T>(path: string, read: (input: ReadOnlyInput) => Promise<T>): Promise<T> => {
    await makePrivateFolder(paths.temporary)
    const temporary = await mkdtemp(join(paths.temporary, 'reading-'))
    try {
      return await read({ path: resolve(path), temporary, now: now() })
    } finally {
      await empty(temporary).catch(() => {}) // what a dying process still holds is swept up later
    }
  }

  /** Asked anew each time; the sharing rooms are loaded only by what needs them, see job.ts. */
  const sharing = async () => (await import('./sharing/consent-file.ts')).readSharing(paths, deps.environment)

  const handlers: Handlers = {
    'app.info': async () => {
      const { consent, forcedOffBy } = await sharing()
      const level = consent?.level ?? 'off'
      return ok({ name: 'Sightglass', ...deps.info, sharing: level, sharingForcedOffBy: forcedOffBy })
    },
    'settings.get': async () => ok(await settings.read()),
    'settings.set': ({ change }) => settings.change(change),
    'files.discover': async () => ok(await discover(paths.home, now())),
    'files.recent': async () => ok(await recent.list(now())),
    'files.forget': async ({ path }) => {
      await recent.forget(path)
      return ok(await recent.list(now()))
    },
    'files.browse': ({ path }) => browse(path, paths.home),
    'files.open': ({ path }, send, signal) =>
      reading(path, async (input) => {
        const job = startJob(startChild, 'snapshot', { ...input, limit }, send, signal)
        const answer = await job.answer
        if (!answer.ok) {
          job.close()
          return answer
        }
        const id = parse(BytesId, randomBytes(16).toString('hex'))
        const [oldest] = snapshots.keys()
        if (snapshots.size >= mostSnapshots && oldest !== undefined) closeSnapshot(oldest)
        snapshots.set(id, { size: answer.value.snapshotSize, job })
        await recent.add(input.path, now())
        return ok({ id, path: input.path, name: basename(input.path), ...answer.value } satisfies OpenedFile)
      }),
    'files.close': ({ id }) => {
      closeSnapshot(id)
      return ok(null)
    },
    'files.summary': async ({ path, zone }, send, signal) => {
      const chosen = zone ?? (await settings.read()).timeZone ?? deps.zone
      return reading(path, (input) =>
        runJob(startChild, 'summarize', { ...input, zone: chosen }, send, signal),
      )
    },
    'files.sample': async ({ out, ...wanted }, send, signal) => {
      if (out === null) await makePrivateFolder(paths.data)
      const path = out === null ? join(paths.data, 'sample.db') : resolve(out)
      const draft = await nameDraft(path, wanted.overwrite)
      if (!draft.ok) return draft
      const input = { ...wanted, until: wanted.until ?? now(), path, draft: draft.value }
      const made = await runJob(startChild, 'sample', input, send, signal)
      if (!made.ok) await dropDraft(draft.value)
      return made
    },
    'share.status': async () => {
      const { consent, forcedOffBy } = await sharing()
      const level = consent?.level ?? 'off'
      return ok({ level, forcedOffBy, since: consent?.since ?? null, destinations: [] })
    },
    'share.preview': async ({ path, level, ...asked }, send, signal) => {
      const { version, platform } = deps.info
      const shown = level ?? (await sharing()).consent?.level ?? 'detailed'
      const wanted = { ...asked, level: shown, version, platform }
      return reading(path, (input) => runJob(startChild, 'preview', { ...input, ...wanted }, send, signal))
    },
  }

  return {
    handlers,
    rpc: createRpc(handlers),
    bytes(id, range) {
      const snapshot = snapshots.get(id)
      if (snapshot === undefined) return fail({ kind: 'bytes-unknown', id: id.slice(0, 32) })
      const { size, job } = snapshot
      return ok({ size, pieces: readPieces(job, range?.start ?? 0, range?.end ?? size) })
    },
    close: async () => {
      for (const id of [...snapshots.keys()]) closeSnapshot(id)
      await settings.settled()
    },
  }
}

/** Reads ahead by one piece, so that the child fills the next while this one is on its way. */
async function* readPieces(job: Running<'snapshot'>, start: number, end: number): AsyncGenerator<Uint8Array> {
  const ask = (at: number) => (at < end ? job.read(at, Math.min(pieceSize, end - at)) : null)
  let next = ask(start)
  for (let at = start; next !== null; at += pieceSize) {
    const piece = await next
    next = ask(at + pieceSize)
    if (!piece.ok) throw new Error('the snapshot was closed while it was read')
    yield piece.value
  }
}
