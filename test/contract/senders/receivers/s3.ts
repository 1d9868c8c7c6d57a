// A bucket: it works the signature out anew from what it got, refuses what is too old, and honours If-None-Match.
import { createHash, createHmac } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import type { Answer, Got, Kept, Receiver } from '../receiver.ts'

const sha256 = (data: Buffer | string): string => createHash('sha256').update(data).digest('hex')
const hmac = (key: Buffer | string, data: string): Buffer => createHmac('sha256', key).update(data).digest()
const refusal = (status: number, code: string): Answer => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code></Error>`,
})

export interface Keys {
  readonly accessKey: string
  readonly secretKey: string
  readonly region: string
}

export function s3Receiver(
  keys: Keys,
  now: () => number,
): Receiver & { readonly objects: Map<string, Buffer> } {
  const objects = new Map<string, Buffer>()
  return {
    objects,
    answer: (got) => {
      const wrong = whatIsWrong(got, keys, now())
      if (wrong !== null) return refusal(wrong === 'BadDigest' ? 400 : 403, wrong)
      if (got.method !== 'PUT') return refusal(405, 'MethodNotAllowed')
      if (got.headers['if-none-match'] === '*' && objects.has(got.path))
        return refusal(412, 'PreconditionFailed')
      objects.set(got.path, got.bytes)
      return { status: 200, headers: { etag: `"${createHash('md5').update(got.bytes).digest('hex')}"` } }
    },
    rows: () => [...objects].flatMap(([path, bytes]) => readObject(path, bytes)),
  }
}

/** Exported for AWS's own example, whose bytes are years old. */
export function whatIsWrong(got: Got, keys: Keys, now: number): string | null {
  const parts =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=(\w+)$/
  const [, accessKey, date, region, names, signature] = parts.exec(got.headers['authorization'] ?? '') ?? []
  if (accessKey !== keys.accessKey || date === undefined || region !== keys.region || names === undefined)
    return 'AccessDenied'
  const stamp = got.headers['x-amz-date'] ?? ''
  const iso = stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z')
  if (Math.abs(Date.parse(iso) - now) > 15 * 60_000) return 'RequestTimeTooSkewed'
  if (got.headers['x-amz-content-sha256'] !== sha256(got.bytes)) return 'BadDigest'
  const list = names.split(';')
  if (!list.includes('host')) return 'AccessDenied'
  const headers = list.map((name) => `${name}:${got.headers[name] ?? ''}\n`).join('')
  const canonical = `${got.method}\n${canonicalPath(got.path)}\n\n${headers}\n${names}\n${sha256(got.bytes)}`
  const scope = `${date}/${region}/s3/aws4_request`
  const chain = [date, region, 's3', 'aws4_request']
  const key = chain.reduce<Buffer | string>(hmac, `AWS4${keys.secretKey}`)
  const right = hmac(key, `AWS4-HMAC-SHA256\n${stamp}\n${scope}\n${sha256(canonical)}`).toString('hex')
  return right === signature ? null : 'SignatureDoesNotMatch'
}

/** Every byte but letters, digits and `-._~/` as %XX, whatever way it came. */
const canonicalPath = (path: string): string =>
  [...Buffer.from(decodeURIComponent(path))]
    .map((byte) => String.fromCharCode(byte))
    .map((sign) => (/[\w.~/-]/.test(sign) ? sign : `%${sign.charCodeAt(0).toString(16).toUpperCase()}`))
    .join('')

function readObject(path: string, bytes: Buffer): Kept[] {
  const [, year, month, day] = /year=(\d{4})\/month=(\d\d)\/day=(\d\d)\/[^/]+\.jsonl\.gz$/.exec(path) ?? []
  const lines = gunzipSync(bytes).toString('utf8').trimEnd().split('\n')
  return lines.map((line) => {
    const { id: _id, type: _type, time: _time, anonymous_id: _who, ...fields } = JSON.parse(line) as Kept
    return { day: `${year}-${month}-${day}`, ...fields }
  })
}
