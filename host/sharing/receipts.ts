// Receipts of our own server: what it says it took in or deleted, signed. They lie in the log, in the answers as they
// came, so the chain of hashes covers them. Its keys are pinned the first time they are seen, and that, too, stands in
// the log: a later key is believed where one that is believed has signed it, and is refused and shown otherwise.
import { createPublicKey, verify } from 'node:crypto'
import * as v from 'valibot'
import type { KeysSeen, LogEntry, PublicKey, ReceiptCheck, ReceiptFault } from '../../shared/share-log.ts'
import { fail, ok } from '../../shared/result.ts'
import type { Result } from '../../shared/result.ts'
import { entryIn, number } from './database.ts'
import type { Sending } from './send.ts'
import type { Opened } from './store.ts'

const Published = v.object({
  keys: v.pipe(
    v.array(
      v.object({
        id: v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/)),
        algorithm: v.literal('Ed25519'),
        key: v.pipe(v.string(), v.regex(/^[\w-]{43}$/)),
        signed_by: v.optional(v.object({ id: v.string(), signature: v.string() })),
      }),
    ),
    v.maxLength(100),
  ),
})
type Published = v.InferOutput<typeof Published>['keys'][number]

const Answer = v.object({
  receipt: v.nullable(v.object({ signed: v.string(), key: v.string(), signature: v.string() })),
})
type Receipt = NonNullable<v.InferOutput<typeof Answer>['receipt']>
const Kept = v.object({ batch_id: v.string(), sha256: v.string(), received: v.string() })
const Deleted = v.object({ batch_id: v.string(), deleted: v.string() })

type Attempt = Extract<LogEntry, { what: 'attempt' }>

/** The server's own address, of that of its reports or of a batch to be deleted; null for any other wire. */
const serverOf = (address: string): string | null =>
  /^(.*)\/api\/v1\/(?:reports|batches\/[0-9a-f-]+\/delete)$/.exec(address)?.[1] ?? null

const isDeletion = ({ about }: Attempt): boolean => about[0] === 'deletion'

/** Believed and refused keys of each server, as the log has them; and those of entries that were erased since. */
export function keysSeen({ db }: Opened): KeysSeen[] {
  const rows = db.all("SELECT entry FROM log WHERE json_extract(entry, '$.what') = 'keys' ORDER BY seq")
  const kept = db.all("SELECT value AS entry FROM kept WHERE name LIKE 'keys %' ORDER BY rowid")
  const seen = new Map<string, KeysSeen>()
  for (const row of [...rows, ...kept]) {
    const entry = entryIn(row)
    if (entry.what !== 'keys') continue
    const { server } = entry
    const before = seen.get(server) ?? { server, accepted: [], refused: [] }
    const news = (keys: readonly PublicKey[], known: readonly PublicKey[]): readonly PublicKey[] => [
      ...known,
      ...keys.filter((key) => !isAmong(key, known)),
    ]
    seen.set(server, {
      server,
      accepted: news(entry.accepted, before.accepted),
      refused: news(entry.refused, before.refused),
    })
  }
  return [...seen.values()]
}

const isAmong = ({ id, key }: PublicKey, keys: readonly PublicKey[]): boolean =>
  keys.some((one) => one.id === id && one.key === key)

function keepKeys({ db, log }: Opened, keys: KeysSeen): void {
  db.whole(() => {
    const entry: LogEntry = { what: 'keys', ...keys }
    const seq = log.write(entry)
    db.run('INSERT INTO kept VALUES (?, ?)', `keys ${seq}`, JSON.stringify(entry))
  })
}

interface Acknowledged {
  readonly entry: number
  readonly server: string
  readonly attempt: Attempt
  readonly told: string
}

/** What our own servers said to have, or to have deleted; the oldest first. */
function acknowledged({ db }: Opened): Acknowledged[] {
  const rows = db.all(`SELECT o.seq, o.entry, a.entry AS attempt FROM log AS o
    JOIN log AS a ON a.seq = json_extract(o.entry, '$.of')
    WHERE json_extract(o.entry, '$.what') = 'outcome'
      AND json_extract(o.entry, '$.outcome') IN ('delivered', 'duplicate') ORDER BY o.seq`)
  return rows.flatMap((row) => {
    const outcome = entryIn(row)
    const attempt = entryIn({ entry: row['attempt'] ?? null })
    if (outcome.what !== 'outcome' || attempt.what !== 'attempt' || attempt.destination !== 'community')
      return []
    const server = serverOf(attempt.address)
    return server === null ? [] : [{ entry: number(row, 'seq'), server, attempt, told: outcome.told }]
  })
}

export function checkReceipts(opened: Opened): ReceiptCheck[] {
  const seen = keysSeen(opened)
  return acknowledged(opened).map(({ entry, server, attempt, told }) => ({
    entry,
    deletion: isDeletion(attempt),
    ...checkAnswer(told, attempt, seen.find((one) => one.server === server) ?? null),
  }))
}

