// Taking back what was shared. A deletion that a person asked for is written down before anything is tried and
// stays until the destination has confirmed it, however long that takes and whether sharing is on or off.
import type { ForgetWhich, SentReport, Shared } from '../../shared/share.ts'
import type { TakeBack } from '../../shared/share-destinations.ts'
import { readOutbound } from '../../shared/sharing/anonymize.ts'
import type { Sender } from '../../senders/sender.ts'
import { number, text } from './database.ts'
import type { Kept } from './database.ts'
import { senderNamed } from './destinations.ts'
import type { SetDestination } from './destinations.ts'
import type { SharingDeps } from './run.ts'
import { sha256 } from './freeze.ts'
import { confirmsDeletion, learnKeys } from './receipts.ts'
import type { Store } from './store.ts'
import { waitFor } from './waits.ts'

export function takeBackOf(sender: Sender): TakeBack {
  if (sender.forget !== undefined) return 'proof'
  return local[sender.name] ?? 'ask'
}
const local: Readonly<Record<string, TakeBack>> = { file: 'own file', console: 'nothing kept' }

/** What may lie at destinations: batches of which at least one part was tried. */
const sentBatches = `SELECT batch.*, deletion.asked, deletion.confirmed, deletion.last_error FROM batch
  LEFT JOIN deletion ON deletion.batch = batch.id
  WHERE delivered > 0 OR EXISTS (SELECT 1 FROM item WHERE item.batch = batch.id AND attempts > 0)
    OR NOT EXISTS (SELECT 1 FROM item WHERE item.batch = batch.id)`

export function listShared(store: Store): Shared[] {
  const rows = store.look()?.db.all(sentBatches) ?? []
  const groups = Map.groupBy(rows, (row) => `${text(row, 'destination')} ${text(row, 'address')}`)
  return [...groups.values()].map(summed)
}

function summed(rows: readonly Kept[]): Shared {
  const sent = rows.map(sentReport)
  const days = sent.flatMap(({ about }) => about.map(dayIn)).sort()
  const [first = null] = rows
  const sender = senderNamed(text(first, 'destination'))
  return {
    to: text(first, 'destination'),
    address: text(first, 'address'),
    batches: rows.length,
    firstDay: days[0] ?? '',
    lastDay: days.at(-1) ?? '',
    takeBack: sender === null ? 'ask' : takeBackOf(sender),
    pending: rows.filter((row) => row['asked'] !== null && row['confirmed'] === null).length,
    confirmed: rows.filter((row) => row['confirmed'] !== null).length,
    sent: sent.toSorted((a, b) => (lastAbout(a) < lastAbout(b) ? 1 : -1)),
  }
}

/** Of "smart-agents 2026-11-20". */
const dayIn = (about: string): string => about.split(' ')[1] ?? ''
const lastAbout = ({ about }: SentReport): string => dayIn(about.at(-1) ?? '')

function sentReport(row: Kept): SentReport {
  const reports = readOutbound(JSON.parse(text(row, 'reports'))) ?? []
  const lastError = row['last_error'] === null ? null : text(row, 'last_error')
  const deletion =
    row['confirmed'] !== null
      ? 'confirmed'
      : row['asked'] === null
        ? 'none'
        : lastError === null
          ? 'asked'
          : 'refused'
  return {
    ...{ batch: text(row, 'id'), deletion, lastError },
    about: reports.map(({ format, day }) => `${format} ${day}`),
  }
}

const daysIn = (reports: string): string[] => (readOutbound(JSON.parse(reports)) ?? []).map(({ day }) => day)

/** Writes down that what a destination has, or all have, is to be deleted where that goes by proof. */
export function askForDeletion(
  store: Store,
  { to, which }: { readonly to: string | null; readonly which: ForgetWhich | null },
  now: number,
): void {
  const opened = store.look()
  if (opened === null) return
  const { db } = opened
  db.whole(() => {
    for (const row of db.all(sentBatches)) {
      const name = text(row, 'destination')
      const sender = senderNamed(name)
      if (sender?.forget === undefined || (to !== null && to !== name) || !isAmong(row, which)) continue
      const sql = 'INSERT INTO deletion (batch, asked, next) VALUES (?, ?, ?) ON CONFLICT DO NOTHING'
      db.run(sql, text(row, 'id'), now, now)
    }
  })
}

