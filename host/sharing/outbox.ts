// The queue. What is in it lies on the disk as the very bytes that were frozen, until the destination has said that
// it has them. It never grows beyond its cap: the oldest goes, the log tells so, and its days count as not yet
// shared, so that they are built again when there is room.
import type { Request } from '../../senders/sender.ts'
import type { Consent } from '../../shared/sharing/consent.ts'
import { readOutbound } from '../../shared/sharing/anonymize.ts'
import type { Outbound } from '../../shared/sharing/anonymize.ts'
import { number, requestIn, text } from './database.ts'
import type { Database, Kept } from './database.ts'
import type { Frozen } from './freeze.ts'
import type { LogEntry } from '../../shared/share-log.ts'
import type { Log } from './log.ts'

const states = ['waiting', 'refused', 'unclear'] as const

export interface Item {
  readonly seq: number
  /** The batch's id and the part's number. */
  readonly key: string
  readonly batch: string
  readonly destination: string
  readonly request: Request
  readonly bytes: number
  readonly attempts: number
  /** Not before; milliseconds since 1970. */
  readonly next: number
  readonly lastError: string | null
  /** A refused one stays to be seen; of an unclear one nobody knows whether it arrived. */
  readonly state: (typeof states)[number]
  /** The log's number of an attempt whose outcome was never written: the program ended in the midst of it. */
  readonly attempt: number | null
  /** "smart-agents 2026-11-20" */
  readonly about: readonly string[]
}

export interface Cap {
  readonly bytes: number
  readonly items: number
}
export const usualCap: Cap = { bytes: 10_000_000, items: 500 }

/** A report waits for the random moment in the day after, and never longer; what says more is a clock set back. */
const longestDue = 26 * 3_600_000

export class Outbox {
  readonly #db: Database
  readonly #log: Log
  readonly #now: () => number
  readonly #cap: Cap

  constructor(db: Database, log: Log, now: () => number, cap: Cap = usualCap) {
    this.#db = db
    this.#log = log
    this.#now = now
    this.#cap = cap
  }

