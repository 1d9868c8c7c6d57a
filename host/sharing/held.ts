// Proof of absence: a destination is asked, with the secrets of what was sent to it, which of it is still there, and its
// answer is held against what the log says should be. Nobody but a person asks, after they were shown the address.
import type { Result } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'
import type { Held, HeldReport, HeldState } from '../../shared/share-held.ts'
import { dayLength } from '../../shared/viewer/zone.ts'
import type { Holding, SentBatch } from '../../senders/sender.ts'
import { number, text } from './database.ts'
import type { Kept } from './database.ts'
import { setOrBare } from './destinations.ts'
import type { SetDestination } from './destinations.ts'
import { whyNot } from './probe.ts'
import type { Sharing } from './run.ts'
import { aboutIn, attemptWithSecrets, listSentTo } from './sent.ts'
import type { SentTo } from './sent.ts'
import type { Opened } from './store.ts'

const patience = 10_000
/** Our own servers forget after these; what is gone by then is not missing. */
const keptFor = 90 * dayLength

interface Holder extends SentTo {
  readonly holding: Holding
  /** Where it is asked. */
  readonly askAt: string
}

const holders = ({ store }: Sharing): Holder[] =>
  listSentTo(store).flatMap((sent) => {
    const { address, sender } = sent
    const holding = sender?.holding
    return holding === undefined ? [] : [{ ...sent, holding, askAt: holding.address(address) }]
  })

/** Who can be asked, where, and of how many batches; asks nobody. */
export const listHolders = (sharing: Sharing): Held[] => holders(sharing).map((holder) => told(holder, null))

const told = ({ to, address, askAt, rows }: Holder, compared: Held['compared']): Held => ({
  ...{ to, sentTo: address, address: askAt, batches: rows.length, compared },
})

export async function askHolders(sharing: Sharing, shown: string): Promise<Result<Held[]>> {
  const asked: Held[] = []
  for (const holder of holders(sharing).filter(({ askAt }) => askAt === shown)) {
    const compared = await ask(sharing, holder)
    if (!compared.ok) return compared
    const at = new Date(sharing.deps.clock.now()).toISOString()
    asked.push(told(holder, { at, reports: compared.value }))
  }
  return ok(asked)
}

async function ask(sharing: Sharing, holder: Holder): Promise<Result<HeldReport[]>> {
  const { deps, destinations, store } = sharing
  const opened = store.open()
  const destination = setOrBare(await destinations.list(), holder.to)
  const sent = sentHashes(opened)
  const reports: HeldReport[] = []
  if (destination === null) return ok(reports)
  for (let from = 0; from < holder.rows.length; from += holder.holding.most) {
    const rows = holder.rows.slice(from, from + holder.holding.most)
    const there = await askOf(sharing, { ...holder, rows }, destination)
    if (!there.ok) return there
    for (const row of rows) {
      const batch = text(row, 'id')
      const isOld = number(row, 'frozen_at') < deps.clock.now() - keptFor
      const state = compare(row, there.value.get(batch) ?? null, sent.get(batch) ?? null, isOld)
      reports.push({ batch, about: aboutIn(row), state })
    }
  }
  return ok(reports)
}

/** The hash of what is there, by batch. In the log before the network is touched, like all that leaves. */
async function askOf(
  { deps, store }: Sharing,
  { to, askAt, address, holding, rows }: Holder,
  destination: SetDestination,
): Promise<Result<ReadonlyMap<string, string>>> {
  const { log } = store.open()
  const batches: SentBatch[] = rows.map((row) => {
    return { address, batchId: text(row, 'id'), secret: text(row, 'secret') }
  })
  const request = holding.ask(batches)
  const secrets = batches.map(({ secret }) => secret)
  const about = { destination: to, key: 'question', about: ['question'] }
  const of = log.write(attemptWithSecrets(request, secrets, about))
  const answer = await deps.carry(destination.sender, destination)(request, AbortSignal.timeout(patience))
  if (!answer.ok) {
    const { why, detail } = answer.error
    log.write({ what: 'outcome', of, outcome: 'unclear', status: null, told: `${why}: ${detail}` })
    return fail({ kind: 'held-unreached', address: askAt, why: whyNot(answer.error).is, detail })
  }
  const { status, body } = answer.value
  const there = holding.understand(answer.value, batches)
  const outcome = there === null ? 'refused' : 'delivered'
  log.write({ what: 'outcome', of, outcome, status, told: body.slice(0, 2000) })
  return there === null ? fail({ kind: 'held-not-told', address: askAt, status }) : ok(there)
}

/** By batch the hash of the bytes that were sent, where the log still has it. */
function sentHashes({ db }: Opened): ReadonlyMap<string, string> {
  const rows = db.all(`SELECT json_extract(entry, '$.key') AS key, json_extract(entry, '$.sha256') AS sha256
    FROM log WHERE json_extract(entry, '$.what') = 'attempt' AND json_extract(entry, '$.key') LIKE '%/0'`)
  return new Map(rows.map((row) => [text(row, 'key').replace(/\/0$/, ''), text(row, 'sha256')]))
}

/** What the log says should be, beside what is. */
function compare(row: Kept, there: string | null, sent: string | null, isOld: boolean): HeldState {
  const isThere = there !== null
  if (row['confirmed'] !== null) return isThere ? 'remains' : 'gone'
  if (row['asked'] !== null) return isThere ? 'not yet' : 'gone'
  if (isThere) {
    if (sent !== null && sent !== there) return 'other bytes'
    return number(row, 'delivered') > 0 ? 'there' : 'arrived'
  }
  if (number(row, 'delivered') === 0) return 'never arrived'
  return isOld ? 'forgotten' : 'missing'
}
