// Deletions of the windows: a preview leaves a plan under a token, a confirmed one is held back for some seconds, then
// carried out. While it is held nothing has happened; whoever ends the stream, a closed window or a crash, has taken
// it back. Two windows may delete at once: each deletion is its own transaction, and sees whether its rows are still
// what its preview showed.
import { randomBytes } from 'node:crypto'
import { join, resolve } from 'node:path'
import { parse } from 'valibot'
import type { CancelSignal, Progress } from '../../shared/bridge.ts'
import { EraseToken, heldSeconds } from '../../shared/erase.ts'
import type {
  EraseItem,
  ErasePreview,
  Erased,
  FinishedErase,
  PendingErase,
  Verified,
} from '../../shared/erase.ts'
import type { Result } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'
import type { Which } from '../../shared/viewer/which.ts'
import type { Reading } from '../file/opened.ts'
import { runJob } from '../jobs.ts'
import type { StartChild } from '../process.ts'
import { PendingStore } from './pending.ts'
import type { Pending } from './pending.ts'
import type { ErasePlan } from './plan.ts'
import { nameReceipt, receiptKey } from './receipt.ts'

interface Kept {
  readonly plan: ErasePlan
  readonly backup: string | null
}

export interface EraseDeps {
  readonly startChild: StartChild
  /** The program's own folder for receipts and their key. */
  readonly folder: string
  readonly now: () => number
  /** Milliseconds for which a tool that writes is waited for. */
  readonly patience: number
  begin(path: string): Promise<Reading>
  /** Where a backup of a file goes, if the person wants one. */
  backupOf(path: string): Promise<string | null>
  /** Ends this program's own readers of a file, which would keep it from being rewritten. */
  leave(path: string): void
}

/** Plans are lists of keys; so many windows can wait with one. */
const mostKept = 8

export class Erasing {
  readonly #deps: EraseDeps
  readonly #kept = new Map<EraseToken, Kept>()
  readonly #pending: PendingStore

  constructor(deps: EraseDeps) {
    this.#deps = deps
    this.#pending = new PendingStore(deps.folder)
  }

  async preview(
    given: string,
    which: Which,
    zone: string,
    send: (item: Progress) => void,
    signal: CancelSignal,
    keeping: 'as set' | 'without backup' = 'as set',
  ): Promise<Result<ErasePreview>> {
    const { startChild, begin, backupOf } = this.#deps
    const path = resolve(given)
    const reading = await begin(path)
    try {
      const backup = keeping === 'as set' ? await backupOf(path) : null
      const input = { ...reading.input, which, zone, backup }
      const found = await runJob(startChild, 'erase-preview', input, send, signal)
      if (!found.ok) return found
      const { preview, plan } = found.value
      const token = preview.rows === 0 ? null : this.#keep({ plan, backup })
      return ok({ ...preview, token })
    } finally {
      await reading.end()
    }
  }

  async run(
    token: EraseToken,
    now: boolean,
    send: (item: EraseItem) => void,
    signal: CancelSignal,
  ): Promise<Result<Erased>> {
    const kept = this.#kept.get(token)
    if (kept === undefined) return fail({ kind: 'erase-unknown' })
    this.#kept.delete(token)
    if (!now && !(await held(send, signal))) return fail({ kind: 'cancelled' })
    return this.#carryOut(kept, send)
  }

