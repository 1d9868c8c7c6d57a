import * as v from 'valibot'
import { createSigner, makeKeys, SigningKeys } from '../receipts.ts'
import type { Signer } from '../receipts.ts'
import { readIfThere, writeSecret } from './files.ts'

const readKeys = (path: string): SigningKeys | null => {
  const text = readIfThere(path)
  return text === null ? null : v.parse(SigningKeys, JSON.parse(text))
}

/** With the key of this folder, made at the first start. */
export async function signerIn(path: string, now: number): Promise<Signer> {
  return createSigner(readKeys(path) ?? (await rotateKeys(path, now)))
}

/** A new key, signed by the one before it; a running server uses it after its next start. */
export async function rotateKeys(path: string, now: number): Promise<SigningKeys> {
  const keys = await makeKeys(now, readKeys(path) ?? undefined)
  writeSecret(path, JSON.stringify(keys))
  return keys
}
