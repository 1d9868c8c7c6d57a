// What a day would give: rows in figures and ranges, each field before and after, and the very requests of each
// destination. It goes through the same sanitizer and the same freezing as sending does, and stops there.
import type { Result } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'
import type { SharePlan, ShownRequest } from '../../shared/share.ts'
import { anonymize } from '../../shared/sharing/anonymize.ts'
import type { Origin, Outbound } from '../../shared/sharing/anonymize.ts'
import type { Level } from '../../shared/sharing/consent.ts'
import { closedWord, subjects, unknown } from '../../shared/sharing/fields.ts'
import { exampleLines, shownFields } from '../../shared/sharing/shown.ts'
import { shownIds } from '../../shared/sharing/wire.ts'
import type { Request } from '../../senders/sender.ts'
import type { Counted } from './count-days.ts'
import { levelFor, nextMoments } from './days.ts'
import type { SetDestination } from './destinations.ts'
import { encodeFor, sha256 } from './freeze.ts'
import { exampleIds } from './ids.ts'

export interface Planned {
  readonly origin: Origin
  /** All that are set: what was seen is seen for these. */
  readonly destinations: readonly SetDestination[]
  /** Those whose requests are wanted. */
  readonly shown: readonly SetDestination[]
  readonly now: number
}

export async function planOf(counted: Counted, planned: Planned): Promise<Result<SharePlan>> {
  const { origin, shown, now } = planned
  const reports = anonymize(counted.figures, origin)
  const day = reports.at(-1)?.day
  if (day === undefined) return fail({ kind: 'nothing-to-share' })
  const requests = await Promise.all(
    shown.map(async (destination) => {
      const level = levelFor(origin.level, destination.level)
      const its = anonymize(counted.figures, { ...origin, level })
      return showRequests(await encodeFor(its, destination, exampleIds), destination.name, level)
    }),
  )
  const basic = anonymize(counted.figures, { ...origin, level: 'basic' })
  const lines = exampleLines(counted.figures, reports, basic)
  return ok({
    day,
    level: origin.level,
    seen: seenHash(reports, planned),
    files: counted.files,
    lines,
    fields: shownFields(reports, origin.level, counted.examples),
    requests: requests.flat(),
    idsAreExamples: requests.flat().some(({ body }) => body.includes(shownIds.batchId)),
    first: nextMoments(now),
    sent: false,
  })
}

/** Of what leaves and where to. Ids and the hash of the secret aren't in it: they are drawn when something is sent. */
function seenHash(reports: Outbound, { origin, destinations }: Planned): string {
  const to = destinations.map(({ name, level, told }) => [name, levelFor(origin.level, level), told])
  return sha256(JSON.stringify({ reports, to }))
}

export const showRequests = (requests: readonly Request[], to: string, level: Level): ShownRequest[] =>
  requests.map(({ address, method, headers, body }) => ({
    to,
    address,
    method,
    headers,
    body,
    bytes: Buffer.byteLength(body),
    sha256: sha256(body),
    level,
  }))

/** Where a destination's requests go: as its own encoder writes it, of a report that says nothing of anybody. */
export async function addressOf(
  destination: Pick<SetDestination, 'name' | 'sender' | 'told'>,
): Promise<string> {
  const [request] = await encodeFor(nobodys, destination, exampleIds)
  return request?.address ?? ''
}

const nobodys = anonymize(
  [
    {
      format: 'smart-agents',
      day: '2000-01-01',
      toolVersion: unknown,
      figures: subjects.slice(0, 1).map((subject) => ({
        subject,
        word: closedWord({ words: [], source: '' }, ''),
        ...{ count: 1, failed: 0, withOutcome: 0, median: null, p95: null },
      })),
    },
  ],
  { level: 'basic', version: '0.0.0', platform: '' },
)
