import { createSigner, makeKeys, SigningKeys } from '../receipts.ts'
import type { Signer } from '../receipts.ts'
import { signTextBy } from './digests.ts'
import { readSecret, writeSecret } from './files.ts'

/** With the key of this folder, made at the first start. */
export async function signerIn(path: string, now: number): Promise<Signer> {
  const keys = readSecret(path, SigningKeys) ?? (await rotateKeys(path, now))
  return createSigner(keys, signTextBy(keys.private))
}

/** A new key, signed by the one before it; a running server uses it after its next start. */
export async function rotateKeys(path: string, now: number): Promise<SigningKeys> {
  const keys = await makeKeys(now, readSecret(path, SigningKeys) ?? undefined)
  writeSecret(path, JSON.stringify(keys))
  return keys
}
