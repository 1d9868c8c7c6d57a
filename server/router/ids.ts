// The ids under which something is forwarded: always the same for the same thing, so that a second copy of it can be
// known for one. A batch of ours keeps its id and the hash of its secret: at another community server its owner can
// delete it as well. Whoever sent it gets an id of its own at each destination, and it is the same there each time.
import type { Ids } from '../../senders/sender.ts'
import { hashOf } from '../hash.ts'
import type { Waiting } from './queue.ts'
import type { Target } from './targets.ts'

export async function idsOf({ name, told }: Target, { seen, secretHash, events }: Waiting): Promise<Ids> {
  const [, own] = /^reports (.*)$/.exec(seen) ?? []
  const isOurs = own !== undefined && secretHash !== null
  const batchId = isOurs ? own : uuidOf(await hashOf(`${name} ${seen}`))
  const who = events[0]?.anonymousId ?? seen
  const anonymousId = uuidOf(await hashOf(`${name} ${told['address'] ?? ''} ${who}`))
  return withParts({ batchId, anonymousId, secretHash: secretHash ?? (await nobodys(batchId)) })
}

/** Where there is more than one batch may hold. */
export async function idsOfPart({ batchId, anonymousId }: Ids, part: number): Promise<Ids> {
  const own = uuidOf(await hashOf(`${batchId} ${part}`))
  return withParts({ batchId: own, anonymousId, secretHash: await nobodys(own) })
}

/** A hash of which nobody knows what it is the hash of. */
const nobodys = async (batchId: string): Promise<string> =>
  Array.from(await hashOf(batchId))
    .toReversed()
    .join('')

const withParts = (ids: Omit<Ids, 'idOf'>): Ids => ({
  ...ids,
  idOf: (part) => uuidOf(spread(`${ids.batchId} ${part}`)),
})

/** 128 bits in hex, at once: what the platform hashes with is only there for those who can wait. FNV-1a, four times. */
function spread(text: string): string {
  return [0x811c9dc5, 0x01234567, 0x89abcdef, 0x7f4a7c15]
    .map((seed) => {
      let hash = seed
      for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
      hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
      return ((hash ^ (hash >>> 13)) >>> 0).toString(16).padStart(8, '0')
    })
    .join('')
}

const uuidOf = (hex: string): string =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