  async #carryOut({ plan, backup }: Kept, send: (item: EraseItem) => void): Promise<Result<Erased>> {
    const { startChild, folder, leave, now, patience } = this.#deps
    const key = await receiptKey(folder)
    if (!key.ok) return key
    const receipt = nameReceipt(join(folder, 'receipts'), plan.path, now())
    const unknown: Pending = {
      path: plan.path,
      since: now(),
      receipt,
      mayRewrite: plan.mayRewrite,
      remains: { bytes: 0, why: 'failed' },
    }
    const noted = await this.#pending.put(unknown)
    if (!noted.ok) return noted
    leave(plan.path)
    const input = { plan, now: now(), key: key.value, receipt, backup, patience }
    // From here on it isn't given up with its window: half of the cleaning would be left.
    const done = await runJob(startChild, 'erase', input, send)
    leave(plan.path)
    // A process that was ended from outside may have deleted before: that stays noted, and is looked into.
    if (!done.ok && done.error.kind === 'stopped') return done
    const remains = done.ok ? done.value.remains : null
    if (remains === null) await this.#pending.strike(receipt)
    else await this.#pending.put({ ...unknown, remains })
    if (!done.ok) return done
    return ok({ ...done.value, path: plan.path, events: eventsOf(plan), backup, receipt })
  }

  async pending(): Promise<readonly PendingErase[]> {
    return (await this.#pending.read()).map(({ mayRewrite: _, ...told }) => told)
  }

  /** All that is pending of a file. */
  async finish(
    given: string,
    send: (item: EraseItem) => void,
    signal: CancelSignal,
  ): Promise<Result<FinishedErase>> {
    const path = resolve(given)
    const mine = (await this.#pending.read()).filter((entry) => entry.path === path)
    let last: FinishedErase = { path, remains: null, proof: null }
    for (const entry of mine) {
      const finished = await this.#finishOne(entry, send, signal)
      if (!finished.ok) return finished
      if (finished.value.remains !== null || last.remains === null) last = finished.value
    }
    return ok(last)
  }

  async #finishOne(
    entry: Pending,
    send: (item: EraseItem) => void,
    signal: CancelSignal,
  ): Promise<Result<FinishedErase>> {
    const { path, receipt, mayRewrite } = entry
    const key = await receiptKey(this.#deps.folder)
    if (!key.ok) return key
    this.#deps.leave(path)
    const { patience } = this.#deps
    const input = { path, receipt, key: key.value, clean: mayRewrite ? 'rewrite' : 'log', patience } as const
    const done = await runJob(this.#deps.startChild, 'erase-finish', input, send, signal)
    if (!done.ok) {
      // Without a receipt the deletion was never begun; without the file there is nothing to clean.
      if (done.error.kind !== 'file-missing') return done
      await this.#pending.strike(receipt)
      return ok({ path, remains: null, proof: null })
    }
    const { remains, proof } = done.value
    if (remains === null) await this.#pending.strike(receipt)
    else await this.#pending.put({ ...entry, remains })
    return ok({ path, remains, proof })
  }

  async verify(
    receipt: string,
    path: string | null,
    send: (item: EraseItem) => void,
    signal: CancelSignal,
  ): Promise<Result<Verified>> {
    const { startChild, folder, patience } = this.#deps
    const key = await receiptKey(folder)
    if (!key.ok) return key
    const input = {
      path: path && resolve(path),
      receipt: resolve(receipt),
      key: key.value,
      clean: null,
      patience,
    }
    const done = await runJob(startChild, 'erase-finish', input, send, signal)
    if (!done.ok) return done
    const { about, proof } = done.value
    return ok({ path: path === null ? about.path : resolve(path), erased: about.erased, proof })
  }

  #keep(kept: Kept): EraseToken {
    const [oldest] = this.#kept.keys()
    if (this.#kept.size >= mostKept && oldest !== undefined) this.#kept.delete(oldest)
    const token = parse(EraseToken, randomBytes(16).toString('hex'))
    this.#kept.set(token, kept)
    return token
  }
}

function eventsOf({ tables, eventTables }: ErasePlan): number {
  const chosen = tables.filter(({ table }) => eventTables.includes(table))
  return chosen.reduce((all, { rowids, keys }) => all + rowids.length + keys.length, 0)
}

/** False where it was taken back. */
async function held(send: (item: EraseItem) => void, signal: CancelSignal): Promise<boolean> {
  for (let seconds = heldSeconds; seconds > 0; seconds--) {
    if (signal.aborted) return false
    send({ type: 'held', seconds })
    await second(signal)
  }
  return !signal.aborted
}

function second(signal: CancelSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, 1000)
    signal.addEventListener('abort', end)
  })
}
