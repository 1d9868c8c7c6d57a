// Taking back what was shared. A deletion that a person asked for is written down before anything is tried and
// stays until the destination has confirmed it, however long that takes and whether sharing is on or off.
import type { ForgetWhich } from '../../shared/share.ts'
import { number, text } from './database.ts'
import type { Kept } from './database.ts'
import { senderNamed, setOrBare } from './destinations.ts'
import type { SetDestination } from './destinations.ts'
import type { SharingDeps } from './run.ts'
import { confirmsDeletion, learnKeys } from './receipts.ts'
import { attemptWithSecrets, daysIn, listSent } from './sent.ts'
import type { Store } from './store.ts'
import { believed } from './send.ts'
import { waitFor } from './waits.ts'

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
    for (const row of listSent(store)) {
      const name = text(row, 'destination')
      const sender = senderNamed(name)
      if (sender?.forget === undefined || (to !== null && to !== name) || !isAmong(row, which)) continue
      // Whoever asks again doesn't mean to wait for the next try.
      const sql = `INSERT INTO deletion (batch, asked, next) VALUES (?, ?, ?)
        ON CONFLICT DO UPDATE SET next = excluded.next`
      db.run(sql, text(row, 'id'), now, now)
    }
  })
}

function isAmong(row: Kept, which: ForgetWhich | null): boolean {
  if (which === null) return true
  if ('batches' in which) return which.batches.includes(text(row, 'id'))
  return daysIn(row).some((day) => which.from <= day && day <= which.until)
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
    // It may have been taken off the list since: what it has must go all the same.
    const destination = setOrBare(destinations, text(row, 'destination'))
    if (destination !== null) await forgetOne(store, deps, destination, row)
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
  const about = { destination: name, key: batch, about: ['deletion'] }
  const entry = attemptWithSecrets(request, [text(row, 'secret')], about)
  const attempt = db.whole(() => {
    const next = clock.now() + waitFor(null, attempts, clock.now(), random)
    db.run('UPDATE deletion SET attempts = ?, next = ? WHERE batch = ?', attempts, next, batch)
    return log.write(entry)
  })
  const answer = await carry(sender, destination)(request, AbortSignal.timeout(patience))
  const outcome = answer.ok ? believed(sender.understand(answer.value), batch) : null
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
