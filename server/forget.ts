// Forgetting: on the proof of a secret, and by age. A deletion carries out the same statements and writes the same
// rows whether the batch is there or not, so neither the answer nor its time tells which. Its mark stays, so that a
// copy of the batch that was still under way is not taken in afterwards.
import type { Result } from '../shared/result.ts'
import { fail, ok } from '../shared/result.ts'
import type { Here } from './door.ts'
import { deletionOfIds, isOfId } from './forget-id.ts'
import { numberIn, textIn } from './store.ts'
import type { Row, Statement, Store, StoreFailure } from './store.ts'
import { addTotals, dayLength, dayOf } from './totals.ts'

/** Of one batch; the secret itself is not kept. */
export interface Deletion {
  readonly id: string
  readonly secretHash: string
  readonly at: number
}

/** Noted first, so that a backup that is restored doesn't bring it back. */
export async function carryOut(
  deletion: Deletion,
  { journal, store }: Pick<Here, 'journal' | 'store'>,
): Promise<Result<number, StoreFailure>> {
  await journal.note(deletion)
  return deleteOnProof(store, [deletion])
}

/** What a receipt says of a deletion: when, and until when it could be undone elsewhere, where it could. */
export function whenGone(now: number, { recoverable }: Store): Readonly<Record<string, string>> {
  const deleted = new Date(now).toISOString()
  if (recoverable === 0) return { deleted }
  return { deleted, recoverable_until: new Date(now + recoverable * dayLength).toISOString() }
}

/** How many batches and events of ids went: those whose secret it was. */
export async function deleteOnProof(
  store: Store,
  deletions: readonly Deletion[],
): Promise<Result<number, StoreFailure>> {
  const { each } = store.dialect
  const [ofIds, ofBatches] = [deletions.filter(isOfId), deletions.filter((one) => !isOfId(one))]
  // Of one that was asked for twice, the later stands: a row can be written once in a statement.
  const once = new Map(ofBatches.map((deletion) => [`${deletion.id} ${deletion.secretHash}`, deletion]))
  const values = [JSON.stringify([...once.values()])]
  const done = await store.run([
    deletionOfIds(store, ofIds),
    {
      sql: `INSERT INTO deletions (id, secret_hash, at)
        SELECT e.value->>'id', e.value->>'secretHash', CAST(e.value->>'at' AS BIGINT) FROM ${each} WHERE true
        ON CONFLICT (id, secret_hash) DO UPDATE SET at = excluded.at`,
      values,
    },
    {
      sql: `DELETE FROM events WHERE seen IN (SELECT seen.id FROM seen JOIN ${each}
        ON seen.id = e.value->>'id' AND seen.secret_hash = e.value->>'secretHash')`,
      values,
    },
    {
      sql: `DELETE FROM seen WHERE id IN (SELECT s.id FROM seen AS s JOIN ${each}
        ON s.id = e.value->>'id' AND s.secret_hash = e.value->>'secretHash') RETURNING id`,
      values,
    },
  ])
  if (!done.ok) return fail('unavailable')
  return ok((done.value.at(0)?.length ?? 0) + (done.value.at(-1)?.length ?? 0))
}

/** At most this many rows go in one transaction, so that a request never waits long for it. */
const mostAtOnce = 1000

/** A step of forgetting what was received before a moment: 0 when nothing is left of it. */
export async function forgetSome(
  store: Store,
  before: number,
  now: number,
): Promise<Result<number, StoreFailure>> {
  const oldest = await store.run([
    {
      sql: `SELECT s.id, (SELECT count(*) FROM events WHERE events.seen = s.id) AS events
        FROM seen AS s WHERE s.received < CAST(? AS BIGINT) ORDER BY s.received LIMIT ${mostAtOnce}`,
      values: [before],
    },
  ])
  if (!oldest.ok) return fail('unavailable')
  const ids = atMostRows(oldest.value[0] ?? [])
  if (ids.length === 0) return ok(0)
  const counted = { day: dayOf(now), door: 'nightly', what: 'forgotten', n: ids.length, lastSeen: now }
  const done = await store.run([...removing(store, ids), addTotals(store, [counted])])
  return done.ok ? ok(ids.length) : fail('unavailable')
}

/** The first of them that together have no more rows than go at once; always one at least. */
function atMostRows(oldest: readonly Row[]): string[] {
  const ids: string[] = []
  let rows = 0
  for (const row of oldest) {
    rows += 1 + numberIn(row, 'events')
    if (rows > mostAtOnce && ids.length > 0) break
    ids.push(textIn(row, 'id'))
  }
  return ids
}

function removing({ dialect }: Store, ids: readonly string[]): Statement[] {
  const values = [JSON.stringify(ids.map((id) => ({ id })))]
  const listed = `(SELECT e.value->>'id' FROM ${dialect.each})`
  return [
    { sql: `DELETE FROM events WHERE seen IN ${listed}`, values },
    { sql: `DELETE FROM seen WHERE id IN ${listed}`, values },
    { sql: `DELETE FROM forwards WHERE seen IN ${listed}`, values },
  ]
}

/** Full hours of limits that are over, and marks of deletions that no backup can bring anything back for. */
export async function forgetMarks(
  store: Store,
  now: number,
  deletionsBefore: number,
): Promise<Result<null, StoreFailure>> {
  const done = await store.run([
    { sql: 'DELETE FROM limits WHERE ends < CAST(? AS BIGINT)', values: [now] },
    { sql: 'DELETE FROM deletions WHERE at < CAST(? AS BIGINT)', values: [deletionsBefore] },
  ])
  return done.ok ? ok(null) : fail('unavailable')
}
