// Deletion of all that carries an anonymous id: of what came with its secret, or of everything where the operator
// says so. The marks of what was seen stay, which hold nothing of it: a copy that was still under way is known by
// them. What comes under the id afterwards is new, and stays; so a journal can be carried out again at any time.
import type { Deletion } from './forget.ts'
import type { Statement, Store } from './store.ts'

const prefix = 'anonymous '
const byOperator = 'operator'

/** Null for the secret's hash: the operator asks, for somebody whose client has no secret. */
export const deletionOfId = (anonymousId: string, secretHash: string | null, at: number): Deletion => ({
  id: `${prefix}${anonymousId}`,
  secretHash: secretHash ?? byOperator,
  at,
})

export const isOfId = ({ id }: Deletion): boolean => id.startsWith(prefix)

/** Gives one row for each event that went. */
export function deletionOfIds({ dialect }: Store, deletions: readonly Deletion[]): Statement {
  const asked = JSON.stringify(
    deletions.map(({ id, secretHash, at }) => ({ id: id.slice(prefix.length), secretHash, at })),
  )
  return {
    sql: `DELETE FROM events WHERE anonymous_id IN (SELECT e.value->>'id' FROM ${dialect.each})
      AND EXISTS (SELECT 1 FROM ${dialect.each} WHERE e.value->>'id' = events.anonymous_id
        AND events.received <= CAST(e.value->>'at' AS BIGINT)
        AND (e.value->>'secretHash' = '${byOperator}' OR EXISTS (SELECT 1 FROM seen
          WHERE seen.id = events.seen AND seen.secret_hash = e.value->>'secretHash')))
      RETURNING seen`,
    values: [asked, asked],
  }
}
