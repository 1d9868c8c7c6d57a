// Our own wire: what `POST /api/v1/reports` carries. The same reports and ids always give the same bytes; keys
// stand in the order of the list of fields, so that a person reads them as the consent screen shows them.
import * as v from 'valibot'
import type { Result } from '../result.ts'
import { fail, ok } from '../result.ts'
import type { Outbound } from './anonymize.ts'
import { ReportShape } from './shape.ts'

const Uuid = v.pipe(
  v.string(),
  v.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
)
const Sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))

/** Drawn at random for each batch, but for the anonymous id of detailed reports, which stays for 28 days. */
export interface BatchIds {
  readonly batchId: string
  readonly anonymousId: string
  /** SHA-256 of the batch's deletion secret: the server can check the secret, and can't know it. */
  readonly secretHash: string
}

/** For a preview: ids are drawn when something is sent. No server takes these. */
export const shownIds: BatchIds = {
  batchId: '00000000-0000-0000-0000-000000000000',
  anonymousId: '00000000-0000-0000-0000-000000000000',
  secretHash: '0'.repeat(64),
}

const mostReports = 100

const Batch = v.strictObject({
  version: v.literal(1),
  batch_id: Uuid,
  anonymous_id: Uuid,
  secret_hash: v.pipe(
    Sha256,
    v.check((hash) => /[^0]/.test(hash), 'is the one of a preview'),
  ),
  reports: v.pipe(v.array(ReportShape), v.minLength(1), v.maxLength(mostReports)),
})
export type Batch = v.InferOutput<typeof Batch>

/** Bodies are as long as a multiple of this, so that their length tells nobody whose they are. */
const bodyStep = 4096

/** The body, to the last byte: what a preview shows is what this gives. It ends in spaces, which mean nothing in JSON. */
export function encodeBatch(reports: Outbound, { batchId, anonymousId, secretHash }: BatchIds): string {
  const body = JSON.stringify({
    version: 1,
    batch_id: batchId,
    anonymous_id: anonymousId,
    secret_hash: secretHash,
    reports,
  })
  return body.padEnd(Math.ceil(body.length / bodyStep) * bodyStep) // words from closed lists: a sign is a byte
}

/** A door: what a server was sent, or what is wrong with it. Values are never quoted back. */
export function parseBatch(sent: unknown): Result<Batch, string> {
  const parsed = v.safeParse(Batch, sent, { abortEarly: true })
  if (parsed.success) return ok(parsed.output)
  const [issue] = parsed.issues
  const path = v.getDotPath(issue)
  const where = path === null ? 'the body' : printable(path)
  const own = issue.type === 'check' || issue.type === 'never'
  return fail(`${where} ${own ? issue.message : 'is not what the list of fields allows'}`)
}

/** A key that was made up may hold anything; only its shape is told. */
const printable = (path: string): string => path.replace(/[^\w.]/g, '?').slice(0, 80)
