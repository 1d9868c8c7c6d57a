// S3 and what speaks its protocol: one object a day and batch, of gzipped JSON Lines, at a path that Athena reads as
// partitions. Its name comes from the batch and it must not exist yet, so a second copy is refused by the bucket.
import { jsonLines } from '../shared/writers/json-lines.ts'
import { byDay, eventsOf, flat } from './daily-usage.ts'
import { understandHttp } from './sender.ts'
import type { Response as Answer, Outcome, Request, Sealed, Sender, Told } from './sender.ts'
import { authorization, sha256, stampOf } from './sigv4.ts'

/** Which region signs: part of what is frozen, gone from what is sent. */
const regionHeader = 'x-sightglass-region'

export const s3: Sender = {
  name: 's3',
  needs: [
    { name: 'address', kind: 'address' },
    { name: 'region', kind: 'word' },
    { name: 'access-key', kind: 'key' },
    { name: 'secret-key', kind: 'key' },
    { name: 'session-token', kind: 'key', optional: true },
  ],
  delivery: 'exactly once',
  daysBack: 28,
  encode: (reports, ids, told) => {
    const days = [...byDay(eventsOf(reports, ids))]
    return Promise.resolve(
      days.map(([day, events]) => {
        const [year, month, date] = day.split('-')
        const path = `year=${year}/month=${month}/day=${date}/${ids.idOf(events.map(({ id }) => id).join(' '))}.jsonl.gz`
        return {
          address: `${(told['address'] ?? '').replace(/\/+$/, '')}/${path}`,
          method: 'PUT' as const,
          headers: {
            'content-type': 'application/x-ndjson',
            'if-none-match': '*',
            [regionHeader]: told['region'] ?? '',
          },
          body: [
            ...jsonLines(events.map((event) => ({ ...flat(event), anonymous_id: ids.anonymousId }))),
          ].join(''),
          events: events.length,
        }
      }),
    )
  },
  seal,
  understand,
}

async function seal({ address, headers, body }: Request, keys: Told, now: number): Promise<Sealed> {
  const packed = await gzip(body)
  const payloadHash = await sha256(packed)
  const stamp = stampOf(now)
  const { [regionHeader]: region = '', ...plain } = headers
  const session = keys['session-token'] ?? ''
  const signed = {
    ...plain,
    'x-amz-content-sha256': payloadHash,
    'x-amz-date': stamp,
    ...(session !== '' && { 'x-amz-security-token': session }),
  }
  const by = { accessKey: keys['access-key'] ?? '', secretKey: keys['secret-key'] ?? '' }
  const signing = { method: 'PUT' as const, address, headers: signed, payloadHash, region, stamp, ...by }
  return {
    address,
    method: 'PUT',
    headers: { ...signed, authorization: await authorization(signing) },
    body: packed,
  }
}

async function gzip(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))
  return new Uint8Array(await new Response(packed).arrayBuffer())
}

function understand(response: Answer): Outcome {
  const { status, headers, body } = response
  if (status === 412) return { kind: 'duplicate', receipt: headers['etag'] ?? '' }
  // 409: somebody wrote the same name at the same moment; 500: its own word for "try again".
  if (status === 409 || status === 500) return { kind: 'later', after: headers['retry-after'] ?? null }
  if (status === 400 && body.includes('RequestTimeout')) return { kind: 'later', after: null }
  const outcome = understandHttp(response)
  if (outcome.kind !== 'delivered') return outcome
  // Every write is answered with the object's tag; a 200 without one comes from somebody in between.
  return headers['etag'] === undefined
    ? { kind: 'later', after: null }
    : { ...outcome, receipt: headers['etag'] }
}
