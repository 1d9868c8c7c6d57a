// Whether a destination can be reached: what that does is said first, and done only with the address that was shown.
// Over the net it is one question without a key, a body or a report; its answer says how far one came.
import { access, constants } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Result } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'
import type { TestPlan, Tested, Unreached } from '../../shared/share-destinations.ts'
import type { SetDestination } from './destinations.ts'
import { addressOf } from './plan.ts'
import type { CarryFault, Sending } from './send.ts'

export async function planProbe(destination: SetDestination): Promise<TestPlan> {
  const address = await addressOf(destination)
  const how = address.startsWith('file:') ? 'file' : address.startsWith('console:') ? 'print' : 'request'
  return { to: destination.name, address, how }
}

export async function probe(plan: TestPlan, shown: string, ask: Sending['ask']): Promise<Result<Tested>> {
  if (shown !== plan.address) return fail({ kind: 'address-changed', address: plan.address })
  if (plan.how === 'print') return ok({ ...plan, result: { is: 'writable' } })
  if (plan.how === 'file') return ok({ ...plan, result: await tryFile(fileURLToPath(plan.address)) })
  const answer = await ask(plan.address, new AbortController().signal)
  if (!answer.ok) return ok({ ...plan, result: whyNot(answer.error) })
  const { status } = answer.value
  const is = status >= 300 && status < 400 ? 'redirected' : 'reached'
  return ok({ ...plan, result: { is, status } })
}

/** Why nothing came back, as a person can do something about it. */
export function whyNot({ why, detail }: CarryFault): Unreached {
  if (/ENOTFOUND|EAI_AGAIN/.test(detail)) return { is: 'name', detail }
  return { is: why === 'address' || why === 'connection' || why === 'stopped' ? 'refused' : why, detail }
}

async function tryFile(path: string): Promise<Tested['result']> {
  const can = (place: string): Promise<string | null> =>
    access(place, constants.W_OK).then(
      () => null,
      (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : 'unknown'),
    )
  const itself = await can(path)
  const detail = itself === 'ENOENT' ? await can(dirname(path)) : itself
  return detail === null ? { is: 'writable' } : { is: 'not writable', detail }
}
