// Deletions of the windows: a preview leaves a plan under a token, a confirmed one is held back for some seconds, then
// carried out. While it is held nothing has happened; whoever ends the stream, a closed window or a crash, has taken
// it back. Two windows may delete at once: each deletion is its own transaction, and sees whether its rows are still
// what its preview showed.
import { randomBytes } from 'node:crypto'
import { join, resolve } from 'node:path'
import { parse } from 'valibot'
import type { CancelSignal, Progress } from '../../shared/bridge.ts'
import { EraseToken, heldSeconds } from '../../shared/erase.ts'
import type { EraseItem, ErasePreview, Erased } from '../../shared/erase.ts'
import type { Result } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'
import type { Which } from '../../shared/viewer/which.ts'
import type { Reading } from '../file/opened.ts'
import { runJob } from '../jobs.ts'
import type { StartChild } from '../process.ts'
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

  constructor(deps: EraseDeps) {
    this.#deps = deps
  }

  async preview(
    given: string,
    which: Which,
    zone: string,
    send: (item: Progress) => void,
    signal: CancelSignal,
  ): Promise<Result<ErasePreview>> {
    const { startChild, begin, backupOf } = this.#deps
    const path = resolve(given)
    const reading = await begin(path)
    try {
      const backup = await backupOf(path)
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
    const { startChild, folder, leave, now } = this.#deps
    const key = await receiptKey(folder)
    if (!key.ok) return key
    const receipt = nameReceipt(join(folder, 'receipts'), plan.path, now())
    leave(plan.path)
    const input = { plan, now: now(), key: key.value, receipt, backup }
    // From here on it isn't given up with its window: half of the cleaning would be left.
    const done = await runJob(startChild, 'erase', input, send)
    leave(plan.path)
    if (!done.ok) return done
    return ok({ ...done.value, path: plan.path, events: eventsOf(plan), backup, receipt })
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
