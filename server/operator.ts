// Whether somebody is the operator. Both keys are hashed before they are compared, byte for byte to the end, so that
// the time it takes tells nothing of how much was right.
import { refuse } from './door.ts'
import type { Answer, Call, Here } from './door.ts'
import { hashOf } from './hash.ts'
import { server as words } from '../shared/words/en-server.ts'

/** A key, from wherever clients of all kinds put theirs. */
export function keyIn(headers: Headers): string | null {
  const own = headers.get('x-api-key')
  if (own !== null) return own
  const [, scheme = '', value = ''] = /^(\S+) +(.*)$/.exec(headers.get('authorization') ?? '') ?? []
  if (scheme.toLowerCase() === 'bearer') return value
  if (scheme.toLowerCase() !== 'basic') return null
  try {
    return atob(value).replace(/^[^:]*:/, '') // a browser asks for a name as well: any will do
  } catch {
    return null
  }
}

export async function isSameKey(given: string, own: string): Promise<boolean> {
  const [a, b] = await Promise.all([given, own].map(hashOf))
  let differences = 0
  for (let at = 0; at < 64; at++) differences |= (a?.charCodeAt(at) ?? 0) ^ (b?.charCodeAt(at) ?? 1)
  return differences === 0
}

/** What anybody else is answered; null for the operator. Without a key there is nothing at these addresses. */
export async function refuseStranger({ request }: Call, { config }: Here): Promise<Answer | null> {
  if (config.adminKey === null) return refuse(404, words.notFound)
  const given = keyIn(request.headers)
  if (given !== null && (await isSameKey(given, config.adminKey))) return null
  return refuse(401, words.keyNeeded, { 'www-authenticate': 'Basic realm="Sightglass server"' })
}
