// AWS's signature, version 4, for one PUT to S3: which request, by whom, for when. Only WebCrypto, so that it runs
// in the host and at the edge; it is held against AWS's published example.

export interface Signing {
  readonly method: 'PUT' | 'GET'
  readonly address: string
  /** Names in lower case; without host, which the address tells. */
  readonly headers: Readonly<Record<string, string>>
  readonly payloadHash: string
  readonly region: string
  readonly accessKey: string
  readonly secretKey: string
  /** As in `x-amz-date`: 20130524T000000Z. */
  readonly stamp: string
}

export async function authorization(signing: Signing): Promise<string> {
  const { method, headers, payloadHash, region, accessKey, secretKey, stamp } = signing
  const { host, pathname, searchParams } = new URL(signing.address)
  const all = Object.entries({ ...headers, host }).sort(([a], [b]) => (a < b ? -1 : 1))
  const names = all.map(([name]) => name).join(';')
  const query = [...searchParams].map(([name, value]) => `${encode(name)}=${encode(value)}`).sort()
  const canonical = [
    method,
    pathname
      .split('/')
      .map((part) => encode(decodeURIComponent(part)))
      .join('/'),
    query.join('&'),
    ...all.map(([name, value]) => `${name}:${value.trim().replace(/ +/g, ' ')}`),
    '',
    names,
    payloadHash,
  ].join('\n')
  const date = stamp.slice(0, 8)
  const scope = `${date}/${region}/s3/aws4_request`
  const toSign = ['AWS4-HMAC-SHA256', stamp, scope, await sha256(bytesOf(canonical))].join('\n')
  let key = bytesOf(`AWS4${secretKey}`)
  for (const part of [date, region, 's3', 'aws4_request']) key = await hmac(key, part)
  const signature = hex(await hmac(key, toSign))
  return `AWS4-HMAC-SHA256 Credential=${accessKey}/${scope},SignedHeaders=${names},Signature=${signature}`
}

/** 20130524T000000Z */
export const stampOf = (now: number): string => new Date(now).toISOString().replace(/[-:]|\.\d+/g, '')

export const sha256 = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> =>
  hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)

async function hmac(key: Uint8Array<ArrayBuffer>, text: string): Promise<Uint8Array<ArrayBuffer>> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const imported = await crypto.subtle.importKey('raw', key, algorithm, false, ['sign'])
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, bytesOf(text)))
}

const hex = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')

/** AWS leaves fewer characters as they are than JavaScript does. */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
