// Erasing the log of what was sent, all of it or up to a day, with the frozen reports and secrets of the batches that only
// it told of. What waits in the queue stays, and so does a deletion that isn't confirmed yet. That a day was shared
// stays noted as long as it could be shared again, so that nothing is sent twice.
import type { Result } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'
import type { LogErasure } from '../../shared/share-log.ts'
import { dayOf, utcDay } from '../../shared/sharing/report.ts'
import { dayLength, dayName } from '../../shared/viewer/zone.ts'
import { databasePath, entryIn, number, text } from './database.ts'
import type { Database, Kept } from './database.ts'
import { mostDaysBack } from './days.ts'
import { senderNamed } from './destinations.ts'
import { deletionsPending } from './forget.ts'
import { chainOf } from './log.ts'
import type { Store } from './store.ts'

const nothing: LogErasure = { entries: 0, receipts: 0, provable: 0, waiting: 0, deletions: 0, erased: false }

/** What would be lost; with `sure`, it is. */
export function eraseLog(
  store: Store,
  through: string | null,
  sure: boolean,
  { folder, now }: { readonly folder: string; readonly now: number },
): Result<LogErasure> {
  const opened = store.look()
  if (opened === null) return ok(nothing)
  const { db, outbox } = opened
  const end = through === null ? Infinity : (dayOf(through) + 1) * dayLength
  const about = db.whole(() => {
    const last = lastBefore(db, end)
    const batches = batchesOf(db, last, end)
    const lost = {
      ...nothing,
      ...countIn(db, last),
      provable: batches.filter(isProvable).length,
      waiting: outbox.size().items,
      deletions: deletionsPending(store),
    }
    if (!sure || lost.entries === 0) return lost
    takeOut(db, last, { through, now })
    for (const batch of batches) forgetBatch(db, text(batch, 'id'), now)
    return { ...lost, erased: true }
  })
  // What was deleted may still lie between the rows of its pages.
  return !about.erased || db.rewrite() ? ok(about) : fail({ kind: 'file-busy', path: databasePath(folder) })
}

/** The number of the last entry in the part of the log that ends before that moment; 0 where there is none. */
function lastBefore(db: Database, end: number): number {
  let last = 0
  for (const row of db.all('SELECT seq, entry FROM log ORDER BY seq')) {
    const { what, at } = entryIn(row)
    if (what !== 'erased' && Date.parse(at) >= end) return last
    if (what !== 'erased' || end === Infinity) last = number(row, 'seq')
  }
  return last
}

function countIn(db: Database, last: number): Pick<LogErasure, 'entries' | 'receipts'> {
  const entries = db.all('SELECT entry FROM log WHERE seq <= ?', last).map(entryIn)
  const all = entries.filter(({ what }) => what !== 'erased')
  return {
    entries: all.length,
    receipts: all.filter((one) => one.what === 'outcome' && one.told !== '').length,
  }
}

/** Batches that the rest of the log doesn't speak of, and that nobody waits for. */
const batchesOf = (db: Database, last: number, end: number): Kept[] =>
  db.all(
    `SELECT id, destination, secret FROM batch WHERE frozen_at < ?
      AND NOT EXISTS (SELECT 1 FROM item WHERE item.batch = batch.id)
      AND NOT EXISTS (SELECT 1 FROM deletion WHERE deletion.batch = batch.id AND confirmed IS NULL)
      AND NOT EXISTS (SELECT 1 FROM log WHERE seq > ? AND instr(entry, batch.id) > 0)`,
    ...[Math.min(end, Number.MAX_SAFE_INTEGER), last],
  )

const isProvable = (row: Kept): boolean =>
  text(row, 'secret') !== '' && senderNamed(text(row, 'destination'))?.forget !== undefined

/** The chain begins anew with an entry that says so; what stays is chained to what was there, as it was. */
function takeOut(
  db: Database,
  last: number,
  { through, now }: { readonly through: string | null; readonly now: number },
): void {
  const before = db.all('SELECT entry, hash FROM log WHERE seq <= ? ORDER BY seq', last)
  const gone = before.map(entryIn).reduce((sum, one) => sum + (one.what === 'erased' ? one.entries : 1), 0)
  const stays = db.first('SELECT 1 FROM log WHERE seq > ?', last) !== null
  const after = stays ? hashBehind(before) : null
  const at = new Date(now).toISOString()
  const written = JSON.stringify({ at, what: 'erased', through, entries: gone, after })
  const hash = chainOf(null, written)
  db.run('DELETE FROM log WHERE seq <= ?', last)
  db.run('INSERT INTO log (seq, entry, hash) VALUES (?, ?, ?)', last, written, hash)
  if (!stays) db.keep('log', hash)
}

/** What the entry after these is chained to. */
function hashBehind(rows: readonly Kept[]): string {
  const [last = null] = rows.slice(-1)
  const entry = last === null ? null : entryIn(last)
  return entry?.what === 'erased' && entry.after !== null ? entry.after : text(last, 'hash')
}

function forgetBatch(db: Database, batch: string, now: number): void {
  db.run('DELETE FROM deletion WHERE batch = ?', batch)
  db.run('DELETE FROM batch WHERE id = ?', batch)
  db.run('DELETE FROM day WHERE batch = ? AND day < ?', batch, dayName(utcDay(now) - mostDaysBack - 1))
  db.run("UPDATE day SET batch = 'erased' WHERE batch = ?", batch)
}
