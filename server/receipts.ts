// Receipts: what the server says it has done, signed, so that it can be held to it. The signed text stands in the
// receipt as it was signed; whoever checks it needs no rule of how to write JSON. A new key is signed by the one
// before, and old ones stay published, so that old receipts can still be checked.
import * as v from 'valibot'

const PublishedKey = v.strictObject({
  id: v.string(),
  algorithm: v.literal('Ed25519'),
  /** The public key, raw, in base64url. */
  key: v.string(),
  made: v.string(),
  /** By the key before it, over this one's `key`. */
  signed_by: v.optional(v.strictObject({ id: v.string(), signature: v.string() })),
})
export type PublishedKey = v.InferOutput<typeof PublishedKey>

/** What a home keeps secret: the newest private key, and the public ones, newest first. */
export const SigningKeys = v.strictObject({
  private: v.object({ kty: v.literal('OKP'), crv: v.literal('Ed25519'), d: v.string(), x: v.string() }),
  published: v.array(PublishedKey),
})
export type SigningKeys = v.InferOutput<typeof SigningKeys>

export interface Receipt {
  readonly signed: string
  readonly key: string
  /** Ed25519, in base64url. */
  readonly signature: string
}

export interface Signer {
  /** Null where this home was given no key. */
  sign(said: Readonly<Record<string, unknown>>): Promise<Receipt | null>
  readonly published: readonly PublishedKey[]
}

export const noSigner: Signer = { sign: () => Promise.resolve(null), published: [] }

/** In base64url. */
export type SignText = (text: string) => string | Promise<string>

/** `own` signs by the same key, where a home knows a quicker way. */
export async function createSigner(keys: SigningKeys, own?: SignText): Promise<Signer> {
  const sign = own ?? signTextBy(await importPrivate(keys.private))
  const id = keys.published[0]?.id ?? ''
  return {
    published: keys.published,
    sign: async (said) => {
      const signed = JSON.stringify(said)
      return { signed, key: id, signature: await sign(signed) }
    },
  }
}

/** A new pair; signed by the one before it, if there is one. */
export async function makeKeys(now: number, before?: SigningKeys): Promise<SigningKeys> {
  const pair = await crypto.subtle.generateKey({ name: 'Ed25519' }, true, ['sign', 'verify'])
  if (!('privateKey' in pair)) throw new Error('Ed25519 makes pairs')
  const made = v.parse(SigningKeys.entries.private, await crypto.subtle.exportKey('jwk', pair.privateKey))
  const old = before?.published[0]
  const signed =
    before === undefined || old === undefined
      ? {}
      : {
          signed_by: { id: old.id, signature: await signTextBy(await importPrivate(before.private))(made.x) },
        }
  const id = made.x.slice(0, 12)
  const published: PublishedKey = {
    id,
    algorithm: 'Ed25519',
    key: made.x,
    made: new Date(now).toISOString(),
    ...signed,
  }
  return { private: made, published: [published, ...(before?.published ?? [])] }
}

const importPrivate = (jwk: SigningKeys['private']): Promise<CryptoKey> =>
  crypto.subtle.importKey('jwk', jwk, { name: 'Ed25519' }, false, ['sign'])

const signTextBy =
  (key: CryptoKey): SignText =>
  async (text) => {
    const signature = await crypto.subtle.sign({ name: 'Ed25519' }, key, new TextEncoder().encode(text))
    return btoa(String.fromCharCode(...new Uint8Array(signature)))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replace(/=+$/, '')
  }
