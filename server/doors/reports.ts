// Our own wire: batches of daily reports, valid by the same list of fields that the program shows before sending.
import { fail, ok } from '../../shared/result.ts'
import type { Result } from '../../shared/result.ts'
import { parseBatch } from '../../shared/sharing/wire.ts'
import type { Batch } from '../../shared/sharing/wire.ts'
import { server as words } from '../../shared/words/en-server.ts'
import { parseShaped } from '../body.ts'
import { answer, refuse, tooMany, unavailable } from '../door.ts'
import type { Answer, Call, Door } from '../door.ts'
import { take } from '../intake.ts'
import type { KeptEvent } from '../intake.ts'
import { targetsOf } from '../router/targets.ts'
import { dayLength, startOf } from '../totals.ts'

/** Also the name under which trends and deletions look for batches. */
export const reportsDoor = 'reports'

export const reports: Door = {
  name: reportsDoor,
  method: 'POST',
  paths: ['/api/v1/reports'],
  body: { largest: 'report', gzip: false },
  answer: async (call, here) => {
    const { config, signer, limitsOf } = here
    const read = readBatch(call, config.keepDays)
    if (!read.ok) return read.error
    const batch = read.value
    const { now, day, network, bytes } = call
    const sha256 = await here.sha256(bytes)
    const events = await eventsOf(batch, call)
    const taken = await take(here, {
      door: reportsDoor,
      // The hour and the order of arrival would tell whose batches are whose: the day is all that is kept.
      received: startOf(day),
      network,
      pieces: [{ id: batch.batch_id, sha256, secretHash: batch.secret_hash, events }],
      targets: targetsOf(reportsDoor, config.forwards),
      limits: limitsOf(reportsDoor, { id: batch.anonymous_id, network }, now),
    })
    if (!taken.ok) return unavailable
    if (taken.value.kind === 'limited') return tooMany(taken.value, now)
    const seen = taken.value.seen.get(batch.batch_id)
    if (seen === undefined) return refuse(410, words.deletedBefore)
    if (seen.sha256 !== sha256) return refuse(422, words.different)
    const said = { batch_id: batch.batch_id, sha256, received: new Date(seen.received).toISOString() }
    return answer({ status: 'ok', ...said, receipt: await signer.sign(said) })
  },
}

function readBatch({ request, bytes, now }: Call, keepDays: number): Result<Batch, Answer> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json') return fail(refuse(415, words.plainJson))
  const sent = parseShaped(bytes)
  if (!sent.ok) return fail(refuse(400, words.notJson))
  const batch = parseBatch(sent.value)
  if (!batch.ok) return fail(refuse(400, batch.error))
  const days = new Set(batch.value.reports.map(({ day }) => day))
  const wrongDay = [...days].some((day) => !isTakenDay(day, now, keepDays))
  return wrongDay ? fail(refuse(400, words.wrongDay(keepDays))) : ok(batch.value)
}

/** A day that has ended, by a sender's clock that may be an hour ahead of ours, and that is not too long ago. */
function isTakenDay(day: string, now: number, keepDays: number): boolean {
  const ended = startOf(day) + dayLength
  return ended <= now + 3_600_000 && ended > now - keepDays * dayLength
}

/** The network counts within a day's reports: those of two days, with an id that was replaced between, aren't joined by it. */
async function eventsOf(batch: Batch, { networkAbout }: Call): Promise<KeptEvent[]> {
  const days = [...new Set(batch.reports.map(({ day }) => day))]
  const networks = new Map(
    await Promise.all(days.map(async (day) => [day, await networkAbout(day)] as const)),
  )
  return batch.reports.map((report) => ({
    kind: report.format,
    anonymousId: batch.anonymous_id,
    day: report.day,
    at: null,
    os: report.os,
    version: report.tool_version,
    body: report,
    network: networks.get(report.day) ?? null,
  }))
}
