// What the owner of a batch can do with it, by showing its secret: delete it, have it exported, see which are still
// there. Who shows no secret learns nothing, not even whether a batch exists.
import * as v from 'valibot'
import type { Result } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'
import { server as words } from '../../shared/words/en-server.ts'
import { parseJson } from '../body.ts'
import { answer, refuse, tooMany, unavailable } from '../door.ts'
import type { Answer, Call, Door, Here } from '../door.ts'
import { carryOut, whenGone } from '../forget.ts'
import { hashOf } from '../hash.ts'
import { seenId } from '../intake.ts'
import { spend } from '../limits.ts'
import { numberIn, textIn } from '../store.ts'
import type { Row, Store, StoreFailure } from '../store.ts'
import { reportsDoor } from './reports.ts'

const BatchId = v.pipe(v.string(), v.uuid())
const Secret = v.pipe(v.string(), v.minLength(16), v.maxLength(256))
const Shown = v.strictObject({ secret: Secret })
const Listed = v.strictObject({
  batches: v.pipe(
    v.array(v.strictObject({ batch_id: BatchId, secret: Secret })),
    v.minLength(1),
    v.maxLength(500),
  ),
})

const door = { method: 'POST', body: { largest: 'report', gzip: false } } as const

export const deleteBatch: Door = {
  ...door,
  name: 'delete',
  paths: ['/api/v1/batches/:id/delete'],
  answer: (call, here) =>
    withProofs(shownProof(call), call, here, async ([proof]) => {
      if (proof === undefined) return refuse(400, words.noProof)
      const [gone] = await Promise.all([carryOut({ ...proof, at: call.now }, here), evenTime()])
      if (!gone.ok) return unavailable
      here.totals.count(reportsDoor, 'deleted', call.now, gone.value)
      const said = { batch_id: proof.batchId, ...whenGone(call.now, here.store) }
      return answer({ status: 'ok', ...said, receipt: await here.signer.sign(said) })
    }),
}

/** Rows that are there take a moment longer to delete than ones that aren't: all wait for more than either. */
const evenTime = (): Promise<void> => new Promise((over) => setTimeout(over, 40))

export const exportBatch: Door = {
  ...door,
  name: 'export',
  paths: ['/api/v1/batches/:id/export'],
  answer: (call, here) =>
    withProofs(shownProof(call), call, here, async (proofs) => {
      const found = await findBatches(here.store, proofs)
      return found.ok ? answer({ status: 'ok', batches: found.value.map(wholeBatch) }) : unavailable
    }),
}

export const listBatches: Door = {
  ...door,
  name: 'list',
  paths: ['/api/v1/batches/list'],
  answer: (call, here) =>
    withProofs(listedProofs(call), call, here, async (proofs) => {
      const found = await findBatches(here.store, proofs)
      return found.ok ? answer({ status: 'ok', batches: found.value.map(headOf) }) : unavailable
    }),
}

interface Proof {
  readonly batchId: string
  readonly id: string
  readonly secretHash: string
}

/** Counted by network, so that nobody tries ids by the million. */
async function withProofs(
  read: Promise<Result<readonly Proof[], 'not a proof'>>,
  { network, now }: Call,
  { store, limitsOf }: Here,
  work: (proofs: readonly Proof[]) => Promise<Answer>,
): Promise<Answer> {
  const proofs = await read
  if (!proofs.ok) return refuse(400, words.noProof)
  const spent = await spend(store, limitsOf('batches', { network }, now))
  if (!spent.ok) return unavailable
  return spent.value.kind === 'limited' ? tooMany(spent.value, now) : work(proofs.value)
}

async function shownProof({ bytes, params }: Call): Promise<Result<Proof[], 'not a proof'>> {
  const id = v.safeParse(BatchId, params['id'])
  const shown = v.safeParse(Shown, jsonOf(bytes))
  return id.success && shown.success
    ? ok([await proofOf(id.output, shown.output.secret)])
    : fail('not a proof')
}

async function listedProofs({ bytes }: Call): Promise<Result<Proof[], 'not a proof'>> {
  const listed = v.safeParse(Listed, jsonOf(bytes))
  if (!listed.success) return fail('not a proof')
  return ok(await Promise.all(listed.output.batches.map(({ batch_id: id, secret }) => proofOf(id, secret))))
}

function jsonOf(bytes: Uint8Array): unknown {
  const read = parseJson(bytes)
  return read.ok ? read.value : null
}

const proofOf = async (batchId: string, secret: string): Promise<Proof> => ({
  batchId,
  id: seenId(reportsDoor, batchId),
  secretHash: await hashOf(secret),
})

interface FoundBatch {
  readonly seen: Row
  readonly reports: readonly unknown[]
}

async function findBatches(
  store: Store,
  proofs: readonly Proof[],
): Promise<Result<readonly FoundBatch[], StoreFailure>> {
  const own = `JOIN ${store.dialect.each} ON seen.id = e.value->>'id'
    AND seen.secret_hash = e.value->>'secretHash'`
  const values = [JSON.stringify(proofs)]
  const done = await store.run([
    { sql: `SELECT seen.id, seen.sha256, seen.received, seen.duplicates FROM seen ${own}`, values },
    {
      sql: `SELECT events.seen, CAST(events.body AS TEXT) AS body FROM events JOIN seen ON seen.id = events.seen
        ${own} ORDER BY events.seen, events.position`,
      values,
    },
  ])
  if (!done.ok) return fail('unavailable')
  const [heads = [], events = []] = done.value
  const bodies = Map.groupBy(events, (row) => textIn(row, 'seen'))
  return ok(
    heads.map((seen) => ({
      seen,
      reports: (bodies.get(textIn(seen, 'id')) ?? []).map((row): unknown => JSON.parse(textIn(row, 'body'))),
    })),
  )
}

const headOf = ({ seen, reports }: FoundBatch): Record<string, unknown> => ({
  batch_id: textIn(seen, 'id').slice(reportsDoor.length + 1),
  sha256: textIn(seen, 'sha256'),
  received: new Date(numberIn(seen, 'received')).toISOString(),
  copies: 1 + numberIn(seen, 'duplicates'),
  reports: reports.length,
})
const wholeBatch = (found: FoundBatch): Record<string, unknown> => ({
  ...headOf(found),
  reports: found.reports,
})
