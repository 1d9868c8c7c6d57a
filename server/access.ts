// Keys that open a door. They are compared by their hashes, so that the time it takes tells nothing of them.
import { server as words } from '../shared/words/en-server.ts'
import { refuse } from './door.ts'
import type { Answer } from './door.ts'
import { hashOf } from './hash.ts'

/** As `Authorization: Bearer …` or `X-API-Key`. */
export function keyOf(request: Request): string | null {
  const [, bearer] = /^Bearer +(.+)$/i.exec(request.headers.get('authorization') ?? '') ?? []
  return bearer ?? request.headers.get('x-api-key')
}

export async function isOneOf(key: string | null, keys: readonly string[]): Promise<boolean> {
  const given = await hashOf(key ?? '')
  const hashes = await Promise.all(keys.map(hashOf))
  return hashes.map((hash) => isSame(hash, given)).includes(true) && key !== null
}

function isSame(a: string, b: string): boolean {
  let difference = 0
  for (let at = 0; at < a.length; at++) difference |= a.charCodeAt(at) ^ b.charCodeAt(at)
  return difference === 0
}

export const noKey: Answer = refuse(401, words.noKey, { 'www-authenticate': 'Bearer' })
