// The ids of a batch. Each is drawn at random when its reports are frozen, but for the anonymous id, which stays for
// 28 days; the ids of its parts follow from it, so that the same batch is encoded alike each time.
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { Ids } from '../../senders/sender.ts'
import { shownIds } from '../../shared/sharing/wire.ts'

export interface Drawn {
  readonly ids: Ids
  /** Whoever shows it deletes the batch; it never leaves before that. */
  readonly secret: string
}

export function drawIds(anonymousId: string): Drawn {
  const secret = randomBytes(32).toString('hex')
  const secretHash = createHash('sha256').update(secret).digest('hex')
  return { ids: withParts({ batchId: randomUUID(), anonymousId, secretHash }), secret }
}

const withParts = (ids: Omit<Ids, 'idOf'>): Ids => ({
  ...ids,
  idOf: (part) => uuidOf(createHash('sha256').update(`${ids.batchId} ${part}`).digest('hex')),
})

/** For a preview while nothing is frozen: zeros, which no server takes. */
export const exampleIds: Ids = { ...shownIds, idOf: () => shownIds.batchId }

/** Told as a name-based id of one's own making (version 8), because that is what it is. */
const uuidOf = (hex: string): string =>
  [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