/** Whether an answer to a deletion may be believed: signed, or by a server that has never signed anything. */
export function confirmsDeletion(opened: Opened, attempt: Attempt, told: string): boolean {
  const keys = keysSeen(opened).find(({ server }) => server === serverOf(attempt.address)) ?? null
  const { state } = checkAnswer(told, attempt, keys)
  return state === 'verified' || (state === 'missing' && keys === null)
}

type Checked = Pick<ReceiptCheck, 'state' | 'fault'>
const wrong = (fault: ReceiptFault): Checked => ({ state: 'wrong', fault })

/** Against the attempt that it answers. */
function checkAnswer(told: string, attempt: Attempt, keys: KeysSeen | null): Checked {
  const receipt = receiptIn(told)
  if (receipt === null) return { state: 'missing', fault: null }
  const key = keys?.accepted.find(({ id }) => id === receipt.key)
  if (key === undefined) {
    const isRefused = keys?.refused.some(({ id }) => id === receipt.key) ?? false
    return isRefused ? wrong('key') : { state: 'key unknown', fault: null }
  }
  if (!isSigned(receipt.signed, receipt.signature, key.key)) return wrong('signature')
  const about = saysIn(receipt, isDeletion(attempt))
  if (!about.ok) return wrong('unread')
  if (about.value.batch !== attempt.key.split('/')[0]) return wrong('batch')
  return about.value.sha256 !== null && about.value.sha256 !== attempt.sha256
    ? wrong('bytes')
    : { state: 'verified', fault: null }
}

function receiptIn(told: string): Receipt | null {
  const answer = v.safeParse(v.pipe(v.string(), v.parseJson(), Answer), told)
  return answer.success ? answer.output.receipt : null
}

interface Says {
  readonly batch: string
  /** Null in the receipt of a deletion. */
  readonly sha256: string | null
}
function saysIn({ signed }: Receipt, deletion: boolean): Result<Says, null> {
  const text = v.pipe(v.string(), v.parseJson())
  if (deletion) {
    const read = v.safeParse(v.pipe(text, Deleted), signed)
    return read.success ? ok({ batch: read.output.batch_id, sha256: null }) : fail(null)
  }
  const read = v.safeParse(v.pipe(text, Kept), signed)
  return read.success ? ok({ batch: read.output.batch_id, sha256: read.output.sha256 }) : fail(null)
}

function isSigned(text: string, signature: string, x: string): boolean {
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
    return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64url'))
  } catch {
    return false // no point on the curve
  }
}

/** An answer to a request that went to this address. */
export interface Heard {
  readonly address: string
  readonly told: string
}

/** Asks the servers that answered for their keys, where a receipt names one that was never seen. */
export async function learnKeys(opened: Opened, ask: Sending['ask'], heard: readonly Heard[]): Promise<void> {
  const seen = keysSeen(opened)
  const servers = heard.flatMap(({ address, told }) => {
    const server = serverOf(address)
    const id = receiptIn(told)?.key
    const known = seen.find((one) => one.server === server)
    const all = [...(known?.accepted ?? []), ...(known?.refused ?? [])]
    return server === null || id === undefined || all.some((key) => key.id === id) ? [] : [server]
  })
  for (const server of new Set(servers)) {
    const answer = await ask(`${server}/.well-known/sightglass-keys`, new AbortController().signal)
    if (!answer.ok || answer.value.status !== 200) continue
    const published = v.safeParse(v.pipe(v.string(), v.parseJson(), Published), answer.value.body)
    if (!published.success) continue
    const known = seen.find((one) => one.server === server) ?? { server, accepted: [], refused: [] }
    const { accepted, refused } = judgeKeys(published.output.keys, known)
    if (accepted.length + refused.length > 0) keepKeys(opened, { server, accepted, refused })
  }
}

/** What was acknowledged from this entry of the log on. */
export const heardSince = (opened: Opened, entry: number): Heard[] =>
  acknowledged(opened)
    .filter((one) => one.entry >= entry)
    .map(({ attempt, told }) => ({ address: attempt.address, told }))

/** Newest first, as they are published. The first time all are believed, later only what a believed one signed. */
function judgeKeys(
  published: readonly Published[],
  known: KeysSeen,
): { readonly accepted: readonly PublicKey[]; readonly refused: readonly PublicKey[] } {
  const all = published.map(({ id, key }) => ({ id, key }))
  if (known.accepted.length === 0) return { accepted: all, refused: [] }
  const accepted: PublicKey[] = []
  const refused: PublicKey[] = []
  for (const { id, key, signed_by: by } of published.toReversed()) {
    const believed = [...known.accepted, ...accepted]
    if (isAmong({ id, key }, [...believed, ...known.refused, ...refused])) continue
    const signer = believed.find((one) => one.id === by?.id)
    const isTaken = believed.some((one) => one.id === id)
    const isVouched = by !== undefined && signer !== undefined && isSigned(key, by.signature, signer.key)
    if (isVouched && !isTaken) accepted.push({ id, key })
    else refused.push({ id, key })
  }
  return { accepted, refused }
}
