// Carries a plan out: a backup if one is wanted, the deletion, the cleaning of the file, the proof, the receipt. It runs
// in a process of its own, and may be killed at any moment: the deletion is one transaction, and what comes after it is
// done again by the next one (finish).
import { randomBytes } from 'node:crypto'
import { realpath } from 'node:fs/promises'
import type { EraseItem, EraseProof, EraseStep, Erased, Remains, WhyRemains } from '../../shared/erase.ts'
import type { Result } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'
import { explainPath } from '../file/look.ts'
import type { Job, JobPort } from '../jobs.ts'
import { keepBackup } from './backup.ts'
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
    readonly patience: number
  }
  output: Omit<Erased, 'path' | 'events' | 'receipt' | 'backup'>
  item: EraseItem
}

/** Cleans a file whose rows are deleted already, and proves it by the receipt. */
export interface FinishErase {
  input: {
    /** Null: the file that the receipt names. */
    readonly path: string | null
    readonly receipt: string
    readonly key: Uint8Array
    /** Null: only prove. */
    readonly clean: 'rewrite' | 'log' | null
    readonly patience: number
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
  const done = await deletePlanned(plan, place.value, input.patience, new TraceMaker(traces), (rows) =>
    saveReceipt(receipt, { about: { ...about, rows }, traces }),
  )
  if (!done.ok) return done
  const rows = done.value.reduce((all, table) => all + table.rows, 0)
  step(port, 'clean')
  const why = await clean(place.value, plan.mayRewrite, input.patience, () => step(port, 'rewrite'))
  step(port, 'prove')
  const proved = await prove(place.value, traces, rows, 'after deleting')
  // Of a receipt that can't be written anew the first one stays, which proves as much.
  await saveReceipt(receipt, { about: { ...about, rows }, traces }, proved.lasting)
  return ok({ rows, tables: done.value, remains: whatRemains(proved, why), proof: proved.proof })
}

export const finishErase: Job<'erase-finish'> = async ({ receipt, key, ...input }, port) => {
  const read = await readReceipt(receipt, Buffer.from(key))
  if (!read.ok) return read
  const place = await placeOf(input.path ?? read.value.about.path)
  if (!place.ok) return place
  let why: WhyRemains | null = null
  if (input.clean !== null) {
    step(port, 'clean')
    why = await clean(place.value, input.clean === 'rewrite', input.patience, () => step(port, 'rewrite'))
  }
  step(port, 'prove')
  const { about, traces } = read.value
  const proved = await prove(place.value, traces, about.rows, 'by receipt')
  return ok({ about, proof: proved.proof, remains: whatRemains(proved, why) })
}

function whatRemains({ proof, filled, still }: Proved, why: WhyRemains | null): Remains | null {
  // Row numbers that must stay are for ever: there the search alone has the word.
  const rewritten = why === null || why === 'row-numbers'
  if (rewritten && proof.found === 0 && still) return null
  return { bytes: filled, why: why ?? (still ? 'failed' : 'busy') }
}

const step = (port: JobPort<EraseItem>, name: EraseStep): void => port.progress({ type: 'step', step: name })

async function placeOf(path: string): Promise<Result<string>> {
  try {
    return ok(await realpath(path))
  } catch (error) {
    return fail(explainPath(error, path))
  }
}
