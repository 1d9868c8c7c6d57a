// Carries a plan out: a backup if one is wanted, the deletion, the cleaning of the file, the proof, the receipt. It runs
// in a process of its own, and may be killed at any moment: the deletion is one transaction, and what comes after it is
// done again by the next one (finish).
import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { realpath } from 'node:fs/promises'
import { DatabaseSync, backup } from 'node:sqlite'
import type { EraseItem, EraseProof, EraseStep, Erased, Remains, WhyRemains } from '../../shared/erase.ts'
import type { Result } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'
import { explainPath } from '../file/look.ts'
import { explainSqlite } from '../file/native.ts'
import { dropDraft, nameDraft, publishDraft } from '../file/draft.ts'
import type { Job, JobPort } from '../jobs.ts'
import { deletePlanned } from './delete.ts'
import type { ErasePlan } from './plan.ts'
import { prove } from './prove.ts'
import type { Proved } from './prove.ts'
import { readReceipt, saveReceipt } from './receipt.ts'
import type { AboutReceipt } from './receipt.ts'
import { clean } from './rewrite.ts'
import { TraceMaker, Traces, traceKey } from './traces.ts'

export interface Erase {
  input: {
    readonly plan: ErasePlan
    readonly now: number
    readonly key: Uint8Array
    readonly receipt: string
    readonly backup: string | null
  }
  output: Omit<Erased, 'path' | 'events' | 'receipt' | 'backup'>
  item: EraseItem
}

/** Cleans a file whose rows are deleted already, and proves it by the receipt. */
export interface FinishErase {
  input: {
    readonly path: string
    readonly receipt: string
    readonly key: Uint8Array
    readonly only: 'prove' | 'clean'
  }
  output: { readonly about: AboutReceipt; readonly proof: EraseProof; readonly remains: Remains | null }
  item: EraseItem
}

export const erase: Job<'erase'> = async ({ plan, now, receipt, backup: copy, ...input }, port) => {
  const place = await placeOf(plan.path)
  if (!place.ok) return place
  if (copy !== null) {
    step(port, 'backup')
    const kept = await keepBackup(place.value, copy)
    if (!kept.ok) return kept
  }
  step(port, 'delete')
  const salt = randomBytes(16).toString('hex')
  const traces = new Traces(traceKey(Buffer.from(input.key), salt))
  const about = { path: plan.path, erased: now, salt, traces: 0 }
  const done = await deletePlanned(plan, place.value, new TraceMaker(traces), (rows) =>
    saveReceipt(receipt, { about: { ...about, rows }, traces }),
  )
  if (!done.ok) return done
  const rows = done.value.reduce((all, table) => all + table.rows, 0)
  step(port, 'clean')
  const why = await clean(place.value, plan.mayRewrite, () => step(port, 'rewrite'))
  step(port, 'prove')
  const proved = await prove(place.value, traces, rows)
  // Of a receipt that can't be written anew the first one stays, which proves as much.
  await saveReceipt(receipt, { about: { ...about, rows }, traces }, proved.unique)
  return ok({ rows, tables: done.value, remains: whatRemains(proved, why), proof: proved.proof })
}

export const finishErase: Job<'erase-finish'> = async ({ path, receipt, key, only }, port) => {
  const place = await placeOf(path)
  if (!place.ok) return place
  const read = await readReceipt(receipt, Buffer.from(key))
  if (!read.ok) return read
  let why: WhyRemains | null = null
  if (only === 'clean') {
    step(port, 'clean')
    why = await clean(place.value, true, () => step(port, 'rewrite'))
  }
  step(port, 'prove')
  const { about, traces } = read.value
  const proved = await prove(place.value, traces, about.rows)
  return ok({ about, proof: proved.proof, remains: whatRemains(proved, why) })
}

function whatRemains({ proof, filled, still }: Proved, why: WhyRemains | null): Remains | null {
  // Row numbers that must stay are for ever: there the search alone has the word.
  const rewritten = why === null || why === 'row-numbers'
  if (rewritten && proof.found === 0 && still) return null
  return { bytes: filled, why: why ?? (still ? 'failed' : 'busy') }
}

const step = (port: JobPort<EraseItem>, name: EraseStep): void =>
  port.progress({ type: 'step', step: name, done: 0, total: 0 })

async function placeOf(path: string): Promise<Result<string>> {
  try {
    return ok(await realpath(path))
  } catch (error) {
    return fail(explainPath(error, path))
  }
}

async function keepBackup(place: string, target: string): Promise<Result<null>> {
  const draft = await nameDraft(target, false)
  if (!draft.ok) return draft
  try {
    const db = new DatabaseSync(place, { readOnly: true, timeout: 5000 })
    try {
      await backup(db, draft.value)
    } finally {
      db.close()
    }
  } catch (error) {
    await dropDraft(draft.value)
    return fail(explainSqlite(error, target))
  } finally {
    await Promise.all(['-wal', '-shm', '-journal'].map((end) => rm(draft.value + end, { force: true })))
  }
  return publishDraft(draft.value, target, false)
}