  /** Takes what consent was given for, not to be sent before `due`. */
  keep(_consent: Consent, { destination, drawn, reports, requests }: Frozen, due: number): void {
    this.#db.whole(() => {
      const { ids, secret } = drawn
      this.#db.run(
        'INSERT INTO batch (id, destination, address, anonymous_id, secret, reports, frozen_at, due) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
        ...[
          ids.batchId,
          destination,
          requests[0]?.address ?? '',
          ids.anonymousId,
          secret,
          JSON.stringify(reports),
          this.#now(),
          due,
        ],
      )
      for (const [part, request] of requests.entries())
        this.#db.run(
          'INSERT INTO item (batch, part, destination, request, bytes, events, next) VALUES (?, ?, ?, ?, ?, ?, ?)',
          ...[ids.batchId, part, destination, JSON.stringify(request)],
          ...[Buffer.byteLength(request.body), request.events, due],
        )
      for (const { format, day } of reports)
        this.#db.run('INSERT INTO day VALUES (?, ?, ?, ?)', destination, format, day, ids.batchId)
      while (this.#isOver())
        this.drop(text(this.#db.first('SELECT batch FROM item ORDER BY seq'), 'batch'), 'full')
    })
  }

  #isOver(): boolean {
    const { bytes, items } = this.size()
    return items > 0 && (bytes > this.#cap.bytes || items > this.#cap.items)
  }

  size(): { bytes: number; items: number } {
    const sum = this.#db.first('SELECT count(*) AS items, total(bytes) AS bytes FROM item')
    return { items: number(sum, 'items'), bytes: number(sum, 'bytes') }
  }

  /** Requests that are still to be sent: what was refused stays to be seen, and isn't among them. */
  waiting(): number {
    return number(this.#db.first("SELECT count(*) AS n FROM item WHERE state = 'waiting'"), 'n')
  }

  /** Requests that ever arrived. */
  arrived(): number {
    return number(this.#db.first('SELECT total(delivered) AS n FROM batch'), 'n')
  }

  /** Whether there is room for what a look at the files may give. */
  hasRoom(): boolean {
    const { bytes, items } = this.size()
    return bytes < this.#cap.bytes * 0.9 && items < this.#cap.items * 0.9
  }

  /** Whether a day was shared or waits to be. */
  has(destination: string, format: string, day: string): boolean {
    const sql = 'SELECT 1 FROM day WHERE destination = ? AND format = ? AND day = ?'
    return this.#db.first(sql, destination, format, day) !== null
  }

  /** The oldest that waits; the others wait behind it. */
  head(destination: string): Item | null {
    const sql = "SELECT * FROM item WHERE destination = ? AND state = 'waiting' ORDER BY seq LIMIT 1"
    return this.#items(sql, destination)[0] ?? null
  }

  /** The clock may have been set back since an item was given its time. */
  comeBack(): void {
    const far = this.#now() + longestDue
    this.#db.run('UPDATE item SET next = ? WHERE next > ?', this.#now(), far)
  }

  list(): Item[] {
    return this.#items('SELECT * FROM item ORDER BY seq')
  }

  #items(sql: string, ...given: string[]): Item[] {
    return this.#db.all(sql, ...given).map((row) => this.#itemOf(row))
  }

  #itemOf(row: Kept): Item {
    const batch = text(row, 'batch')
    return {
      seq: number(row, 'seq'),
      key: `${batch}/${number(row, 'part')}`,
      batch,
      destination: text(row, 'destination'),
      request: requestIn(row),
      bytes: number(row, 'bytes'),
      attempts: number(row, 'attempts'),
      next: number(row, 'next'),
      lastError: row['last_error'] === null ? null : text(row, 'last_error'),
      state: states.find((state) => state === row['state']) ?? 'unclear',
      attempt: row['attempt'] === null ? null : number(row, 'attempt'),
      about: this.#about(batch),
    }
  }

  #about(batch: string): string[] {
    return this.#db
      .all('SELECT format, day FROM day WHERE batch = ? ORDER BY day, format', batch)
      .map((row) => `${text(row, 'format')} ${text(row, 'day')}`)
  }

  /** Before the network: the attempt is on the disk, and what comes if nothing is heard of it any more. */
  begin(
    item: Item,
    entry: Extract<LogEntry, { what: 'attempt' }>,
    next: number,
    count: () => void = () => {},
  ): number {
    return this.#db.whole(() => {
      count() // with it in one step: whoever is killed after an attempt finds it counted
      const attempt = this.#log.write(entry)
      const sql = 'UPDATE item SET attempts = attempts + 1, next = ?, attempt = ? WHERE seq = ?'
      this.#db.run(sql, next, attempt, item.seq)
      return attempt
    })
  }

  /** It arrived: it leaves the queue, and its days are shared. */
  delivered(item: Item, entry: LogEntry): void {
    this.#db.whole(() => {
      this.#log.write(entry)
      this.#db.run('DELETE FROM item WHERE seq = ?', item.seq)
      this.#db.run('UPDATE batch SET delivered = delivered + 1 WHERE id = ?', item.batch)
    })
  }

  later(item: Item, entry: LogEntry, next: number, error: string): void {
    this.#settle(item, entry, 'waiting', error, next)
  }

  /** It stays to be seen, and is not sent again. */
  set(item: Item, entry: LogEntry, state: 'refused' | 'unclear', error: string): void {
    this.#settle(item, entry, state, error, item.next)
  }

  #settle(item: Item, entry: LogEntry, state: Item['state'], error: string, next: number): void {
    this.#db.whole(() => {
      this.#log.write(entry)
      const sql = 'UPDATE item SET state = ?, last_error = ?, next = ?, attempt = NULL WHERE seq = ?'
      this.#db.run(sql, state, error.slice(0, 500), next, item.seq)
    })
  }

  /** What a batch was made of, and how many requests it became. */
  made(batch: string): { readonly reports: Outbound | null; readonly parts: number; readonly due: number } {
    const row = this.#db.first('SELECT reports, due, delivered FROM batch WHERE id = ?', batch)
    const left = this.#db.first('SELECT count(*) AS n FROM item WHERE batch = ?', batch)
    const reports = row === null ? null : readOutbound(JSON.parse(text(row, 'reports')))
    return { reports, parts: number(row, 'delivered') + number(left, 'n'), due: number(row, 'due') }
  }

  /** Out of the queue; unless a part of it arrived, its days are as if nothing had been. */
  drop(batch: string, why: Extract<LogEntry, { what: 'dropped' }>['why']): void {
    this.#db.whole(() => {
      const row = this.#db.first('SELECT destination, delivered FROM batch WHERE id = ?', batch)
      const destination = text(row, 'destination')
      this.#log.write({ what: 'dropped', destination, key: batch, about: this.#about(batch), why })
      const tried = this.#db.first('SELECT total(attempts) AS n FROM item WHERE batch = ?', batch)
      this.#db.run('DELETE FROM item WHERE batch = ?', batch)
      if (number(row, 'delivered') > 0) return
      this.#db.run('DELETE FROM day WHERE batch = ?', batch)
      // What may have arrived all the same can only be taken back with its secret.
      if (number(tried, 'n') === 0) this.#db.run('DELETE FROM batch WHERE id = ?', batch)
    })
  }

  /** Taken out by the person: its days are neither shared nor built again. */
  withhold(batch: string): void {
    this.#db.whole(() => {
      const days = this.#db.all('SELECT destination, format, day FROM day WHERE batch = ?', batch)
      this.drop(batch, 'withheld')
      for (const row of days)
        this.#db.run(
          'INSERT INTO day VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
          ...[text(row, 'destination'), text(row, 'format'), text(row, 'day'), 'withheld'],
        )
    })
  }

  /** What waits for a destination that isn't what it was; or what it refused, perhaps for a wrong key. It is made again. */
  dropChanged(destination: string, which: 'all' | 'refused'): void {
    this.#db.whole(() => {
      const sql = "SELECT DISTINCT batch FROM item WHERE destination = ? AND (? = 'all' OR state = 'refused')"
      for (const row of this.#db.all(sql, destination, which)) this.drop(text(row, 'batch'), 'changed')
    })
  }

  /** What says more than the level that is wanted now. */
  dropDetailed(destination: string): void {
    const batches = new Set(
      this.list()
        .filter((item) => item.destination === destination)
        .map(({ batch }) => batch),
    )
    for (const batch of batches)
      if (this.made(batch).reports?.some(({ level }) => level === 'detailed') !== false)
        this.drop(batch, 'changed')
  }

  /** What is older than its destination takes; those days aren't built again. */
  dropOlder(destination: string, oldest: string): void {
    this.#db.whole(() => {
      const sql = `SELECT DISTINCT item.batch FROM item JOIN day ON day.batch = item.batch
        WHERE item.destination = ? AND item.state = 'waiting' AND day.day < ?`
      for (const row of this.#db.all(sql, destination, oldest)) this.drop(text(row, 'batch'), 'too old')
    })
  }

  /** What was frozen long enough ago doesn't wait for its moment any more. */
  hasten(destination: string, shownFor: number): void {
    this.#db.run(
      `UPDATE item SET next = max(?, (SELECT frozen_at FROM batch WHERE id = item.batch) + ?)
        WHERE destination = ? AND state = 'waiting' AND attempts = 0`,
      ...[this.#now(), shownFor, destination],
    )
  }

  /** Splits what was too large: its halves take its place, in one step. */
  replace(consent: Consent, batch: string, entry: LogEntry, halves: readonly Frozen[], due: number): void {
    this.#db.whole(() => {
      this.#log.write(entry)
      this.drop(batch, 'split')
      for (const half of halves) this.keep(consent, half, due)
    })
  }

  /** Switching off: nothing waits any more. */
  wipe(): void {
    this.#db.whole(() => {
      for (const row of this.#db.all('SELECT DISTINCT batch FROM item')) this.drop(text(row, 'batch'), 'off')
    })
    this.#db.scrub()
  }
}