function isAmong(row: Kept, which: ForgetWhich | null): boolean {
  if (which === null) return true
  if ('batch' in which) return text(row, 'id') === which.batch
  return daysIn(text(row, 'reports')).some((day) => which.from <= day && day <= which.until)
}

export function deletionsPending(store: Store): number {
  const row = store.look()?.db.first('SELECT count(*) AS n FROM deletion WHERE confirmed IS NULL') ?? null
  return number(row, 'n')
}

const patience = 10_000

/** Tries those that are due. */
export async function forgetDue(
  store: Store,
  deps: SharingDeps,
  destinations: readonly SetDestination[],
): Promise<void> {
  const { clock } = deps
  const due = `SELECT deletion.*, batch.destination, batch.address, batch.secret FROM deletion
    JOIN batch ON batch.id = deletion.batch WHERE confirmed IS NULL AND next <= ? ORDER BY asked LIMIT 100`
  for (const row of store.look()?.db.all(due, clock.now()) ?? []) {
    const name = text(row, 'destination')
    const sender = senderNamed(name)
    const bare = { name, told: {}, level: null, since: null, from: 'person' } as const
    // It may have been taken off the list since: what it has must go all the same.
    if (sender !== null)
      await forgetOne(store, deps, destinations.find((one) => one.name === name) ?? { ...bare, sender }, row)
  }
}

async function forgetOne(
  store: Store,
  { clock, carry, ask, random }: SharingDeps,
  destination: SetDestination,
  row: Kept,
): Promise<void> {
  const opened = store.open()
  const { db, log } = opened
  const { name, sender } = destination
  if (sender.forget === undefined) return
  const batch = text(row, 'batch')
  const request = sender.forget({
    address: text(row, 'address'),
    batchId: batch,
    secret: text(row, 'secret'),
  })
  const attempts = number(row, 'attempts') + 1
  const { body } = request
  const entry = {
    what: 'attempt',
    destination: name,
    address: request.address,
    method: request.method,
    key: batch,
    about: ['deletion'],
    // The secret proves who may delete: the log has all but that.
    body: body.replaceAll(text(row, 'secret'), '•secret•'),
    bytes: Buffer.byteLength(body),
    sha256: sha256(body),
  } as const
  const attempt = db.whole(() => {
    const next = clock.now() + waitFor(null, attempts, clock.now(), random)
    db.run('UPDATE deletion SET attempts = ?, next = ? WHERE batch = ?', attempts, next, batch)
    return log.write(entry)
  })
  const answer = await carry(sender, destination)(request, AbortSignal.timeout(patience))
  const outcome = answer.ok ? sender.understand(answer.value) : null
  const status = answer.ok ? answer.value.status : null
  const told = answer.ok ? answer.value.body : `${answer.error.why}: ${answer.error.detail}`
  const isDone = outcome?.kind === 'delivered'
  if (isDone) await learnKeys(opened, ask(destination), [{ address: request.address, told }])
  const isBelieved = isDone && confirmsDeletion(opened, entry, told)
  db.whole(() => {
    if (isBelieved) {
      log.write({ what: 'outcome', of: attempt, outcome: 'delivered', status, told: told.slice(0, 2000) })
      db.run('UPDATE deletion SET confirmed = ?, last_error = NULL WHERE batch = ?', clock.now(), batch)
      return
    }
    log.write({ what: 'outcome', of: attempt, outcome: 'no answer', status, told: told.slice(0, 2000) })
    const error = status === null ? told : isDone ? 'its receipt is not to be believed' : `status ${status}`
    db.run('UPDATE deletion SET last_error = ? WHERE batch = ?', error.slice(0, 500), batch)
  })
}
