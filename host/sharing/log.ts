// The log of all that sharing did. An attempt is written before the network is touched, its outcome after. Each
// entry's hash covers the one before it, so an entry that was changed, taken out or put in between shows.
import { createHash } from 'node:crypto'
import type { LogEntry, LogLine, LogPage } from '../../shared/share-log.ts'
import { entryIn, number, text } from './database.ts'
import type { Database, Kept } from './database.ts'

const start = '0'.repeat(64)

export class Log {
  readonly #db: Database
  readonly #now: () => number
  constructor(db: Database, now: () => number) {
    this.#db = db
    this.#now = now
  }

  /** Gives the entry's number. It belongs to the transaction it is written in. */
  write(entry: LogEntry): number {
    return this.#db.whole(() => {
      const last = this.#db.first('SELECT hash FROM log ORDER BY seq DESC LIMIT 1')
      const written = JSON.stringify({ at: new Date(this.#now()).toISOString(), ...entry })
      const hash = chainOf(text(last, 'hash') || null, written)
      this.#db.keep('log', hash)
      return this.#db.run('INSERT INTO log (entry, hash) VALUES (?, ?)', written, hash).last
    })
  }

  /** The number of the entry that will be written next. */
  next(): number {
    return number(this.#db.first('SELECT max(seq) AS last FROM log'), 'last') + 1
  }

  /** The newest first; those that hold the words, before an entry's number where one is given. */
  read(words: string, most: number, before: number | null = null): LogLine[] {
    const sql = `SELECT seq, entry FROM log WHERE ${holds} AND seq < ? ORDER BY seq DESC LIMIT ?`
    return this.#db.all(sql, likeOf(words), before ?? Number.MAX_SAFE_INTEGER, most).map((row) => lineOf(row))
  }

  page(words: string, most: number, before: number | null): LogPage {
    const lines = this.read(words, most + 1, before)
    const count = (like: string): number =>
      number(this.#db.first(`SELECT count(*) AS n FROM log WHERE ${holds}`, like), 'n')
    return {
      lines: lines.slice(0, most),
      more: lines.length > most,
      entries: count('%'),
      found: count(likeOf(words)),
    }
  }

  /** All, the oldest first, one JSON text a line, as each was written and hashed. */
  *written(): Generator<string> {
    for (const row of this.#db.all('SELECT seq, entry, hash FROM log ORDER BY seq')) {
      const { at, entry } = lineOf(row)
      yield `${JSON.stringify({ seq: number(row, 'seq'), at, ...entry, hash: text(row, 'hash') })}\n`
    }
  }

  /** The number of the first entry that isn't as it was written; null where all are. */
  verify(): { readonly entries: number; readonly broken: number | null } {
    let hash: string | null = null
    let expected: number | null = null
    let entries = 0
    for (const row of this.#db.all('SELECT seq, entry, hash FROM log ORDER BY seq')) {
      const seq = number(row, 'seq')
      hash = chainOf(hash, text(row, 'entry'))
      if (hash !== row['hash'] || (expected !== null && seq !== expected)) return { entries, broken: seq }
      // Where the beginning was erased, the rest still hangs on what was there.
      if (expected === null) hash = behindErased(row) ?? hash
      expected = seq + 1
      entries++
    }
    const kept = this.#db.kept('log') ?? hash ?? start
    return { entries, broken: kept === (hash ?? start) ? null : (expected ?? 1) }
  }
}

const holds = "entry LIKE ? ESCAPE '\\'"
const likeOf = (words: string): string => `%${words.replace(/[\\%_]/g, '\\$&')}%`

function lineOf(row: Kept): LogLine {
  const { at, ...entry } = entryIn(row)
  return { seq: number(row, 'seq'), at, entry }
}

function behindErased(row: Kept): string | null {
  const entry = entryIn(row)
  return entry.what === 'erased' ? entry.after : null
}

export const chainOf = (before: string | null, written: string): string =>
  createHash('sha256')
    .update(`${before ?? start}\n${written}`)
    .digest('hex')
