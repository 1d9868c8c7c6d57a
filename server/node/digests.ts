// What the web's own cryptography does, by Node's: that one hands each call to another thread, which for a few bytes
// costs ten times the work.
import { createHash, createHmac, createPrivateKey, sign } from 'node:crypto'
import type { DayKey } from '../network.ts'
import type { SigningKeys, SignText } from '../receipts.ts'

/** In hex. */
export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

export const dayKeyOf =
  (bytes: Uint8Array): DayKey =>
  (told) =>
    createHmac('sha256', bytes).update(told).digest('hex')

export function signTextBy(jwk: SigningKeys['private']): SignText {
  const key = createPrivateKey({ key: jwk, format: 'jwk' })
  return (text) => sign(null, Buffer.from(text), key).toString('base64url')
}
